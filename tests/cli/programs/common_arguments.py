import boto3

session = boto3.session.Session(profile_name="ml")
sagemaker = session.client("sagemaker")
COMMON = dict(
    RoleArn="arn:aws:iam::123456789012:role/sagemaker",
    StoppingCondition={"MaxRuntimeInSeconds": 60 * 60},
    ResourceConfig={"InstanceType": "ml.c5.xlarge", "InstanceCount": 1, "VolumeSizeInGB": 50},
)
ALGORITHM = {
    "TrainingImage": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/train:1",
    "TrainingInputMode": "File",
}
for number in range(3):
    sagemaker.create_training_job(
        TrainingJobName=f"churn-{number}",
        AlgorithmSpecification=ALGORITHM,
        OutputDataConfig={"S3OutputPath": "s3://bucket/output"},
        HyperParameters={"epochs": str(number + 1)},
        **COMMON,
    )
