"""The local service: moto's server, whose statuses advance as a program asks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Generator
from typing import Any

import boto3
import pytest
from botocore.exceptions import EndpointConnectionError

from sagemaker_typed import SageMakerClient, WaitFailed
from sagemaker_typed.errors import ServiceError
from sagemaker_typed.models import (
    ContainerDefinition,
    CreateModelRequest,
    CreateTrainingJobRequest,
    DescribeTrainingJobRequest,
    DescribeTrainingJobResponse,
    DesiredWeightAndCapacity,
)
from sagemaker_typed.runtime import SageMakerRuntimeClient
from sagemaker_typed.testing import LocalSageMaker, example, local_sagemaker

pytest.importorskip("moto.server", reason="the extra `local` has moto")
pytestmark = pytest.mark.saga
MODEL = CreateModelRequest(
    model_name="churn",
    execution_role_arn="arn:aws:iam::123456789012:role/sagemaker",
    primary_container=ContainerDefinition(
        image="123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn:1"
    ),
)
JOB = example(
    CreateTrainingJobRequest,
    training_job_name="churn",
    algorithm_specification={
        "TrainingInputMode": "File",
        "TrainingImage": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn:1",
    },
    input_data_config=[
        {
            "ChannelName": "train",
            "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": "s3://b/train"}},
        }
    ],
)


@pytest.fixture(scope="module")
def service() -> Generator[LocalSageMaker]:
    with local_sagemaker(polls=2) as running:
        yield running


def short_pause(seconds: float) -> None:
    if seconds >= 0.5:  # a wait of the package
        pytest.fail(f"a pause of {seconds} s")


@pytest.fixture
def local(service: LocalSageMaker, monkeypatch: pytest.MonkeyPatch) -> Generator[LocalSageMaker]:
    monkeypatch.setattr("time.sleep", short_pause)
    yield service
    service.reset()


def status(client: SageMakerClient) -> str:
    return client.describe_endpoint(endpoint_name="churn").endpoint_status


def test_the_statuses_of_an_endpoint_advance(local: LocalSageMaker) -> None:
    client = local.client
    seen: list[str] = []
    client.deploy(
        endpoint_name="churn",
        model=MODEL,
        instance_type="ml.m5.large",
        on_status=lambda change: seen.append(str(change)),
    )
    assert seen == ["Creating", "InService"]
    assert sum(local.clock.naps) > 0

    (variant,) = client.describe_endpoint(endpoint_name="churn").production_variants or ()
    weight = DesiredWeightAndCapacity(variant_name=variant.variant_name, desired_weight=0.5)
    client.update_endpoint_weights_and_capacities(
        endpoint_name="churn", desired_weights_and_capacities=[weight]
    )
    assert [each.endpoint_status for each in client.list_endpoints().endpoints] == ["Updating"]
    assert [status(client) for _ in range(3)] == ["Updating", "Updating", "InService"]

    client.delete_endpoint(endpoint_name="churn")
    assert [status(client) for _ in range(2)] == ["Deleting", "Deleting"]
    with pytest.raises(ServiceError, match="Could not find"):
        status(client)


def test_a_job_has_a_step(local: LocalSageMaker) -> None:
    seen: list[str] = []
    local.client.send(JOB)
    describe = DescribeTrainingJobRequest(training_job_name="churn")
    done = local.client.wait(describe, on_status=lambda change: seen.append(str(change)))
    assert isinstance(done, DescribeTrainingJobResponse)
    assert seen == ["InProgress (Starting)", "Completed"]


def test_statuses_can_be_set(local: LocalSageMaker) -> None:
    local.statuses("describe_training_job", "InProgress", "Failed", reason="no disk")
    local.client.send(JOB)
    describe = DescribeTrainingJobRequest(training_job_name="churn")
    for _ in range(2):  # the last one stays
        with pytest.raises(WaitFailed, match="no disk"):
            local.client.wait(describe)
    local.reset()
    local.client.send(JOB)
    assert local.client.wait(describe).training_job_status == "Completed"


def test_every_client_sees_the_same_service(local: LocalSageMaker) -> None:
    local.client.send(MODEL)
    theirs: Any = boto3.client("sagemaker", endpoint_url=local.url)
    assert [model["ModelName"] for model in theirs.list_models()["Models"]] == ["churn"]
    program = (
        "import boto3; print(boto3.client('sagemaker').list_models()['Models'][0]['ModelName'])"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        env={k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
        | dict(local.environment),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (run.stdout.strip(), run.stderr) == ("churn", "")
    body = local.client_of(SageMakerRuntimeClient).invoke_endpoint(endpoint_name="churn", body=b"")
    assert body.body.read()


def test_without_polls_the_last_status_is_shown_at_once() -> None:
    with local_sagemaker(polls=0) as local:
        local.client.deploy(endpoint_name="churn", model=MODEL, instance_type="ml.m5.large")
        assert status(local.client) == "InService"
        assert local.clock.naps == []


def test_a_service_is_stopped_and_another_starts() -> None:
    with local_sagemaker() as first, local_sagemaker() as second:
        first.client.send(MODEL)
        assert first.url != second.url
        client: Any = boto3.client("sagemaker", endpoint_url=first.url)
    with pytest.raises(EndpointConnectionError):
        client.list_models()
    with local_sagemaker() as third:
        assert third.client.list_models().models == ()


def test_mistakes_say_what_to_do(local: LocalSageMaker) -> None:
    with pytest.raises(ValueError, match="listed: 'InProgress', 'Completed'"):
        local.statuses("describe_training_job", "Complete")
    with pytest.raises(ValueError, match="did you mean 'describe_endpoint'"):
        local.statuses("describe_endpont", "InService")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="shows no status"):
        local.statuses("describe_model", "InService")
    with pytest.raises(ValueError, match="at least one status"):
        local.statuses("describe_endpoint")
    with pytest.raises(TypeError, match="expected a client class"):
        local.client_of(CreateModelRequest)  # type: ignore[type-var]
    with pytest.raises(ValueError, match="expected 0 or more"), local_sagemaker(polls=-1):
        pass


WITHOUT_MOTO = """
import sys
sys.modules["moto"] = None
from sagemaker_typed.testing import local_sagemaker
try:
    with local_sagemaker():
        pass
except ModuleNotFoundError as error:
    print(error)
"""


def test_the_extra_is_named() -> None:
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT_MOTO], capture_output=True, text=True, check=True, timeout=60
    )
    assert "pip install 'sagemaker-typed[local]'" in run.stdout


def test_a_body_that_is_no_json_reaches_moto(local: LocalSageMaker) -> None:
    from urllib.error import HTTPError
    from urllib.request import Request, urlopen

    headers = {
        "X-Amz-Target": "SageMaker.DescribeEndpoint",
        "Authorization": "Credential=a/b/eu-west-1/sagemaker/aws4_request",
    }
    with pytest.raises(HTTPError) as refused:
        urlopen(Request(local.url, data=json.dumps([1]).encode(), headers=headers), timeout=60)
    refused.value.close()
