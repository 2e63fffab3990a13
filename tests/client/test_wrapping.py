"""A wrapped boto3 client is not changed, and changes that a program makes to it still work."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import NoCredentialsError, NoRegionError, ParamValidationError
from botocore.stub import Stubber

from sagemaker_typed import SageMakerClient, errors
from sagemaker_typed.models import DescribeModelRequest, Tag
from tests.service import Body, Fault, ScriptedService

MODEL = {"ModelName": "churn", "ModelArn": "arn:model", "CreationTime": 1.5}


def test_from_boto3_wraps_the_client_that_was_given(boto3_client: Any) -> None:
    assert SageMakerClient.from_boto3(boto3_client).boto3 is boto3_client


def test_a_wrapped_client_is_left_as_it_was(service: ScriptedService, boto3_client: Any) -> None:
    service.script("DescribeModel", Body(MODEL))
    service.script("DescribeEndpoint", Fault("ValidationException", "no"))
    response_before = boto3_client.describe_model(ModelName="churn")
    before = state_of(boto3_client)

    wrapped = SageMakerClient.from_boto3(boto3_client)
    assert wrapped.describe_model(model_name="churn").model_arn == "arn:model"
    with pytest.raises(errors.ValidationException):
        wrapped.describe_endpoint(endpoint_name="churn")

    assert state_of(boto3_client) == before
    response = boto3_client.describe_model(ModelName="churn")
    for parsed in (response, response_before):
        parsed.pop("ResponseMetadata")
    assert response == response_before
    with pytest.raises(ParamValidationError):
        boto3_client.describe_model(ModelName=3)
    ours, theirs = service.asked("DescribeModel")[1:3]
    assert ours.content == theirs.content
    assert ours.headers["user-agent"] == theirs.headers["user-agent"]


def state_of(client: Any) -> dict[str, Any]:
    """The settings and the event handlers of a boto3 client."""
    handlers = client.meta.events._emitter._handlers
    return {
        "config": copy.copy(client.meta.config._user_provided_options),
        "validates": client.meta.config.parameter_validation,
        "parser": client._response_parser,
        "serializer": client._serializer,
        "events": repr(vars(handlers)),
        "attributes": sorted(vars(client)),
    }


@pytest.fixture
def stubbed() -> Iterator[tuple[SageMakerClient, Stubber]]:
    boto3_client = boto3.client("sagemaker")
    with Stubber(boto3_client) as stubber:
        yield SageMakerClient.from_boto3(boto3_client), stubber
    boto3_client.close()


def test_stubber_answers(stubbed: tuple[SageMakerClient, Stubber]) -> None:
    client, stubber = stubbed
    stubber.add_response(
        "add_tags",
        {"Tags": [{"Key": "a", "Value": "b"}]},
        {
            "ResourceArn": "arn:aws:sagemaker:eu-west-1:123456789012:model/churn",
            "Tags": [{"Key": "a", "Value": ""}],
        },
    )
    answer = client.add_tags(
        resource_arn="arn:aws:sagemaker:eu-west-1:123456789012:model/churn",
        tags=[Tag(key="a", value="")],
    )
    assert answer.tags == (Tag(key="a", value="b"),)
    stubber.assert_no_pending_responses()


def test_stubber_refuses(stubbed: tuple[SageMakerClient, Stubber]) -> None:
    client, stubber = stubbed
    stubber.add_client_error("describe_model", "ResourceNotFound", "gone", 404)
    with pytest.raises(errors.ResourceNotFound) as refused:
        client.send(DescribeModelRequest(model_name="churn"))
    assert (refused.value.message, refused.value.http_status) == ("gone", 404)


def test_a_stubber_on_a_client_of_ours() -> None:
    client = SageMakerClient(region_name="eu-west-1")
    with Stubber(client.boto3) as stubber:
        stubber.add_response("delete_model", {}, {"ModelName": "churn"})
        client.delete_model(model_name="churn")
        stubber.assert_no_pending_responses()
    client.boto3.close()


def test_event_handlers_of_the_application_are_called(
    service: ScriptedService, boto3_client: Any
) -> None:
    service.script("DescribeModel", Body(MODEL))
    seen: list[str] = []

    def add_header(request: Any, **_: object) -> None:
        request.headers["X-Trace"] = "42"

    def note(event_name: str, **_: object) -> None:
        seen.append(event_name)

    boto3_client.meta.events.register("before-sign.sagemaker.DescribeModel", add_header)
    boto3_client.meta.events.register("after-call.sagemaker.*", note)
    SageMakerClient.from_boto3(boto3_client).describe_model(model_name="churn")
    assert service.asked()[0].headers["x-trace"] == "42"
    assert seen == ["after-call.sagemaker.DescribeModel"]


def test_a_session_of_the_application(service: ScriptedService) -> None:
    service.script("DescribeModel", Body(MODEL))
    session = boto3.Session(
        aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key="x", region_name="us-west-2"
    )
    client = SageMakerClient(session=session, endpoint_url=service.url)
    client.describe_model(model_name="churn")
    client.boto3.close()
    assert "AKIDEXAMPLE/" in service.asked()[0].headers["authorization"]
    assert "/us-west-2/sagemaker/" in service.asked()[0].headers["authorization"]


def test_no_region_is_boto3_s_own_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    with pytest.raises(NoRegionError, match="region"):
        SageMakerClient().list_models()


def test_no_credentials_is_boto3_s_own_error(
    service: ScriptedService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    client = SageMakerClient(
        session=boto3.Session(region_name="eu-west-1"), endpoint_url=service.url
    )
    with pytest.raises(NoCredentialsError, match="credentials"):
        client.list_models()
    client.boto3.close()
    assert service.asked() == []


class Forgetful:
    """A boto3 client of a release that did not have DescribeModel yet."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def __getattr__(self, name: str) -> Any:
        if name == "describe_model":
            raise AttributeError(name)
        return getattr(self._client, name)


def test_an_operation_newer_than_the_installed_boto3(boto3_client: Any) -> None:
    client = SageMakerClient.from_boto3(Forgetful(boto3_client))
    with pytest.raises(NotImplementedError, match=r"botocore [\d.]+ does not know DescribeModel"):
        client.describe_model(model_name="churn")
