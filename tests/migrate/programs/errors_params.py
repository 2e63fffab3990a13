import boto3
from botocore.exceptions import ParamValidationError

client = boto3.client("sagemaker", region_name="eu-west-1")
try:
    client.create_model(ModelName=5)
except ParamValidationError:
    print("refused")
print(client.describe_model(ModelName="churn")["ModelName"])
