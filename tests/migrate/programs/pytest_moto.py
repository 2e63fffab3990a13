"""Tests as pytest runs them; here they are called one after another."""
import boto3
from moto import mock_aws

ROLE = "arn:aws:iam::123456789012:role/service-role/churn"


def make_model(client, name):
    client.create_model(ModelName=name, ExecutionRoleArn=ROLE, PrimaryContainer={"Image": "image"})


@mock_aws
def test_a_model_is_listed():
    client = boto3.client("sagemaker", region_name="eu-west-1")
    client.create_model(ModelName="churn", ExecutionRoleArn=ROLE, PrimaryContainer={"Image": "image"})
    make_model(client, "second")
    names = [model["ModelName"] for model in client.list_models()["Models"]]
    assert sorted(names) == ["churn", "second"]
    assert client.describe_model(ModelName="churn")["PrimaryContainer"]["Image"] == "image"


@mock_aws
def test_a_model_is_deleted():
    client = boto3.client("sagemaker", region_name="eu-west-1")
    make_model(client, "churn")
    client.delete_model(ModelName="churn")
    response = client.list_models()
    assert len(response["Models"]) == 0


import os

os.environ.pop("AWS_ENDPOINT_URL")
test_a_model_is_listed()
test_a_model_is_deleted()
print("2 passed")
