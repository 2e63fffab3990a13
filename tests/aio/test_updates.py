"""Updates, as the asynchronous client sees them."""

from __future__ import annotations

import pytest

from sagemaker_typed import WaitFailed, WaitPolicy, models
from sagemaker_typed.aio import AsyncSageMakerClient
from tests.clock import Clock
from tests.service import Body, ScriptedService

UPDATE = models.UpdateEndpointRequest(endpoint_name="churn", endpoint_config_name="new")

pytestmark = pytest.mark.anyio


def policy(clock: Clock) -> WaitPolicy:
    return WaitPolicy(sleep=clock.sleep, clock=clock.time)


async def test_an_update_that_was_undone_fails_the_wait(service: ScriptedService) -> None:
    shown = Body({"EndpointStatus": "InService", "EndpointConfigName": "old"})
    service.script("DescribeEndpoint", shown)
    describe = models.DescribeEndpointRequest(endpoint_name="churn")
    async with AsyncSageMakerClient(endpoint_url=service.url, consistency=None) as client:
        with pytest.raises(WaitFailed, match="EndpointConfigName"):
            await client.wait(describe, after=UPDATE, policy=policy(Clock()))
