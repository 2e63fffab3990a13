"""Replaces what is behind an endpoint."""

from __future__ import annotations

from typing import Any

import pytest

from sagemaker_typed import (
    DeployConflict,
    DeployFailed,
    Deployment,
    SageMakerClient,
    WaitFailed,
    WaitPolicy,
)
from sagemaker_typed.models import (
    ContainerDefinition,
    CreateEndpointConfigRequest,
    CreateInferenceComponentRequest,
    CreateModelRequest,
    DeploymentConfig,
    ProductionVariant,
    ProductionVariantServerlessConfig,
)
from tests.aio.faces import IS_ASYNC
from tests.clock import Clock
from tests.deploying.account import Account
from tests.service import Cut, Fault, ScriptedService

REGISTRY = "123456789012.dkr.ecr.eu-west-1.amazonaws.com"
CANARY = DeploymentConfig.from_boto(
    {
        "BlueGreenUpdatePolicy": {
            "TrafficRoutingConfiguration": {
                "Type": "CANARY",
                "CanarySize": {"Type": "INSTANCE_COUNT", "Value": 1},
                "WaitIntervalInSeconds": 300,
            }
        },
        "AutoRollbackConfiguration": {"Alarms": [{"AlarmName": "p99"}]},
    }
)


@pytest.fixture
def account(service: ScriptedService) -> Account:
    return Account(service)


def model(name: str = "churn", image: str = "churn:1") -> CreateModelRequest:
    return CreateModelRequest(
        model_name=name,
        execution_role_arn="arn:aws:iam::123456789012:role/sagemaker",
        primary_container=ContainerDefinition(image=f"{REGISTRY}/{image}"),
    )


def deploy(client: SageMakerClient, clock: Clock | None = None, **arguments: Any) -> Deployment:
    clock = clock or Clock()
    policy = WaitPolicy(sleep=clock.sleep, clock=clock.time, jitter=0)
    settings: dict[str, Any] = {"endpoint_name": "churn", "model": model(), "policy": policy}
    if not {"config", "serverless_config"} & arguments.keys():
        settings["instance_type"] = "ml.m5.large"
    return client.deploy(**{"replace": True, **settings, **arguments})


def served(account: Account) -> tuple[str, list[str]]:
    """Return the configuration of the endpoint, and the images behind it."""
    config = account.has["Endpoint"]["churn"]["EndpointConfigName"]
    variants = account.has["EndpointConfig"][config]["ProductionVariants"]
    models = [account.has["Model"][variant["ModelName"]] for variant in variants]
    images = [each["PrimaryContainer"]["Image"] for each in models]
    return config, [image.rpartition("/")[2] for image in images]


def test_the_first_call_creates(client: SageMakerClient, account: Account) -> None:
    done = deploy(client)
    assert [name.split()[0] for name in done.created] == ["Model", "EndpointConfig", "Endpoint"]
    assert done.created[0] == "Model churn"
    assert (done.replaced, done.kept, done.removed) == ((), (), ())
    assert served(account)[1] == ["churn:1"]


def test_asking_twice_changes_nothing(client: SageMakerClient, account: Account) -> None:
    first = deploy(client)
    count = len(account.log)
    again = deploy(client)
    assert len(account.log) == count
    assert (again.created, again.replaced, again.removed) == ((), (), ())
    assert set(again.taken_over) == set(first.created)


def test_a_new_model_is_put_beside_the_old_one(client: SageMakerClient, account: Account) -> None:
    first = deploy(client)
    config, _ = served(account)
    done = deploy(client, model=model(image="churn:2"), deployment_config=CANARY)
    assert done.replaced == ("Endpoint churn",)
    assert served(account)[1] == ["churn:2"]
    new, name = done.created
    assert new.startswith("Model churn-")
    assert name == f"EndpointConfig {served(account)[0]}" != f"EndpointConfig {config}"
    assert done.kept == (f"EndpointConfig {config}", "Model churn")
    assert set(first.created) <= set(account.names())
    (update,) = account.service.asked("UpdateEndpoint")
    assert update.body["DeploymentConfig"] == CANARY.to_boto()
    assert done.endpoint.endpoint_config_name == served(account)[0]

    again = deploy(client, model=model(image="churn:2"), deployment_config=CANARY)
    assert (again.created, again.replaced) == ((), ())


def test_the_old_configuration_is_removed_if_asked(
    client: SageMakerClient, account: Account
) -> None:
    deploy(client)
    config, _ = served(account)
    done = deploy(client, model=model(image="churn:2"), remove_old=True)
    assert set(done.removed) == {f"EndpointConfig {config}", "Model churn"}
    assert done.kept == ()
    assert len(account.names()) == 3


def test_what_others_use_is_kept(client: SageMakerClient, account: Account) -> None:
    deploy(client)
    config, _ = served(account)
    account.has["Endpoint"]["twin"] = {
        "EndpointName": "twin",
        "EndpointConfigName": config,
        "looks": ["InService"],
    }
    done = deploy(client, model=model(image="churn:2"), remove_old=True)
    assert set(done.kept) == {f"EndpointConfig {config}", "Model churn"}
    assert done.removed == ()


