import boto3

client = boto3.client("sagemaker", region_name="eu-west-1")


def describe(name):
    return client.describe_endpoint(EndpointName=name)


def arn(name):
    response = client.describe_endpoint(EndpointName=name)
    return response["EndpointArn"]


print(describe("churn")["EndpointStatus"], arn("churn"))
