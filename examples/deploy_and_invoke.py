"""Deploy an endpoint in one call, call it, and clean up.

    python examples/deploy_and_invoke.py --local    # against a local stand-in for AWS, for free
    python examples/deploy_and_invoke.py --help     # with your own account: lists the options

You can run it again: it uses a resource that exists with the same settings. With ``--stream`` the
model streams its response, and the program prints each part when it arrives.
"""

from __future__ import annotations

import argparse
import json
import sys

from sagemaker_typed import DeployConflict, DeployFailed, SageMakerClient, ServiceError
from sagemaker_typed.models import ContainerDefinition, CreateModelRequest
from sagemaker_typed.runtime import SageMakerRuntimeClient
from sagemaker_typed.testing import local_sagemaker


def deploy(client: SageMakerClient, arguments: argparse.Namespace) -> None:
    deployment = client.deploy(
        endpoint_name=arguments.name,
        model=CreateModelRequest(
            model_name=arguments.name,
            execution_role_arn=arguments.role_arn,
            primary_container=ContainerDefinition(
                image=arguments.image, model_data_url=arguments.model_data
            ),
        ),
        instance_type=arguments.instance_type,
        on_status=lambda change: print(f"  {change.elapsed:6.0f} s  {change}"),
    )
    for verb, names in (("created", deployment.created), ("found", deployment.taken_over)):
        for name in names:
            print(f"  {verb} {name}")


def call(runtime: SageMakerRuntimeClient, arguments: argparse.Namespace) -> None:
    """Send JSON, and print the response of the model."""
    body = json.loads(arguments.body)
    if arguments.stream:
        response = runtime.invoke_endpoint_with_response_stream(
            endpoint_name=arguments.name, body=body
        )
        with response.body as parts:
            for part in parts:
                sys.stdout.buffer.write(part.bytes or b"")
                sys.stdout.buffer.flush()
        print()
        return
    reply = runtime.invoke_endpoint(endpoint_name=arguments.name, body=body)
    print(f"{reply.invoked_production_variant} says: {reply.body.text()}")


def clean_up(client: SageMakerClient, name: str) -> None:
    client.delete_endpoint(endpoint_name=name)
    client.wait_endpoint_deleted(endpoint_name=name)
    client.delete_endpoint_config(endpoint_config_name=name)
    client.delete_model(model_name=name)
    print(f"deleted endpoint, configuration and model {name}")


def run(
    client: SageMakerClient, runtime: SageMakerRuntimeClient, arguments: argparse.Namespace
) -> int:
    try:
        deploy(client, arguments)
    except (DeployConflict, DeployFailed) as error:
        print(f"not deployed: {error}", file=sys.stderr)
        return 1
    try:
        call(runtime, arguments)
    except ServiceError as error:
        print(f"not invoked: {error}", file=sys.stderr)
        return 1
    finally:
        if not arguments.keep:
            clean_up(client, arguments.name)
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description="Deploy an endpoint, call it, and clean up.")
    parser.add_argument("--local", action="store_true", help="use moto's server, not AWS")
    parser.add_argument("--name", default="churn", help="of endpoint, configuration and model")
    parser.add_argument("--body", default='{"instances": [[1, 2.5]]}', help="JSON for the model")
    parser.add_argument("--stream", action="store_true", help="stream the response")
    parser.add_argument("--keep", action="store_true", help="do not delete it afterwards")
    parser.add_argument("--instance-type", default="ml.m5.large")
    parser.add_argument("--region", help="AWS region; boto3's own default otherwise")
    parser.add_argument("--profile", help="profile of your AWS configuration")
    own = parser.add_argument_group("your account", "all three are needed without --local")
    own.add_argument("--role-arn", help="role that SageMaker runs the model with")
    own.add_argument("--image", help="inference image in ECR")
    own.add_argument("--model-data", help="s3://.../model.tar.gz")
    arguments = parser.parse_args()

    if arguments.local:
        arguments.role_arn = "arn:aws:iam::123456789012:role/sagemaker"
        arguments.image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn:1"
        arguments.model_data = "s3://bucket/churn/model.tar.gz"
        with local_sagemaker() as local:
            print(f"moto's server stands in for AWS on {local.url}")
            return run(local.client, local.client_of(SageMakerRuntimeClient), arguments)
    needed = ("role_arn", "image", "model_data")
    if missing := [f"--{o.replace('_', '-')}" for o in needed if not getattr(arguments, o)]:
        parser.error(f"without --local, {', '.join(missing)} must be given")
    client = SageMakerClient(region_name=arguments.region, profile_name=arguments.profile)
    runtime = SageMakerRuntimeClient(region_name=arguments.region, profile_name=arguments.profile)
    return run(client, runtime, arguments)


if __name__ == "__main__":
    sys.exit(main())
