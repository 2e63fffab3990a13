"""Bodies and event streams that tracers replaced, and streams that are large or break."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import EventStreamError
from botocore.response import StreamingBody

from sagemaker_typed import StreamBroken
from sagemaker_typed.runtime import SageMakerRuntimeClient
from sagemaker_typed.runtime.errors import ModelStreamError
from sagemaker_typed.runtime.models import PayloadPart
from tests.conftest import ONE_TRY
from tests.runtime.wire import EVENT_STREAM, exception, part
from tests.service import Raw, ScriptedService

INVOKE = "POST /endpoints/churn/invocations"
STREAM = "POST /endpoints/churn/invocations-response-stream"
CONTENT = b'{"churn": 0.25}'


@pytest.fixture
def runtime(service: ScriptedService) -> Iterator[SageMakerRuntimeClient]:
    client = SageMakerRuntimeClient(endpoint_url=service.url, config=ONE_TRY)
    yield client
    client.boto3.close()


class Recording(StreamingBody):
    """The body of a tracer: it buffers on the first read, and ends its span."""

    def __init__(self, body: StreamingBody) -> None:
        content = body.read()
        super().__init__(io.BytesIO(content), len(content))
        self.spans: list[str] = []

    def read(self, amt: int | None = None) -> bytes:
        self.spans.append("read")
        return super().read(amt)


class Proxy:
    """The wrapper of a tracer that forwards everything but ``read``."""

    def __init__(self, body: StreamingBody) -> None:
        self._wrapped = body
        self.spans: list[str] = []

    def read(self, amt: int | None = None) -> bytes:
        self.spans.append("read")
        return self._wrapped.read(amt)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._wrapped, name)


@pytest.mark.parametrize("kind", [Recording, Proxy])
def test_a_body_that_a_handler_replaced_is_read(
    service: ScriptedService, runtime: SageMakerRuntimeClient, kind: Any
) -> None:
    def replace(parsed: dict[str, Any], **_: Any) -> None:
        parsed["Body"] = kind(parsed["Body"])

    runtime.boto3.meta.events.register("after-call.sagemaker-runtime.InvokeEndpoint", replace)
    service.script(INVOKE, Raw(CONTENT, content_type="application/json"))
    body = runtime.invoke_endpoint(endpoint_name="churn", body=b"x").body
    assert body.json() == {"churn": 0.25}
    assert body.spans == ["read"]  # one read, as the caller wrote it
    in_parts = runtime.invoke_endpoint(endpoint_name="churn", body=b"x").body
    assert b"".join(in_parts.iter_chunks(4)) == CONTENT
    assert len(in_parts.spans) == 5


def test_a_patched_read_is_used(service: ScriptedService, runtime: SageMakerRuntimeClient) -> None:
    ended: list[int | None] = []

    def patch(parsed: dict[str, Any], **_: Any) -> None:
        body = parsed["Body"]
        read = body.read

        def patched(amt: int | None = None) -> bytes:
            ended.append(amt)
            return read(amt)

        body.read = patched

    runtime.boto3.meta.events.register("after-call.sagemaker-runtime.InvokeEndpoint", patch)
    service.script(INVOKE, Raw(CONTENT, content_type="application/json"))
    assert runtime.invoke_endpoint(endpoint_name="churn", body=b"x").body.read() == CONTENT
    assert ended == [None]


@pytest.mark.parametrize("content", [CONTENT, b""])
def test_the_methods_of_a_body_are_those_of_boto3(
    service: ScriptedService, runtime: SageMakerRuntimeClient, content: bytes
) -> None:
    service.script(INVOKE, Raw(content, content_type="application/json"))

    def invoke() -> Any:
        return runtime.invoke_endpoint(endpoint_name="churn", body=b"x").body

    body = invoke()
    if content:  # botocore has no socket to set it for after the last byte
        body.set_socket_timeout(5)
    buffer = bytearray(4)
    if hasattr(StreamingBody, "readinto"):  # not in an old botocore
        assert body.readinto(buffer) == len(content[:4])
        assert body.tell() == len(content[:4])
    assert body.readable()
    body.close()
    assert b"".join(invoke()) == content
    assert invoke().readlines() == ([content] if content else [])
    with invoke() as opened:
        assert opened.read() == content


class WrappedEvents:
    """The event stream of a tracer, which ends its span after the last event."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self.spans: list[str] = []

    def __iter__(self) -> Iterator[Any]:
        for event in self._stream:
            self.spans.append("event")
            yield event
        self.spans.append("end")

    def close(self) -> None:
        self.spans.append("close")
        self._stream.close()


def wrap_events(runtime: SageMakerRuntimeClient) -> None:
    def wrap(parsed: dict[str, Any], **_: Any) -> None:
        parsed["Body"] = WrappedEvents(parsed["Body"])

    event = "after-call.sagemaker-runtime.InvokeEndpointWithResponseStream"
    runtime.boto3.meta.events.register(event, wrap)


def stream(service: ScriptedService, *messages: bytes) -> None:
    service.script(STREAM, Raw(b"".join(messages), 200, EVENT_STREAM))


def invoke(runtime: SageMakerRuntimeClient) -> Any:
    return runtime.invoke_endpoint_with_response_stream(endpoint_name="churn", body=b"x").body


def test_an_event_stream_that_a_tracer_wrapped_is_iterated(
    service: ScriptedService, runtime: SageMakerRuntimeClient
) -> None:
    wrap_events(runtime)
    stream(service, part(b"a"), part(b"b"))
    with invoke(runtime) as events:
        assert [event.bytes for event in events] == [b"a", b"b"]
    assert events.spans == ["event", "event", "end", "close"]
    assert type(events.received[0]) is PayloadPart


@pytest.mark.parametrize("wrapped", [True, False])
def test_an_error_event_is_that_of_botocore_too(
    service: ScriptedService, runtime: SageMakerRuntimeClient, wrapped: bool
) -> None:
    if wrapped:
        wrap_events(runtime)
    stream(service, part(b"a"), exception("ModelStreamError", Message="slow", ErrorCode="x"))
    with pytest.raises(EventStreamError) as failed:
        list(invoke(runtime))
    error = failed.value
    assert isinstance(error, ModelStreamError)
    assert (error.code, error.message) == ("ModelStreamError", "slow")
    assert [event.bytes for event in error.received] == [b"a"]


def test_received_keeps_the_last_part_of_a_long_stream(
    service: ScriptedService, runtime: SageMakerRuntimeClient
) -> None:
    size, count = 100_000, 400
    message = part(bytes(size))
    stream(service, *[message] * count, message[:-3])
    events = invoke(runtime)
    next(events)
    tracemalloc.start()
    try:
        with pytest.raises(StreamBroken) as broken:
            for _ in events:
                pass
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(broken.value.received) == len(events.received) == 1024 * 1024 // size
    assert peak < size * count / 10


@pytest.mark.parametrize(("keep", "kept"), [(0, []), (1, [b"b"]), (3, [b"aa", b"b"]), (9, None)])
def test_the_caller_chooses_the_number_of_bytes(
    service: ScriptedService,
    runtime: SageMakerRuntimeClient,
    keep: int,
    kept: list[bytes] | None,
) -> None:
    stream(service, part(b"first"), part(b"aa"), part(b"b"))
    events = invoke(runtime)
    events.keep = keep
    assert len(list(events)) == 3
    expected = [b"first", b"aa", b"b"] if kept is None else kept
    assert [event.bytes for event in events.received] == expected
