import boto3


def describe(client, name):
    response = client.describe_model(ModelName=name)
    return response["ModelArn"]


sm = boto3.client("sagemaker", region_name="eu-west-1")
print(describe(sm, "churn"))
print(sm.describe_model(ModelName="other")["ModelName"])
