"""Operations that name a resource or a role that was created a moment before.

The messages are those that the service is known to send, as infrastructure tools match them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from sagemaker_typed import ConsistencyPolicy, SageMakerClient, WaitPolicy, models
from sagemaker_typed.errors import ServiceError
from sagemaker_typed.testing import Clock
from tests.conftest import ONE_TRY
from tests.service import Body, Fault, RecordedRequest, ScriptedService

ARN = "arn:aws:sagemaker:eu-west-1:123456789012"
ROLE = "arn:aws:iam::123456789012:role/new"


def no(kind: str, name: str = "new", words: str | None = None) -> Fault:
    words = words or kind.replace("-", " ")
    return Fault("ValidationException", f'Could not find {words} "{ARN}:{kind}/{name}".')


def request(operation: str, **members: object) -> Any:
    return getattr(models, f"{operation}Request").from_boto(members)


ENDPOINT_CONFIG = request(
    "CreateEndpointConfig",
    EndpointConfigName="churn",
    ProductionVariants=[
        {
            "VariantName": "main",
            "ModelName": "new",
            "InstanceType": "ml.m5.large",
            "InitialInstanceCount": 1,
        }
    ],
)
TRANSFORM = request(
    "CreateTransformJob",
    TransformJobName="churn",
    ModelName="new",
    TransformInput={"DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": "s3://b"}}},
    TransformOutput={"S3OutputPath": "s3://b/out"},
    TransformResources={"InstanceType": "ml.m5.large", "InstanceCount": 1},
)
COMPONENT = request(
    "CreateInferenceComponent",
    InferenceComponentName="churn",
    EndpointName="new",
    VariantName="main",
    Specification={
        "ModelName": "new",
        "ComputeResourceRequirements": {"MinMemoryRequiredInMb": 1024},
    },
    RuntimeConfig={"CopyCount": 1},
)
SCHEDULE = request(
    "CreateMonitoringSchedule",
    MonitoringScheduleName="churn",
    MonitoringScheduleConfig={
        "MonitoringJobDefinitionName": "new",
        "MonitoringType": "DataQuality",
    },
)
UPDATE_COMPONENT = request(
    "UpdateInferenceComponent",
    InferenceComponentName="churn",
    Specification={
        "ModelName": "new",
        "ComputeResourceRequirements": {"MinMemoryRequiredInMb": 1024},
    },
)
MODEL = request(
    "CreateModel",
    ModelName="churn",
    ExecutionRoleArn=ROLE,
    PrimaryContainer={"ModelPackageName": f"{ARN}:model-package/churn/1"},
)
FEATURE_GROUP = request(
    "CreateFeatureGroup",
    FeatureGroupName="churn",
    RecordIdentifierFeatureName="id",
    EventTimeFeatureName="at",
    FeatureDefinitions=[
        {"FeatureName": "id", "FeatureType": "String"},
        {"FeatureName": "at", "FeatureType": "Fractional"},
    ],
    RoleArn=ROLE,
    OnlineStoreConfig={"EnableOnlineStore": True},
)
PROCESSING = request(
    "CreateProcessingJob",
    ProcessingJobName="churn",
    RoleArn=ROLE,
    AppSpecification={"ImageUri": "image"},
    ProcessingResources={
        "ClusterConfig": {
            "InstanceCount": 1,
            "InstanceType": "ml.m5.large",
            "VolumeSizeInGB": 10,
        }
    },
)
COULD_NOT_ASSUME = Fault(
    "ValidationException",
    f"Could not assume role {ROLE}. Please ensure that the role exists and allows principal"
    " 'sagemaker.amazonaws.com' to assume the role.",
)
ROLE_IS_INVALID = Fault(
    "ValidationException",
    f'The execution role ARN "{ROLE}" is invalid. Please ensure that the role exists and that its'
    ' trust relationship policy allows the action "sts:AssumeRole" for the service principal'
    ' "sagemaker.amazonaws.com".',
)
FEATURE_ROLE = Fault("ValidationException", "The execution role ARN is invalid.")

UNSEEN = [
    (ENDPOINT_CONFIG, no("model")),
    (TRANSFORM, no("model")),
    (COMPONENT, no("model")),
    (COMPONENT, no("endpoint")),
    (UPDATE_COMPONENT, no("model")),
    (SCHEDULE, Fault("ResourceNotFound", "Monitoring job definition new does not exist.")),
    (MODEL, Fault("ValidationException", "Model package does not exist.")),
]
ROLES = [(PROCESSING, COULD_NOT_ASSUME), (MODEL, ROLE_IS_INVALID), (FEATURE_GROUP, FEATURE_ROLE)]
FINAL = [
    (UPDATE_COMPONENT, no("inference-component", "churn")),
    (PROCESSING, Fault("ValidationException", "The S3 bucket does not exist.")),
    (MODEL, Fault("ValidationException", "Could not find model data at s3://b/m.tar.gz.")),
    (TRANSFORM, Fault("ResourceLimitExceeded", "no more model jobs")),
    (
        PROCESSING,
        Fault("AccessDeniedException", f"not authorized to perform iam:PassRole on {ROLE}"),
    ),
]


@contextmanager
def client_of(service: ScriptedService, policy: ConsistencyPolicy | None) -> Iterator[Any]:
    with SageMakerClient(
        endpoint_url=service.url, config=ONE_TRY, consistency=policy, rules=None
    ) as client:
        yield client


def policy_of(clock: Clock, **settings: Any) -> ConsistencyPolicy:
    return ConsistencyPolicy(sleep=clock.sleep, clock=clock.time, **settings)


def done(create: Any) -> Body:
    response = create.__operation__.response
    members = getattr(models, response).__members__.values()
    return Body({member.documented: f"{ARN}:x/churn" for member in members})


def ids(case: Any) -> str:
    return case.code if isinstance(case, Fault) else case.__operation__.name


@pytest.mark.parametrize(("create", "fault"), [*UNSEEN, *ROLES], ids=ids)
def test_it_is_sent_again_until_it_is_visible(
    service: ScriptedService, create: Any, fault: Fault
) -> None:
    clock = Clock()
    operation = create.__operation__.name
    service.script(operation, fault, fault, done(create))
    with client_of(service, policy_of(clock)) as client:
        client.send(create)
    assert service.operations() == [operation] * 3  # nothing is described
    assert len(clock.naps) == 2


@pytest.mark.parametrize(("create", "fault"), [*UNSEEN[:1], *ROLES[:1]], ids=ids)
def test_the_last_error_tells_what_was_tried(
    service: ScriptedService, create: Any, fault: Fault
) -> None:
    operation = create.__operation__.name
    service.script(operation, fault)
    clock = Clock(each=0.25)
    with (
        client_of(service, policy_of(clock, attempts=4)) as client,
        pytest.raises(ServiceError) as failed,
    ):
        client.send(create)
    assert len(service.asked()) == 4
    assert f"{operation} 4 times" in failed.value.retry_summary
    kind = "a role" if fault is COULD_NOT_ASSUME else "a resource"
    assert f"{kind} that is not visible yet" in failed.value.retry_summary
    assert failed.value.message == fault.message


def test_the_time_is_limited_too(service: ScriptedService) -> None:
    service.script("CreateTransformJob", no("model"))
    clock = Clock()
    with client_of(service, policy_of(clock, total_time=7)) as client, pytest.raises(ServiceError):
        client.send(TRANSFORM)
    assert sum(clock.naps) == pytest.approx(7)


@pytest.mark.parametrize(("create", "fault"), FINAL, ids=ids)
def test_any_other_error_is_final(service: ScriptedService, create: Any, fault: Fault) -> None:
    service.script(create.__operation__.name, fault)
    clock = Clock()
    with client_of(service, policy_of(clock)) as client, pytest.raises(ServiceError) as failed:
        client.send(create)
    assert len(service.asked()) == 1
    assert clock.naps == []
    assert failed.value.retry_summary == ""


@pytest.mark.parametrize(("create", "fault"), [*UNSEEN[:1], *ROLES[:1]], ids=ids)
def test_none_turns_it_off(service: ScriptedService, create: Any, fault: Fault) -> None:
    service.script(create.__operation__.name, fault)
    with client_of(service, None) as client, pytest.raises(ServiceError):
        client.send(create)
    assert len(service.asked()) == 1


def test_the_part_about_roles_can_be_turned_off_alone(service: ScriptedService) -> None:
    service.script("CreateProcessingJob", COULD_NOT_ASSUME)
    service.script("CreateTransformJob", no("model"), done(TRANSFORM))
    with client_of(service, policy_of(Clock(), roles=False)) as client:
        client.send(TRANSFORM)
        with pytest.raises(ServiceError, match="Could not assume role"):
            client.send(PROCESSING)
    assert service.operations() == ["CreateTransformJob"] * 2 + ["CreateProcessingJob"]


def test_calls_by_name_wait_too(service: ScriptedService) -> None:
    service.script("CreateTransformJob", no("model"), done(TRANSFORM))
    with client_of(service, policy_of(Clock())) as client:
        client.call("CreateTransformJob", TRANSFORM.to_boto())
    assert len(service.asked()) == 2


def test_a_deployment_waits_and_deletes_nothing(service: ScriptedService) -> None:
    created: list[str] = []

    def create(request: RecordedRequest) -> Body:
        created.append(request.operation)
        return Body({"ModelArn": "a", "EndpointConfigArn": "a", "EndpointArn": "a"})

    def describe(request: RecordedRequest) -> Any:
        kind = request.operation.removeprefix("Describe")
        if f"Create{kind}" not in created:
            return no(kind, words={"EndpointConfig": "endpoint configuration"}.get(kind))
        return Body({**request.body, "EndpointStatus": "InService", "EndpointConfigName": "churn"})

    for kind in ("Model", "EndpointConfig", "Endpoint"):
        service.script(f"Describe{kind}", describe)
    service.script("CreateModel", ROLE_IS_INVALID, create)
    service.script("CreateEndpointConfig", no("model", "churn"), no("model", "churn"), create)
    service.script("CreateEndpoint", create)
    clock = Clock()
    with client_of(service, policy_of(clock)) as client:
        done = client.deploy(
            endpoint_name="churn",
            model=MODEL,
            instance_type="ml.m5.large",
            policy=WaitPolicy(sleep=clock.sleep, clock=clock.time),
        )
    assert len(done.created) == 3
    assert created == ["CreateModel", "CreateEndpointConfig", "CreateEndpoint"]
