import boto3

COMMON = {"Tags": [{"Key": "team", "Value": "ml"}]}
client = boto3.client("sagemaker", region_name="eu-west-1")


def train(name, **overrides):
    params = {
        "TrainingJobName": name,
        "RoleArn": "arn:aws:iam::123456789012:role/train",
        "AlgorithmSpecification": {"TrainingImage": "image", "TrainingInputMode": "File"},
        "OutputDataConfig": {"S3OutputPath": "s3://bucket/out"},
        "ResourceConfig": {"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 10},
        "StoppingCondition": {"MaxRuntimeInSeconds": 3600},
    }
    params.update(overrides)
    return client.create_training_job(**params, **COMMON)["TrainingJobArn"]


print(train("churn-1", EnableManagedSpotTraining=False))
