import boto3
import pytest
from botocore.exceptions import ClientError, ParamValidationError
from moto import mock_aws


@pytest.fixture
def sagemaker():
    with mock_aws():
        yield boto3.client("sagemaker", region_name="us-east-1")


def test_create(sagemaker):
    sagemaker.create_notebook_instance(
        NotebookInstanceName="notes",
        InstanceType="ml.t3.medium",
        RoleArn="arn:aws:iam::123456789012:role/notes",
        VolumeSizeInGB=10,
    )
    instance = sagemaker.describe_notebook_instance(NotebookInstanceName="notes")
    assert instance["NotebookInstanceStatus"] == "InService"


def test_refused(sagemaker):
    with pytest.raises(ParamValidationError):
        sagemaker.create_notebook_instance(Nmae="wrong")
    with pytest.raises(ClientError):
        sagemaker.describe_notebook_instance(NotebookInstanceName="not there!")
