"""The log records of the package, as an application receives them."""

from __future__ import annotations

import logging
import subprocess
import sys

import pytest
from botocore.exceptions import ConnectionClosedError

from sagemaker_typed import ConsistencyPolicy, SageMakerClient, WaitPolicy
from sagemaker_typed.errors import ValidationException
from sagemaker_typed.models import (
    ContainerDefinition,
    DescribeEndpointRequest,
    OidcConfig,
)
from sagemaker_typed.testing import Clock
from tests.conftest import ONE_TRY
from tests.service import Body, Cut, Fault, Lost, ScriptedService, stale_configuration

IMAGE = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn:1"
ROLE = "arn:aws:iam::123456789012:role/sagemaker"
SECRET = "hunter2-hunter2"


@pytest.fixture
def heard(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG, "sagemaker_typed")
    return caplog


def ours(heard: pytest.LogCaptureFixture) -> list[tuple[str, str]]:
    return [
        (record.name, record.getMessage())
        for record in heard.records
        if record.name.startswith("sagemaker_typed")
    ]


def test_a_call_says_how_it_went(
    service: ScriptedService, client: SageMakerClient, heard: pytest.LogCaptureFixture
) -> None:
    service.script("DescribeModel", Body({"ModelName": "churn"}))
    client.describe_model(model_name="churn")
    ((logger, line),) = ours(heard)
    assert logger == "sagemaker_typed.calls"
    for part in (
        "DescribeModel",
        "ok",
        "200",
        "attempts 1",
        "00000000-0000-0000-0000-000000000001",
    ):
        assert part in line
    assert heard.records[0].levelno == logging.DEBUG


def test_a_refusal_and_a_cut_line_too(
    service: ScriptedService, client: SageMakerClient, heard: pytest.LogCaptureFixture
) -> None:
    service.script("DescribeModel", Fault("ValidationException", SECRET), Cut())
    with pytest.raises(ValidationException):
        client.describe_model(model_name="churn")
    with pytest.raises(ConnectionClosedError):
        client.describe_model(model_name="churn")
    refused, cut = (line for _, line in ours(heard))
    assert "ValidationException, HTTP status 400" in refused
    assert "ConnectionClosedError, HTTP status none" in cut


def test_one_logger_a_concern(
    service: ScriptedService, client: SageMakerClient, heard: pytest.LogCaptureFixture
) -> None:
    page = Body({"Endpoints": [], "NextToken": "two"})
    service.script("ListEndpoints", page, Body())
    list(client.iter_endpoints())
    status = [Body({"EndpointStatus": status}) for status in ("Creating", "InService")]
    service.script("DescribeEndpoint", *status)
    clock = Clock()
    client.wait(
        DescribeEndpointRequest(endpoint_name="churn"),
        policy=WaitPolicy(sleep=clock.sleep, clock=clock.time),
    )
    container = {"Image": IMAGE}
    service.script("CreateModel", Lost(Body()), Fault("ValidationException", "already existing"))
    service.script("DescribeModel", Body({"ModelName": "churn", "PrimaryContainer": container}))
    with pytest.raises(ConnectionClosedError):
        client.create_model(model_name="churn", primary_container=ContainerDefinition(image=IMAGE))
    client.create_model(model_name="churn", primary_container=ContainerDefinition(image=IMAGE))
    loggers = {name for name, _ in ours(heard)}
    assert loggers == {
        f"sagemaker_typed.{concern}" for concern in ("calls", "paging", "lost_responses", "waiting")
    }


def test_waiting_for_visibility_has_its_own(
    service: ScriptedService, heard: pytest.LogCaptureFixture
) -> None:
    stale_configuration(service, describes=1, writes=1)
    clock = Clock()
    policy = ConsistencyPolicy(sleep=clock.sleep, clock=clock.time)
    client = SageMakerClient(endpoint_url=service.url, config=ONE_TRY, consistency=policy)
    client.create_endpoint(endpoint_name="churn", endpoint_config_name="new")
    client.boto3.close()
    lines = [line for name, line in ours(heard) if name == "sagemaker_typed.consistency"]
    assert len(lines) == 2
    assert all("not visible yet" in line for line in lines)


def test_never_a_payload_never_a_secret(
    service: ScriptedService, client: SageMakerClient, heard: pytest.LogCaptureFixture
) -> None:
    service.script("CreateWorkforce", Body({"WorkforceArn": f"arn:{SECRET}"}))
    url = "https://a.b/c"
    client.create_workforce(
        workforce_name=SECRET,
        oidc_config=OidcConfig(
            client_id=SECRET,
            client_secret=SECRET,
            issuer=url,
            authorization_endpoint=url,
            token_endpoint=url,
            user_info_endpoint=url,
            logout_endpoint=url,
            jwks_uri=url,
        ),
    )
    assert ours(heard)
    assert not [line for _, line in ours(heard) if SECRET in line or url in line]


def test_nothing_is_printed_and_nothing_of_the_application_is_touched() -> None:
    code = """
import logging
root = logging.getLogger()
before = (list(root.handlers), list(root.filters), root.level, logging.root.manager.disable)
from sagemaker_typed.core import logs
logs.waiting.error("not for a terminal")
assert before == (list(root.handlers), list(root.filters), root.level, logging.root.manager.disable)
assert logging.getLogger("sagemaker_typed").level == logging.NOTSET
assert all(log.level == logging.NOTSET and not log.handlers for log in (logs.calls, logs.waiting))
"""
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert (run.stdout, run.stderr) == ("", "")
