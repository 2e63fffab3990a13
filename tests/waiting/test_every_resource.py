"""Every resource that shows a status can be waited for, whatever its statuses are called."""

from __future__ import annotations

from typing import Any

import pytest

from sagemaker_typed import SageMakerClient, WaitFailed, WaitPolicy, models
from sagemaker_typed.errors import ResourceNotFound
from sagemaker_typed.testing import Clock
from tests.service import Fault, ScriptedService, throttled
from tests.waiting.descriptions import arguments, descriptions
from tests.waiting.test_statuses import DATA

pytestmark = pytest.mark.pinned
ROWS = DATA["sagemaker"]
every_resource = pytest.mark.parametrize("operation", sorted(ROWS))
CASES = [(op, status) for op, row in ROWS.items() for status in row["success"]]
FAILURES = [(op, status) for op, row in ROWS.items() for status in row["failure"]]


def request_of(operation: str) -> Any:
    return getattr(models, f"{operation}Request").from_boto(arguments(operation))


def policy(clock: Clock) -> WaitPolicy:
    return WaitPolicy(sleep=clock.sleep, clock=clock.time)


@pytest.mark.parametrize(("operation", "status"), CASES)
def test_it_waits_until_the_resource_has_settled(
    operation: str, status: str, scripted: ScriptedService, typed: SageMakerClient
) -> None:
    row = ROWS[operation]
    under_way = [each for each in row["under_way"] if each != "RollingBack"]
    passed = ["NewNextYear", *under_way, status]
    scripted.script(operation, throttled(), *descriptions(operation, row["status"], passed))
    seen: list[Any] = []
    clock = Clock()
    last = typed.wait(request_of(operation), policy=policy(clock), on_status=seen.append)
    assert type(last) is getattr(models, f"{operation}Response")
    assert [change.status for change in seen] == passed
    assert seen[-1].description == last
    assert len(clock.naps) == len(passed)


@pytest.mark.parametrize(("operation", "status"), FAILURES)
def test_a_failure_is_an_error_with_what_was_seen(
    operation: str, status: str, scripted: ScriptedService, typed: SageMakerClient
) -> None:
    row = ROWS[operation]
    passed = [row["under_way"][0], status]
    scripted.script(operation, *descriptions(operation, row["status"], passed))
    with pytest.raises(WaitFailed) as failed:
        typed.wait(request_of(operation), policy=policy(Clock()))
    error = failed.value
    assert (error.status, [change.status for change in error.history]) == (status, passed)
    assert type(error.description) is getattr(models, f"{operation}Response")
    assert error.request == request_of(operation)


@every_resource
def test_what_never_existed_ends_the_wait(
    operation: str, scripted: ScriptedService, typed: SageMakerClient
) -> None:
    scripted.script(operation, Fault("ResourceNotFound", "no such thing"))
    clock = Clock()
    with pytest.raises(ResourceNotFound, match="no such thing"):
        typed.wait(request_of(operation), policy=policy(clock))
    assert 0 < sum(clock.naps) <= 60


@every_resource
def test_it_can_be_waited_for_until_it_is_gone(
    operation: str, scripted: ScriptedService, typed: SageMakerClient
) -> None:
    row = ROWS[operation]
    there = descriptions(operation, row["status"], [row["success"][0], row["under_way"][0]])
    scripted.script(operation, *there, Fault("ResourceNotFound", "no such thing"))
    last = typed.wait_gone(request_of(operation), policy=policy(Clock()))
    assert type(last) is getattr(models, f"{operation}Response")
