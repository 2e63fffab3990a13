"""Shapes are immutable, comparable and picklable, and hide secrets."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from sagemaker_typed import FrozenMap, models
from sagemaker_typed.enums import EndpointStatus, ProductionVariantInstanceType
from sagemaker_typed.models import (
    CreateEndpointConfigRequest,
    CreateModelRequest,
    DescribeEndpointResponse,
    ListEndpointsRequest,
    OidcConfig,
    ProductionVariant,
    Tag,
)


def untyped(value: object) -> Any:
    """Return the value as ``Any``, for calls that a type checker refuses."""
    return value


def variant(**changes: object) -> ProductionVariant:
    members: dict[str, object] = {
        "VariantName": "main",
        "ModelName": "churn",
        "InitialInstanceCount": 2,
        "InstanceType": "ml.m5.large",
    }
    return ProductionVariant.from_boto({**members, **changes})


def config(**changes: object) -> CreateEndpointConfigRequest:
    members: dict[str, object] = {
        "endpoint_config_name": "churn-2026-11",
        "production_variants": [variant()],
        "tags": [Tag(key="team", value="growth")],
    }
    request: CreateEndpointConfigRequest = untyped(CreateEndpointConfigRequest)(
        **{**members, **changes}
    )
    return request


def oidc(secret: str = "hunter2") -> dict[str, str]:
    endpoints = ("Issuer", "AuthorizationEndpoint", "TokenEndpoint", "UserInfoEndpoint")
    urls = dict.fromkeys((*endpoints, "LogoutEndpoint", "JwksUri"), "https://idp.example/x")
    return {"ClientId": "me", "ClientSecret": secret, **urls}


def test_a_documented_name_and_a_python_name_build_the_same() -> None:
    assert untyped(ProductionVariant)(VariantName="a") == ProductionVariant(variant_name="a")
    mixed = untyped(ProductionVariant)(variant_name="a", ModelName="churn")
    assert mixed == ProductionVariant(variant_name="a", model_name="churn")


def test_an_unknown_name_is_refused_beside_valid_members() -> None:
    with pytest.raises(ValidationError, match="modle_name") as refused:
        untyped(ProductionVariant)(variant_name="a", modle_name="churn")
    assert [error["type"] for error in refused.value.errors()] == ["extra_forbidden"]


def test_no_member_can_be_assigned_added_or_deleted() -> None:
    shape = untyped(variant())
    with pytest.raises(ValidationError, match="frozen"):
        shape.model_name = "other"
    with pytest.raises(ValidationError, match="frozen"):
        shape._anything = 1
    with pytest.raises(ValidationError, match="frozen"):
        del shape.model_name
    assert shape == variant()


def test_lists_and_maps_inside_cannot_change() -> None:
    request = untyped(
        CreateModelRequest.from_boto(
            {"ModelName": "m", "PrimaryContainer": {"Environment": {"A": "b"}}}
        )
    )
    environment = request.primary_container.environment
    assert isinstance(config().production_variants, tuple)
    for change in ("clear", "popitem"):
        with pytest.raises(TypeError, match="cannot be changed"):
            getattr(environment, change)()
    with pytest.raises(TypeError, match="cannot be changed"):
        environment["A"] = "c"
    with pytest.raises(TypeError, match="cannot be changed"):
        environment |= {"A": "c"}
    assert environment == {"A": "b"}


def test_the_callers_list_may_change_afterwards() -> None:
    variants = [variant()]
    request = config(production_variants=variants)
    variants.append(variant())
    assert len(request.production_variants) == 1


def test_equal_shapes_have_equal_hashes_and_unequal_ones_differ() -> None:
    assert config() == config()
    assert hash(config()) == hash(config())
    assert len({config(), config(), config(tags=())}) == 2
    assert config() != config(endpoint_config_name="other")
    assert Tag(key="a", value="b") != FrozenMap(Key="a", Value="b")


@pytest.mark.parametrize(
    "again", [copy.copy, copy.deepcopy, lambda v: pickle.loads(pickle.dumps(v))]
)
def test_a_copy_is_equal(again: Callable[[Any], Any]) -> None:
    request = config()
    answer = DescribeEndpointResponse.from_service(
        {"EndpointStatus": "Paused", "ResponseMetadata": {"RequestId": "r-1"}}
    )
    assert again(request) == request
    assert again(answer) == answer
    assert again(answer).response_metadata.request_id == "r-1"
    assert not again(answer).endpoint_status.is_listed


def test_equal_responses_are_equal_whatever_their_request_ids() -> None:
    first, second = (
        DescribeEndpointResponse.from_service(
            {"EndpointName": "e", "ResponseMetadata": {"RequestId": each}}
        )
        for each in ("r-1", "r-2")
    )
    assert first == second
    assert first.response_metadata != second.response_metadata


def test_false_and_empty_values_are_sent_and_none_is_not() -> None:
    request = CreateModelRequest.from_boto(
        {"ModelName": "m", "EnableNetworkIsolation": False, "Tags": [], "ExecutionRoleArn": None}
    )
    assert request.to_boto() == {"ModelName": "m", "EnableNetworkIsolation": False, "Tags": []}
    assert variant(InitialVariantWeight=0).to_boto()["InitialVariantWeight"] == 0


def test_plain_values_go_to_boto3() -> None:
    sent = config().to_boto()
    assert type(sent["ProductionVariants"]) is list
    assert type(sent["ProductionVariants"][0]) is dict
    assert type(sent["ProductionVariants"][0]["InstanceType"]) is str


def test_json_is_what_the_command_line_takes() -> None:
    text = config().to_json()
    assert json.loads(text) == config().to_boto()
    assert CreateEndpointConfigRequest.from_json(text) == config()
    assert CreateEndpointConfigRequest.from_json(text.encode()) == config()


def test_only_documented_names_come_from_boto() -> None:
    with pytest.raises(ValidationError) as refusal:
        ProductionVariant.from_boto({"variant_name": "a"})
    assert "did you mean 'VariantName'" in str(refusal.value)


def test_no_repr_and_no_error_shows_a_secret() -> None:
    good = OidcConfig.from_boto(oidc())
    assert "hunter2" not in repr(good) + str(good)
    assert good.client_secret == "hunter2"
    assert good.to_boto()["ClientSecret"] == "hunter2"
    wrong = (
        oidc("hunter2\x00"),
        {**oidc(), "Issuer": 5},
        {"ClientSecret": "hunter2"},
        {**oidc(), "ClientSecrt": "hunter2"},
        {**oidc(), "ClientSecret": ["hunter2"]},
    )
    for members in wrong:
        with pytest.raises(ValidationError) as refusal:
            OidcConfig.from_boto(members)
        shown = f"{refusal.value}{refusal.value.errors()}{refusal.value.json()}"
        assert "hunter2" not in shown
        assert refusal.value.__context__ is None


def test_five_errors_are_reported_together() -> None:
    with pytest.raises(ValidationError) as refusal:
        untyped(CreateEndpointConfigRequest)(
            endpoint_config_name="no spaces",
            production_variants=[
                {
                    "VariantName": "main",
                    "InitialInstanceCount": -1,
                    "InstanceType": "ml.m5.larg",
                    "InitialVariantWeight": "3",
                    "ServerlessConfg": {},
                }
            ],
        )
    errors = {error["ctx"]["documented_path"]: error for error in refusal.value.errors()}
    assert sorted(errors) == [
        "EndpointConfigName",
        "ProductionVariants[0].InitialInstanceCount",
        "ProductionVariants[0].InitialVariantWeight",
        "ProductionVariants[0].InstanceType",
        "ProductionVariants[0].ServerlessConfg",
    ]
    instance_type = errors["ProductionVariants[0].InstanceType"]
    assert instance_type["loc"] == ("production_variants", 0, "instance_type")
    assert instance_type["input"] == "ml.m5.larg"
    assert "'ml.m5.large'" in instance_type["msg"]
    assert "'ServerlessConfig'" in errors["ProductionVariants[0].ServerlessConfg"]["msg"]


def test_too_many_items_are_reported_together_with_errors_inside_them() -> None:
    with pytest.raises(ValidationError) as refusal:
        config(tags=[Tag(key="a", value="b")] * 50 + [{"Key": ""}])
    assert {error["type"] for error in refusal.value.errors()} >= {"too_long", "missing"}


def test_a_response_is_read_whatever_it_holds() -> None:
    answer: Any = DescribeEndpointResponse.from_service(
        b"""{"EndpointName": "e", "EndpointStatus": "Hibernating", "NewMember": {"a": 1},
             "ProductionVariants": [{"VariantName": "-out of bounds-", "CurrentInstanceCount": -7},
                                    "not a variant"],
             "CreationTime": 1700000000.5, "EndpointArn": null, "FailureReason": 7}"""
    )
    assert answer.endpoint_name == "e"
    assert answer.endpoint_status == "Hibernating"
    assert isinstance(answer.endpoint_status, EndpointStatus)
    assert not answer.endpoint_status.is_listed
    assert [variant.current_instance_count for variant in answer.production_variants] == [-7]
    assert answer.creation_time.timestamp() == 1700000000.5
    assert answer.endpoint_arn is None
    assert answer.failure_reason is None
    assert answer.endpoint_config_name is None


def test_a_described_value_can_be_sent_back() -> None:
    described = models.DescribeEndpointConfigResponse.from_service(
        {"ProductionVariants": [{"VariantName": "a", "InstanceType": "ml.p9.48xlarge"}]}
    )
    request = config(production_variants=described.production_variants)
    assert request.to_boto()["ProductionVariants"] == [
        {"VariantName": "a", "InstanceType": "ml.p9.48xlarge"}
    ]
    status = DescribeEndpointResponse.from_service({"EndpointStatus": "New"}).endpoint_status
    assert ListEndpointsRequest(status_equals=status).to_boto() == {"StatusEquals": "New"}


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'"text"', b"\xff", b"{"])
def test_a_body_that_is_no_object_is_refused(body: bytes) -> None:
    with pytest.raises(ValidationError):
        DescribeEndpointResponse.from_service(body)


def test_an_enum_is_its_string() -> None:
    large = ProductionVariantInstanceType.ML_M5_LARGE
    assert large == "ml.m5.large"
    assert f"{large}" == str(large) == "ml.m5.large"
    assert hash(large) == hash("ml.m5.large")
    assert large.is_listed
    assert json.dumps([large]) == '["ml.m5.large"]'
    assert (
        eval(repr(large), {"ProductionVariantInstanceType": ProductionVariantInstanceType}) is large
    )


def test_an_unlisted_value_needs_an_explicit_call() -> None:
    with pytest.raises(ValueError, match=r"did you mean 'ml\.m5\.large'"):
        ProductionVariantInstanceType("ml.m5.larg")
    newer = ProductionVariantInstanceType.unlisted("ml.p9.48xlarge")
    assert variant(InstanceType=newer).to_boto()["InstanceType"] == "ml.p9.48xlarge"
    assert not newer.is_listed
    assert newer == "ml.p9.48xlarge"
    assert copy.deepcopy(newer) == pickle.loads(pickle.dumps(newer)) == newer
    listed = ProductionVariantInstanceType.unlisted("ml.m5.large")
    assert listed is ProductionVariantInstanceType.ML_M5_LARGE


def test_pydantic_can_use_a_shape_as_a_model() -> None:
    field = ProductionVariant.model_fields["variant_name"]
    assert (field.alias, field.is_required()) == ("VariantName", True)
    assert list(ProductionVariant.model_fields)[:1] == ["variant_name"]

    class Plan(BaseModel):
        variant: ProductionVariant

    assert Plan.model_validate({"variant": {"VariantName": "a"}}).variant.variant_name == "a"
    assert TypeAdapter(list[Tag]).validate_python([{"Key": "a", "Value": "b"}])[0].key == "a"
    assert config().model_dump(by_alias=True, exclude_none=True, mode="json") == config().to_boto()
    assert (
        json.loads(config().model_dump_json(by_alias=True, exclude_none=True)) == config().to_boto()
    )
    assert "VariantName" in ProductionVariant.model_json_schema()["properties"]
    assert ProductionVariant.model_validate({"variant_name": "a"}).variant_name == "a"
    assert variant().model_copy(update={"model_name": "b"}).model_name == "b"
    with pytest.raises(ValidationError):
        variant().model_copy(update={"model_name": 5})


def test_a_shape_can_be_given_methods_but_no_members() -> None:
    class Mine(Tag, frozen=True):
        def text(self) -> str:
            return f"{self.key}={self.value}"

    assert Mine(key="a", value="b").text() == "a=b"
    with pytest.raises(TypeError, match="defined by the service"):
        type("More", (Tag,), {"__annotations__": {"more": str}, "more": ""})
