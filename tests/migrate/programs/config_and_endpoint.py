import boto3
from botocore.config import Config

config = Config(retries={"max_attempts": 5, "mode": "standard"}, connect_timeout=5)
client = boto3.client(
    "sagemaker",
    region_name="eu-west-1",  # the only region
    config=config,
)
kwargs = {"region_name": "eu-west-1"}
other = boto3.client("sagemaker", **kwargs)
print(client.describe_model(ModelName="churn")["ModelArn"] == other.describe_model(ModelName="churn")["ModelArn"])
