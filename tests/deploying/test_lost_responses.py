"""Create calls whose responses were lost: the existing resource decides the result."""

from __future__ import annotations

import json
import pickle
import time
from collections.abc import Generator
from contextlib import contextmanager
from random import Random
from threading import Event
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectionClosedError, HTTPClientError

from sagemaker_typed import ConsistencyPolicy, SageMakerClient, models
from sagemaker_typed.errors import ResourceInUse, ServiceError, ValidationException
from sagemaker_typed.models import ContainerDefinition, CreateModelRequest
from sagemaker_typed.testing import Clock
from tests.service import Body, Cut, Fault, Lost, RecordedRequest, ScriptedService, throttled
from tests.shapes.service_values import Values, service_model

ARN = "arn:aws:sagemaker:eu-west-1:123456789012:model/churn"
IMAGE = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn:1"
ROLE = "arn:aws:iam::123456789012:role/sagemaker"
TAKEN = Fault("ValidationException", f'Cannot create already existing model "{ARN}".')
CREATED = Body({"ModelArn": ARN})
REQUEST = CreateModelRequest(
    model_name="churn",
    execution_role_arn=ROLE,
    primary_container=ContainerDefinition(
        image=IMAGE, model_data_url="s3://b/m.tar.gz", environment={"LEVEL": "1"}
    ),
    enable_network_isolation=False,
)


def described(age: float = 0.0, **container: Any) -> Body:
    """Describe the model, created ``age`` seconds ago."""
    there = {
        "Image": IMAGE,
        "Mode": "SingleModel",
        "ModelDataUrl": "s3://b/m.tar.gz",
        "Environment": {"LEVEL": "1", "ADDED": "by the service"},
    }
    return Body(
        {
            "ModelName": "churn",
            "ModelArn": ARN,
            "ExecutionRoleArn": ROLE,
            "CreationTime": time.time() - age,
            "PrimaryContainer": there | container,
        }
    )


@contextmanager
def repeating(service: ScriptedService, **settings: Any) -> Generator[SageMakerClient]:
    """A client that asks again by itself, as boto3 does unless it is told not to."""
    config = Config(retries={"total_max_attempts": 3, "mode": "standard"}, read_timeout=5)
    client = SageMakerClient(
        endpoint_url=service.url, config=config, **{"consistency": None} | settings
    )
    yield client
    client.boto3.close()


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _: None)


def test_boto3_asked_again_and_what_exists_is_ours(service: ScriptedService) -> None:
    service.script("CreateModel", Lost(CREATED), TAKEN)
    service.script("DescribeModel", described())
    with repeating(service) as client:
        answer = client.send(REQUEST)
    assert answer.model_arn == ARN
    assert answer.response_metadata.http_status_code == 200
    assert service.operations() == ["CreateModel", "CreateModel", "DescribeModel"]
    assert service.asked("DescribeModel")[0].body == {"ModelName": "churn"}


def test_boto3_asked_again_and_what_exists_is_not_ours(service: ScriptedService) -> None:
    service.script("CreateModel", Lost(CREATED), TAKEN)
    service.script("DescribeModel", described(Image="churn:2", Environment={"LEVEL": "9"}))
    with repeating(service) as client, pytest.raises(ValidationException) as refused:
        client.send(REQUEST)
    error = refused.value
    assert error.operation == "CreateModel"
    assert {d.path: (d.wanted, d.exists) for d in error.differences} == {
        "PrimaryContainer.Image": (IMAGE, "churn:2"),
        "PrimaryContainer.Environment['LEVEL']": ("1", "9"),
    }
    assert "differs in: PrimaryContainer.Image, PrimaryContainer" in error.retry_summary
    assert "churn:2" not in error.retry_summary + repr(error.differences)
    assert pickle.loads(pickle.dumps(error)).differences == error.differences


@pytest.mark.parametrize(
    "lost", [Lost(CREATED), Cut(), Fault("InternalFailure", "", 500)], ids=["lost", "cut", "500"]
)
def test_the_program_asks_again(
    service: ScriptedService, client: SageMakerClient, lost: Any
) -> None:
    service.script("CreateModel", lost, TAKEN)
    service.script("DescribeModel", described())
    with pytest.raises((ConnectionClosedError, ClientError)):
        client.send(REQUEST)
    assert client.send(REQUEST).model_arn == ARN
    # the third call gets the service's error
    with pytest.raises(ValidationException, match="already existing"):
        client.send(REQUEST)


