import boto3

client = boto3.session.Session(region_name="us-west-2").client(service_name="sagemaker")
print(client.describe_endpoint(EndpointName="churn")["EndpointArn"])
