import boto3

client = boto3.client("sagemaker", region_name="eu-west-1")


def find(name):
    response = client.describe_experiment(ExperimentName=name)
    print(response)
    return response


try:
    find("gone")
    client.delete_experiment(ExperimentName="gone")
except client.exceptions.ResourceNotFound as error:
    print("caught", error.response["Error"]["Code"])
