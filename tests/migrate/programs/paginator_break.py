import boto3


def first(client):
    for page in client.get_paginator("list_models").paginate():
        for model in page["Models"]:
            if model["ModelName"].endswith("2"):
                break
            print(model["ModelName"])


def all_names():
    client = boto3.client("sagemaker", region_name="eu-west-1")
    for page in client.get_paginator("list_models").paginate():
        for model in page.get("Models", []):
            if model["ModelName"].endswith("2"):
                break
            print(model["ModelName"])


first(boto3.client("sagemaker", region_name="eu-west-1"))
all_names()
