"""The asynchronous clients: their requests, and their ends."""

from __future__ import annotations

import asyncio
import gc
import re
import time
from pathlib import Path
from typing import Any

import pytest
from aiobotocore.config import AioConfig
from aiobotocore.httpxsession import HttpxSession
from aiobotocore.session import AioSession
from botocore.config import Config

import sagemaker_typed
from sagemaker_typed import SageMakerClient, WaitFailed, WaitPolicy, models
from sagemaker_typed.aio import AsyncSageMakerClient
from sagemaker_typed.models import (
    ContainerDefinition,
    CreateModelRequest,
    DescribeEndpointRequest,
    ListEndpointsRequest,
    ProductionVariant,
)
from sagemaker_typed.testing import example
from tests.clock import Clock
from tests.conftest import ONE_TRY, REGION
from tests.service import Body, ScriptedService

ROLE = "arn:aws:iam::123456789012:role/sagemaker"
IMAGE = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn:1"
IN_SERVICE = Body({"EndpointName": "churn", "EndpointStatus": "InService"})
CREATING = Body({"EndpointName": "churn", "EndpointStatus": "Creating"})
TOKEN = re.compile(rb"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")  # of an idempotent operation
pytestmark = pytest.mark.anyio


def client_of(service: ScriptedService, **options: Any) -> AsyncSageMakerClient:
    return AsyncSageMakerClient(
        endpoint_url=service.url, **{"config": ONE_TRY, "consistency": None} | options
    )


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def requests() -> list[Any]:
    """One request for each operation of the service."""
    shapes = (getattr(models, name) for name in dir(models) if name.endswith("Request"))
    return [example(shape) for shape in shapes if hasattr(shape, "__operation__")]


async def test_every_operation_sends_the_bytes_of_the_synchronous_client(
    service: ScriptedService,
) -> None:
    service.script("*", Body({}))
    synchronous = SageMakerClient(
        endpoint_url=service.url, config=ONE_TRY, consistency=None, rules=None
    )
    sent = 0
    async with client_of(service, rules=None) as client:
        for request in requests():
            for send in (synchronous.send, client.send):
                response = send(request)
                if asyncio.iscoroutine(response):
                    response = await response
            first, second = service.asked()[-2:]
            contents = [TOKEN.sub(b"a token", each.content) for each in (first, second)]
            assert contents[0] == contents[1], request
            assert first.operation == second.operation == request.__operation__.name
            sent += 1
    synchronous.close()
    assert sent > 400


async def test_every_method_is_a_coroutine_function() -> None:
    for name, method in vars(SageMakerClient).items():
        if not name.startswith("_"):
            other = getattr(AsyncSageMakerClient, name)
            assert asyncio.iscoroutinefunction(other) or name.startswith("iter_"), name
            assert other.__doc__ == method.__doc__


async def test_a_wait_calls_functions_and_coroutine_functions(service: ScriptedService) -> None:
    clock = Clock()
    policy = WaitPolicy(sleep=clock.sleep, clock=clock.time)
    seen: list[str] = []

    async def note(change: Any) -> None:
        await asyncio.sleep(0)
        seen.append(change.status)

    request = DescribeEndpointRequest(endpoint_name="churn")
    async with client_of(service) as client:
        for on_status in (note, lambda change: seen.append(change.status)):
            service.script("DescribeEndpoint", CREATING, IN_SERVICE)
            await client.wait(request, policy=policy, on_status=on_status)
        service.script("DescribeEndpoint", Body({"EndpointStatus": "Failed"}))
        with pytest.raises(WaitFailed):
            await client.wait_endpoint_in_service(endpoint_name="churn", policy=policy)
    assert seen == ["Creating", "InService"] * 2


async def test_a_cancelled_call_and_a_cancelled_wait_leave_nothing(
    service: ScriptedService,
) -> None:
    service.script("DescribeEndpoint", CREATING)
    request = DescribeEndpointRequest(endpoint_name="churn")
    async with client_of(service) as client:
        await client.send(request)
        before = asyncio.all_tasks()
        for steps in (client.send(request), client.wait(request, poll=60)):
            task = asyncio.ensure_future(steps)
            await asyncio.sleep(0)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(client.wait(request), 0.05)
        assert asyncio.all_tasks() == before
        await client.send(request)


