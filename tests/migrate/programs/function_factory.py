import boto3


def make(region):
    return boto3.client("sagemaker", region_name=region)


def status(region, name):
    sm = make(region)
    return sm.describe_endpoint(EndpointName=name)["EndpointStatus"]


print([status("eu-west-1", "churn")])