def test_a_slow_answer_is_lost_too(service: ScriptedService) -> None:
    config = Config(retries={"total_max_attempts": 1}, read_timeout=0.2)
    client = SageMakerClient(endpoint_url=service.url, config=config, consistency=None)

    given_up = Event()

    def slow(_: RecordedRequest) -> Body:
        given_up.wait(30)
        return CREATED

    service.script("CreateModel", slow, TAKEN)
    service.script("DescribeModel", described())
    with pytest.raises(HTTPClientError, match="Read timeout"):
        client.send(REQUEST)
    given_up.set()
    assert client.send(REQUEST).model_arn == ARN
    client.boto3.close()


def test_a_name_that_was_taken_all_along(service: ScriptedService, client: SageMakerClient) -> None:
    service.script("CreateModel", TAKEN)
    with pytest.raises(ValidationException) as refused:
        client.send(REQUEST)
    assert refused.value.differences == ()
    assert service.operations() == ["CreateModel"]


def test_a_throttled_attempt_was_no_lost_answer(
    service: ScriptedService, client: SageMakerClient
) -> None:
    service.script("CreateModel", throttled(), TAKEN)
    with pytest.raises(ServiceError, match="Rate"):
        client.send(REQUEST)
    with pytest.raises(ValidationException, match="already existing"):
        client.send(REQUEST)
    assert service.asked("DescribeModel") == []


def test_a_lost_answer_of_another_name_does_not_count(
    service: ScriptedService, client: SageMakerClient
) -> None:
    service.script("CreateModel", Lost(CREATED), TAKEN)
    with pytest.raises(ConnectionClosedError):
        client.send(REQUEST)
    with pytest.raises(ValidationException):
        client.create_model(model_name="another", execution_role_arn=ROLE)
    assert service.asked("DescribeModel") == []


def test_what_exists_may_not_be_visible_yet(service: ScriptedService) -> None:
    service.script("CreateModel", Lost(CREATED), TAKEN)
    unseen = Fault("ValidationException", 'Could not find model "churn".')
    service.script("DescribeModel", unseen, unseen, described())
    clock = Clock()
    policy = ConsistencyPolicy(sleep=clock.sleep, clock=clock.time)
    with repeating(service, consistency=policy) as client:
        assert client.send(REQUEST).model_arn == ARN
    assert len(clock.naps) == 2


def test_who_may_not_describe_is_told_so(service: ScriptedService) -> None:
    service.script("CreateModel", Lost(CREATED), TAKEN)
    service.script("DescribeModel", Fault("AccessDeniedException", "no"))
    with (
        repeating(service) as client,
        pytest.raises(ValidationException) as refused,
    ):
        client.send(REQUEST)
    assert "DescribeModel failed with AccessDenied" in refused.value.retry_summary


def test_secrets_are_not_shown(service: ScriptedService) -> None:
    service.script("CreateWorkforce", Lost(Body()), Fault("ResourceInUse", "taken"))
    oidc = {
        "ClientId": "churn",
        "Issuer": "https://a.b/c",
        "AuthorizationEndpoint": "https://a.b/c",
        "TokenEndpoint": "https://a.b/c",
        "UserInfoEndpoint": "https://a.b/c",
        "LogoutEndpoint": "https://a.b/c",
        "JwksUri": "https://a.b/c",
    }
    there = {"WorkforceName": "w", "WorkforceArn": "arn:w", "OidcConfig": oidc | {"ClientId": "x"}}
    service.script("DescribeWorkforce", Body({"Workforce": there}))
    config = models.OidcConfig.from_boto(oidc | {"ClientSecret": "hunter2"})
    with repeating(service) as client, pytest.raises(ResourceInUse) as refused:
        client.create_workforce(workforce_name="w", oidc_config=config)
    assert [d.path for d in refused.value.differences] == ["OidcConfig.ClientId"]
    assert "hunter2" not in str(refused.value) + refused.value.retry_summary


def test_updates_and_deletions_are_left_alone(
    service: ScriptedService, client: SageMakerClient
) -> None:
    service.script("DeleteModel", Lost(Body()), Fault("ValidationException", "already existing"))
    with pytest.raises(ConnectionClosedError):
        client.delete_model(model_name="churn")
    with pytest.raises(ValidationException):
        client.delete_model(model_name="churn")
    assert service.operations() == ["DeleteModel", "DeleteModel"]


