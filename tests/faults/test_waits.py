"""Waits that meet failures: they are counted and bounded, and no pause is longer than a poll."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import WaiterError

from sagemaker_typed import SageMakerClient, WaitFailed, WaitPolicy, WaitTimeout
from sagemaker_typed.errors import ServiceError, UnreadableResponse
from sagemaker_typed.models import DescribeEndpointRequest
from sagemaker_typed.testing import Clock
from tests.faults import sides
from tests.faults.rows import HTML
from tests.service import Body, Cut, Fault, Raw, Reply, Reset, ScriptedService, throttled
from tests.transport.wire import OLD_PARSER

ENDPOINT = DescribeEndpointRequest(endpoint_name="churn")
CREATING = Body({"EndpointName": "churn", "EndpointStatus": "Creating"})
IN_SERVICE = Body({"EndpointName": "churn", "EndpointStatus": "InService"})
TRANSIENT: dict[str, Reply] = {
    "a page": Raw(HTML, 200, "text/html"),
    "a cut connection": Cut(),
    "a reset connection": Reset(),
    "no HTTP": Cut(b"SSH-2.0-OpenSSH_9.6"),
    "500": Fault("InternalFailure", "", 500),
    "502 with a page": Raw(HTML, 502, "text/html"),
    "503": Fault("ServiceUnavailable", "", 503),
    "a refusal in no language": Raw(b"\xff\xfe", 500),
}
ON_OUR_CLIENT: dict[str, Reply] = {
    "a page labelled JSON": Raw(HTML),
    "a cut body": Raw(b'{"EndpointName": "churn", "Endpo', cut_after=20),
    "a list": Raw(b"[]"),
}


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _: None)


@pytest.fixture(params=["ours", "from_boto3"])
def either(request: pytest.FixtureRequest, service: ScriptedService) -> Iterator[SageMakerClient]:
    client = sides.ours(service) if request.param == "ours" else sides.from_boto3(service)
    yield client
    client.boto3.close()


def policy(clock: Clock, **limits: Any) -> WaitPolicy:
    return WaitPolicy(sleep=clock.sleep, clock=clock.time, jitter=0, **limits)


@pytest.mark.parametrize("name", TRANSIENT)
def test_one_of_them_does_not_end_a_wait(
    service: ScriptedService, either: SageMakerClient, name: str
) -> None:
    service.script("DescribeEndpoint", CREATING, TRANSIENT[name], CREATING, IN_SERVICE)
    assert either.wait(ENDPOINT, policy=policy(Clock())).endpoint_status == "InService"


@pytest.mark.parametrize("name", ON_OUR_CLIENT)
def test_nor_does_a_response_that_boto3_takes_for_an_empty_one(
    service: ScriptedService, client: SageMakerClient, name: str
) -> None:
    if OLD_PARSER and name == "a list":
        pytest.skip("the parser of an old boto3 raises an error of its own")
    service.script("DescribeEndpoint", CREATING, ON_OUR_CLIENT[name], IN_SERVICE)
    assert client.wait(ENDPOINT, policy=policy(Clock())).endpoint_status == "InService"


@pytest.mark.parametrize("faults", [0, 1, 4])
def test_they_are_counted(service: ScriptedService, client: SageMakerClient, faults: int) -> None:
    service.script("DescribeEndpoint", CREATING, Raw(HTML))
    with pytest.raises(UnreadableResponse) as unreadable:
        client.wait(ENDPOINT, policy=policy(Clock(), faults=faults))
    assert unreadable.value.request_id
    assert len(service.asked()) == faults + 2


def test_in_a_single_call_it_is_an_error_with_the_request_id(
    service: ScriptedService, client: SageMakerClient
) -> None:
    service.script("DescribeEndpoint", Raw(HTML))
    with pytest.raises(UnreadableResponse) as unreadable:
        client.send(ENDPOINT)
    assert unreadable.value.request_id.endswith("1")
    assert unreadable.value.retryable
    assert len(service.asked()) == 1


@pytest.mark.parametrize(
    ("stated", "pause"),
    [
        ("17", 17),
        ("2.5", 2.5),
        ("86400", 30),
        ("9" * 400, 1),
        ("-5", 1),
        ("nan", 1),
        ("1e3", 1),
        ("soon", 1),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 30),
        ("Fri, 31 Dec 9999 23:59:59 -2359", 30),
        ("Sat, 01 Jan 0001 00:00:00 +1200", 1),
        ("Fri, 27 Nov 2026 18:00:00 +9999", 1),
        ("Fri, 27 Nov 99999 18:00:00 GMT", 1),
    ],
)
def test_the_hint_of_a_throttled_poll_is_bounded(
    service: ScriptedService, client: SageMakerClient, stated: str, pause: float
) -> None:
    hint = Fault("ThrottlingException", "Rate exceeded", 400, {"Retry-After": stated})
    service.script("DescribeEndpoint", hint, IN_SERVICE)
    clock = Clock()
    client.wait(ENDPOINT, policy=policy(clock))
    assert clock.naps == [pause]


def test_the_hint_never_exceeds_the_timeout(
    service: ScriptedService, client: SageMakerClient
) -> None:
    hint = Fault("ThrottlingException", "Rate exceeded", 400, {"Retry-After": "86400"})
    service.script("DescribeEndpoint", hint)
    clock = Clock()
    with pytest.raises(WaitTimeout):
        client.wait(ENDPOINT, policy=policy(clock, timeout=50, poll=math.inf))
    assert sum(clock.naps) == 50


def test_code_for_botocore_waiters_catches_ours(
    service: ScriptedService, client: SageMakerClient
) -> None:
    failed = Body({"EndpointName": "churn", "EndpointStatus": "Failed"})
    service.script("DescribeEndpoint", failed)
    with pytest.raises(WaiterError) as error:
        client.wait_endpoint_in_service(endpoint_name="churn")
    assert isinstance(error.value, WaitFailed)
    assert error.value.last_response["EndpointStatus"] == "Failed"
    assert error.value.kwargs["name"] == "DescribeEndpoint"
    service.script("DescribeEndpoint", CREATING)
    with pytest.raises(WaiterError) as error:
        client.wait(ENDPOINT, timeout=0)
    assert isinstance(error.value, TimeoutError)


def test_an_error_that_does_not_pass_ends_a_wait_at_once(
    service: ScriptedService, client: SageMakerClient
) -> None:
    service.script("DescribeEndpoint", CREATING, Fault("AccessDeniedException", "no"))
    with pytest.raises(ServiceError, match="no"):
        client.wait(ENDPOINT, policy=policy(Clock()))
    assert len(service.asked()) == 2


def test_throttling_is_tolerated_until_the_timeout(
    service: ScriptedService, client: SageMakerClient
) -> None:
    service.script("DescribeEndpoint", throttled())
    with pytest.raises(WaitTimeout) as late:
        client.wait(ENDPOINT, policy=policy(Clock(), timeout=1000))
    assert isinstance(late.value.__cause__, ServiceError)
    assert late.value.last_response == {}
