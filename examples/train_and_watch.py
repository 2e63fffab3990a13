"""Start a training job and watch it until it is done.

    python examples/train_and_watch.py --local      # against a local stand-in for AWS, for free
    python examples/train_and_watch.py --help       # with your own account: lists the options

Prints a line for each step of the job; with the extra ``progress``, a live line on a terminal.
Ctrl-C stops watching and does not stop the job. Run it again with the same ``--name`` to continue.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from datetime import datetime, timezone
from importlib.util import find_spec

from sagemaker_typed import SageMakerClient, StatusChange, WaitFailed, WaitInterrupted
from sagemaker_typed.errors import ResourceInUse
from sagemaker_typed.models import (
    AlgorithmSpecification,
    Channel,
    DataSource,
    DescribeTrainingJobRequest,
    DescribeTrainingJobResponse,
    OutputDataConfig,
    ResourceConfig,
    S3DataSource,
    StoppingCondition,
)
from sagemaker_typed.testing import local_sagemaker


@dataclass(frozen=True)
class Settings:
    """Settings of the job. The defaults work only with ``--local``."""

    name: str
    role_arn: str = "arn:aws:iam::123456789012:role/sagemaker"
    image: str = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/train:1"
    data: str = "s3://bucket/churn/train/"
    output: str = "s3://bucket/churn/models/"


def start(client: SageMakerClient, settings: Settings) -> None:
    """Start the job, unless a job with this name exists."""
    source = S3DataSource(s3_data_type="S3Prefix", s3_uri=settings.data)
    try:
        client.create_training_job(
            training_job_name=settings.name,
            role_arn=settings.role_arn,
            algorithm_specification=AlgorithmSpecification(
                training_image=settings.image, training_input_mode="File"
            ),
            input_data_config=[
                Channel(channel_name="train", data_source=DataSource(s3_data_source=source))
            ],
            output_data_config=OutputDataConfig(s3_output_path=settings.output),
            resource_config=ResourceConfig(
                instance_type="ml.m5.xlarge", instance_count=1, volume_size_in_gb=30
            ),
            stopping_condition=StoppingCondition(max_runtime_in_seconds=3600),
            hyper_parameters={"epochs": "10"},
        )
    except ResourceInUse:
        print(f"{settings.name} was started before")


def print_change(change: StatusChange[DescribeTrainingJobResponse]) -> None:
    print(f"  {change.elapsed:8.0f} s  {change}")


def watch(client: SageMakerClient, name: str) -> int:
    """Wait for the job, and return the exit status."""
    live = sys.stdout.isatty() and find_spec("rich") is not None
    try:
        job = client.wait(
            DescribeTrainingJobRequest(training_job_name=name),
            on_status=None if live else print_change,
            progress=live,
        )
    except WaitFailed as failed:
        print(f"{name} failed: {failed.failure_reason}", file=sys.stderr)
        return 1
    except WaitInterrupted as interrupted:
        print(f"\n{interrupted}", file=sys.stderr)
        return 130
    print(f"{name} is {job.training_job_status}")
    print(f"model: {job.model_artifacts.s3_model_artifacts}")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description="Start a training job and watch it.")
    parser.add_argument("--local", action="store_true", help="use moto's server, not AWS")
    parser.add_argument("--name", help="name of the job; by default it has the current time")
    parser.add_argument("--region", help="AWS region; boto3's own default otherwise")
    parser.add_argument("--profile", help="profile of your AWS configuration")
    own = parser.add_argument_group("your account", "all four are needed without --local")
    own.add_argument("--role-arn", help="role that SageMaker trains with")
    own.add_argument("--image", help="training image in ECR")
    own.add_argument("--data", help="s3://... of the training data")
    own.add_argument("--output", help="s3://... for the model")
    arguments = parser.parse_args()

    stamp = datetime.now(timezone.utc).strftime("%Y%m%d-%H%M%S")
    name = arguments.name or f"churn-{stamp}"
    if arguments.local:
        with local_sagemaker() as local:
            print(f"moto's server stands in for AWS on {local.url}")
            start(local.client, Settings(name))
            return watch(local.client, name)
    needed = ("role_arn", "image", "data", "output")
    values = {option: str(value) for option in needed if (value := getattr(arguments, option))}
    if missing := [f"--{option.replace('_', '-')}" for option in needed if option not in values]:
        parser.error(f"without --local, {', '.join(missing)} must be given")
    client = SageMakerClient(region_name=arguments.region, profile_name=arguments.profile)
    start(client, Settings(name, **values))
    return watch(client, name)


if __name__ == "__main__":
    sys.exit(main())
