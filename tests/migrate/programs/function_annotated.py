from __future__ import annotations

from typing import TYPE_CHECKING

import boto3

if TYPE_CHECKING:
    from mypy_boto3_sagemaker import SageMakerClient


def describe(client: SageMakerClient, name: str) -> str:
    response = client.describe_model(ModelName=name)
    return response["ModelArn"]


print(describe(boto3.client("sagemaker", region_name="eu-west-1"), "churn"))
