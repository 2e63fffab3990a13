import boto3

client = boto3.client("sagemaker", region_name="eu-west-1")
names = []
kwargs = {}
while True:
    response = client.list_models(**kwargs)
    names += [model["ModelName"] for model in response["Models"]]
    if "NextToken" not in response:
        break
    kwargs["NextToken"] = response["NextToken"]
print(names)
