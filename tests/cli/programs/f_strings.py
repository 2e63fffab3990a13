import sys

import boto3

region, account = sys.argv[1], sys.argv[2]
stage = "dev"
sm = boto3.Session(region_name=region).client("sagemaker")
sm.create_model(
    ModelName=f"churn-{stage}",
    ExecutionRoleArn=f"arn:aws:iam::{account}:role/sagemaker",
    PrimaryContainer={
        "Image": f"{account}.dkr.ecr.{region}.amazonaws.com/churn:1",
        "Mode": "SingleModel",
    },
    EnableNetworkIsolation=False,
)
