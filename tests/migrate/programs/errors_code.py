import boto3
from botocore.exceptions import ClientError

client = boto3.client("sagemaker", region_name="eu-west-1")


def exists(name):
    try:
        client.describe_model_package_group(ModelPackageGroupName=name)
    except ClientError as error:
        if error.response["Error"]["Code"] == "ValidationException":
            print("no:", error.response["Error"]["Message"])
            return False
        raise
    return True


print(exists("gone"))
