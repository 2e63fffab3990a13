"""Stubs: a real client, whose calls get the replies of a script."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from importlib import import_module
from typing import Any, get_args

import boto3
import pytest
from botocore.exceptions import ClientError, ConnectionClosedError
from pydantic import ValidationError

from sagemaker_typed import DeployFailed, SageMakerClient, StreamBroken, WaitFailed, WaitTimeout
from sagemaker_typed.core.client.base import ServiceClient
from sagemaker_typed.enums import EndpointStatus
from sagemaker_typed.errors import ResourceLimitExceeded, ServiceError, ThrottlingException
from sagemaker_typed.models import (
    ContainerDefinition,
    CreateEndpointConfigRequest,
    CreateEndpointRequest,
    CreateModelRequest,
    DescribeEndpointConfigRequest,
    DescribeEndpointRequest,
    DescribeEndpointResponse,
    DescribeModelResponse,
    ListModelsRequest,
    ProductionVariant,
)
from sagemaker_typed.rules import RuleWarning
from sagemaker_typed.runtime import SageMakerRuntimeClient
from sagemaker_typed.runtime.models import InvokeEndpointRequest, PayloadPart
from sagemaker_typed.testing import (
    Broken,
    Failure,
    Raw,
    StubbedSageMaker,
    UnexpectedCall,
    UnusedReplies,
    example,
)
from sagemaker_typed.testing._operations import OperationName
from sagemaker_typed.testing.operations import request_class
from tests.testing.packages import PACKAGES

ARN = "arn:aws:sagemaker:eu-west-1:123456789012:model/churn"
CHURN = DescribeEndpointRequest(endpoint_name="churn")


@pytest.fixture(autouse=True)
def no_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away what a client of a user would read, and let no socket connect."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_PROFILE", "missing")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://192.0.2.1")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "9")
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("a socket connects"))


def no_pause(seconds: float) -> None:
    if seconds > 0.001:
        pytest.fail(f"a pause of {seconds} s")


def test_replies_come_in_order_and_are_valid(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", no_pause)
    with StubbedSageMaker() as stubbed:
        stubbed.respond("describe_endpoint", endpoint_status="Creating").times(3)
        stubbed.respond("describe_endpoint", endpoint_status="InService")
        described = stubbed.client.wait(CHURN)
    assert described.endpoint_status is EndpointStatus.IN_SERVICE
    assert described.endpoint_name == "churn"
    assert DescribeEndpointResponse.from_boto(described.to_boto()) == described
    assert stubbed.requests == [CHURN] * 4
    assert stubbed.clock.naps == [1.0, 1.5, 2.25]


def test_waits_take_no_time_and_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", no_pause)
    with StubbedSageMaker() as stubbed:
        stubbed.respond("describe_endpoint", endpoint_status="Creating").always()
        with pytest.raises(WaitTimeout):
            stubbed.client.wait_endpoint_in_service(endpoint_name="churn")
        with pytest.raises(WaitTimeout):
            stubbed.client.wait(CHURN, timeout=600)
    assert 600 <= sum(stubbed.clock.naps) <= 3600 + 601


def test_a_wait_that_fails() -> None:
    with StubbedSageMaker() as stubbed:
        stubbed.respond("describe_endpoint", endpoint_status="Creating")
        stubbed.respond("describe_endpoint", endpoint_status="Failed", failure_reason="no disk")
        with pytest.raises(WaitFailed, match="no disk"):
            stubbed.client.wait(CHURN)


def test_checks_and_rules_are_real() -> None:
    with StubbedSageMaker(allow_unused=True) as stubbed:
        stubbed.respond("create_model")
        with pytest.raises(ValidationError, match="EndpointName"):
            stubbed.client.create_endpoint(endpoint_name="a b", endpoint_config_name="c")
        with pytest.warns(RuleWarning, match="model/image-path"):
            stubbed.client.create_model(
                model_name="churn",
                execution_role_arn="arn:aws:iam::123456789012:role/sagemaker",
                primary_container=ContainerDefinition(image="churn:1"),
            )
    assert [type(request) for request in stubbed.requests] == [CreateModelRequest]


def test_an_error_of_the_service() -> None:
    with StubbedSageMaker() as stubbed:
        stubbed.fail("create_endpoint", "ResourceLimitExceeded", "no more")
        with pytest.raises(ResourceLimitExceeded) as refused:
            stubbed.client.create_endpoint(endpoint_name="churn", endpoint_config_name="c")
    error = refused.value
    assert (error.message, error.http_status, error.operation) == ("no more", 400, "CreateEndpoint")
    assert error.request_id
    assert stubbed.requests == [
        CreateEndpointRequest(endpoint_name="churn", endpoint_config_name="c")
    ]


@pytest.mark.parametrize(("code", "status"), [("InternalFailure", 500), ("ModelError", 424)])
def test_the_status_of_an_error_is_the_documented_one(code: str, status: int) -> None:
    with StubbedSageMaker() as stubbed:
        stubbed.fail("invoke_endpoint", code, "broken", OriginalStatusCode=503)
        with pytest.raises(ServiceError) as refused:
            stubbed.client_of(SageMakerRuntimeClient).invoke_endpoint(
                endpoint_name="churn", body=b""
            )
    assert (refused.value.code, refused.value.http_status) == (code, status)
    assert code != "ModelError" or refused.value.response["OriginalStatusCode"] == 503


def test_headers_of_an_error_arrive() -> None:
    with StubbedSageMaker() as stubbed:
        stubbed.fail("list_models", "ThrottlingException", "slow", headers={"retry-after": "7"})
        with pytest.raises(ThrottlingException) as refused:
            stubbed.client.list_models()
    assert refused.value.retry_after == 7


def test_the_wait_for_visibility_is_real() -> None:
    unseen = Failure("ValidationException", 'Could not find endpoint configuration "c".')
    with StubbedSageMaker() as stubbed:
        stubbed.fail("describe_endpoint_config", unseen).times(2)
        stubbed.respond("describe_endpoint_config")
        stubbed.respond("create_endpoint")
        stubbed.client.create_endpoint(endpoint_name="churn", endpoint_config_name="c")
    look_up = DescribeEndpointConfigRequest(endpoint_config_name="c")
    assert stubbed.requests[:3] == [look_up] * 3
    assert len(stubbed.clock.naps) == 2


def test_deploy_passes_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", no_pause)
    missing = Failure("ValidationException", 'Could not find "churn".')
    model = CreateModelRequest(
        model_name="churn",
        execution_role_arn="arn:aws:iam::123456789012:role/sagemaker",
        primary_container=ContainerDefinition(
            image="123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn:1"
        ),
    )
    with StubbedSageMaker() as stubbed:
        for kind in ("model", "endpoint_config", "endpoint"):
            stubbed.fail(f"describe_{kind}", missing)  # type: ignore[arg-type]
            stubbed.respond(f"create_{kind}")  # type: ignore[arg-type]
        stubbed.respond("describe_endpoint_config")
        stubbed.respond("describe_endpoint", endpoint_status="Creating").times(2)
        stubbed.respond("describe_endpoint", endpoint_status="Failed", failure_reason="no disk")
        stubbed.fail("describe_endpoint", missing).always()  # after the deletion
        for kind in ("endpoint", "endpoint_config", "model"):
            stubbed.respond(f"delete_{kind}")  # type: ignore[arg-type]
        with pytest.raises(DeployFailed, match="no disk"):
            stubbed.client.deploy(endpoint_name="churn", model=model, instance_type="ml.m5.large")
    assert [r for r in stubbed.requests if isinstance(r, CreateModelRequest)] == [model]


def test_a_function_replies_to_the_typed_request() -> None:
    def listed(request: ListModelsRequest) -> dict[str, object]:
        moment = datetime(2026, 1, 1, tzinfo=timezone.utc)
        name = request.name_contains or ""
        return {"Models": [{"ModelName": name, "ModelArn": "arn:m", "CreationTime": moment}]}

    with StubbedSageMaker() as stubbed:
        stubbed.on(ListModelsRequest, listed)
        stubbed.on("list_endpoints", lambda _: None)
        names = [
            stubbed.client.list_models(name_contains=text).models[0].model_name for text in "ab"
        ]
        assert stubbed.client.list_endpoints().endpoints == ()
    assert names == ["a", "b"]


def test_scripted_replies_come_before_a_function() -> None:
    with StubbedSageMaker() as stubbed:
        stubbed.on("list_models", lambda _: Failure("ThrottlingException"))
        stubbed.respond("list_models")
        stubbed.client.list_models()
        with pytest.raises(ThrottlingException):
            stubbed.client.list_models()


def test_whole_shapes_and_mappings_are_sent_as_they_are() -> None:
    shape = example(DescribeEndpointResponse, endpoint_name="other", endpoint_status="Failed")
    with StubbedSageMaker() as stubbed:
        stubbed.respond("describe_endpoint", shape)
        stubbed.respond("describe_endpoint", {"EndpointStatus": "Melting", "Newer": 1})
        assert stubbed.client.describe_endpoint(endpoint_name="churn") == shape
        tolerant = stubbed.client.describe_endpoint(endpoint_name="churn")
    assert tolerant.endpoint_status == "Melting"
    assert tolerant.to_boto() == {"EndpointStatus": "Melting"}


def test_a_reply_for_one_resource() -> None:
    with StubbedSageMaker() as stubbed:
        stubbed.respond("describe_endpoint", endpoint_status="Failed").when(endpoint_name="b")
        stubbed.respond("describe_endpoint", endpoint_status="InService").when(EndpointName="a")
        statuses = [
            stubbed.client.describe_endpoint(endpoint_name=name).endpoint_status for name in "ab"
        ]
    assert statuses == ["InService", "Failed"]


# --- streams -------------------------------------------------------------------------------------


def runtime(stubbed: StubbedSageMaker) -> SageMakerRuntimeClient:
    return stubbed.client_of(SageMakerRuntimeClient)


def test_bodies() -> None:
    with StubbedSageMaker() as stubbed:
        stubbed.respond("invoke_endpoint", body={"predictions": [1]})
        stubbed.respond("invoke_endpoint", body=[b"ab", "cd"], content_type="text/csv")
        stubbed.respond("invoke_endpoint")
        first, second, third = (
            runtime(stubbed).invoke_endpoint(endpoint_name="churn", body=b"x") for _ in range(3)
        )
    assert first.body.json() == {"predictions": [1]}
    assert (second.body.read(), second.content_type) == (b"abcd", "text/csv")
    assert isinstance(third.body.read(), bytes)
    assert stubbed.requests == [InvokeEndpointRequest(endpoint_name="churn", body=b"x")] * 3


def test_a_body_that_breaks_off() -> None:
    with StubbedSageMaker() as stubbed:
        stubbed.respond("invoke_endpoint", body=Broken([b"abc", b"de"]))
        reply = runtime(stubbed).invoke_endpoint(endpoint_name="churn", body=b"")
        with pytest.raises(StreamBroken) as broken:
            reply.body.read()
    assert broken.value.received == (b"abcde",)


EVENTS = [PayloadPart(bytes=b"one"), {"PayloadPart": {"Bytes": b"two"}}]


@pytest.mark.parametrize(
    ("stream", "received", "error"),
    [
        (EVENTS, [b"one", b"two"], None),
        (Broken(EVENTS), [b"one", b"two"], "StreamBroken"),
        (Broken([*EVENTS, b"\0\0\0"]), [b"one", b"two"], "StreamBroken"),
        (
            [*EVENTS, Failure("ModelStreamError", "gone", members={"ErrorCode": "x"})],
            [b"one", b"two"],
            "ModelStreamError",
        ),
        ([Failure("Unlisted", "gone")], [], "Unlisted"),
    ],
)
def test_streams_of_events(stream: object, received: list[bytes], error: str | None) -> None:
    parts: list[bytes | None] = []
    code = None
    with StubbedSageMaker() as stubbed:
        stubbed.respond("invoke_endpoint_with_response_stream", body=stream)
        response = runtime(stubbed).invoke_endpoint_with_response_stream(
            endpoint_name="churn", body=b""
        )
        try:
            parts += [part.bytes for part in response.body]
        except ServiceError as failure:
            code = failure.code
            parts += [part.bytes for part in failure.received]
    assert (parts, code) == (received, error)


# --- below the service ---------------------------------------------------------------------------


def test_a_call_without_a_response() -> None:
    with StubbedSageMaker() as stubbed:
        stubbed.fail("list_models", ConnectionClosedError(endpoint_url="https://x"))
        with pytest.raises(ConnectionClosedError):
            stubbed.client.list_models()


def test_a_lost_response_is_settled() -> None:
    with StubbedSageMaker(attempts=2) as stubbed:
        stubbed.fail("create_model", ConnectionClosedError(endpoint_url="https://x"))
        stubbed.fail("create_model", "ValidationException", "Cannot create already existing model")
        now = datetime.now(timezone.utc)
        stubbed.respond("describe_model", model_arn=ARN, creation_time=now)
        request = example(CreateModelRequest, model_name="churn")
        assert stubbed.client.send(request).model_arn == ARN


def test_retries_of_boto3_take_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", no_pause)
    with StubbedSageMaker(attempts=4) as stubbed:
        stubbed.fail("list_models", "ThrottlingException", "slow").times(3)
        stubbed.respond("list_models")
        response = stubbed.client.list_models()
    assert response.response_metadata.retry_attempts == 3


def test_bytes_that_are_no_json() -> None:
    with StubbedSageMaker() as stubbed:
        stubbed.respond("list_models", Raw(b"<html>", headers={"content-type": "text/html"}))
        with pytest.raises(ServiceError, match="text/html"):
            stubbed.client.list_models()


def test_a_client_of_boto3_gets_the_same_replies() -> None:
    with StubbedSageMaker() as stubbed:
        stubbed.respond("describe_endpoint", endpoint_status="InService")
        stubbed.fail("describe_endpoint", "ValidationException", "Could not find it")
        client: Any = stubbed.session.client("sagemaker")
        assert client.describe_endpoint(EndpointName="churn")["EndpointStatus"] == "InService"
        with pytest.raises(ClientError, match="Could not find it"):
            client.describe_endpoint(EndpointName="churn")
    assert stubbed.requests == [CHURN] * 2


def test_an_untyped_call_is_recorded_typed() -> None:
    with StubbedSageMaker() as stubbed:
        stubbed.respond("describe_endpoint")
        stubbed.client.call("DescribeEndpoint", {"EndpointName": "churn"})
    assert stubbed.requests == [CHURN]


# --- every operation -----------------------------------------------------------------------------


@pytest.mark.pinned
@pytest.mark.parametrize("package", PACKAGES)
def test_every_operation_gets_its_request_back_and_an_example(package: str) -> None:
    module = import_module(f"{package}.client")
    (kind,) = (
        each
        for each in vars(module).values()
        if isinstance(each, type)
        and issubclass(each, ServiceClient)
        and each.__module__ == module.__name__
    )
    sent: list[object] = []
    with StubbedSageMaker() as stubbed:
        client: Any = stubbed.client_of(kind)
        for name in get_args(OperationName):
            shape = request_class(name)
            if shape.__package_name__ != package:
                continue
            request: Any = example(shape)
            stubbed.respond(name)
            response = client.send(request)
            sent.append(request)
            expected = shape.__operation__.response
            assert (response is None) == (expected is None)
            if response is not None:
                plain = {k: v for k, v in response.to_boto().items() if not hasattr(v, "read")}
                for member in type(response).__members__.values():
                    assert not member.required or member.documented in response.to_boto()
                assert plain or not any(m.required for m in type(response).__members__.values())
        assert stubbed.requests == sent
    assert sent


# --- mistakes ------------------------------------------------------------------------------------


def test_an_unexpected_call_names_the_expected_one_and_the_nearest_line() -> None:
    stubbed = StubbedSageMaker()
    stubbed.respond("describe_endpoint_config")
    stubbed.respond("list_models").times(2)
    with pytest.raises(UnexpectedCall) as unexpected:
        stubbed.client.describe_endpoint(endpoint_name="churn")
    message = str(unexpected.value)
    assert "describe_endpoint: DescribeEndpointRequest(endpoint_name='churn')" in message
    assert "expected: describe_endpoint_config (test_stubs.py:" in message
    assert "list_models (test_stubs.py:" in message
    assert "nearest line: describe_endpoint_config (test_stubs.py:" in message
    assert 'add: respond("describe_endpoint", ...)' in message


def test_an_unexpected_call_names_the_replies_that_are_used() -> None:
    stubbed = StubbedSageMaker()
    stubbed.respond("describe_endpoint")
    stubbed.client.describe_endpoint(endpoint_name="churn")
    stubbed.respond("describe_endpoint").when(endpoint_name="other")
    with pytest.raises(UnexpectedCall) as unexpected:
        stubbed.client.describe_endpoint(endpoint_name="churn")
    assert "used already: describe_endpoint (test_stubs.py:" in str(unexpected.value)
    assert "endpoint_name is 'churn', expected 'other'" in str(unexpected.value)


def swallow(client: SageMakerClient) -> None:
    try:
        client.list_models()
    except Exception:  # noqa: BLE001  # the program under test
        return


def test_a_program_cannot_hide_an_unexpected_call() -> None:
    stubbed = StubbedSageMaker()
    with pytest.raises(UnexpectedCall, match="list_models"), stubbed:
        swallow(stubbed.client)


def test_an_error_of_the_test_is_not_hidden_by_unused_replies() -> None:
    stubbed = StubbedSageMaker()
    stubbed.respond("list_models")
    with pytest.raises(ZeroDivisionError), stubbed:
        raise ZeroDivisionError


def test_unused_replies_are_an_error() -> None:
    stubbed = StubbedSageMaker()
    stubbed.respond("list_models").times(2)
    stubbed.respond("list_endpoints").optional()
    stubbed.respond("list_apps").always()
    with pytest.raises(UnusedReplies, match=r"list_models \(test_stubs.py:\d+\), after 1"), stubbed:
        stubbed.client.list_models()
    stubbed.allow_unused = True
    stubbed.verify()


@pytest.mark.parametrize(
    ("operation", "reply", "members", "message"),
    [
        ("describe_endpont", None, {}, "did you mean 'describe_endpoint'"),
        ("describe_endpoint", None, {"endpoint_statis": "Creating"}, "endpoint_statis"),
        ("describe_endpoint", None, {"endpoint_status": "Creatin"}, "Creating"),
        ("describe_endpoint", {"endpoint_status": "Creating"}, {}, "documented names"),
        ("describe_endpoint", {"EndpointStatis": "Creating"}, {}, "mean 'EndpointStatus'"),
        ("describe_endpoint", {}, {"endpoint_status": "Creating"}, "not both"),
        ("describe_endpoint", 3, {}, "DescribeEndpointResponse, a mapping, Failure"),
        ("describe_endpoint", example(DescribeModelResponse), {}, "not DescribeModelResponse"),
        ("delete_endpoint", None, {"endpoint_name": "churn"}, "returns nothing"),
        ("invoke_endpoint", Broken([b"a"]), {}, r"body=Broken\(...\)"),
        ("invoke_endpoint", Failure("ModelEror"), {}, "mean 'ModelError'"),
        (ProductionVariant, None, {}, "no SageMaker service has an operation"),
    ],
)
def test_a_wrong_line_is_refused_where_it_is_written(
    operation: Any, reply: Any, members: dict[str, object], message: str
) -> None:
    stubbed = StubbedSageMaker()
    with pytest.raises((TypeError, ValueError), match=message):
        stubbed.respond(operation, reply, **members)
    stubbed.verify()


@pytest.mark.parametrize("events", [[3], [{"Unlisted": {}}], 3])
def test_a_wrong_event_is_refused(events: object) -> None:
    stubbed = StubbedSageMaker()
    with pytest.raises(TypeError, match="expected"):
        stubbed.respond("invoke_endpoint_with_response_stream", body=events)


def test_other_mistakes_are_refused() -> None:
    stubbed = StubbedSageMaker()
    with pytest.raises(ValueError, match="did you mean 'endpoint_name'"):
        stubbed.respond("describe_endpoint").when(endpoint_nam="churn")
    with pytest.raises(ValueError, match="expected 1 or more"):
        stubbed.respond("describe_endpoint").times(0)
    with pytest.raises(TypeError, match="expected a function"):
        stubbed.on("describe_endpoint", {})  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="arguments of the failure"):
        stubbed.fail("list_models", Failure("ThrottlingException"), "slow")
    with pytest.raises(TypeError, match="expected a client class"):
        stubbed.client_of(ProductionVariant)  # type: ignore[type-var]
    with pytest.raises(ValueError, match="expected 1 or more"):
        StubbedSageMaker(attempts=0)


def test_another_service_is_not_reached() -> None:
    stubbed = StubbedSageMaker()
    with pytest.raises(UnexpectedCall, match="has no replies for s3"):
        stubbed.session.client("s3").list_buckets()


# --- threads -------------------------------------------------------------------------------------


def test_threads_share_a_script() -> None:
    barrier = threading.Barrier(8)

    def work(number: int) -> list[str]:
        barrier.wait()
        client = stubbed.client
        return [
            client.create_endpoint_config(
                endpoint_config_name=f"c{number}-{n}",
                production_variants=[example(ProductionVariant)],
            ).endpoint_config_arn
            for n in range(25)
        ]

    with StubbedSageMaker() as stubbed:
        for number in range(200):
            arn = f"arn:aws:sagemaker:eu-west-1:123456789012:endpoint-config/{number}"
            stubbed.respond("create_endpoint_config", endpoint_config_arn=arn)
        with ThreadPoolExecutor(8) as pool:
            arns = [arn for arns in pool.map(work, range(8)) for arn in arns]
    assert len(set(arns)) == 200
    names = {
        r.endpoint_config_name
        for r in stubbed.requests
        if isinstance(r, CreateEndpointConfigRequest)
    }
    assert names == {f"c{number}-{n}" for number in range(8) for n in range(25)}


def test_the_default_session_is_left_alone() -> None:
    before = boto3.DEFAULT_SESSION
    with StubbedSageMaker(allow_unused=True) as stubbed:
        stubbed.respond("list_models")
        _ = stubbed.client
    assert boto3.DEFAULT_SESSION is before
