import boto3

client = boto3.client("sagemaker", region_name="eu-west-1")
response = client.describe_model(ModelName="churn")
del response["ResponseMetadata"]
print(response)
other = client.describe_endpoint(EndpointName="churn")
print(other["EndpointName"], other["EndpointStatus"])