def test_an_endpoint_of_a_plain_deployment_is_replaced_and_taken_over(
    client: SageMakerClient, account: Account
) -> None:
    deploy(client, replace=False)
    same = deploy(client)
    assert (same.created, same.replaced) == ((), ())
    assert served(account)[0] == "churn"
    with pytest.raises(DeployConflict):
        deploy(client, replace=False, model=model(image="churn:2"))
    done = deploy(client, model=model(image="churn:2"), remove_old=True)
    assert set(done.removed) == {"EndpointConfig churn", "Model churn"}


@pytest.mark.usefixtures("account")
def test_a_setting_that_is_dropped_is_a_change(client: SageMakerClient) -> None:
    def config(**members: Any) -> CreateEndpointConfigRequest:
        return CreateEndpointConfigRequest.from_boto(
            {
                "EndpointConfigName": "churn",
                "ProductionVariants": [
                    {
                        "VariantName": "main",
                        "ModelName": "churn",
                        "InstanceType": "ml.m5.large",
                        "InitialInstanceCount": 1,
                    }
                ],
                **members,
            }
        )

    asynchronous = {"OutputConfig": {"S3OutputPath": "s3://b/out"}}
    deploy(client, replace=False, config=config(AsyncInferenceConfig=asynchronous))
    done = deploy(client, config=config())
    assert done.replaced == ("Endpoint churn",)
    back = deploy(client, config=config(AsyncInferenceConfig=asynchronous))
    assert back.replaced == ("Endpoint churn",)


def test_serverless_and_several_variants(client: SageMakerClient, account: Account) -> None:
    deploy(client)
    serverless = ProductionVariantServerlessConfig(memory_size_in_mb=2048, max_concurrency=5)
    assert deploy(client, serverless_config=serverless).replaced
    variants = [
        ProductionVariant(
            variant_name=name,
            model_name=name,
            instance_type="ml.m5.large",
            initial_instance_count=1,
        )
        for name in ("churn", "b")
    ]
    config = CreateEndpointConfigRequest(endpoint_config_name="both", production_variants=variants)
    models = [model(image="churn:2"), model("b", "b:1")]
    done = deploy(client, model=models, config=config)
    assert served(account)[1] == ["churn:2", "b:1"]
    assert served(account)[0].startswith("both-")
    assert done.replaced == ("Endpoint churn",)


def component(name: str, copies: int = 1, endpoint: str = "churn") -> Any:
    return CreateInferenceComponentRequest.from_boto(
        {
            "InferenceComponentName": name,
            "EndpointName": endpoint,
            "VariantName": "main",
            "Specification": {
                "ModelName": "churn",
                "ComputeResourceRequirements": {"MinMemoryRequiredInMb": 1024},
            },
            "RuntimeConfig": {"CopyCount": copies},
        }
    )


HOST = CreateEndpointConfigRequest.from_boto(
    {
        "EndpointConfigName": "host",
        "ExecutionRoleArn": "arn:aws:iam::123456789012:role/sagemaker",
        "ProductionVariants": [
            {"VariantName": "main", "InstanceType": "ml.g5.xlarge", "InitialInstanceCount": 1}
        ],
    }
)


def test_inference_components_are_created_updated_and_taken_over(
    client: SageMakerClient, account: Account
) -> None:
    first = deploy(client, config=HOST, inference_components=[component("a"), component("b")])
    assert first.created[-2:] == ("InferenceComponent a", "InferenceComponent b")
    wanted = [component("a"), component("b", copies=3)]
    done = deploy(client, config=HOST, inference_components=wanted)
    assert (done.created, done.replaced) == ((), ("InferenceComponent b",))
    assert "InferenceComponent a" in done.taken_over
    assert account.has["InferenceComponent"]["b"]["RuntimeConfig"] == {"CopyCount": 3}
    again = deploy(client, config=HOST, inference_components=wanted)
    assert (again.created, again.replaced) == ((), ())
    with pytest.raises(DeployConflict, match=r"RuntimeConfig\.CopyCount"):
        deploy(client, config=HOST, inference_components=[component("a", 2)], replace=False)

    renamed = deploy(
        client, model=model(image="churn:2"), config=HOST, inference_components=[component("a")]
    )
    assert renamed.replaced == ("InferenceComponent a",)
    specification = account.has["InferenceComponent"]["a"]["Specification"]
    assert specification["ModelName"] == renamed.created[0].removeprefix("Model ")


def test_a_component_that_fails_leaves_the_endpoint_that_was_replaced(
    client: SageMakerClient, account: Account
) -> None:
    deploy(client)
    fault = Fault("ResourceLimitExceeded", "no more")
    account.faults["CreateInferenceComponent a"] = fault
    with pytest.raises(DeployFailed, match="put InferenceComponent a") as failed:
        deploy(client, config=HOST, inference_components=[component("a")])
    assert set(failed.value.left.values()) == {"the endpoint may use it"}
    config = account.has["Endpoint"]["churn"]["EndpointConfigName"]
    assert config in account.has["EndpointConfig"]


