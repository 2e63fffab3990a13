import boto3
from botocore.exceptions import WaiterError

client = boto3.client("sagemaker", region_name="eu-west-1")
try:
    client.get_waiter("endpoint_in_service").wait(EndpointName="broken")
except WaiterError:
    print("it failed")
