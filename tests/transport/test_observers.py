"""Observers of a call see real parameters, and responses as boto3 parses them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

import boto3
import botocore.client
import botocore.exceptions
import pytest
from botocore.stub import Stubber

from sagemaker_typed import SageMakerClient
from tests.transport.wire import Http

REGION = "eu-west-1"
ANSWER = b'{"EndpointName": "churn", "EndpointStatus": "InService"}'
EVENTS = (
    "provide-client-params",
    "before-parameter-build",
    "before-endpoint-resolution",
    "before-call",
    "before-parse",
    "response-received",
    "needs-retry",
    "after-call",
)
ONLY_IN_NEWER = ("before-parse",)
"""Events that the oldest botocore has not; no handler of theirs can see anything there."""


@pytest.fixture
def client() -> SageMakerClient:
    return SageMakerClient(region_name=REGION, consistency=None)


@pytest.fixture
def http(client: SageMakerClient) -> Http:
    http = Http(client.boto3)
    http.body = ANSWER
    return http


def seen_by_handler(event: str, client: Any, call: Callable[[], object]) -> list[dict[str, Any]]:
    seen: list[dict[str, Any]] = []

    def handler(**event_data: Any) -> None:
        shown = {name: event_data.get(name) for name in ("params", "parsed", "parsed_response")}
        if event == "before-call":
            shown["params"] = event_data["params"]["body"]
        if event == "needs-retry":
            shown["parsed"] = event_data["response"][1]
        seen.append({name: _copied(value) for name, value in shown.items() if value is not None})

    client.meta.events.register(f"{event}.sagemaker", handler)
    call()
    client.meta.events.unregister(f"{event}.sagemaker", handler)
    return seen


def _copied(value: Any) -> Any:
    return dict(value) if isinstance(value, dict) else value


@pytest.mark.parametrize("event", EVENTS)
def test_a_handler_sees_what_it_sees_of_boto3(
    event: str, client: SageMakerClient, http: Http
) -> None:
    raw: Any = boto3.client("sagemaker", region_name=REGION)
    Http(raw).body = ANSWER
    client.describe_endpoint(endpoint_name="churn")  # fast, before there is a handler

    ours = seen_by_handler(
        event, client.boto3, lambda: client.describe_endpoint(endpoint_name="churn")
    )
    boto3s = seen_by_handler(event, raw, lambda: raw.describe_endpoint(EndpointName="churn"))

    assert ours == boto3s
    assert ours or event in ONLY_IN_NEWER
    assert len(http.sent) == 2


def test_a_handler_of_the_session_changes_parameters() -> None:
    session = boto3.Session(region_name=REGION)

    def rename(params: dict[str, Any], **_: Any) -> None:
        params["EndpointName"] = "renamed"

    session.events.register("provide-client-params.sagemaker", rename)
    client = SageMakerClient(session=session, consistency=None)
    http = Http(client.boto3)
    client.describe_endpoint(endpoint_name="churn")
    assert http.sent[0].body == b'{"EndpointName": "renamed"}'


def test_a_handler_changes_an_answer(client: SageMakerClient, http: Http) -> None:
    def rename(parsed: dict[str, Any], **_: Any) -> None:
        parsed["EndpointName"] = "renamed"

    client.boto3.meta.events.register("after-call.sagemaker", rename)
    assert client.describe_endpoint(endpoint_name="churn").endpoint_name == "renamed"
    assert len(http.sent) == 1


def test_a_stubber_is_asked_and_left(client: SageMakerClient, http: Http) -> None:
    client.describe_endpoint(endpoint_name="churn")
    with Stubber(client.boto3) as stubber:
        stubber.add_response("describe_endpoint", _ENDPOINT, {"EndpointName": "stubbed"})
        stubber.add_client_error("describe_endpoint", "ValidationException", "no", 400)
        assert client.describe_endpoint(endpoint_name="stubbed").endpoint_name == "stubbed"
        with pytest.raises(botocore.client.ClientError, match="no"):
            client.describe_endpoint(endpoint_name="stubbed")
        stubber.assert_no_pending_responses()
    assert client.describe_endpoint(endpoint_name="churn").endpoint_name == "churn"
    assert len(http.sent) == 2


_ENDPOINT = {
    "EndpointName": "stubbed",
    "EndpointConfigName": "stubbed",
    "EndpointArn": "arn:aws:sagemaker:eu-west-1:123456789012:endpoint/stubbed",
    "EndpointStatus": "InService",
    "CreationTime": 0,
    "LastModifiedTime": 0,
}


@contextlib.contextmanager
def traced_by_replacement() -> Iterator[list[tuple[str, dict[str, Any]]]]:
    """As tracers do it: the one method that every call of every client goes through."""
    seen: list[tuple[str, dict[str, Any]]] = []
    owner: Any = botocore.client.BaseClient
    original = owner._make_api_call

    def traced(self: Any, operation: str, params: dict[str, Any]) -> Any:
        answer = original(self, operation, params)
        seen.append((operation, {**params, "answer": answer.get("EndpointName")}))
        return answer

    with mock.patch.object(owner, "_make_api_call", traced):
        yield seen


def test_a_tracer_sees_parameters_and_answers(client: SageMakerClient, http: Http) -> None:
    client.describe_endpoint(endpoint_name="churn")
    with traced_by_replacement() as seen:
        client.describe_endpoint(endpoint_name="churn")
    client.describe_endpoint(endpoint_name="churn")
    assert seen == [("DescribeEndpoint", {"EndpointName": "churn", "answer": "churn"})]
    assert len(http.sent) == 3


@pytest.mark.usefixtures("http")
def test_a_mock_in_place_of_a_method(client: SageMakerClient) -> None:
    client.describe_endpoint(endpoint_name="churn")
    answer = {"EndpointName": "mocked"}
    with mock.patch.object(client.boto3, "describe_endpoint", return_value=answer) as mocked:
        assert client.describe_endpoint(endpoint_name="churn").endpoint_name == "mocked"
    mocked.assert_called_once_with(EndpointName="churn")
    with mock.patch.object(type(client.boto3), "describe_endpoint", return_value=answer) as mocked:
        assert client.describe_endpoint(endpoint_name="churn").endpoint_name == "mocked"
    mocked.assert_called_once_with(EndpointName="churn")


def test_a_direct_call_is_boto3s(client: SageMakerClient, http: Http) -> None:
    client.describe_endpoint(endpoint_name="churn")
    boto3s: Any = client.boto3
    assert boto3s.describe_endpoint(EndpointName="churn")["EndpointStatus"] == "InService"
    with pytest.raises(botocore.exceptions.ParamValidationError, match="EndpointName"):
        boto3s.describe_endpoint()
    assert len(http.sent) == 2


def test_a_call_inside_a_call(client: SageMakerClient, http: Http) -> None:
    boto3s: Any = client.boto3
    inner: list[Any] = []

    def ask_as_boto3() -> None:
        http.body = b'{"EndpointName": "inner"}'
        inner.append(boto3s.describe_endpoint(EndpointName="inner"))

    def ask_as_ourselves() -> None:
        http.body = b'{"EndpointName": "inner"}'
        inner.append(client.describe_endpoint(endpoint_name="inner"))

    for ask in (ask_as_boto3, ask_as_ourselves):
        http.body, http.before = ANSWER, ask
        assert client.describe_endpoint(endpoint_name="churn").endpoint_name == "churn"
    assert inner[0]["EndpointName"] == "inner"
    assert inner[1].endpoint_name == "inner"
    assert [request.body for request in http.sent] == [
        b'{"EndpointName": "churn"}',
        b'{"EndpointName": "inner"}',
    ] * 2


def test_wrapping_changes_nothing() -> None:
    raw: Any = boto3.client("sagemaker", region_name=REGION)
    Http(raw).body = ANSWER
    before = {**vars(raw)}
    client = SageMakerClient.from_boto3(raw)
    assert client.describe_endpoint(endpoint_name="churn").endpoint_name == "churn"
    assert {**vars(raw)} == before
