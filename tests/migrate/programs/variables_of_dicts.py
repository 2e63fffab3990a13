import boto3

client = boto3.client("sagemaker", region_name="eu-west-1")
tags = [{"Key": "a", "Value": "b"}]
container = {"Image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn:1"}
vpc = None
client.create_model(
    ModelName="churn",
    PrimaryContainer=container,
    ExecutionRoleArn="arn:aws:iam::123456789012:role/service-role/churn",
    Tags=tags,
)
client.add_tags(ResourceArn="arn:aws:sagemaker:eu-west-1:123456789012:model/churn", Tags=tags + [{"Key": "c", "Value": "d"}])
print("made")
