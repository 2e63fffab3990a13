"""A wait tells what became of a change: applied, rolled back, or not visible yet."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from sagemaker_typed import SageMakerClient, WaitFailed, WaitPolicy, models
from sagemaker_typed.testing import Clock
from tests.service import Body, ScriptedService
from tests.waiting.descriptions import descriptions
from tests.waiting.test_every_resource import request_of
from tests.waiting.test_statuses import DATA

ENDPOINT = models.DescribeEndpointRequest(endpoint_name="churn")
UPDATE = models.UpdateEndpointRequest(endpoint_name="churn", endpoint_config_name="new")
ROLLED_BACK = [
    (operation, under_way, status)
    for operation, row in DATA["sagemaker"].items()
    for under_way in row["under_way"]
    if under_way == "RollingBack"
    for status in row["success"]
]


def policy(clock: Clock) -> WaitPolicy:
    return WaitPolicy(sleep=clock.sleep, clock=clock.time, poll=10, jitter=0)


def endpoint(status: str, config: str = "old", reason: str | None = None) -> Body:
    shown: dict[str, object] = {
        "EndpointName": "churn",
        "EndpointStatus": status,
        "EndpointConfigName": config,
    }
    return Body(shown | ({"FailureReason": reason} if reason else {}))


def test_some_resources_roll_back() -> None:
    assert {operation for operation, _, _ in ROLLED_BACK} == {"DescribeEndpoint", "DescribeCluster"}


@pytest.mark.pinned
@pytest.mark.parametrize(("operation", "under_way", "status"), ROLLED_BACK)
def test_a_rollback_that_was_seen_fails_the_wait(
    operation: str, under_way: str, status: str, scripted: ScriptedService, typed: SageMakerClient
) -> None:
    path = DATA["sagemaker"][operation]["status"]
    scripted.script(operation, *descriptions(operation, path, ["Updating", under_way, status]))
    with pytest.raises(WaitFailed, match=f"{status}, after a rollback") as failed:
        typed.wait(request_of(operation), policy=policy(Clock()))
    assert failed.value.rolled_back
    assert failed.value.status == status
    assert type(failed.value.description) is getattr(models, f"{operation}Response")


def test_the_reason_is_the_one_that_was_shown_meanwhile(
    service: ScriptedService, client: SageMakerClient
) -> None:
    service.script(
        "DescribeEndpoint",
        endpoint("Updating"),
        endpoint("RollingBack", reason="alarm p99 went off"),
        endpoint("InService"),
    )
    with pytest.raises(WaitFailed, match="alarm p99 went off") as failed:
        client.wait_endpoint_in_service(endpoint_name="churn", policy=policy(Clock()))
    assert failed.value.failure_reason == "alarm p99 went off"
    copy = pickle.loads(pickle.dumps(failed.value))
    assert (copy.rolled_back, str(copy)) == (True, str(failed.value))


def test_a_wait_for_the_rollback_or_for_the_end_of_the_resource_does_not_fail(
    service: ScriptedService, client: SageMakerClient
) -> None:
    service.script("DescribeEndpoint", endpoint("Updating"), endpoint("RollingBack"))
    last = client.wait(ENDPOINT, until="RollingBack", policy=policy(Clock()))
    assert last.endpoint_status == "RollingBack"
    gone = Body({"__type": "ValidationException", "message": "Could not find endpoint"}, 400)
    service.script("DescribeEndpoint", endpoint("RollingBack"), endpoint("Deleting"), gone)
    client.wait_gone(ENDPOINT, policy=policy(Clock()))


def test_a_rollback_that_nobody_saw(service: ScriptedService, client: SageMakerClient) -> None:
    clock = Clock()
    service.script("DescribeEndpoint", endpoint("Updating"), endpoint("InService", reason="full"))
    with pytest.raises(
        WaitFailed, match="does not show the update of EndpointConfigName"
    ) as failed:
        client.wait(ENDPOINT, after=UPDATE, policy=policy(clock))
    (difference,) = failed.value.differences
    assert (difference.wanted, difference.exists) == ("new", "old")
    assert failed.value.failure_reason == "full"
    assert not failed.value.rolled_back
    assert 30 <= clock.now - 1000 <= 45  # a stale description has this long to change
    copy = pickle.loads(pickle.dumps(failed.value))
    assert copy.differences == failed.value.differences


def test_a_stale_first_look_is_not_the_end(
    service: ScriptedService, client: SageMakerClient
) -> None:
    looks = [
        *[endpoint("InService")] * 3,
        endpoint("Updating"),
        endpoint("InService"),  # stale again
        endpoint("InService", "new"),
    ]
    service.script("DescribeEndpoint", *looks)
    last = client.wait(ENDPOINT, after=UPDATE, policy=policy(Clock()))
    assert last.endpoint_config_name == "new"
    assert len(service.asked("DescribeEndpoint")) == len(looks)


@pytest.mark.parametrize("waiter", [True, False])
def test_the_client_remembers_its_own_updates(
    waiter: bool, service: ScriptedService, client: SageMakerClient
) -> None:
    service.script("UpdateEndpoint", Body({"EndpointArn": "arn:aws:sagemaker:::endpoint/churn"}))
    looks = [*[endpoint("InService")] * 2, endpoint("Updating"), endpoint("InService", "new")]
    service.script("DescribeEndpoint", *looks)
    client.send(UPDATE)
    if waiter:
        client.wait_endpoint_in_service(endpoint_name="churn", policy=policy(Clock()))
    else:
        client.wait(ENDPOINT, policy=policy(Clock()))
    assert len(service.asked("DescribeEndpoint")) == 4
    # the next wait is not about the update
    service.script("DescribeEndpoint", endpoint("InService"))
    client.wait(ENDPOINT, policy=policy(Clock()))
    assert len(service.asked("DescribeEndpoint")) == 5


def test_the_grace_for_a_stale_look_is_short(
    service: ScriptedService, client: SageMakerClient
) -> None:
    clock = Clock()
    service.script("UpdateEndpoint", Body({"EndpointArn": "arn:aws:sagemaker:::endpoint/churn"}))
    service.script("DescribeEndpoint", endpoint("InService", "of-somebody-else"))
    client.send(UPDATE)
    last = client.wait(ENDPOINT, policy=policy(clock))
    assert last.endpoint_config_name == "of-somebody-else"
    assert 30 <= clock.now - 1000 <= 45


def test_a_wait_for_a_status_under_way_ends_at_once(
    service: ScriptedService, client: SageMakerClient
) -> None:
    service.script("DescribeEndpoint", endpoint("Updating"))
    last = client.wait(ENDPOINT, until="Updating", after=UPDATE, policy=policy(Clock()))
    assert last.endpoint_status == "Updating"


def test_an_update_of_something_else_is_refused(client: SageMakerClient) -> None:
    other = models.UpdateEndpointRequest(endpoint_name="other", endpoint_config_name="new")
    with pytest.raises(ValueError, match="after is UpdateEndpointRequest"):
        client.wait(ENDPOINT, after=other)


UPDATES: list[tuple[Any, dict[str, Any], dict[str, Any], str]] = [
    (
        models.UpdateEndpointWeightsAndCapacitiesRequest.from_boto(
            {
                "EndpointName": "churn",
                "DesiredWeightsAndCapacities": [{"VariantName": "b", "DesiredInstanceCount": 3}],
            }
        ),
        {
            "EndpointStatus": "InService",
            "ProductionVariants": [
                {"VariantName": "a", "DesiredInstanceCount": 1},
                {"VariantName": "b", "DesiredInstanceCount": 3},
            ],
        },
        {"ProductionVariants": [{"VariantName": "b", "DesiredInstanceCount": 1}]},
        "DesiredWeightsAndCapacities[0].DesiredInstanceCount",
    ),
    (
        models.UpdateInferenceComponentRequest.from_boto(
            {
                "InferenceComponentName": "churn",
                "RuntimeConfig": {"CopyCount": 2},
                "Specification": {"Container": {"Image": "image:2"}},
            }
        ),
        {
            "InferenceComponentStatus": "InService",
            "RuntimeConfig": {"DesiredCopyCount": 2, "CurrentCopyCount": 1},
            "Specification": {"Container": {"DeployedImage": {"SpecifiedImage": "image:2"}}},
        },
        {"RuntimeConfig": {"DesiredCopyCount": 1, "CurrentCopyCount": 1}},
        "RuntimeConfig.CopyCount",
    ),
    (
        models.UpdateInferenceComponentRuntimeConfigRequest.from_boto(
            {"InferenceComponentName": "churn", "DesiredRuntimeConfig": {"CopyCount": 2}}
        ),
        {"InferenceComponentStatus": "InService", "RuntimeConfig": {"DesiredCopyCount": 2}},
        {"RuntimeConfig": {"DesiredCopyCount": 1}},
        "DesiredRuntimeConfig.CopyCount",
    ),
    (
        models.UpdateNotebookInstanceRequest.from_boto(
            {
                "NotebookInstanceName": "churn",
                "InstanceType": "ml.t3.large",
                "LifecycleConfigName": "start",
            }
        ),
        {
            "NotebookInstanceStatus": "Stopped",
            "InstanceType": "ml.t3.large",
            "NotebookInstanceLifecycleConfigName": "start",
        },
        {"NotebookInstanceLifecycleConfigName": "other"},
        "LifecycleConfigName",
    ),
    (
        models.UpdateDomainRequest.from_boto(
            {
                "DomainId": "d-1",
                "DomainSettingsForUpdate": {"ExecutionRoleIdentityConfig": "DISABLED"},
            }
        ),
        {"Status": "InService", "DomainSettings": {"ExecutionRoleIdentityConfig": "DISABLED"}},
        {"DomainSettings": {"ExecutionRoleIdentityConfig": "USER_PROFILE_NAME"}},
        "DomainSettingsForUpdate.ExecutionRoleIdentityConfig",
    ),
]


@pytest.mark.parametrize(
    ("update", "applied", "old", "path"), UPDATES, ids=lambda each: type(each).__name__
)
def test_an_update_is_compared_with_the_members_that_show_its_effect(
    update: Any,
    applied: dict[str, Any],
    old: dict[str, Any],
    path: str,
    service: ScriptedService,
    client: SageMakerClient,
) -> None:
    operation = update.__operation__.name
    describe: Any = {
        "UpdateEndpointWeightsAndCapacities": ENDPOINT,
        "UpdateNotebookInstance": models.DescribeNotebookInstanceRequest(
            notebook_instance_name="churn"
        ),
        "UpdateDomain": models.DescribeDomainRequest(domain_id="d-1"),
    }.get(operation) or models.DescribeInferenceComponentRequest(inference_component_name="churn")
    name = describe.__operation__.name
    identity = describe.to_boto()
    service.script(name, Body({**identity, **applied, **old}), Body({**identity, **applied}))
    client.wait(describe, after=update, policy=policy(Clock()))
    assert len(service.asked(name)) == 2
    service.script(name, Body({**identity, **applied, **old}))
    with pytest.raises(WaitFailed) as failed:
        client.wait(describe, after=update, policy=policy(Clock()))
    assert path in map(str, failed.value.differences)
