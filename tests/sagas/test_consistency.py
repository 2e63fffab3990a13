"""CreateEndpoint and UpdateEndpoint against a configuration that is not visible yet."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

import pytest

from sagemaker_typed import ConsistencyPolicy, SageMakerClient
from sagemaker_typed.errors import (
    AccessDeniedException,
    ServiceError,
    ThrottlingException,
    ValidationException,
)
from sagemaker_typed.models import CreateEndpointRequest
from sagemaker_typed.testing import Clock
from tests.conftest import ONE_TRY
from tests.service import Body, Fault, ScriptedService, stale_configuration, throttled

Call = Callable[[SageMakerClient], Any]
WRITES: dict[str, Call] = {
    "CreateEndpoint": lambda client: client.create_endpoint(
        endpoint_name="churn", endpoint_config_name="new"
    ),
    "UpdateEndpoint": lambda client: client.update_endpoint(
        endpoint_name="churn", endpoint_config_name="new"
    ),
}
every_write = pytest.mark.parametrize("operation", WRITES)


@contextmanager
def client_of(
    service: ScriptedService, policy: ConsistencyPolicy | None
) -> Generator[SageMakerClient]:
    client = SageMakerClient(endpoint_url=service.url, config=ONE_TRY, consistency=policy)
    yield client
    client.boto3.close()


def policy_of(clock: Clock, **settings: Any) -> ConsistencyPolicy:
    return ConsistencyPolicy(sleep=clock.sleep, clock=clock.time, **settings)


@every_write
def test_a_visible_configuration_costs_one_look(service: ScriptedService, operation: str) -> None:
    stale_configuration(service)
    clock = Clock()
    with client_of(service, policy_of(clock)) as client:
        answer = WRITES[operation](client)
    assert answer.endpoint_arn.endswith(":endpoint/churn")
    assert service.operations() == ["DescribeEndpointConfig", operation]
    assert service.asked("DescribeEndpointConfig")[0].body == {"EndpointConfigName": "new"}
    assert service.asked(operation)[0].body == {
        "EndpointName": "churn",
        "EndpointConfigName": "new",
    }
    assert clock.naps == []


@every_write
@pytest.mark.parametrize(("describes", "writes"), [(2, 0), (0, 3), (2, 3)])
def test_it_waits_until_the_configuration_is_visible(
    service: ScriptedService, operation: str, describes: int, writes: int
) -> None:
    stale_configuration(service, describes=describes, writes=writes)
    clock = Clock()
    with client_of(service, policy_of(clock, attempts=20, total_time=600)) as client:
        answer = WRITES[operation](client)
    assert answer.endpoint_arn.endswith(":endpoint/churn")
    # described until it is seen, then written until the write sees it too
    last_unseen = service.operations().index(operation)
    assert service.operations()[:last_unseen] == ["DescribeEndpointConfig"] * (describes + 1)
    assert len(service.asked(operation)) == writes + 1
    assert len(clock.naps) == describes + writes


def test_a_request_sent_as_a_value_gets_the_same_care(service: ScriptedService) -> None:
    stale_configuration(service, describes=1, writes=1)
    clock = Clock()
    request = CreateEndpointRequest(endpoint_name="churn", endpoint_config_name="new")
    with client_of(service, policy_of(clock, attempts=20, total_time=600)) as client:
        assert client.send(request).endpoint_arn.endswith(":endpoint/churn")
    assert len(clock.naps) == 2


def test_no_policy_sends_exactly_one_request(service: ScriptedService) -> None:
    stale_configuration(service, writes=1)
    with client_of(service, None) as client, pytest.raises(ValidationException) as refused:
        WRITES["CreateEndpoint"](client)
    assert service.operations() == ["CreateEndpoint"]
    assert "Could not find endpoint configuration" in refused.value.message


@pytest.mark.parametrize(
    "fault",
    [
        Fault("ValidationException", 'Could not find endpoint "arn:aws:sagemaker:endpoint/churn".'),
        Fault("ValidationException", "1 validation error detected"),
        Fault("ResourceInUse", "Could not find endpoint configuration"),
        Fault("ResourceLimitExceeded", "The account-level service limit is 0 instances"),
        throttled(),
        Fault("InternalFailure", "Could not find endpoint configuration", 500),
    ],
    ids=lambda fault: fault.code,
)
@pytest.mark.parametrize("refuses", ["DescribeEndpointConfig", "CreateEndpoint"])
def test_nothing_else_is_retried(service: ScriptedService, refuses: str, fault: Fault) -> None:
    stale_configuration(service)
    service.script(refuses, fault)
    clock = Clock()
    with client_of(service, policy_of(clock)) as client, pytest.raises(ServiceError) as refused:
        WRITES["CreateEndpoint"](client)
    assert (refused.value.code, refused.value.message) == (fault.code, fault.message)
    assert refused.value.operation == refuses
    assert len(service.asked(refuses)) == 1
    assert clock.naps == []


def test_who_may_not_describe_may_create(service: ScriptedService) -> None:
    stale_configuration(service, writes=1)
    denied = Fault("AccessDeniedException", "User is not authorized to describe")
    service.script("DescribeEndpointConfig", denied)
    clock = Clock()
    with client_of(service, policy_of(clock)) as client:
        answer = WRITES["CreateEndpoint"](client)
    assert answer.endpoint_arn.endswith(":endpoint/churn")
    assert service.operations() == ["DescribeEndpointConfig", "CreateEndpoint", "CreateEndpoint"]


def test_who_may_not_create_is_told_at_once(service: ScriptedService) -> None:
    stale_configuration(service)
    service.script("CreateEndpoint", Fault("AccessDeniedException", "User is not authorized"))
    clock = Clock()
    with client_of(service, policy_of(clock)) as client, pytest.raises(AccessDeniedException):
        WRITES["CreateEndpoint"](client)
    assert service.operations() == ["DescribeEndpointConfig", "CreateEndpoint"]


@pytest.mark.parametrize("attempts", [1, 2, 5])
@pytest.mark.parametrize("stale", ["describes", "writes"])
def test_attempts_are_bounded(service: ScriptedService, stale: str, attempts: int) -> None:
    stale_configuration(service, **{stale: 1000})
    clock = Clock()
    policy = policy_of(clock, attempts=attempts, total_time=1e9)
    with client_of(service, policy) as client, pytest.raises(ValidationException) as refused:
        WRITES["CreateEndpoint"](client)
    asked_in_vain = "DescribeEndpointConfig" if stale == "describes" else "CreateEndpoint"
    assert len(service.asked(asked_in_vain)) <= attempts
    assert len(clock.naps) < attempts
    assert refused.value.code == "ValidationException"


@pytest.mark.parametrize("stale", ["describes", "writes"])
def test_total_time_is_bounded(service: ScriptedService, stale: str) -> None:
    stale_configuration(service, **{stale: 10_000})
    clock = Clock()
    policy = policy_of(clock, attempts=10_000, total_time=12.0, max_backoff=2.0)
    with client_of(service, policy) as client, pytest.raises(ValidationException):
        WRITES["CreateEndpoint"](client)
    assert clock.naps
    assert round(sum(clock.naps), 6) <= 12.0
    assert max(clock.naps) <= 2.0


def test_requests_that_take_time_count(service: ScriptedService) -> None:
    stale_configuration(service, describes=1000)
    clock = Clock(each=5.0)
    policy = policy_of(clock, attempts=1000, total_time=30.0)
    with client_of(service, policy) as client, pytest.raises(ValidationException):
        WRITES["CreateEndpoint"](client)
    assert len(service.asked()) <= 7


def test_the_last_error_is_the_service_s_own_and_says_what_was_tried(
    service: ScriptedService,
) -> None:
    stale_configuration(service, describes=1000)
    clock = Clock()
    policy = policy_of(clock, attempts=4, total_time=600)
    with client_of(service, policy) as client, pytest.raises(ValidationException) as refused:
        WRITES["CreateEndpoint"](client)
    error = refused.value
    assert "Could not find endpoint configuration" in error.message
    assert error.request_id == f"00000000-0000-0000-0000-{len(service.asked()):012d}"
    assert "endpoint-config/new" in str(error)
    assert len(service.asked("DescribeEndpointConfig")) == 4
    assert "DescribeEndpointConfig 4 times" in error.retry_summary
    assert f"{sum(clock.naps):.1f} s" in error.retry_summary


def test_the_backoff_is_jittered(service: ScriptedService) -> None:
    naps: list[tuple[float, ...]] = []
    for _ in range(3):
        stale_configuration(service, describes=6)
        clock = Clock()
        with client_of(service, policy_of(clock, attempts=20, total_time=600)) as client:
            WRITES["CreateEndpoint"](client)
        naps.append(tuple(clock.naps))
    assert len(set(naps)) > 1


def test_throttling_while_waiting_comes_up(service: ScriptedService) -> None:
    stale_configuration(service, describes=2)
    clock = Clock()
    service.script("CreateEndpoint", throttled())
    with client_of(service, policy_of(clock)) as client, pytest.raises(ThrottlingException):
        WRITES["CreateEndpoint"](client)
    assert len(service.asked("CreateEndpoint")) == 1


def test_updates_without_a_configuration_are_sent_as_they_are(service: ScriptedService) -> None:
    service.script("DeleteEndpoint", Body())
    with client_of(service, ConsistencyPolicy()) as client:
        client.delete_endpoint(endpoint_name="churn")
    assert service.operations() == ["DeleteEndpoint"]
