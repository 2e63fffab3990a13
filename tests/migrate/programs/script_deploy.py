"""Deploys an endpoint, as a script of straight lines."""
import time

import boto3

sm = boto3.client("sagemaker", region_name="eu-west-1")

sm.create_model(
    ModelName="churn",
    PrimaryContainer={
        "Image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn:1",  # built by CI
        "ModelDataUrl": "s3://bucket/model.tar.gz",
        "Environment": {"WORKERS": "2"},
    },
    ExecutionRoleArn="arn:aws:iam::123456789012:role/service-role/churn",
)
sm.create_endpoint_config(
    EndpointConfigName="churn-1",
    ProductionVariants=[
        {
            "VariantName": "main",
            "ModelName": "churn",
            "InitialInstanceCount": 1,
            "InstanceType": "ml.m5.large",
        }
    ],
    Tags=[{"Key": "project", "Value": "churn"}],
)
response = sm.create_endpoint(EndpointName="churn", EndpointConfigName="churn-1")
print("creating", response["EndpointArn"])
while True:
    status = sm.describe_endpoint(EndpointName="churn")["EndpointStatus"]
    print("status:", status)
    if status in ("InService", "Failed"):
        break
    time.sleep(30)
