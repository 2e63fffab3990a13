import boto3

sm = boto3.client("sagemaker", region_name="eu-west-1")
BUCKET = "bucket"
response = sm.create_training_job(
    TrainingJobName="churn-1",
    AlgorithmSpecification={"TrainingImage": "image", "TrainingInputMode": "File"},
    RoleArn="arn:aws:iam::123456789012:role/train",
    InputDataConfig=[
        {
            "ChannelName": channel,
            "DataSource": {
                "S3DataSource": {
                    "S3DataType": "S3Prefix",
                    "S3Uri": f"s3://{BUCKET}/{channel}",
                    "S3DataDistributionType": "FullyReplicated",
                }
            },
            "ContentType": "text/csv",
        }
        for channel in ("train", "test")
    ],
    OutputDataConfig={"S3OutputPath": f"s3://{BUCKET}/out"},
    ResourceConfig={"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 10},
    StoppingCondition={"MaxRuntimeInSeconds": 24 * 3600},
    HyperParameters={"depth": "5", **{"eta": "0.1"}},
)
print(response["ResponseMetadata"]["HTTPStatusCode"], response["TrainingJobArn"])
