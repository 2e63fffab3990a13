"""Deploying in one call."""

from __future__ import annotations

import functools
import pickle
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from botocore.exceptions import ConnectionClosedError

from sagemaker_typed import (
    DeployConflict,
    DeployFailed,
    Deployment,
    SageMakerClient,
    WaitFailed,
    WaitInterrupted,
    WaitPolicy,
    WaitTimeout,
)
from sagemaker_typed.enums import EndpointStatus
from sagemaker_typed.errors import ResourceLimitExceeded
from sagemaker_typed.models import (
    ContainerDefinition,
    CreateEndpointConfigRequest,
    CreateModelRequest,
    ProductionVariant,
    ProductionVariantServerlessConfig,
    Tag,
)
from sagemaker_typed.testing import Clock
from tests.service import (
    Body,
    Cut,
    Fault,
    Lost,
    RecordedRequest,
    Reply,
    ScriptedService,
    configuration_not_found,
    endpoint_not_found,
    throttled,
)

IMAGE = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn:1"
ROLE = "arn:aws:iam::123456789012:role/sagemaker"
ARN = "arn:aws:sagemaker:eu-west-1:123456789012"
TAGS = [Tag(key="project", value="churn")]
ALL = ["Model churn", "EndpointConfig churn", "Endpoint churn"]


def model(name: str = "churn", image: str = IMAGE) -> CreateModelRequest:
    return CreateModelRequest(
        model_name=name,
        execution_role_arn=ROLE,
        primary_container=ContainerDefinition(image=image, model_data_url="s3://b/m.tar.gz"),
    )


def deploy(client: SageMakerClient, **arguments: Any) -> Deployment:
    clock = Clock()
    policy = WaitPolicy(sleep=clock.sleep, clock=clock.time)
    settings: dict[str, Any] = {"endpoint_name": "churn", "model": model(), "policy": policy}
    if "config" not in arguments and "serverless_config" not in arguments:
        settings["instance_type"] = "ml.m5.large"
    return client.deploy(**settings | arguments)


# --- against moto's server ----------------------------------------------------------------------


def test_one_call_and_it_serves(moto_client: SageMakerClient) -> None:
    done = deploy(moto_client, initial_instance_count=2, tags=TAGS)
    assert done.endpoint.endpoint_status is EndpointStatus.IN_SERVICE
    assert done.endpoint.endpoint_config_name == "churn"
    assert (list(done.created), done.taken_over) == (ALL, ())
    config = moto_client.describe_endpoint_config(endpoint_config_name="churn")
    variant = config.production_variants[0]
    assert (variant.model_name, variant.instance_type) == ("churn", "ml.m5.large")
    assert variant.initial_instance_count == 2
    (tag,) = list(moto_client.iter_tags(resource_arn=done.endpoint.endpoint_arn))
    assert (tag.key, tag.value) == ("project", "churn")


def test_running_it_again_takes_over_what_matches(moto_client: SageMakerClient) -> None:
    first = deploy(moto_client)
    again = deploy(moto_client)
    assert again.endpoint.endpoint_arn == first.endpoint.endpoint_arn
    assert again.created == ()
    assert list(again.taken_over) == ALL


@pytest.mark.parametrize("existing", [1, 2])
def test_after_a_crash_the_rest_is_done(moto_client: SageMakerClient, existing: int) -> None:
    moto_client.send(model())
    if existing == 2:
        moto_client.create_endpoint_config(
            endpoint_config_name="churn",
            production_variants=[
                ProductionVariant(
                    variant_name="AllTraffic",
                    model_name="churn",
                    instance_type="ml.m5.large",
                    initial_instance_count=1,
                )
            ],
        )
    done = deploy(moto_client)
    assert (list(done.taken_over), list(done.created)) == (ALL[:existing], ALL[existing:])


def test_what_exists_and_differs_is_shown_before_anything_is_created(
    moto_client: SageMakerClient,
) -> None:
    deploy(moto_client)
    wanted = [model("another"), model(image=IMAGE.replace(":1", ":2"))]
    variants = [
        ProductionVariant(
            variant_name="AllTraffic",
            model_name=name,
            instance_type="ml.m5.xlarge",
            initial_instance_count=1,
        )
        for name in ("churn",)
    ]
    config = CreateEndpointConfigRequest(endpoint_config_name="churn", production_variants=variants)
    with pytest.raises(DeployConflict) as conflict:
        deploy(moto_client, model=wanted, config=config)
    assert {
        name: [difference.path for difference in differences]
        for name, differences in conflict.value.differences.items()
    } == {
        "Model churn": ["PrimaryContainer.Image"],
        "EndpointConfig churn": ["ProductionVariants[0].InstanceType"],
    }
    assert "differs in: ProductionVariants[0].InstanceType" in str(conflict.value)
    assert IMAGE not in str(conflict.value) + repr(conflict.value)
    (image,) = conflict.value.differences["Model churn"]
    assert (image.wanted, image.exists) == (IMAGE.replace(":1", ":2"), IMAGE)
    assert [model.model_name for model in moto_client.iter_models()] == ["churn"]


