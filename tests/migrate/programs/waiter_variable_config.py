import boto3

client = boto3.client("sagemaker", region_name="eu-west-1")
config = {"Delay": 1}
client.get_waiter("endpoint_in_service").wait(EndpointName="churn", WaiterConfig=config)
print(client.describe_endpoint(EndpointName="churn")["EndpointStatus"])
