"""List what an account has deployed under a name, and delete what is old.

    python examples/list_and_clean_up.py --local              # against a local stand-in for AWS
    python examples/list_and_clean_up.py churn --days 30      # your own account: lists only
    python examples/list_and_clean_up.py churn --days 30 --delete

Endpoints, endpoint configurations and models whose name contains the given text and that were
created longer ago than so many days. Endpoints go first, and are waited for until they are gone.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import boto3

from sagemaker_typed import Request, SageMakerClient
from sagemaker_typed.models import (
    ContainerDefinition,
    CreateModelRequest,
    DeleteEndpointConfigRequest,
    DeleteEndpointRequest,
    DeleteModelRequest,
    DescribeEndpointRequest,
)


@dataclass(frozen=True)
class Found:
    """Something that may go, and the call that makes it go."""

    kind: str
    name: str
    created: datetime
    delete: Request[None]


def find(client: SageMakerClient, text: str, before: datetime) -> Iterator[Found]:
    """What was created before, each page asked for when it is its turn."""
    for endpoint in client.iter_endpoints(name_contains=text, creation_time_before=before):
        name = endpoint.endpoint_name
        yield Found(
            "endpoint", name, endpoint.creation_time, DeleteEndpointRequest(endpoint_name=name)
        )
    for config in client.iter_endpoint_configs(name_contains=text, creation_time_before=before):
        name = config.endpoint_config_name
        delete = DeleteEndpointConfigRequest(endpoint_config_name=name)
        yield Found("configuration", name, config.creation_time, delete)
    for model in client.iter_models(name_contains=text, creation_time_before=before):
        name = model.model_name
        yield Found("model", name, model.creation_time, DeleteModelRequest(model_name=name))


def clean_up(client: SageMakerClient, text: str, before: datetime, *, delete: bool) -> int:
    """Show what was found, and delete it if told to; how many there were."""
    found = list(find(client, text, before))  # before anything is deleted under our feet
    for one in found:
        print(f"  {one.kind:14} {one.created:%Y-%m-%d}  {one.name}")
    if not delete:
        return len(found)
    for one in found:
        client.send(one.delete)
        if one.kind == "endpoint":
            client.wait_gone(DescribeEndpointRequest(endpoint_name=one.name))
        print(f"  deleted {one.kind} {one.name}")
    return len(found)


@contextmanager
def local_client() -> Generator[SageMakerClient]:
    """A client of moto's server on a free loopback port, which lives as long as the client."""
    try:
        from moto.server import ThreadedMotoServer
    except ImportError:
        sys.exit("--local needs moto's server: pip install moto flask flask-cors")

    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # no line a request
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        print(f"moto's server plays AWS on {host}:{port}")
        session = boto3.Session(
            aws_access_key_id="local",
            aws_secret_access_key="local",  # noqa: S106 - moto asks for none
            region_name="eu-west-1",
        )
        yield SageMakerClient(session=session, endpoint_url=f"http://{host}:{port}")
    finally:
        server.stop()


def fill(client: SageMakerClient, count: int) -> None:
    """Something to find in an account that is empty."""
    for number in range(count):
        name = f"churn-{number:03}"
        client.deploy(
            endpoint_name=name,
            model=CreateModelRequest(
                model_name=name,
                execution_role_arn="arn:aws:iam::123456789012:role/sagemaker",
                primary_container=ContainerDefinition(
                    image="123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn:1"
                ),
            ),
            instance_type="ml.m5.large",
        )


def main() -> None:
    parser = argparse.ArgumentParser(description="List what is deployed, and delete what is old.")
    parser.add_argument("text", nargs="?", default="churn", help="what the names contain")
    parser.add_argument("--local", action="store_true", help="use moto's server, not AWS")
    parser.add_argument("--days", type=float, default=30.0, help="how old it must be")
    parser.add_argument("--delete", action="store_true", help="delete what is listed")
    parser.add_argument("--region", help="AWS region; boto3's own default otherwise")
    parser.add_argument("--profile", help="profile of your AWS configuration")
    arguments = parser.parse_args()

    now = datetime.now(timezone.utc)
    if arguments.local:
        with local_client() as client:
            fill(client, 3)
            later = now + timedelta(days=1)
            count = clean_up(client, arguments.text, later, delete=True)
            left = clean_up(client, arguments.text, later, delete=False)
            print(f"{count} found and deleted, {left} left")
        return
    client = SageMakerClient(region_name=arguments.region, profile_name=arguments.profile)
    before = now - timedelta(days=arguments.days)
    count = clean_up(client, arguments.text, before, delete=arguments.delete)
    print(f"{count} found{' and deleted' if arguments.delete else '; nothing was deleted'}")


if __name__ == "__main__":
    main()