async def test_the_event_loop_runs_while_a_wait_sleeps(service: ScriptedService) -> None:
    service.script("DescribeEndpoint", CREATING, IN_SERVICE)
    request = DescribeEndpointRequest(endpoint_name="churn")
    async with client_of(service) as client:
        waiting = asyncio.ensure_future(client.wait(request, poll=0.2))
        turns = 0
        while not waiting.done():
            await asyncio.sleep(0.001)
            turns += 1
        assert turns > 5
        await waiting


async def test_a_wrapped_client_is_not_changed_and_not_closed(service: ScriptedService) -> None:
    service.script("*", IN_SERVICE)
    session = AioSession()
    async with session.create_client(
        "sagemaker", endpoint_url=service.url, config=AioConfig(), region_name=REGION
    ) as existing:
        handlers = repr(existing.meta.events._emitter._handlers)
        async with AsyncSageMakerClient.from_aiobotocore(existing) as client:
            assert client.aiobotocore is existing
            response = await client.describe_endpoint(endpoint_name="churn")
        assert response.endpoint_status == "InService"
        assert repr(existing.meta.events._emitter._handlers) == handlers
        await existing.describe_endpoint(EndpointName="churn")


async def test_a_client_that_is_not_open(service: ScriptedService) -> None:
    client = client_of(service)
    with pytest.raises(RuntimeError, match=r"async with AsyncSageMakerClient\(\.\.\.\) as client"):
        await client.list_endpoints()


async def test_an_observer_sees_the_parameters(service: ScriptedService) -> None:
    service.script("*", IN_SERVICE)
    seen: list[Any] = []

    async def observe(params: Any, **_: Any) -> None:
        seen.append(params)

    async with client_of(service) as client:
        client.aiobotocore.meta.events.register("provide-client-params.sagemaker", observe)
        await client.describe_endpoint(endpoint_name="churn")
    assert seen == [{"EndpointName": "churn"}]


async def test_500_calls_at_once_leave_nothing(service: ScriptedService) -> None:
    service.script("*", IN_SERVICE)
    request = DescribeEndpointRequest(endpoint_name="churn")
    gc.collect()
    before = descriptors()
    tasks = asyncio.all_tasks()
    patient = Config(connect_timeout=120, read_timeout=120)
    async with client_of(service, config=patient) as client:
        responses = await asyncio.gather(*(client.send(request) for _ in range(500)))
        assert {response.endpoint_status for response in responses} == {"InService"}
    assert service.connections <= 64
    assert asyncio.all_tasks() == tasks
    await asyncio.sleep(0)
    gc.collect()
    deadline = time.monotonic() + 10
    while descriptors() > before:  # the service closes its ends
        assert time.monotonic() < deadline
        await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    "anyio_backend", ["trio", ("asyncio", {"use_uvloop": True})], ids=["trio", "uvloop"]
)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # aiobotocore prefers httpx2
async def test_other_event_loops(service: ScriptedService, anyio_backend: Any) -> None:
    service.script("DescribeEndpoint", CREATING, IN_SERVICE)
    config = AioConfig(http_session_cls=HttpxSession) if anyio_backend == "trio" else ONE_TRY
    async with client_of(service, config=config) as client:
        request = DescribeEndpointRequest(endpoint_name="churn")
        response = await client.wait(request, poll=0.01)
    assert response.endpoint_status == "InService"


@pytest.mark.saga
async def test_the_saga_of_the_demo(moto_url: str) -> None:
    async with AsyncSageMakerClient(region_name=REGION, endpoint_url=moto_url) as client:
        container = ContainerDefinition(image=IMAGE)
        await client.create_model(
            model_name="churn", execution_role_arn=ROLE, primary_container=container
        )
        variant = ProductionVariant(
            variant_name="main",
            model_name="churn",
            initial_instance_count=1,
            instance_type="ml.m5.large",
        )
        await client.create_endpoint_config(
            endpoint_config_name="churn", production_variants=[variant]
        )
        await client.create_endpoint(endpoint_name="churn", endpoint_config_name="churn")
        await client.wait_endpoint_in_service(endpoint_name="churn")
        listed = [item.endpoint_name async for item in client.iter_endpoints()]
        pages = [page async for page in client.pages(ListEndpointsRequest())]
        assert listed == ["churn"]
        assert len(pages) == 1
        deployed = await client.deploy(
            endpoint_name="second",
            model=CreateModelRequest(
                model_name="second", execution_role_arn=ROLE, primary_container=container
            ),
            instance_type="ml.m5.large",
        )
        assert deployed.created == ("Model second", "EndpointConfig second", "Endpoint second")
        with pytest.raises(sagemaker_typed.errors.ResourceNotFound):
            await client.describe_endpoint(endpoint_name="missing")
