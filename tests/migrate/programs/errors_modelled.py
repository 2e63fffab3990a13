import boto3

client = boto3.client("sagemaker", region_name="eu-west-1")
try:
    client.describe_experiment(ExperimentName="gone")
except client.exceptions.ResourceNotFound:
    print("gone")
try:
    client.describe_trial(TrialName="gone")
except (ValueError, client.exceptions.ResourceNotFound) as error:
    print("gone too", error.response["Error"]["Code"])
