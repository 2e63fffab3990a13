import boto3

client = None


def connect():
    global client
    if client is None:
        client = boto3.client("sagemaker")


def remove(name):
    connect()
    client.delete_endpoint(EndpointName=name)
    client.delete_endpoint_config(EndpointConfigName=name)
    client.delete_model(ModelName=name)
