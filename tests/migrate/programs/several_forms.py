import boto3

client = boto3.client("sagemaker", region_name="eu-west-1")


def show():
    response = client.describe_model(ModelName="churn")
    print(response["ModelArn"])
    response = client.describe_endpoint(EndpointName="churn")
    print(response["EndpointArn"])
    for item in client.list_models()["Models"]:
        print(item["ModelName"])
    for item in client.list_endpoints()["Endpoints"]:
        print(item["EndpointName"], item["EndpointStatus"])


show()
