import boto3

client = boto3.client("sagemaker", region_name="eu-west-1")
for number, model in enumerate(client.list_models()["Models"], 1):
    print(f"{number}. {model['ModelName']}")
models = client.list_models(MaxResults=2)["Models"]
if models:
    print(len(models), models[0]["ModelArn"])
