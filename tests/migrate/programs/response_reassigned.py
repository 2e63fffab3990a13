import boto3

client = boto3.client("sagemaker", region_name="eu-west-1")
result = client.describe_model(ModelName="churn")
print(result["ModelName"])
result = {"ModelName": "mine"}
print(result["ModelName"])
answer = client.describe_endpoint(EndpointName="churn")
print(answer["EndpointName"])
answer = client.describe_endpoint(EndpointName="other")
print(answer["EndpointStatus"])
