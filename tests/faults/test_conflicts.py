"""Requests that a resource refuses while another change of it is in progress."""

from __future__ import annotations

from typing import Any

import pytest

from sagemaker_typed import SageMakerClient, WaitPolicy, models
from sagemaker_typed.errors import ResourceInUse, ServiceError, ValidationException
from tests.clock import Clock
from tests.service import Body, Fault, ScriptedService

UPDATE = models.UpdateEndpointRequest(endpoint_name="churn", endpoint_config_name="new")
DOMAIN = models.UpdateDomainRequest(domain_id="d-1", app_network_access_type="VpcOnly")
STOP = models.DeleteNotebookInstanceRequest(notebook_instance_name="churn")
BUSY = Fault(
    "ValidationException",
    'Cannot update in-progress endpoint "arn:aws:sagemaker:eu-west-1:123456789012:endpoint/churn".',
)
CONFLICTS: list[tuple[Any, Fault, str, str, list[str]]] = [
    (UPDATE, BUSY, "DescribeEndpoint", "EndpointStatus", ["Updating", "InService"]),
    (
        DOMAIN,
        Fault("ResourceInUse", "Domain [d-1] is in Updating status."),
        "DescribeDomain",
        "Status",
        ["Updating", "InService"],
    ),
    (
        STOP,
        Fault(
            "ValidationException",
            "Status (Stopping) not in ([Stopped, Failed]). Unable to transition to (Deleting).",
        ),
        "DescribeNotebookInstance",
        "NotebookInstanceStatus",
        ["Stopping", "Stopped"],
    ),
]


def policy(clock: Clock, **times: float) -> WaitPolicy:
    return WaitPolicy(sleep=clock.sleep, clock=clock.time, **times)


every_conflict = pytest.mark.parametrize(
    ("change", "refusal", "describe", "member", "looks"),
    CONFLICTS,
    ids=[each[0].__operation__.name for each in CONFLICTS],
)


@every_conflict
def test_it_waits_for_the_end_and_sends_again(
    service: ScriptedService,
    client: SageMakerClient,
    change: Any,
    refusal: Fault,
    describe: str,
    member: str,
    looks: list[str],
) -> None:
    operation = change.__operation__.name
    service.script(operation, refusal, refusal, Body({"EndpointArn": "arn:aws:sagemaker:::e/c"}))
    service.script(describe, *[Body({member: look}) for look in looks])
    clock = Clock()
    client.send(change, on_conflict="wait", policy=policy(clock))
    assert service.operations().count(operation) == 3
    assert service.operations()[-1] == operation
    assert clock.naps


@every_conflict
def test_the_default_is_the_error_which_says_so(
    service: ScriptedService,
    client: SageMakerClient,
    change: Any,
    refusal: Fault,
    describe: str,
    member: str,
    looks: list[str],
) -> None:
    del describe, member, looks
    service.script(change.__operation__.name, refusal)
    with pytest.raises(ServiceError) as failed:
        client.send(change)
    assert 'on_conflict="wait"' in failed.value.retry_summary
    assert failed.value.message == refusal.message
    assert len(service.asked()) == 1
    if refusal.code == "ResourceInUse":
        assert isinstance(failed.value, ResourceInUse)


def test_a_change_that_failed_has_ended_too(
    service: ScriptedService, client: SageMakerClient
) -> None:
    service.script("UpdateEndpoint", BUSY, Body({"EndpointArn": "arn:aws:sagemaker:::e/c"}))
    looks = [{"EndpointStatus": "RollingBack"}, {"EndpointStatus": "UpdateRollbackFailed"}]
    service.script("DescribeEndpoint", *map(Body, looks))
    client.send(UPDATE, on_conflict="wait", policy=policy(Clock()))
    assert service.operations()[-1] == "UpdateEndpoint"


def test_the_timeout_ends_it_with_the_error_of_the_service(
    service: ScriptedService, client: SageMakerClient
) -> None:
    service.script("UpdateEndpoint", BUSY)
    service.script("DescribeEndpoint", Body({"EndpointStatus": "Updating"}))
    clock = Clock()
    with pytest.raises(ValidationException, match="in-progress"):
        client.send(UPDATE, on_conflict="wait", policy=policy(clock, timeout=100))
    assert clock.now - 1000 == pytest.approx(100)


def test_a_refusal_without_a_change_is_not_repeated_for_ever(
    service: ScriptedService, client: SageMakerClient
) -> None:
    service.script("UpdateEndpoint", BUSY)
    service.script("DescribeEndpoint", Body({"EndpointStatus": "InService"}))
    clock = Clock()
    with pytest.raises(ValidationException, match="in-progress"):
        client.send(UPDATE, on_conflict="wait", policy=policy(clock))
    assert 30 < clock.now - 1000 < 90


@pytest.mark.parametrize(
    "fault",
    [
        Fault("ValidationException", "Could not find endpoint"),
        Fault("ResourceInUse", "The domain has apps."),
        Fault(
            "ValidationException",
            "Status (InService) not in ([Stopped, Failed]). Unable to transition to (Updating).",
        ),
    ],
)
def test_any_other_error_is_final(
    service: ScriptedService, client: SageMakerClient, fault: Fault
) -> None:
    service.script("UpdateEndpoint", fault)
    with pytest.raises(ServiceError) as failed:
        client.send(UPDATE, on_conflict="wait", policy=policy(Clock()))
    assert len(service.asked()) == 1
    assert "on_conflict" not in failed.value.retry_summary


def test_a_misspelt_choice_is_an_error(client: SageMakerClient) -> None:
    with pytest.raises(ValueError, match="on_conflict is 'retry'"):
        client.send(UPDATE, on_conflict="retry")  # type: ignore[arg-type]
