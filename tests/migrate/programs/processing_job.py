import boto3

client = boto3.client("sagemaker", region_name="eu-west-1")
inputs = [("raw", "s3://bucket/raw"), ("rules", "s3://bucket/rules")]
arn = client.create_processing_job(
    ProcessingJobName="clean",
    ProcessingInputs=[
        {
            "InputName": name,
            "S3Input": {
                "S3Uri": uri,
                "LocalPath": f"/opt/ml/processing/{name}",
                "S3DataType": "S3Prefix",
                "S3InputMode": "File",
            },
        }
        for name, uri in inputs
    ],
    ProcessingResources={
        "ClusterConfig": {"InstanceCount": 1, "InstanceType": "ml.m5.large", "VolumeSizeInGB": 20}
    },
    AppSpecification={"ImageUri": "image", "ContainerEntrypoint": ["python3", "/opt/clean.py"]},
    RoleArn="arn:aws:iam::123456789012:role/process",
)["ProcessingJobArn"]
print(arn)
