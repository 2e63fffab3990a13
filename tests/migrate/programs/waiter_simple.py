import boto3

client = boto3.client("sagemaker", region_name="eu-west-1")
client.create_endpoint(EndpointName="churn", EndpointConfigName="churn-1")
client.get_waiter("endpoint_in_service").wait(EndpointName="churn")
print("in service")
