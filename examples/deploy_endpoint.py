"""Deploy two endpoints with SageMaker, look at them, change them and clean up.

    python examples/deploy_endpoint.py --local      # against a local stand-in for AWS, for free
    python examples/deploy_endpoint.py --help       # with your own account: lists the options

One endpoint runs on instances: two variants that share the traffic, data capture, tags. The other
is serverless, with provisioned concurrency. The program deletes all that it created, also after an
error.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timezone

from botocore.exceptions import BotoCoreError, ClientError

from sagemaker_typed import Request, SageMakerClient, WaitFailed
from sagemaker_typed.models import (
    CaptureOption,
    ContainerDefinition,
    DataCaptureConfig,
    DeleteEndpointConfigRequest,
    DeleteEndpointRequest,
    DeleteModelRequest,
    DesiredWeightAndCapacity,
    ProductionVariant,
    ProductionVariantServerlessConfig,
    Tag,
)
from sagemaker_typed.testing import local_sagemaker


@dataclass(frozen=True)
class Settings:
    """Settings of the deployment. The defaults work only with ``--local``."""

    role_arn: str = "arn:aws:iam::123456789012:role/sagemaker"
    image: str = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn:1"
    model_data: str = "s3://bucket/churn/model.tar.gz"
    capture_to: str = "s3://bucket/churn/captured"
    timeout: float = 1800.0
    poll: float = 15.0


@dataclass
class Journal:
    """Print each step when it ends, and a summary of all."""

    done: list[tuple[str, str, float]] = field(default_factory=list[tuple[str, str, float]])

    @contextmanager
    def call(self, what: str, name: str) -> Generator[None]:
        """Time the call inside, and print its result."""
        line = f"{what:34} {name:34}"
        if sys.stdout.isatty():
            print(f"  ...    {line}", end="\r", flush=True)
        start = time.perf_counter()
        try:
            yield
        except BaseException:
            print(f"  failed {line} {time.perf_counter() - start:8.3f} s")
            raise
        seconds = time.perf_counter() - start
        print(f"  ok     {line} {seconds:8.3f} s")
        self.done.append((what, name, seconds))

    def summary(self) -> str:
        """Return the created and deleted resources, and the time of all calls."""
        created = [(what, name) for what, name, _ in self.done if what.startswith("Create")]
        deleted = [name for what, name, _ in self.done if what.startswith("Delete")]
        return "\n".join(
            [
                f"created {len(created)}, deleted {len(deleted)}:",
                *(f"  {what.removeprefix('Create'):15} {name}" for what, name in created),
                f"{len(self.done)} calls took {sum(seconds for *_, seconds in self.done):.3f} s",
            ]
        )


def delete(client: SageMakerClient, request: Request[None], journal: Journal) -> None:
    """Send a prepared request to delete a resource."""
    (name,) = request.to_boto().values()
    with journal.call(type(request).__name__.removesuffix("Request"), str(name)):
        client.send(request)


def deploy(client: SageMakerClient, settings: Settings, journal: Journal) -> None:
    """Create, wait, update, describe and list. Then delete everything in reverse order."""
    stamp = datetime.now(timezone.utc).strftime("%Y%m%d-%H%M%S")
    name, serverless = f"churn-{stamp}", f"churn-serverless-{stamp}"

    with ExitStack() as undo:
        with journal.call("CreateModel", name):
            client.create_model(
                model_name=name,
                execution_role_arn=settings.role_arn,
                primary_container=ContainerDefinition(
                    image=settings.image, model_data_url=settings.model_data
                ),
            )
        undo.callback(delete, client, DeleteModelRequest(model_name=name), journal)

        with journal.call("CreateEndpointConfig", name):
            client.create_endpoint_config(
                endpoint_config_name=name,
                production_variants=[
                    ProductionVariant(
                        variant_name="main",
                        model_name=name,
                        initial_instance_count=2,
                        instance_type="ml.m5.large",
                        initial_variant_weight=0.9,
                    ),
                    ProductionVariant(
                        variant_name="candidate",
                        model_name=name,
                        initial_instance_count=1,
                        instance_type="ml.m5.xlarge",
                        initial_variant_weight=0.1,
                    ),
                ],
                data_capture_config=DataCaptureConfig(
                    enable_capture=True,
                    initial_sampling_percentage=20,
                    destination_s3_uri=settings.capture_to,
                    capture_options=[
                        CaptureOption(capture_mode="Input"),
                        CaptureOption(capture_mode="Output"),
                    ],
                ),
                tags=[Tag(key="project", value="churn"), Tag(key="stage", value="demo")],
            )
        undo.callback(
            delete, client, DeleteEndpointConfigRequest(endpoint_config_name=name), journal
        )

        with journal.call("CreateEndpointConfig", serverless):
            client.create_endpoint_config(
                endpoint_config_name=serverless,
                production_variants=[
                    ProductionVariant(
                        variant_name="main",
                        model_name=name,
                        serverless_config=ProductionVariantServerlessConfig(
                            memory_size_in_mb=2048, max_concurrency=5, provisioned_concurrency=1
                        ),
                    )
                ],
            )
        undo.callback(
            delete, client, DeleteEndpointConfigRequest(endpoint_config_name=serverless), journal
        )

        for endpoint in (name, serverless):
            with journal.call("CreateEndpoint", endpoint):
                client.create_endpoint(endpoint_name=endpoint, endpoint_config_name=endpoint)
            undo.callback(delete, client, DeleteEndpointRequest(endpoint_name=endpoint), journal)

        for endpoint in (name, serverless):
            with journal.call("wait until in service", endpoint):
                client.wait_endpoint_in_service(
                    endpoint_name=endpoint, timeout=settings.timeout, poll=settings.poll
                )

        with journal.call("UpdateEndpointWeightsAndCapacities", name):
            client.update_endpoint_weights_and_capacities(
                endpoint_name=name,
                desired_weights_and_capacities=[
                    DesiredWeightAndCapacity(
                        variant_name="main", desired_weight=0.5, desired_instance_count=1
                    ),
                    DesiredWeightAndCapacity(
                        variant_name="candidate", desired_weight=0.5, desired_instance_count=2
                    ),
                ],
            )

        with journal.call("wait until in service", name):
            described = client.wait_endpoint_in_service(
                endpoint_name=name, timeout=settings.timeout, poll=settings.poll
            )
        for variant in described.production_variants or ():
            print(
                f"         {variant.variant_name}: weight {variant.current_weight}, "
                f"{variant.current_instance_count} instances"
            )

        with journal.call("ListEndpoints", "name contains churn"):
            listed = client.list_endpoints(name_contains="churn", sort_by="Name").endpoints
        for summary in listed:
            print(f"         {summary.endpoint_name}: {summary.endpoint_status}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description="Deploy two SageMaker endpoints, look at them, change them and clean up."
    )
    parser.add_argument("--local", action="store_true", help="use moto's server, not AWS")
    parser.add_argument("--region", help="AWS region; boto3's own default otherwise")
    parser.add_argument("--profile", help="profile of your AWS configuration")
    own = parser.add_argument_group("your account", "all four are needed without --local")
    own.add_argument("--role-arn", help="role that SageMaker runs the model with")
    own.add_argument("--image", help="inference image in ECR")
    own.add_argument("--model-data", help="s3://.../model.tar.gz")
    own.add_argument("--capture-to", help="s3://... for the captured requests and responses")
    arguments = parser.parse_args()

    needed = ("--role-arn", "--image", "--model-data", "--capture-to")
    values = [getattr(arguments, option[2:].replace("-", "_")) for option in needed]
    missing = [option for option, value in zip(needed, values, strict=True) if not value]
    if missing and not arguments.local:
        parser.error(f"without --local, {', '.join(missing)} must be given")

    journal = Journal()
    try:
        if arguments.local:
            with local_sagemaker() as local:
                print(f"moto's server stands in for AWS on {local.url}")
                deploy(local.client, Settings(), journal)
        else:
            client = SageMakerClient(region_name=arguments.region, profile_name=arguments.profile)
            deploy(client, Settings(*values), journal)
    except ModuleNotFoundError as error:  # of moto's server
        sys.exit(str(error))
    except (BotoCoreError, ClientError, WaitFailed, TimeoutError) as error:
        sys.exit(f"{type(error).__name__}: {error}")
    finally:
        print(journal.summary())


if __name__ == "__main__":
    main()
