import boto3

sm = boto3.client("sagemaker", region_name="eu-west-1")
sm.create_model(
    ModelName="churn",
    ExecutionRoleArn="arn:aws:iam::123456789012:role/sagemaker",
    PrimaryContainer={
        "Image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn:1",
        "ModelDataUrl": "s3://models/churn/model.tar.gz",
        "Environment": {"LOG_LEVEL": "info", "any_key": "any value!"},
    },
    Tags=[{"Key": "team", "Value": "growth"}],
)
response = sm.describe_model(ModelName="churn")
print(response["ModelArn"], response["PrimaryContainer"]["Image"])
print(response.get("EnableNetworkIsolation"), response["ResponseMetadata"]["RequestId"])
