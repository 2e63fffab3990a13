"""The readers of streams over HTTP, with the synchronous and the asynchronous client."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from sagemaker_typed import StreamBroken
from sagemaker_typed.aio.runtime import AsyncSageMakerRuntimeClient
from sagemaker_typed.core.decoders import ServerSentEvent
from sagemaker_typed.runtime import SageMakerRuntimeClient
from sagemaker_typed.runtime.errors import ModelStreamError
from tests.conftest import ONE_TRY
from tests.runtime.wire import EVENT_STREAM, exception, part
from tests.service import Raw, ScriptedService

STREAM = "POST /endpoints/llm/invocations-response-stream"
INVOKE = "POST /endpoints/llm/invocations"
CONTENT = "data: größer\n\ndata: 🎉".encode()
LINES = ["data: größer", "", "data: 🎉"]
Read = Callable[[ScriptedService, str], list[Any]]


def read(service: ScriptedService, reader: str) -> list[Any]:
    with SageMakerRuntimeClient(endpoint_url=service.url, config=ONE_TRY) as client:
        stream = client.invoke_endpoint_with_response_stream(endpoint_name="llm", body=b"{}")
        with stream.body as parts:
            return list(getattr(parts, reader)())


def read_asynchronously(service: ScriptedService, reader: str) -> list[Any]:
    async def main() -> list[Any]:
        async with AsyncSageMakerRuntimeClient(endpoint_url=service.url, config=ONE_TRY) as client:
            stream = await client.invoke_endpoint_with_response_stream(
                endpoint_name="llm", body=b"{}"
            )
            async with stream.body as parts:
                return [value async for value in getattr(parts, reader)()]

    return asyncio.run(main())


both_faces = pytest.mark.parametrize("reading", [read, read_asynchronously])


def script(service: ScriptedService, *messages: bytes, cut_after: int | None = None) -> None:
    content = b"".join(messages)
    service.script(STREAM, Raw(content, content_type=EVENT_STREAM, cut_after=cut_after))


@both_faces
def test_the_readers_with_a_cut_at_every_byte(service: ScriptedService, reading: Read) -> None:
    for place in range(len(CONTENT) + 1):
        script(service, part(CONTENT[:place]), part(CONTENT[place:]))
        assert reading(service, "lines") == LINES, place
    assert "".join(reading(service, "text")) == CONTENT.decode()
    assert reading(service, "sse") == [ServerSentEvent("größer"), ServerSentEvent("🎉")]
    script(service, part(b'{"a"'), part(b": 1}\n2"))
    assert reading(service, "json_lines") == [{"a": 1}, 2]


@both_faces
def test_a_model_that_fails_midway(service: ScriptedService, reading: Read) -> None:
    error = exception("ModelStreamError", Message="out of memory", ErrorCode="OOM")
    script(service, part(b"one\ntwo"), error)
    with pytest.raises(ModelStreamError, match="out of memory") as raised:
        reading(service, "lines")
    assert [event.bytes for event in raised.value.received] == [b"one\ntwo"]


@both_faces
def test_a_connection_that_breaks_midway(service: ScriptedService, reading: Read) -> None:
    whole = part(b"one\n")
    script(service, whole, part(b"two\n"), cut_after=len(whole) + 9)
    with pytest.raises(StreamBroken) as raised:
        reading(service, "lines")
    assert [event.bytes for event in raised.value.received] == [b"one\n"]


@pytest.mark.anyio
async def test_the_body_of_an_asynchronous_response(service: ScriptedService) -> None:
    service.script(INVOKE, Raw(CONTENT, content_type="text/event-stream"))
    async with AsyncSageMakerRuntimeClient(endpoint_url=service.url, config=ONE_TRY) as client:
        response = await client.invoke_endpoint(endpoint_name="llm", body={"inputs": "?"})
        assert await response.body.text() == CONTENT.decode()
        response = await client.invoke_endpoint(endpoint_name="llm", body=b"{}")
        assert [line async for line in response.body.lines()] == LINES
    assert service.asked(INVOKE)[0].body == {"inputs": "?"}


@pytest.mark.anyio
async def test_a_cancelled_stream_closes_its_connection(service: ScriptedService) -> None:
    content = part(b"one\n") + part(b"two\n") * 1000
    service.script(STREAM, Raw(content, content_type=EVENT_STREAM, drip=16))
    async with AsyncSageMakerRuntimeClient(endpoint_url=service.url, config=ONE_TRY) as client:
        stream = await client.invoke_endpoint_with_response_stream(endpoint_name="llm", body=b"{}")

        async def consume() -> None:
            async for _ in stream.body.lines():
                task.cancel()

        before = asyncio.all_tasks()
        task = asyncio.ensure_future(consume())
        with pytest.raises(asyncio.CancelledError):
            await task
        assert stream.body._stream._raw_stream.closed
        assert asyncio.all_tasks() == before
