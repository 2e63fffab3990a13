import boto3

client = boto3.client("sagemaker", region_name="eu-west-1")
names = [
    model["ModelName"]
    for page in client.get_paginator("list_models").paginate(NameContains="churn")
    for model in page["Models"]
]
print(names)
