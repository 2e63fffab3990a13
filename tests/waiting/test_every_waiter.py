"""The 13 waiters of the service model, over HTTP, held against botocore's own."""

from __future__ import annotations

import itertools
from collections.abc import Generator
from typing import Any

import boto3
import botocore.session
import pytest
from botocore import xform_name
from botocore.exceptions import WaiterError

from sagemaker_typed import SageMakerClient, WaitFailed, WaitPolicy, WaitTimeout, models
from sagemaker_typed.errors import ResourceNotFound, ServiceError, ThrottlingException
from sagemaker_typed.testing import Clock
from tests.conftest import ONE_TRY
from tests.service import Fault, ScriptedService, throttled
from tests.waiting.descriptions import arguments, description
from tests.waiting.test_statuses import DATA

pytestmark = pytest.mark.pinned
WAITERS: dict[str, dict[str, Any]] = (
    botocore.session.get_session()
    .get_component("data_loader")
    .load_service_model("sagemaker", "waiters-2")["waiters"]
)
every_waiter = pytest.mark.parametrize("name", sorted(WAITERS))
NOT_THERE = Fault("ValidationException", 'Could not find what was asked for "churn".')


@pytest.fixture(scope="module")
def raw(scripted: ScriptedService) -> Generator[Any]:
    client = boto3.client("sagemaker", endpoint_url=scripted.url, config=ONE_TRY)
    yield client
    client.close()


def operation_of(name: str) -> str:
    operation: str = WAITERS[name]["operation"]
    return operation


def shown(name: str, status: str) -> Any:
    row = DATA["sagemaker"][operation_of(name)]
    return description(operation_of(name), row["status"], status)


def accepted(name: str, state: str, matcher: str) -> list[str]:
    return [
        acceptor["expected"]
        for acceptor in WAITERS[name]["acceptors"]
        if (acceptor["state"], acceptor["matcher"]) == (state, matcher)
    ]


def response_of_success(name: str) -> Any:
    by_status = accepted(name, "success", "path")
    return shown(name, by_status[0]) if by_status else Fault(accepted(name, "success", "error")[0])


def wait(typed: SageMakerClient, name: str, clock: Clock, **passed: Any) -> Any:
    request = getattr(models, f"{operation_of(name)}Request").from_boto(
        arguments(operation_of(name))
    )
    members = {k: v for k, v in vars(request).items() if v is not None}
    method = getattr(typed, f"wait_{xform_name(name)}")
    policy = WaitPolicy(sleep=clock.sleep, clock=clock.time, timeout=3600)
    return method(**members, policy=policy, **passed)


def wait_with_boto3(raw: Any, name: str) -> None:
    config = {"Delay": 0, "MaxAttempts": 10}
    raw.get_waiter(xform_name(name)).wait(**arguments(operation_of(name)), WaiterConfig=config)


def test_there_is_a_method_for_each() -> None:
    methods = {method for method in dir(SageMakerClient) if method.startswith("wait_")}
    assert methods - {"wait_gone"} == {f"wait_{xform_name(name)}" for name in WAITERS}
    assert len(WAITERS) == 13


@every_waiter
def test_success(name: str, scripted: ScriptedService, typed: SageMakerClient, raw: Any) -> None:
    row = DATA["sagemaker"][operation_of(name)]
    statuses = [status for status in row["under_way"] if status != "RollingBack"]
    under_way = [shown(name, status) for status in statuses]
    script = [*under_way, shown(name, "NewNextYear"), response_of_success(name)]

    scripted.script(operation_of(name), *script)
    wait_with_boto3(raw, name)

    scripted.script(operation_of(name), *script)
    start = len(scripted.asked())
    clock = Clock()
    last = wait(typed, name, clock)
    assert type(last) is getattr(models, f"{operation_of(name)}Response")
    assert len(scripted.asked()) - start == len(script)
    assert len(clock.naps) == len(script) - 1


@every_waiter
def test_failure(name: str, scripted: ScriptedService, typed: SageMakerClient, raw: Any) -> None:
    row = DATA["sagemaker"][operation_of(name)]
    (status,) = accepted(name, "failure", "path")
    script = [shown(name, row["under_way"][0]), shown(name, status)]

    scripted.script(operation_of(name), *script)
    with pytest.raises(WaiterError, match="terminal failure state"):
        wait_with_boto3(raw, name)

    scripted.script(operation_of(name), *script)
    with pytest.raises(WaitFailed) as failed:
        wait(typed, name, Clock())
    assert failed.value.status == status
    assert [change.status for change in failed.value.history] == [row["under_way"][0], status]