def test_an_endpoint_with_another_configuration_is_a_conflict(moto_client: SageMakerClient) -> None:
    deploy(moto_client)
    variant = ProductionVariant(
        variant_name="main",
        model_name="churn",
        instance_type="ml.m5.large",
        initial_instance_count=1,
    )
    config = CreateEndpointConfigRequest(
        endpoint_config_name="churn-2", production_variants=[variant]
    )
    with pytest.raises(DeployConflict, match=r"differs in: EndpointConfigName") as conflict:
        deploy(moto_client, config=config)
    (difference,) = conflict.value.differences["Endpoint churn"]
    assert (difference.wanted, difference.exists) == ("churn-2", "churn")
    assert [each.endpoint_config_name for each in moto_client.iter_endpoint_configs()] == ["churn"]


def test_dictionaries_are_taken_as_by_every_method(moto_client: SageMakerClient) -> None:
    done = deploy(
        moto_client,
        serverless_config={"MemorySizeInMB": 2048, "MaxConcurrency": 5},
        tags=[{"Key": "project", "Value": "churn"}],
    )
    assert done.endpoint.production_variants
    (variant,) = done.endpoint.production_variants
    expected = ProductionVariantServerlessConfig(memory_size_in_mb=2048, max_concurrency=5)
    assert variant.current_serverless_config == expected
    assert list(moto_client.iter_tags(resource_arn=done.endpoint.endpoint_arn)) == TAGS


def test_serverless_and_several_models(moto_client: SageMakerClient) -> None:
    serverless = ProductionVariantServerlessConfig(memory_size_in_mb=2048, max_concurrency=5)
    done = deploy(moto_client, serverless_config=serverless)
    (variant,) = list(done.endpoint.production_variants or ())
    assert variant.current_serverless_config == serverless

    variants = [
        ProductionVariant(
            variant_name=name,
            model_name=name,
            instance_type="ml.m5.large",
            initial_instance_count=1,
            initial_variant_weight=0.5,
        )
        for name in ("a", "b")
    ]
    config = CreateEndpointConfigRequest(endpoint_config_name="both", production_variants=variants)
    both = deploy(moto_client, endpoint_name="ab", model=[model("a"), model("b")], config=config)
    assert list(both.created) == ["Model a", "Model b", "EndpointConfig both", "Endpoint ab"]


# --- failures ------------------------------------------------------------------------------------


class Account:
    """A service that has what was created and not deleted, and fails where it is told to."""

    def __init__(self, service: ScriptedService) -> None:
        self.has: dict[str, list[str]] = {"Model": [], "EndpointConfig": [], "Endpoint": []}
        self.statuses = ["Creating", "InService"]
        self._made: dict[str, dict[str, Any]] = {}
        self._service = service
        for kind in self.has:
            service.script(f"Create{kind}", self.create(kind))
            service.script(f"Delete{kind}", functools.partial(self._delete, kind))
            service.script(f"Describe{kind}", functools.partial(self._show, kind))

    def create(self, kind: str) -> Callable[[RecordedRequest], Reply]:
        return functools.partial(self._create, kind)

    def _create(self, kind: str, request: RecordedRequest) -> Reply:
        name = request.body[f"{kind}Name"]
        if name in self.has[kind]:
            return Fault("ValidationException", f"Cannot create already existing {kind} {name}")
        self.has[kind].append(name)
        self._made[kind] = request.body
        return Body({f"{kind}Arn": f"{ARN}:{kind.lower()}/{name}"})

    def _delete(self, kind: str, request: RecordedRequest) -> Reply:
        self.has[kind].remove(request.body[f"{kind}Name"])
        return Body()

    def _show(self, kind: str, request: RecordedRequest) -> Reply:
        if request.body[f"{kind}Name"] not in self.has[kind]:
            if kind == "Model":
                return Fault("ValidationException", 'Could not find model "churn".')
            unseen = {"EndpointConfig": configuration_not_found, "Endpoint": endpoint_not_found}
            return unseen[kind]
        shown = self._made[kind] | {f"{kind}Arn": f"{ARN}:{kind.lower()}/churn"}
        if kind == "Endpoint":
            status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
            shown |= {"EndpointStatus": status, "FailureReason": "no capacity"}
        return Body(shown)

    @property
    def is_empty(self) -> bool:
        return not any(self.has.values())


@pytest.fixture
def account(service: ScriptedService) -> Account:
    return Account(service)


LIMIT = Fault("ResourceLimitExceeded", "no more of them")


@pytest.mark.parametrize("step", range(3))
def test_a_step_that_fails_is_undone_in_reverse(
    account: Account, service: ScriptedService, client: SageMakerClient, step: int
) -> None:
    kind = ALL[step].split()[0]
    service.script(f"Create{kind}", LIMIT)
    with pytest.raises(DeployFailed) as failed:
        deploy(client)
    error = failed.value
    assert error.step == f"create {ALL[step]}"
    assert isinstance(error.__cause__, ResourceLimitExceeded)
    assert (list(error.created), list(error.undone)) == (ALL[:step], ALL[:step][::-1])
    assert error.left == {}
    assert account.is_empty
    deletions = [name for name in service.operations() if name.startswith("Delete")]
    assert deletions == [f"Delete{name.split()[0]}" for name in ALL[:step][::-1]]
    assert "no more of them" in str(error)
    assert pickle.loads(pickle.dumps(error)).undone == error.undone


