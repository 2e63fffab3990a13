import boto3

session = boto3.Session(region_name="us-west-2")
client = session.client("sagemaker")
for endpoint in client.list_endpoints(NameContains="churn")["Endpoints"]:
    print(endpoint["EndpointName"], endpoint["EndpointStatus"])
