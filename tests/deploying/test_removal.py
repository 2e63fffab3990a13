"""Deletes a deployment, and leaves resources that others use."""

from __future__ import annotations

from typing import Any

import pytest

from sagemaker_typed import Removal, SageMakerClient, WaitPolicy
from sagemaker_typed.errors import ResourceNotFound
from tests.aio.faces import IS_ASYNC
from tests.clock import Clock
from tests.deploying.account import Account
from tests.service import Fault, ScriptedService


@pytest.fixture
def account(service: ScriptedService) -> Account:
    return Account(service)


def add(account: Account, kind: str, name: str, **members: Any) -> None:
    account.has[kind][name] = {f"{kind}Name": name, **members, "looks": ["InService"]}


def variant(model: str | None) -> dict[str, Any]:
    return {"VariantName": "main", **({"ModelName": model} if model else {})}


def deployed(account: Account, name: str = "churn", model: str = "churn") -> None:
    add(account, "Model", model)
    add(account, "EndpointConfig", name, ProductionVariants=[variant(model)])
    add(account, "Endpoint", name, EndpointConfigName=name)


def delete(client: SageMakerClient, clock: Clock | None = None, **options: Any) -> Removal:
    clock = clock or Clock()
    policy = WaitPolicy(sleep=clock.sleep, clock=clock.time, jitter=0)
    return client.delete_deployment("churn", policy=policy, **options)


ALL = ["Endpoint churn", "EndpointConfig churn", "Model churn"]


def test_users_go_before_what_they_use(client: SageMakerClient, account: Account) -> None:
    deployed(account)
    deployed(account, "other", "another")
    done = delete(client)
    assert list(done.deleted) == ALL
    assert done.left == {}
    assert account.log == [
        *("DeleteEndpoint churn", "DeleteEndpointConfig churn"),
        "DeleteModel churn",
    ]
    assert account.names() == ["Model another", "EndpointConfig other", "Endpoint other"]


def test_the_configuration_goes_after_the_endpoint_is_gone(
    client: SageMakerClient, account: Account, service: ScriptedService
) -> None:
    deployed(account)
    delete(client)
    operations = service.operations()
    last_look = len(operations) - 1 - operations[::-1].index("DescribeEndpoint")
    assert operations.index("DeleteEndpointConfig") > last_look


def test_a_dry_run_deletes_nothing(client: SageMakerClient, account: Account) -> None:
    deployed(account)
    done = delete(client, dry_run=True)
    assert (list(done.deleted), done.dry_run) == (ALL, True)
    assert account.log == []


def test_what_others_use_is_left(client: SageMakerClient, account: Account) -> None:
    deployed(account)
    add(account, "Model", "shared")
    variants = [variant("churn"), {**variant("shared"), "VariantName": "b"}]
    account.has["EndpointConfig"]["churn"]["ProductionVariants"] = variants
    add(account, "EndpointConfig", "spare", ProductionVariants=[variant("shared")])
    done = delete(client)
    assert list(done.deleted) == ALL
    assert done.left == {"Model shared": "in use by EndpointConfig spare"}
    assert "Model shared" in account.names()


def test_a_configuration_of_two_endpoints_is_left_with_its_models(
    client: SageMakerClient, account: Account
) -> None:
    deployed(account)
    add(account, "Endpoint", "twin", EndpointConfigName="churn")
    done = delete(client)
    assert list(done.deleted) == ["Endpoint churn"]
    assert done.left == {
        "EndpointConfig churn": "in use by Endpoint twin",
        "Model churn": "in use by EndpointConfig churn",
    }


def test_inference_components_go_first(client: SageMakerClient, account: Account) -> None:
    deployed(account)
    account.has["EndpointConfig"]["churn"]["ProductionVariants"] = [variant(None)]
    specification = {"ModelName": "churn"}
    for name, endpoint in (("a", "churn"), ("b", "other")):
        add(
            account,
            "InferenceComponent",
            name,
            EndpointName=endpoint,
            Specification=specification,
        )
    done = delete(client)
    assert list(done.deleted) == ["InferenceComponent a", "Endpoint churn", "EndpointConfig churn"]
    assert done.left == {"Model churn": "in use by InferenceComponent b"}


def test_a_change_in_progress_is_waited_for(
    client: SageMakerClient, account: Account, service: ScriptedService
) -> None:
    deployed(account)
    account.has["Endpoint"]["churn"]["looks"] = ["Updating"] * 3 + ["InService"]
    refusal = Fault("ValidationException", 'Cannot update in-progress endpoint "arn:aws:churn".')
    service.script("DeleteEndpoint", refusal, account.reply)
    assert list(delete(client).deleted) == ALL


def test_what_cannot_be_deleted_keeps_what_it_uses(
    client: SageMakerClient, account: Account
) -> None:
    deployed(account)
    account.faults["DeleteEndpoint churn"] = Fault("AccessDeniedException", "not you")
    done = delete(client)
    assert done.deleted == ()
    assert done.left == {
        "Endpoint churn": "AccessDeniedException: not you",
        "EndpointConfig churn": "in use by Endpoint churn",
        "Model churn": "in use by Endpoint churn",
    }
    assert len(account.names()) == 3


def test_without_permission_to_find_users_only_the_endpoint_goes(
    client: SageMakerClient, account: Account
) -> None:
    deployed(account)
    account.faults["ListEndpoints"] = Fault("AccessDeniedException", "no ListEndpoints")
    done = delete(client)
    assert list(done.deleted) == ["Endpoint churn"]
    assert set(done.left) == set(ALL[1:])
    assert "no ListEndpoints" in done.left["Model churn"]


@pytest.mark.skipif(IS_ASYNC, reason="the test stops the synchronous client after a request")
def test_it_can_be_interrupted_and_repeated(
    client: SageMakerClient, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    deployed(account)
    send = client.send

    def interrupt(request: Any) -> Any:
        response = send(request)
        if account.log:
            raise KeyboardInterrupt
        return response

    with monkeypatch.context() as patch:
        patch.setattr(client, "send", interrupt)
        with pytest.raises(KeyboardInterrupt):
            delete(client)
    account.has["Endpoint"].clear()
    assert list(delete(client).deleted) == ALL[1:]
    assert account.names() == []


def test_a_misspelt_name_is_an_error(client: SageMakerClient, account: Account) -> None:
    deployed(account, "chrun")
    with pytest.raises(ResourceNotFound, match="Could not find endpoint"):
        delete(client)
    assert account.log == []
