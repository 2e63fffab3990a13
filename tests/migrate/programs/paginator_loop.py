import boto3

client = boto3.client("sagemaker", region_name="eu-west-1")
paginator = client.get_paginator("list_endpoints")
running = []
for page in paginator.paginate(StatusEquals="InService"):
    for endpoint in page["Endpoints"]:
        # only what runs
        if endpoint["EndpointStatus"] == "InService":
            running.append(endpoint["EndpointName"])
print(running)
