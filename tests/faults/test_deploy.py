"""Deployments that fail: nothing is deleted under a living endpoint, and nothing is forgotten."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any

import pytest

from sagemaker_typed import DeployConflict, DeployFailed, SageMakerClient, WaitPolicy
from sagemaker_typed.models import ContainerDefinition, CreateModelRequest
from sagemaker_typed.testing import Clock
from tests.deploying.test_deploy import ALL, IMAGE, Account, deploy
from tests.faults import sides
from tests.service import (
    Body,
    Cut,
    Fault,
    Lost,
    Raw,
    RecordedRequest,
    Reply,
    ScriptedService,
    throttled,
)

PAGE = Raw(b"<html>", 200, "text/html")
MODEL, CONFIG, ENDPOINT = ALL
DENIED = Fault("AccessDeniedException", "no")


@pytest.fixture
def account(service: ScriptedService) -> Account:
    return Account(service)


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _: None)


def kind_of(name: str) -> str:
    return name.split(maxsplit=1)[0]


@pytest.mark.parametrize("is_done", [True, False])
@pytest.mark.parametrize("step", ALL)
def test_a_step_whose_responses_are_all_lost(
    account: Account, service: ScriptedService, client: SageMakerClient, step: str, is_done: bool
) -> None:
    kind = kind_of(step)
    work = account.create(kind)
    service.script(f"Create{kind}", Lost(work) if is_done else Cut())
    with pytest.raises(DeployFailed) as failed:
        deploy(client)
    error = failed.value
    before = ALL[: ALL.index(step)]
    if is_done:
        assert list(error.may_exist) == [step]
        assert dict(error.left) == dict.fromkeys(reversed(before), f"in use by {step}")
        assert [name for name in ALL if account.has[kind_of(name)]] == [*before, step]
        assert f"may exist: {step}" in str(error)
    else:
        assert (error.left, error.may_exist) == ({}, {})
        assert account.is_empty


def test_a_resource_that_becomes_visible_late_is_seen_before_anything_is_deleted(
    account: Account, service: ScriptedService, client: SageMakerClient
) -> None:
    unseen = Fault("ValidationException", 'Could not find endpoint "churn".')
    shown = Body({"EndpointName": "churn", "EndpointStatus": "InService"})
    service.script("CreateEndpoint", Cut())
    service.script("DescribeEndpoint", unseen, unseen, unseen, shown)
    with pytest.raises(DeployFailed) as failed:
        deploy(client)
    assert list(failed.value.may_exist) == [ENDPOINT]
    assert account.has["EndpointConfig"] == account.has["Model"] == ["churn"]


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize("problem", [DENIED, PAGE, Cut()], ids=["denied", "page", "cut"])
def test_a_resource_that_cannot_be_described_may_exist(
    service: ScriptedService, client: SageMakerClient, problem: Reply
) -> None:
    unseen = Fault("ValidationException", 'Could not find endpoint "churn".')
    service.script("CreateEndpoint", Cut())
    service.script("DescribeEndpoint", unseen, problem)
    with pytest.raises(DeployFailed) as failed:
        deploy(client)
    assert list(failed.value.may_exist) == [ENDPOINT]
    assert list(failed.value.left) == [CONFIG, MODEL]


@pytest.mark.parametrize("wraps", [False, True])
def test_the_resource_of_another_program_is_never_deleted(
    account: Account, service: ScriptedService, wraps: bool
) -> None:
    def another_is_faster(request: RecordedRequest) -> Reply:
        account.create("Model")(request)
        return throttled()

    service.script("CreateModel", another_is_faster, account.create("Model"))
    service.script("CreateEndpoint", Fault("ResourceLimitExceeded", "no more of them"))
    client = sides.from_boto3(service) if wraps else sides.ours(service)
    with pytest.raises(DeployFailed) as failed:
        deploy(client)
    assert account.has == {"Model": ["churn"], "EndpointConfig": [], "Endpoint": []}
    assert (list(failed.value.created), list(failed.value.undone)) == ([CONFIG], [CONFIG])
    client.boto3.close()


@pytest.mark.parametrize("problem", [PAGE, Cut(), throttled()], ids=["page", "cut", "throttled"])
def test_an_endpoint_whose_status_is_unknown_is_left_alone(
    account: Account, service: ScriptedService, client: SageMakerClient, problem: Reply
) -> None:
    unseen = Fault("ValidationException", 'Could not find endpoint "churn".')
    creating = Body({"EndpointName": "churn", "EndpointStatus": "Creating"})
    service.script("DescribeEndpoint", unseen, creating, problem)
    with pytest.raises(DeployFailed, match="the status of the endpoint is unknown") as failed:
        deploy(client, timeout=600)
    assert list(failed.value.left) == ALL
    assert failed.value.undone == ()
    assert not account.is_empty


@pytest.mark.usefixtures("account")
def test_one_unreadable_response_changes_nothing(
    service: ScriptedService, client: SageMakerClient
) -> None:
    unseen = Fault("ValidationException", 'Could not find endpoint "churn".')
    in_service = Body({"EndpointName": "churn", "EndpointStatus": "InService"})
    service.script("DescribeEndpoint", unseen, PAGE, in_service)
    assert list(deploy(client).created) == ALL


def test_a_conflict_midway_names_what_is_still_there(
    account: Account, service: ScriptedService, client: SageMakerClient
) -> None:
    def another_is_faster(request: RecordedRequest) -> Reply:
        create = account.create("EndpointConfig")
        variants = [{**request.body["ProductionVariants"][0], "InitialInstanceCount": 9}]
        create(replace(request, body={**request.body, "ProductionVariants": variants}))
        return create(request)

    service.script("CreateEndpointConfig", another_is_faster)
    service.script("DeleteModel", DENIED)
    with pytest.raises(DeployConflict, match="InitialInstanceCount") as conflict:
        deploy(client)
    notes = getattr(conflict.value, "__notes__", None)  # Python 3.11
    assert notes is None or "still there: Model churn (AccessDenied" in notes[0]


@pytest.mark.usefixtures("account")
def test_no_text_shows_a_value(client: SageMakerClient) -> None:
    def secret(value: str) -> CreateModelRequest:
        container = ContainerDefinition(
            image=IMAGE,
            environment={"PASSWORD": value},
        )
        return CreateModelRequest(model_name="churn", primary_container=container)

    client.send(secret("hunter1"))
    with pytest.raises(DeployConflict) as conflict:
        deploy(client, model=secret("hunter2"))
    text = f"{conflict.value} {conflict.value!r} {conflict.value.args}"
    assert "PrimaryContainer.Environment['PASSWORD']" in text
    assert "hunter" not in text


WRONG: dict[str, tuple[dict[str, Any], type[Exception], str]] = {
    "timeout below zero": ({"timeout": -1}, ValueError, "timeout is -1"),
    "timeout that is no number": ({"timeout": float("nan")}, ValueError, "timeout is nan"),
    "poll below zero": ({"poll": -1}, ValueError, "poll is -1"),
    "callback": ({"on_status": "print"}, TypeError, "on_status is a str, expected a callable"),
    "a dict as model": ({"model": {"ModelName": "m"}}, TypeError, "model has a dict, expected a"),
    "a name as model": ({"model": "churn"}, TypeError, "model has a str, expected a Create"),
    "names as models": ({"model": ["churn"]}, TypeError, "model has a str, expected a Create"),
    "a name as config": ({"config": "churn"}, TypeError, "config is a str, expected a Create"),
    "endpoint name": ({"endpoint_name": "not a name!"}, ValueError, "EndpointName"),
    "instance count": ({"initial_instance_count": -1}, ValueError, "InitialInstanceCount"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_argument_is_refused_before_anything_is_sent(
    service: ScriptedService, client: SageMakerClient, name: str
) -> None:
    arguments, kind, text = WRONG[name]
    with pytest.raises(kind, match=text):
        deploy(client, **arguments)
    assert service.operations() == []


def test_progress_without_rich_is_refused_before_anything_is_sent(
    service: ScriptedService, client: SageMakerClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "sagemaker_typed.core.operations.progress", raising=False)
    monkeypatch.setitem(sys.modules, "rich.console", None)
    policy = WaitPolicy(sleep=Clock().sleep)
    with pytest.raises(ImportError, match=r"sagemaker-typed\[progress\]"):
        deploy(client, progress=True, policy=policy)
    with pytest.raises(ImportError, match=r"sagemaker-typed\[progress\]"):
        client.wait_endpoint_in_service(endpoint_name="churn", progress=True, policy=policy)
    assert service.operations() == []
