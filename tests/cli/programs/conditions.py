import sys

import boto3

gpu = "--gpu" in sys.argv
sm = boto3.client("sagemaker")
resources = {"InstanceCount": 1, "VolumeSizeInGB": 100}
if gpu:
    resources["InstanceType"] = "ml.p3.2xlarge"
else:
    resources["InstanceType"] = "ml.c5.2xlarge"
sm.create_training_job(
    TrainingJobName="churn",
    RoleArn="arn:aws:iam::123456789012:role/sagemaker",
    AlgorithmSpecification={
        "TrainingImage": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/train:1",
        "TrainingInputMode": "FastFile" if gpu else "File",
    },
    OutputDataConfig={"S3OutputPath": "s3://bucket/output"},
    ResourceConfig=resources,
    StoppingCondition={"MaxRuntimeInSeconds": 86400 if gpu else 3600},
    EnableManagedSpotTraining=False,
)
