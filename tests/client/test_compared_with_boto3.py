"""Tests the README's statements about boto3 and this package by running both."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError, ParamValidationError
from pydantic import ValidationError

from sagemaker_typed import ConsistencyPolicy, SageMakerClient
from sagemaker_typed.errors import ServiceError
from tests.service import Body, Raw, ScriptedService, stale_configuration

VARIANT = {
    "VariantName": "main",
    "ModelName": "churn",
    "InitialInstanceCount": 1,
    "InstanceType": "ml.m5.large",
}


def arguments(**changed: Any) -> dict[str, Any]:
    return {
        "EndpointConfigName": "churn",
        "ProductionVariants": [{**VARIANT, **changed.pop("variant", {})}],
        **changed,
    }


REFUSED_BY_BOTH = {
    "unknown member": arguments(variant={"InstanceKind": "ml.m5.large"}),
    "missing member": {"EndpointConfigName": "churn"},
    "wrong type": arguments(variant={"InitialInstanceCount": "two"}),
    "too few items": arguments(ProductionVariants=[]),
}
SENT_BY_BOTO3 = {
    "unlisted value": arguments(variant={"InstanceType": "ml.m5.larg"}),
    "too long": arguments(EndpointConfigName="c" * 64),
    "pattern": arguments(EndpointConfigName="not a name"),
    "pattern, matched in part": arguments(EndpointConfigName="churn!"),
    "number too large": arguments(
        variant={"ServerlessConfig": {"MemorySizeInMB": 1 << 20, "MaxConcurrency": 5}}
    ),
    "too many items": arguments(ProductionVariants=[VARIANT] * 11),
}


@pytest.mark.parametrize("members", REFUSED_BY_BOTH.values(), ids=REFUSED_BY_BOTH)
def test_refused_by_both(
    service: ScriptedService, boto3_client: Any, client: SageMakerClient, members: dict[str, Any]
) -> None:
    with pytest.raises(ParamValidationError):
        boto3_client.create_endpoint_config(**members)
    with pytest.raises(ValidationError):
        create_config(client, members)
    assert service.asked() == []


@pytest.mark.parametrize("members", SENT_BY_BOTO3.values(), ids=SENT_BY_BOTO3)
def test_sent_by_boto3_and_refused_here(
    service: ScriptedService, boto3_client: Any, client: SageMakerClient, members: dict[str, Any]
) -> None:
    service.script("CreateEndpointConfig", Body({"EndpointConfigArn": "arn"}))
    boto3_client.create_endpoint_config(**members)
    assert service.operations() == ["CreateEndpointConfig"]
    with pytest.raises(ValidationError):
        create_config(client, members)
    assert service.operations() == ["CreateEndpointConfig"]


def create_config(client: SageMakerClient, members: dict[str, Any]) -> None:
    from sagemaker_typed.models import CreateEndpointConfigRequest

    client.send(CreateEndpointConfigRequest.from_boto(members))


def test_the_nearest_listed_value_is_named() -> None:
    from sagemaker_typed.models import CreateEndpointConfigRequest

    with pytest.raises(ValidationError, match=r"ml\.m5\.large"):
        CreateEndpointConfigRequest.from_boto(SENT_BY_BOTO3["unlisted value"])


def test_an_answer_that_is_not_json(
    service: ScriptedService, boto3_client: Any, client: SageMakerClient
) -> None:
    service.script("DescribeModel", Raw(b"<html>hello</html>", content_type="text/html"))
    answer = boto3_client.describe_model(ModelName="churn")
    assert set(answer) == {"ResponseMetadata"}
    with pytest.raises(ServiceError) as refused:
        client.describe_model(model_name="churn")
    assert refused.value.request_id


def test_a_configuration_made_a_moment_ago(service: ScriptedService, boto3_client: Any) -> None:
    stale_configuration(service, describes=1, writes=1)
    with pytest.raises(ClientError, match="Could not find endpoint configuration"):
        boto3_client.create_endpoint(EndpointName="churn", EndpointConfigName="churn")
    stale_configuration(service, describes=1, writes=1)
    patient = SageMakerClient.from_boto3(
        boto3_client, consistency=ConsistencyPolicy(sleep=lambda _: None)
    )
    assert patient.create_endpoint(endpoint_name="churn", endpoint_config_name="churn").endpoint_arn