# --- every creation that has a description ------------------------------------------------------

# Members with another name in the description, or inside a structure of it.
RENAMED = {
    "CreateEndpoint": {"DeploymentConfig": "LastDeploymentConfig"},
    "CreateInferenceExperiment": {"EndpointName": "EndpointMetadata"},
    "CreateNotebookInstance": {
        "SecurityGroupIds": "SecurityGroups",
        "LifecycleConfigName": "NotebookInstanceLifecycleConfigName",
    },
}
WRAPPED = {
    "CreateTrainingSession": "TrainingSessionDetail",
    "CreateWorkforce": "Workforce",
    "CreateWorkteam": "Workteam",
}


def creations() -> list[str]:
    """Return every CreateX with a DescribeX that needs only arguments of CreateX."""
    model = service_model()
    names = []
    for name in sorted(model.operation_names):
        describe = f"Describe{name.removeprefix('Create')}"
        if not name.startswith("Create") or describe not in model.operation_names:
            continue
        needs: Any = model.operation_model(describe).input_shape
        if set(needs.required_members) <= set(wanted(name)):
            names.append(name)
    return names


def wire(value: Any) -> Any:
    text = json.dumps(value, default=lambda moment: moment.timestamp())
    return json.loads(text)


def wanted(name: str) -> dict[str, Any]:
    shape: Any = service_model().operation_model(name).input_shape
    return Values(Random(name)).structure(shape, fill=0.7)


def shown(name: str, params: dict[str, Any]) -> dict[str, Any]:
    """Return a description that agrees with the request, and has all that the response needs."""
    model = service_model()
    output: Any = model.operation_model(f"Describe{name.removeprefix('Create')}").output_shape
    answer: Any = model.operation_model(name).output_shape
    part = WRAPPED.get(name)
    inner: Any = output.members[part] if part else output
    body: dict[str, Any] = {}
    for member, value in params.items():
        place = RENAMED.get(name, {}).get(member, member)
        if place in inner.members:
            body[place] = {member: value} if place == "EndpointMetadata" else value
    for member in answer.members if answer else ():
        place = "Arn" if name == "CreateInferenceExperiment" else member
        body.setdefault(place, f"shown-{member}")
    description: dict[str, Any] = wire({part: body} if part else body)
    return description


@pytest.mark.pinned
@pytest.mark.pinned
def test_there_are_many() -> None:
    assert len(creations()) == 58


@pytest.mark.pinned
@pytest.mark.parametrize("name", creations())
@pytest.mark.pinned
def test_every_create_request_is_reconciled(service: ScriptedService, name: str) -> None:
    params = wanted(name)
    request = getattr(models, f"{name}Request").from_boto(params)
    describe = f"Describe{name.removeprefix('Create')}"
    taken = Fault("ResourceInUse", "the name is taken")
    service.script(name, Lost(Body()), taken)
    service.script(describe, Body(shown(name, params)))
    with repeating(service, rules=None) as client:
        answer = client.send(request)
    assert service.operations() == [name, name, describe]
    output: Any = service_model().operation_model(name).output_shape
    expected = {f"shown-{member}" for member in output.members} if output else set()
    arns = set() if answer is None else set(answer.to_boto().values())
    assert expected - arns <= {f"shown-{member}" for member in params}


@pytest.mark.pinned
@pytest.mark.parametrize("name", creations())
@pytest.mark.pinned
def test_what_differs_is_named(service: ScriptedService, name: str) -> None:
    params = wanted(name)
    describe = f"Describe{name.removeprefix('Create')}"
    there = shown(name, params)
    inner = there.get(WRAPPED.get(name, ""), there)
    output: Any = service_model().operation_model(describe).output_shape
    inside = output.members[WRAPPED[name]] if name in WRAPPED else output
    member = next(
        member
        for member, value in inner.items()
        if member in params and inside.members[member].type_name == "string" and value
    )
    inner[member] = "another"
    service.script(name, Lost(Body()), Fault("ResourceInUse", "the name is taken"))
    service.script(describe, Body(there))
    request = getattr(models, f"{name}Request").from_boto(params)
    with repeating(service, rules=None) as client, pytest.raises(ResourceInUse) as refused:
        client.send(request)
    assert [(d.path, d.wanted, d.exists) for d in refused.value.differences] == [
        (member, params[member], "another")
    ]