def test_an_endpoint_that_fails_is_undone(account: Account, client: SageMakerClient) -> None:
    account.statuses = ["Creating", "Failed"]
    with pytest.raises(DeployFailed, match=r"wait for Endpoint churn.*no capacity") as failed:
        deploy(client)
    assert isinstance(failed.value.__cause__, WaitFailed)
    assert account.is_empty
    assert list(failed.value.undone) == ALL[::-1]


def test_an_endpoint_that_takes_too_long_is_undone(
    account: Account, client: SageMakerClient
) -> None:
    account.statuses = ["Creating"]
    with pytest.raises(DeployFailed) as failed:
        deploy(client, timeout=60)
    assert isinstance(failed.value.__cause__, WaitTimeout)
    assert account.is_empty


def test_unless_told_to_keep(account: Account, client: SageMakerClient) -> None:
    account.statuses = ["Failed"]
    with pytest.raises(DeployFailed, match="still there: Model churn") as failed:
        deploy(client, keep=True)
    assert list(failed.value.left) == ALL
    assert account.has == {"Model": ["churn"], "EndpointConfig": ["churn"], "Endpoint": ["churn"]}


def test_what_was_there_before_is_not_undone(
    account: Account, service: ScriptedService, client: SageMakerClient
) -> None:
    client.send(model())
    service.script("CreateEndpoint", LIMIT)
    with pytest.raises(DeployFailed) as failed:
        deploy(client)
    assert list(failed.value.undone) == ["EndpointConfig churn"]
    assert account.has["Model"] == ["churn"]


def test_what_cannot_be_deleted_is_left_with_what_it_uses(
    account: Account, service: ScriptedService, client: SageMakerClient
) -> None:
    account.statuses = ["Creating"]
    in_progress = Fault("ValidationException", "Cannot update in-progress endpoint")
    service.script("DeleteEndpoint", in_progress)
    with pytest.raises(DeployFailed) as failed:
        deploy(client, timeout=10)
    error = failed.value
    assert list(error.left) == ALL[::-1]
    assert "in-progress" in error.left["Endpoint churn"]
    assert error.left["Model churn"] == "in use by Endpoint churn"
    assert error.undone == ()
    assert service.asked("DeleteModel") == []


def test_undoing_is_patient(
    account: Account, service: ScriptedService, client: SageMakerClient
) -> None:
    service.script("CreateEndpoint", LIMIT)
    gone = Fault("ValidationException", 'Could not find endpoint configuration "churn".')
    service.script("DeleteEndpointConfig", throttled(), Cut(), gone)
    with pytest.raises(DeployFailed) as failed:
        deploy(client)
    assert failed.value.left == {}
    assert account.has["Model"] == []


def test_an_interrupted_wait_leaves_everything_and_running_again_takes_over(
    account: Account, client: SageMakerClient
) -> None:
    def interrupt(_: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(WaitInterrupted, match="left alone"):
        deploy(client, policy=WaitPolicy(sleep=interrupt))
    assert not account.is_empty
    done = deploy(client)
    assert list(done.taken_over) == ALL


def test_a_lost_answer_does_not_stop_it(
    account: Account, service: ScriptedService, client: SageMakerClient
) -> None:
    service.script("CreateModel", Lost(account.create("Model")), account.create("Model"))
    with pytest.raises(DeployFailed) as failed:
        deploy(client)
    assert isinstance(failed.value.__cause__, ConnectionClosedError)
    done = deploy(client)
    assert list(done.taken_over) == ["Model churn"]


def test_somebody_who_was_faster_is_noticed(
    account: Account, service: ScriptedService, client: SageMakerClient
) -> None:
    def sooner(image: str) -> Callable[[RecordedRequest], Reply]:
        def answer(request: RecordedRequest) -> Reply:
            create = account.create("Model")
            container = {"Image": image, "ModelDataUrl": "s3://b/m.tar.gz"}
            create(replace(request, body={**request.body, "PrimaryContainer": container}))
            return create(request)

        return answer

    service.script("CreateModel", sooner("another"))
    with pytest.raises(DeployConflict, match=r"PrimaryContainer\.Image"):
        deploy(client)
    account.has["Model"].clear()
    service.script("CreateModel", sooner(IMAGE))
    assert list(deploy(client).taken_over) == ["Model churn"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"instance_type": None}, "got none"),
        (
            {
                "serverless_config": ProductionVariantServerlessConfig(
                    memory_size_in_mb=2048, max_concurrency=1
                )
            }
            | {"instance_type": "ml.m5.large"},
            "got instance_type and serverless_config",
        ),
        ({"model": []}, "a single model, not 0"),
        ({"model": [model("a"), model("b")]}, "a single model, not 2"),
    ],
)
def test_what_is_not_clear_is_refused(
    service: ScriptedService, client: SageMakerClient, arguments: Any, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        deploy(client, **arguments)
    assert service.operations() == []
