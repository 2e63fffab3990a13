"""Train a model, put it behind an endpoint, and see how old the endpoints are."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING

import boto3

if TYPE_CHECKING:
    from types_boto3_sagemaker import SageMakerClient
    from types_boto3_sagemaker.type_defs import ProductionVariantTypeDef, TagTypeDef

ROLE = "arn:aws:iam::123456789012:role/sagemaker"
TAGS: list[TagTypeDef] = [{"Key": "project", "Value": "churn"}, {"Key": "stage", "Value": "test"}]


def train(client: SageMakerClient, name: str) -> str:
    job = client.create_training_job(
        TrainingJobName=name,
        RoleArn=ROLE,
        AlgorithmSpecification={"TrainingImage": "churn:1", "TrainingInputMode": "File"},
        OutputDataConfig={"S3OutputPath": "s3://bucket/out"},
        ResourceConfig={
            "InstanceType": "ml.m5.xlarge",
            "InstanceCount": 1,
            "VolumeSizeInGB": 30,
        },
        StoppingCondition={"MaxRuntimeInSeconds": 3600},
        Tags=TAGS,
    )
    return job["TrainingJobArn"]


def deploy(client: SageMakerClient, name: str) -> str:
    client.create_model(
        ModelName=name,
        ExecutionRoleArn=ROLE,
        PrimaryContainer={"Image": "churn:1", "ModelDataUrl": "s3://bucket/model.tar.gz"},
    )
    variant: ProductionVariantTypeDef = {
        "VariantName": "main",
        "ModelName": name,
        "InitialInstanceCount": 2,
        "InstanceType": "ml.m5.large",
    }
    client.create_endpoint_config(EndpointConfigName=name, ProductionVariants=[variant])
    return client.create_endpoint(EndpointName=name, EndpointConfigName=name)["EndpointArn"]


def ages(client: SageMakerClient) -> dict[str, float]:
    now = datetime.now(timezone.utc)
    page = client.list_endpoints(SortBy="Name", SortOrder="Ascending", MaxResults=50)["Endpoints"]
    return {
        endpoint["EndpointName"]: (now - endpoint["CreationTime"]).total_seconds()
        for endpoint in page
    }


if __name__ == "__main__":
    sagemaker = boto3.client("sagemaker", region_name="eu-west-1")
    print(train(sagemaker, "churn"), deploy(sagemaker, "churn"), ages(sagemaker))
    if sagemaker.describe_endpoint(EndpointName="churn")["EndpointStatus"] == "Failed":
        sagemaker.delete_endpoint(EndpointName="churn")
