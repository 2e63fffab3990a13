"""Clean under mypy --strict before, and after."""

from __future__ import annotations

import boto3

sm = boto3.client("sagemaker", region_name="eu-west-1")


def deploy(name: str, instance_type: str, count: int, tags: list[dict[str, str]]) -> str:
    sm.create_endpoint_config(
        EndpointConfigName=name,
        ProductionVariants=[
            {
                "VariantName": "main",
                "ModelName": name,
                "InitialInstanceCount": count,
                "InstanceType": instance_type,
            }
        ],
    )
    sm.add_tags(ResourceArn=f"arn:aws:sagemaker:eu-west-1:123456789012:endpoint-config/{name}", Tags=tags)
    response = sm.create_endpoint(EndpointName=name, EndpointConfigName=name)
    arn: str = response["EndpointArn"]
    return arn


def stopped() -> list[str]:
    names: list[str] = []
    for page in sm.get_paginator("list_training_jobs").paginate():
        for job in page["TrainingJobSummaries"]:
            if job["TrainingJobStatus"] in ("Stopped", "Failed"):
                names.append(job["TrainingJobName"])
    return names


def reason(name: str) -> str:
    job = sm.describe_training_job(TrainingJobName=name)
    if job["TrainingJobStatus"] == "Failed":
        print(f"failed: {job['FailureReason']}")
    return str(job.get("FailureReason", "none"))


print(deploy("churn", "ml.m5.large", 1, [{"Key": "a", "Value": "b"}]))
print(stopped(), reason("churn-1"))
