"""moto in process: the patches that people's tests are full of see our calls like boto3's."""

from __future__ import annotations

import subprocess
import sys

import boto3
import pytest

from sagemaker_typed import SageMakerClient
from sagemaker_typed.models import ContainerDefinition

pytestmark = pytest.mark.saga


def test_mock_aws() -> None:
    moto = pytest.importorskip("moto", reason="the extra `local` has moto")
    with moto.mock_aws():
        client = SageMakerClient(region_name="eu-west-1")
        client.create_model(
            model_name="churn",
            execution_role_arn="arn:aws:iam::123456789012:role/sagemaker",
            primary_container=ContainerDefinition(
                image="123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn:1"
            ),
        )
        theirs = boto3.client("sagemaker", region_name="eu-west-1")
        assert [model["ModelName"] for model in theirs.list_models()["Models"]] == ["churn"]
        wrapped = SageMakerClient.from_boto3(theirs)
        assert [model.model_name for model in wrapped.list_models().models] == ["churn"]


SESSION_BEFORE_MOTO = """
from sagemaker_typed import SageMakerClient
SageMakerClient(region_name="eu-west-1")
from moto import mock_aws
with mock_aws():
    assert SageMakerClient(region_name="eu-west-1").list_endpoints().endpoints == ()
"""


def test_a_client_made_before_moto_leaves_no_way_around_it() -> None:
    # without boto3 a client stands on a session of ours, which knows nothing of moto
    subprocess.run([sys.executable, "-c", SESSION_BEFORE_MOTO], check=True, timeout=60)