def test_wrong_components(client: SageMakerClient) -> None:
    with pytest.raises(ValueError, match="names the endpoint 'other', expected 'churn'"):
        deploy(client, config=HOST, inference_components=[component("a", endpoint="other")])
    with pytest.raises(TypeError, match="has a dict"):
        deploy(client, config=HOST, inference_components=[{}])


# --- failures ------------------------------------------------------------------------------------


def test_a_rollback_undoes_what_was_created(client: SageMakerClient, account: Account) -> None:
    deploy(client)
    before = account.names(), served(account)
    account.updating = ["Updating", "RollingBack", "InService"]
    account.rolls_back = True
    with pytest.raises(DeployFailed, match="after a rollback") as failed:
        deploy(client, model=model(image="churn:2"))
    assert isinstance(failed.value.__cause__, WaitFailed)
    assert failed.value.step == "replace Endpoint churn"
    assert len(failed.value.undone) == 2
    assert failed.value.left == {}
    assert (account.names(), served(account)) == before


def test_a_rollback_that_nobody_saw(client: SageMakerClient, account: Account) -> None:
    deploy(client)
    account.updating = ["Updating", "InService"]
    account.rolls_back = True
    with pytest.raises(DeployFailed, match="EndpointConfigName") as failed:
        deploy(client, model=model(image="churn:2"))
    assert len(failed.value.undone) == 2


def test_a_failed_rollback_deletes_nothing(client: SageMakerClient, account: Account) -> None:
    deploy(client)
    account.updating = ["Updating", "RollingBack", "UpdateRollbackFailed"]
    account.rolls_back = True
    with pytest.raises(DeployFailed) as failed:
        deploy(client, model=model(image="churn:2"))
    assert set(failed.value.left.values()) == {"the endpoint may use it"}
    assert len(account.names()) == 5


def test_a_refused_update_is_undone_and_a_lost_one_is_not(
    client: SageMakerClient, account: Account, service: ScriptedService
) -> None:
    deploy(client)
    service.script("UpdateEndpoint", Fault("ResourceLimitExceeded", "no more"))
    with pytest.raises(DeployFailed) as failed:
        deploy(client, model=model(image="churn:2"))
    assert len(failed.value.undone) == 2
    service.script("UpdateEndpoint", Cut())
    with pytest.raises(DeployFailed) as failed:
        deploy(client, model=model(image="churn:2"))
    assert set(failed.value.left.values()) == {"the endpoint may use it"}
    service.script("UpdateEndpoint", account.reply)
    assert deploy(client, model=model(image="churn:2")).replaced == ("Endpoint churn",)


def test_an_update_by_somebody_else_is_waited_for(
    client: SageMakerClient, account: Account
) -> None:
    deploy(client)
    account.has["Endpoint"]["churn"]["looks"] = ["Updating"] * 3 + ["InService"]
    account.has["Endpoint"]["churn"]["pending"] = {"EndpointConfigName": "of-another"}
    assert deploy(client, model=model(image="churn:2")).replaced == ("Endpoint churn",)


def test_a_refused_deletion_of_the_old_is_no_failure(
    client: SageMakerClient, account: Account
) -> None:
    deploy(client)
    config, _ = served(account)
    account.faults["ListEndpoints"] = Fault("AccessDeniedException", "not you")
    done = deploy(client, model=model(image="churn:2"), remove_old=True)
    assert done.kept == (f"EndpointConfig {config}", "Model churn")
    assert done.replaced == ("Endpoint churn",)


@pytest.mark.skipif(IS_ASYNC, reason="the test stops the synchronous client after a request")
@pytest.mark.parametrize("requests", range(1, 30))
def test_it_can_be_killed_after_any_request_and_repeated(
    client: SageMakerClient, account: Account, requests: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    deploy(client)
    wanted = {"model": model(image="churn:2"), "remove_old": True}
    count = 0
    transmit = client._send_with_boto3

    def kill(request: Any) -> Any:
        nonlocal count
        count += 1
        response = transmit(request)
        if count >= requests:
            raise SystemExit
        return response

    with monkeypatch.context() as patch:
        patch.setattr(client, "_send_with_boto3", kill)
        try:
            deploy(client, **wanted)
        except SystemExit:
            pass
        else:
            assert count < requests
    done = deploy(client, **wanted)
    assert served(account)[1] == ["churn:2"]
    assert done.endpoint.endpoint_status == "InService"
    again = deploy(client, **wanted)
    assert (again.created, again.replaced, again.removed) == ((), (), ())
    updates = [change for change in account.log if change.startswith("UpdateEndpoint")]
    assert updates == ["UpdateEndpoint churn"]
    current = served(account)[0]
    configs = set(account.has["EndpointConfig"])
    assert configs == {current}


def test_wrong_arguments(client: SageMakerClient) -> None:
    with pytest.raises(ValueError, match="need replace=True"):
        deploy(client, replace=False, deployment_config=CANARY)
    with pytest.raises(ValueError, match="need replace=True"):
        deploy(client, replace=False, remove_old=True)