@every_waiter
def test_timeout(name: str, scripted: ScriptedService, typed: SageMakerClient, raw: Any) -> None:
    under_way = DATA["sagemaker"][operation_of(name)]["under_way"][0]
    scripted.script(operation_of(name), shown(name, under_way))
    with pytest.raises(WaiterError, match="Max attempts exceeded"):
        wait_with_boto3(raw, name)
    clock = Clock()
    with pytest.raises(WaitTimeout, match=under_way) as late:
        wait(typed, name, clock, timeout=100, poll=10)
    assert sum(clock.naps) == pytest.approx(100)
    assert max(clock.naps) <= 10
    assert late.value.description.to_boto() != {}


@every_waiter
def test_throttled(name: str, scripted: ScriptedService, typed: SageMakerClient) -> None:
    under_way = DATA["sagemaker"][operation_of(name)]["under_way"][0]
    scripted.script(
        operation_of(name),
        *[throttled()] * 12,
        shown(name, under_way),
        *[throttled()] * 12,
        response_of_success(name),
    )
    assert wait(typed, name, Clock()) is not None


@every_waiter
def test_throttled_for_good(name: str, scripted: ScriptedService, typed: SageMakerClient) -> None:
    scripted.script(operation_of(name), throttled())
    with pytest.raises(WaitTimeout, match="never seen") as late:
        wait(typed, name, Clock())
    assert isinstance(late.value.__cause__, ThrottlingException)


@every_waiter
def test_not_visible_yet(name: str, scripted: ScriptedService, typed: SageMakerClient) -> None:
    under_way = DATA["sagemaker"][operation_of(name)]["under_way"][0]
    script = [NOT_THERE, NOT_THERE, shown(name, under_way), response_of_success(name)]
    scripted.script(operation_of(name), *script)
    if name.endswith("Deleted"):  # the wait is for a missing resource
        assert wait(typed, name, Clock()) is None
    else:
        assert wait(typed, name, Clock()) is not None


@pytest.mark.parametrize("name", sorted(n for n in WAITERS if not n.endswith("Deleted")))
@pytest.mark.parametrize(
    "answer", [NOT_THERE, Fault("ResourceNotFound", "Could not find it.")], ids=lambda f: f.code
)
def test_a_resource_that_does_not_exist(
    name: str, answer: Fault, scripted: ScriptedService, typed: SageMakerClient
) -> None:
    scripted.script(operation_of(name), answer)
    clock = Clock()
    with pytest.raises(ResourceNotFound, match="Could not find") as missing:
        wait(typed, name, clock)
    assert missing.value.code == answer.code
    assert missing.value.operation == operation_of(name)
    assert 0 < sum(clock.naps) < 60


@every_waiter
def test_a_refusal_of_another_kind_comes_up_at_once(
    name: str, scripted: ScriptedService, typed: SageMakerClient
) -> None:
    scripted.script(operation_of(name), Fault("AccessDeniedException", "not for you"))
    clock = Clock()
    with pytest.raises(ServiceError, match="not for you"):
        wait(typed, name, clock)
    assert clock.naps == []


@every_waiter
def test_its_own_times_are_the_service_model_s(
    name: str, scripted: ScriptedService, typed: SageMakerClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    monkeypatch.setattr("time.monotonic", clock.time)
    monkeypatch.setattr(WaitPolicy, "__init__", _with(clock, WaitPolicy.__init__))
    under_way = DATA["sagemaker"][operation_of(name)]["under_way"][0]
    scripted.script(operation_of(name), shown(name, under_way))
    request = arguments(operation_of(name))
    members = getattr(models, f"{operation_of(name)}Request").from_boto(request)
    passed = {k: v for k, v in vars(members).items() if v is not None}
    with pytest.raises(WaitTimeout):
        getattr(typed, f"wait_{xform_name(name)}")(**passed)
    about = WAITERS[name]
    assert sum(clock.naps) == pytest.approx(about["delay"] * about["maxAttempts"])
    assert max(itertools.chain(clock.naps)) <= about["delay"]


def _with(clock: Clock, init: Any) -> Any:
    def init_with_clock(self: WaitPolicy, **passed: Any) -> None:
        init(self, **{"sleep": clock.sleep, "clock": clock.time} | passed)

    return init_with_clock
