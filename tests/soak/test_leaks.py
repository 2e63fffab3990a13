"""Many clients, calls and events: memory, threads and descriptors stay flat."""

from __future__ import annotations

import gc
import random
import subprocess
import sys
import tracemalloc
from typing import Any

import pytest

from sagemaker_typed import SageMakerClient
from sagemaker_typed.runtime import SageMakerRuntimeClient
from tests.conftest import ONE_TRY
from tests.faults import sides
from tests.faults.rows import ROWS
from tests.faults.test_compared_with_boto3 import CALLS
from tests.runtime.wire import EVENT_STREAM, part
from tests.service import Fault, Raw, ScriptedService

DENIED = Fault("AccessDeniedException", "no")

# Each side in a process of its own; prints the growth of its memory in kilobytes.
DROPPED_CLIENTS = """
import gc, resource, sys

def make():
    if sys.argv[1] == "boto3":
        import boto3
        return boto3.client("sagemaker", region_name="eu-west-1")
    from sagemaker_typed import SageMakerClient
    return SageMakerClient(region_name="eu-west-1")

for _ in range(10):
    make()
gc.collect()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for _ in range(int(sys.argv[2])):
    make()
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def growth(side: str, count: int) -> int:
    command = [sys.executable, "-c", DROPPED_CLIENTS, side, str(count)]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def test_dropped_clients_are_freed(scale: int) -> None:
    count = 40 * scale
    assert growth("ours", count) <= growth("boto3", count) + 16 * 1024


def test_calls_leave_nothing_behind(
    service: ScriptedService, ours: SageMakerClient, scale: int
) -> None:
    order = random.Random(1)
    rows = [row for row in ROWS if "reset" not in row.name]

    def use(count: int) -> None:
        for _ in range(count):
            service.script("DescribeModel", *order.choice(rows).script)
            sides.call_ours(ours, *CALLS["DescribeModel"])
        service.requests.clear()

    use(200)
    before = sides.Left.now()
    tracemalloc.start()
    try:
        use(50)
        gc.collect()
        early, _ = tracemalloc.get_traced_memory()
        use(200 * scale)
        gc.collect()
        late, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    left = sides.Left.now()
    assert late - early < 300_000
    assert left.context == before.context
    assert left.descriptors <= before.descriptors + 2  # the connection of the last call
    assert left.threads <= before.threads + 1  # and the thread that serves it


def test_a_long_stream_of_events_needs_no_memory(service: ScriptedService, scale: int) -> None:
    client = SageMakerRuntimeClient(endpoint_url=service.url, config=ONE_TRY)
    content = part(bytes(64 * 1024)) * (64 * scale)
    operation = "POST /endpoints/churn/invocations-response-stream"
    service.script(operation, Raw(content, 200, EVENT_STREAM))
    response: Any = client.invoke_endpoint_with_response_stream(endpoint_name="churn", body=b"x")
    next(response.body)
    tracemalloc.start()
    try:
        size = sum(len(event.bytes) for event in response.body)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert size == (64 * scale - 1) * 64 * 1024
    assert peak < 3 * 1024 * 1024
    client.boto3.close()


@pytest.mark.parametrize("operation", CALLS)
def test_random_failures_have_the_outcome_of_boto3(
    service: ScriptedService, operation: str, scale: int
) -> None:
    order = random.Random(operation)
    rows = [row for row in ROWS if not row.ours and not row.from_boto3]
    clients = sides.boto3_client(service), sides.ours(service), sides.from_boto3(service)
    method, parameters = CALLS[operation]
    for _ in range(50 * scale):
        script = [order.choice(order.choice(rows).script) for _ in range(3)]
        outcomes: list[sides.Outcome] = []
        requests: list[int] = []
        for client in clients:
            service.script("DescribeModel", DENIED)
            service.script(operation, *script)
            before = len(service.asked(operation))
            if isinstance(client, SageMakerClient):
                outcomes.append(sides.call_ours(client, method, parameters))
            else:
                outcomes.append(sides.call_boto3(client, method, parameters))
            requests.append(len(service.asked(operation)) - before)
        if operation == "CreateModel":  # its response has one member of the two
            outcomes[0].response.pop("ModelName", None)
        assert outcomes[1:] == [outcomes[0]] * 2, script
        assert len(set(requests)) == 1, script
    for client in clients:
        (client.boto3 if isinstance(client, SageMakerClient) else client).close()
