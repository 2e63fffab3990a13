import boto3

client = boto3.client("sagemaker", region_name="eu-west-1")
paginator = client.get_paginator("list_models")
pages = 0
for page in paginator.paginate(PaginationConfig={"MaxItems": 1}):
    print(len(page["Models"]))
for page in paginator.paginate(SortBy="Name"):
    pages += 1
    print("page", pages, len(page["Models"]))
    for model in page["Models"]:
        print(model["ModelName"])
