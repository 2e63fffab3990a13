"""List deployed resources by name and age, and delete them.

    python examples/list_and_clean_up.py --local              # against a local stand-in for AWS
    python examples/list_and_clean_up.py churn --days 30      # your own account: lists only
    python examples/list_and_clean_up.py churn --days 30 --delete

Finds endpoints, endpoint configurations and models whose names contain the text and that are older
than the number of days. Deletes the endpoints first, and waits until they no longer exist.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from sagemaker_typed import Request, SageMakerClient
from sagemaker_typed.models import (
    ContainerDefinition,
    CreateModelRequest,
    DeleteEndpointConfigRequest,
    DeleteEndpointRequest,
    DeleteModelRequest,
    DescribeEndpointRequest,
)
from sagemaker_typed.testing import local_sagemaker


@dataclass(frozen=True)
class Resource:
    """A resource, and the request that deletes it."""

    kind: str
    name: str
    created: datetime
    delete: Request[None]


def find(client: SageMakerClient, text: str, before: datetime) -> Iterator[Resource]:
    """Yield the resources that were created before. Requests a page when it is needed."""
    for endpoint in client.iter_endpoints(name_contains=text, creation_time_before=before):
        name = endpoint.endpoint_name
        yield Resource(
            "endpoint", name, endpoint.creation_time, DeleteEndpointRequest(endpoint_name=name)
        )
    for config in client.iter_endpoint_configs(name_contains=text, creation_time_before=before):
        name = config.endpoint_config_name
        delete = DeleteEndpointConfigRequest(endpoint_config_name=name)
        yield Resource("configuration", name, config.creation_time, delete)
    for model in client.iter_models(name_contains=text, creation_time_before=before):
        name = model.model_name
        yield Resource("model", name, model.creation_time, DeleteModelRequest(model_name=name))


def clean_up(client: SageMakerClient, text: str, before: datetime, *, delete: bool) -> int:
    """Print the resources and, with ``delete``, delete them. Return their number."""
    resources = list(find(client, text, before))  # all pages, before a deletion changes them
    for resource in resources:
        print(f"  {resource.kind:14} {resource.created:%Y-%m-%d}  {resource.name}")
    if not delete:
        return len(resources)
    for resource in resources:
        client.send(resource.delete)
        if resource.kind == "endpoint":
            client.wait_gone(DescribeEndpointRequest(endpoint_name=resource.name))
        print(f"  deleted {resource.kind} {resource.name}")
    return len(resources)


def fill(client: SageMakerClient, count: int) -> None:
    """Deploy endpoints in an empty account."""
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
    parser = argparse.ArgumentParser(
        description="List deployed resources by name and age, and delete them."
    )
    parser.add_argument("text", nargs="?", default="churn", help="text that the names contain")
    parser.add_argument("--local", action="store_true", help="use moto's server, not AWS")
    parser.add_argument("--days", type=float, default=30.0, help="least age in days")
    parser.add_argument("--delete", action="store_true", help="delete the listed resources")
    parser.add_argument("--region", help="AWS region; boto3's own default otherwise")
    parser.add_argument("--profile", help="profile of your AWS configuration")
    arguments = parser.parse_args()

    now = datetime.now(timezone.utc)
    if arguments.local:
        with local_sagemaker() as local:
            print(f"moto's server stands in for AWS on {local.url}")
            fill(local.client, 3)
            later = now + timedelta(days=1)
            count = clean_up(local.client, arguments.text, later, delete=True)
            left = clean_up(local.client, arguments.text, later, delete=False)
            print(f"{count} found and deleted, {left} left")
        return
    client = SageMakerClient(region_name=arguments.region, profile_name=arguments.profile)
    before = now - timedelta(days=arguments.days)
    count = clean_up(client, arguments.text, before, delete=arguments.delete)
    print(f"{count} found{' and deleted' if arguments.delete else '; nothing was deleted'}")


if __name__ == "__main__":
    main()
