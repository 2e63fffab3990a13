"""The kit with asynchronous clients."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import nullcontext
from typing import Any

import pytest

from sagemaker_typed import StreamBroken, WaitTimeout
from sagemaker_typed.aio import AsyncSageMakerClient
from sagemaker_typed.aio.runtime import AsyncSageMakerRuntimeClient
from sagemaker_typed.core.errors import ServiceError
from sagemaker_typed.errors import ResourceLimitExceeded
from sagemaker_typed.models import DescribeEndpointRequest
from sagemaker_typed.runtime.models import PayloadPart
from sagemaker_typed.testing import (
    Broken,
    Failure,
    Recorded,
    StubbedSageMaker,
    UnexpectedCall,
    local_sagemaker,
)

CHURN = DescribeEndpointRequest(endpoint_name="churn")


def run(program: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(program())


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: pytest.fail(f"a pause of {seconds} s"))


def test_replies_and_waits() -> None:
    async def program() -> None:
        async with stubbed.client_of(AsyncSageMakerClient) as client:
            described = await client.wait(CHURN)
            assert described.endpoint_status == "InService"
            with pytest.raises(ResourceLimitExceeded, match="no more"):
                await client.create_endpoint(endpoint_name="churn", endpoint_config_name="c")
            with pytest.raises(WaitTimeout):
                await client.wait(CHURN, timeout=600)

    with StubbedSageMaker() as stubbed:
        stubbed.respond("describe_endpoint", endpoint_status="Creating").times(2)
        stubbed.respond("describe_endpoint", endpoint_status="InService")
        stubbed.respond("describe_endpoint", endpoint_status="Creating").always()
        stubbed.fail("create_endpoint", "ResourceLimitExceeded", "no more")
        run(program)
    assert stubbed.requests[:3] == [CHURN] * 3
    assert stubbed.clock.naps[:2] == [1.0, 1.5]


def test_many_calls_at_once_keep_their_requests() -> None:
    names = [f"churn-{number}" for number in range(50)]

    async def program() -> None:
        async with stubbed.client_of(AsyncSageMakerClient) as client:
            calls = (client.describe_endpoint(endpoint_name=name) for name in names)
            described = await asyncio.gather(*calls)
        assert [each.endpoint_name for each in described] == names

    with StubbedSageMaker() as stubbed:
        stubbed.respond("describe_endpoint").times(50)
        run(program)


@pytest.mark.parametrize(
    ("stream", "error"),
    [
        ([PayloadPart(bytes=b"one"), PayloadPart(bytes=b"two")], None),
        (Broken([PayloadPart(bytes=b"one"), PayloadPart(bytes=b"two")]), StreamBroken),
        ([PayloadPart(bytes=b"one"), PayloadPart(bytes=b"two"), Failure("Gone")], ServiceError),
    ],
)
def test_bodies_and_streams(stream: object, error: type[Exception] | None) -> None:
    async def program() -> None:
        async with stubbed.client_of(AsyncSageMakerRuntimeClient) as runtime:
            reply = await runtime.invoke_endpoint(endpoint_name="churn", body=b"x")
            assert await reply.body.json() == {"a": 1}
            response = await runtime.invoke_endpoint_with_response_stream(
                endpoint_name="churn", body=b"x"
            )
            parts: list[bytes | None] = []
            with pytest.raises(error) if error else nullcontext():
                async for part in response.body:
                    parts.append(part.bytes)
            assert parts == [b"one", b"two"]

    with StubbedSageMaker() as stubbed:
        stubbed.respond("invoke_endpoint", body={"a": 1})
        stubbed.respond("invoke_endpoint_with_response_stream", body=stream)
        run(program)


def test_an_unexpected_call() -> None:
    async def program() -> None:
        async with stubbed.client_of(AsyncSageMakerClient) as client:
            await client.list_models()

    stubbed = StubbedSageMaker()
    with pytest.raises(UnexpectedCall, match="no reply is left for list_models"):
        run(program)


@pytest.mark.saga
def test_a_recording_and_the_local_service(tmp_path: Any) -> None:
    pytest.importorskip("moto.server", reason="the extra `local` has moto")
    path = tmp_path / "list.json"

    async def program(client: AsyncSageMakerClient) -> None:
        async with client:
            assert (await client.list_models()).models == ()

    with local_sagemaker() as local:
        with Recorded(path, session=local.session, endpoint_url=local.url) as recorded:
            recorded.client.list_models()
            with pytest.raises(TypeError, match="is asynchronous"):
                recorded.client_of(AsyncSageMakerClient)
        asyncio.run(program(local.client_of(AsyncSageMakerClient)))
    with Recorded(path) as replayed:
        asyncio.run(program(replayed.client_of(AsyncSageMakerClient)))
