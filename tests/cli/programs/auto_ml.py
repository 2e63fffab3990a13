import boto3

sm = boto3.client("sagemaker")
job = sm.create_auto_ml_job_v2(
    AutoMLJobName="auto",
    AutoMLJobInputDataConfig=[
        {
            "ChannelType": "training",
            "ContentType": "text/csv;header=present",
            "CompressionType": "None",
            "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": "s3://bucket/data"}},
        }
    ],
    OutputDataConfig={"S3OutputPath": "s3://bucket/output"},
    AutoMLProblemTypeConfig={"TabularJobConfig": {"TargetAttributeName": "churned"}},
    RoleArn="arn:aws:iam::123456789012:role/sagemaker",
)
print(job["AutoMLJobArn"])
