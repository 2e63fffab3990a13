"""Calling what was deployed."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from typing import Any

import pytest
from botocore.response import StreamingBody
from pydantic import ValidationError
from urllib3 import HTTPResponse

from sagemaker_typed import ServiceError, StreamBroken
from sagemaker_typed.core.streams import Body
from sagemaker_typed.runtime import SageMakerRuntimeClient
from sagemaker_typed.runtime.errors import ModelError, ModelNotReadyException
from sagemaker_typed.runtime.models import (
    InvokeEndpointAsyncResponse,
    InvokeEndpointRequest,
    InvokeEndpointResponse,
)
from tests.service import Fault, Raw, ScriptedService

INVOKE = "POST /endpoints/churn/invocations"
ASYNC = "POST /endpoints/churn/async-invocations"
LIMIT = 6_291_456  # documented of InvokeEndpoint
ASYNC_LIMIT = 128_000


def answer(content: bytes = b'{"churn": 0.25}', headers: dict[str, str] | None = None) -> Raw:
    return Raw(content, content_type="application/json", headers=headers or {})


@pytest.mark.parametrize(
    ("passed", "sent", "kind"),
    [
        (b"\x00\xff", b"\x00\xff", None),
        (bytearray(b"\x01"), b"\x01", None),
        ("1,2\n3,é", "1,2\n3,é".encode(), None),
        ({"instances": [[1, 2.5]], "é": None}, None, "application/json"),
        ([1, "two", True], None, "application/json"),
        (0.5, None, "application/json"),
        ("", b"", None),
    ],
)
def test_bytes_strings_and_json_go_in(
    service: ScriptedService,
    runtime: SageMakerRuntimeClient,
    passed: Any,
    sent: bytes | None,
    kind: str | None,
) -> None:
    service.script(INVOKE, answer())
    runtime.invoke_endpoint(endpoint_name="churn", body=passed)
    (request,) = service.asked()
    if sent is None:
        assert json.loads(request.content) == passed
    else:
        assert request.content == sent
    assert request.headers.get("content-type") in ((kind,) if kind else (None, ""))


def test_a_content_type_that_is_given_stays(
    service: ScriptedService, runtime: SageMakerRuntimeClient
) -> None:
    service.script(INVOKE, answer())
    kind = "application/vnd.churn+json"
    runtime.invoke_endpoint(endpoint_name="churn", body={"a": 1}, content_type=kind)
    assert service.asked()[0].headers["content-type"] == kind


@pytest.mark.parametrize("wrong", [{"a": float("nan")}, {"a": object()}, {1, 2}])
def test_what_is_no_json_is_refused_and_not_shown(
    service: ScriptedService, runtime: SageMakerRuntimeClient, wrong: Any
) -> None:
    with pytest.raises(ValidationError, match="Body: Input should be bytes, a string or a JSON"):
        runtime.invoke_endpoint(endpoint_name="churn", body=wrong)
    assert service.operations() == []


@pytest.mark.pinned
def test_a_typed_answer_with_a_streaming_body(
    service: ScriptedService, runtime: SageMakerRuntimeClient
) -> None:
    passed = {
        "x-Amzn-Invoked-Production-Variant": "main",
        "X-Amzn-SageMaker-Custom-Attributes": "trace=1",
        "X-Amzn-SageMaker-Closed-Session-Id": "s-1",
    }
    service.script(INVOKE, answer(headers=passed))
    got = runtime.invoke_endpoint(endpoint_name="churn", body=b"x")
    assert isinstance(got, InvokeEndpointResponse)
    assert isinstance(got.body, StreamingBody)
    assert got.body.read(5) == b'{"chu'
    assert got.body.read() == b'rn": 0.25}'
    assert got.body.read() == b""
    assert got.content_type == "application/json"
    assert (got.invoked_production_variant, got.closed_session_id) == ("main", "s-1")
    assert got.response_metadata.http_status_code == 200
    assert "trace=1" not in repr(got)  # documented as sensitive


def test_the_body_as_text_as_json_in_chunks_and_in_lines(
    service: ScriptedService, runtime: SageMakerRuntimeClient
) -> None:
    service.script(INVOKE, answer())

    def body() -> Any:
        return runtime.invoke_endpoint(endpoint_name="churn", body=b"x").body

    assert body().json() == {"churn": 0.25}
    assert body().text() == '{"churn": 0.25}'
    assert b"".join(body().iter_chunks(4)) == b'{"churn": 0.25}'
    service.script(INVOKE, answer(b"one\ntwo\n" + b"x" * 100_000))
    assert list(body().iter_lines()) == [b"one", b"two", b"x" * 100_000]
    with body() as open_body:
        assert open_body.read(3) == b"one"


@pytest.mark.pinned
def test_the_request_is_the_one_that_boto3_would_send(
    service: ScriptedService, runtime: SageMakerRuntimeClient, raw: Any
) -> None:
    service.script(INVOKE, answer())
    request = InvokeEndpointRequest(
        endpoint_name="churn",
        body=b"1,2",
        content_type="text/csv",
        accept="application/json",
        custom_attributes="trace=1",
        target_model="a/b.tar.gz",
        target_variant="candidate",
        target_container_hostname="second",
        inference_id="i-1",
        inference_component_name="part",
        enable_explanations="`true`",
        session_id="NEW_SESSION",
    )
    runtime.send(request)
    raw.invoke_endpoint(**request.to_boto())
    ours, theirs = (
        (
            request.operation,
            request.content,
            {
                name: value
                for name, value in request.headers.items()
                if name in ("content-type", "accept") or name.startswith("x-amzn-sagemaker")
            },
        )
        for request in service.asked()
    )
    assert ours == theirs
    assert len(ours[2]) == 10


@pytest.mark.parametrize(
    ("method", "operation", "limit"),
    [("invoke_endpoint", INVOKE, LIMIT), ("invoke_endpoint_async", ASYNC, ASYNC_LIMIT)],
)
@pytest.mark.pinned
def test_a_body_over_the_documented_limit_is_refused_before_it_is_sent(
    service: ScriptedService,
    runtime: SageMakerRuntimeClient,
    method: str,
    operation: str,
    limit: int,
) -> None:
    service.script(operation, answer(b"{}"))
    for body in (b"x" * (limit + 1), "x" * (limit + 1), ["x" * limit]):
        with pytest.raises(ValidationError, match=str(limit)) as refused:
            getattr(runtime, method)(endpoint_name="churn", body=body)
        assert "xxx" not in str(refused.value)
    assert service.operations() == []
    getattr(runtime, method)(endpoint_name="churn", body=b"x" * limit)
    assert len(service.asked()[0].content) == limit


def test_an_asynchronous_call_names_where_the_output_will_be(
    service: ScriptedService, runtime: SageMakerRuntimeClient
) -> None:
    headers = {
        "X-Amzn-SageMaker-OutputLocation": "s3://b/out",
        "X-Amzn-SageMaker-FailureLocation": "s3://b/failed",
    }
    service.script(
        ASYNC, Raw(b'{"InferenceId": "i-1"}', 202, content_type="application/json", headers=headers)
    )
    got = runtime.invoke_endpoint_async(endpoint_name="churn", input_location="s3://b/in")
    assert type(got) is InvokeEndpointAsyncResponse
    assert (got.inference_id, got.output_location) == ("i-1", "s3://b/out")
    assert got.failure_location == "s3://b/failed"
    assert service.asked()[0].headers["x-amzn-sagemaker-inputlocation"] == "s3://b/in"


def test_a_model_s_error_says_what_the_model_said(
    service: ScriptedService, runtime: SageMakerRuntimeClient
) -> None:
    failure = {
        "Message": "model failed",
        "OriginalStatusCode": 500,
        "OriginalMessage": "no feature",
    }
    service.script(
        INVOKE,
        Raw(
            json.dumps(failure).encode(),
            status=424,
            content_type="application/json",
            headers={"x-amzn-ErrorType": "ModelError"},
        ),
    )
    with pytest.raises(ModelError) as failed:
        runtime.invoke_endpoint(endpoint_name="churn", body=b"x")
    assert failed.value.details.original_status_code == 500
    assert failed.value.details.original_message == "no feature"
    assert not failed.value.retryable


def test_a_model_that_is_not_loaded_yet_can_be_asked_again(
    service: ScriptedService, runtime: SageMakerRuntimeClient
) -> None:
    service.script(INVOKE, Fault("ModelNotReadyException", "loading", 429, {"Retry-After": "2"}))
    with pytest.raises(ModelNotReadyException) as refused:
        runtime.invoke_endpoint(endpoint_name="churn", body=b"x")
    assert (refused.value.retryable, refused.value.throttling) == (True, True)
    assert refused.value.retry_after == 2


@pytest.mark.parametrize("arrived", [0, 1, 1000, 70_000, 199_999])
def test_a_body_that_breaks_midway_is_an_error_with_what_had_arrived(
    service: ScriptedService, runtime: SageMakerRuntimeClient, arrived: int
) -> None:
    content = bytes(range(256)) * 800
    service.script(INVOKE, Raw(content[:200_000], cut_after=arrived))
    got = runtime.invoke_endpoint(endpoint_name="churn", body=b"x")
    with pytest.raises(StreamBroken, match="InvokeEndpoint") as broken:
        got.body.read()
    assert b"".join(broken.value.received) == content[:arrived]
    assert isinstance(broken.value, ServiceError)


def test_what_was_read_before_is_not_in_the_error(
    service: ScriptedService, runtime: SageMakerRuntimeClient
) -> None:
    service.script(INVOKE, Raw(b"0123456789" * 10, cut_after=25))
    body = runtime.invoke_endpoint(endpoint_name="churn", body=b"x").body
    assert body.read(10) == b"0123456789"
    with pytest.raises(StreamBroken) as broken:
        body.read()
    assert broken.value.received == (b"012345678901234",)


def test_importing_the_runtime_loads_nothing_that_is_not_used() -> None:
    code = (
        "import sys, sagemaker_typed.runtime\n"
        "from sagemaker_typed.runtime import SageMakerRuntimeClient\n"
        "loaded = {'boto3', 'botocore', 'pydantic', 'logging'} & set(sys.modules)\n"
        "sys.exit(f'loaded: {loaded}' if loaded else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


class _Stalling(io.RawIOBase):
    """A line that gives 30 bytes and then nothing more."""

    def __init__(self) -> None:
        self._left = [b"0123456789" * 3]

    def read(self, _size: int = -1, /) -> bytes:
        if self._left:
            return self._left.pop()
        raise TimeoutError("stalled")


def test_a_line_that_stalls_loses_nothing_of_what_had_arrived() -> None:
    line: Any = HTTPResponse(body=_Stalling(), preload_content=False)
    body = Body(StreamingBody(line, 100), "InvokeEndpoint")
    with pytest.raises(StreamBroken) as broken:
        body.read()
    assert broken.value.received == (b"0123456789" * 3,)
