import boto3
from botocore.exceptions import ClientError

sm = boto3.client("sagemaker")


def exists(name):
    try:
        sm.describe_endpoint_config(EndpointConfigName=name)
    except ClientError as error:
        if error.response["Error"]["Code"] == "ValidationException":
            return False
        raise
    return True


def reason(name):
    response = sm.describe_endpoint(EndpointName=name)
    try:
        return response["FailureReason"]
    except KeyError:
        return None
