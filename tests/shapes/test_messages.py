"""The messages about refused input: suggestions, names, and no secrets."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from sagemaker_typed.models import (
    CreateEndpointConfigRequest,
    CreateEndpointRequest,
    ListEndpointsRequest,
    ProductionVariant,
    Tag,
)
from sagemaker_typed.runtime.models import InvokeEndpointRequest

SECRET = "correct horse battery staple"


def refusal(build: Callable[[], object]) -> str:
    with pytest.raises(ValidationError) as error:
        build()
    return str(error.value)


def test_a_name_that_is_not_similar_is_not_suggested() -> None:
    text = refusal(lambda: Tag.from_boto({"Name": "a", "Value": "b"}))

    assert "Tag has no member 'Name' [" in text


def test_a_short_enum_is_listed_in_full_and_nothing_is_suggested() -> None:
    text = refusal(lambda: ListEndpointsRequest(status_equals="Completed"))

    assert "listed: 'OutOfService', 'Creating'" in text
    assert "did you mean" not in text


def test_a_long_enum_suggests_similar_values_only() -> None:
    def variant(instance_type: str) -> ProductionVariant:
        return ProductionVariant(variant_name="a", model_name="b", instance_type=instance_type)

    assert "did you mean 'ml.m5.large'" in refusal(lambda: variant("ml.m5.larg"))
    assert "did you mean" not in refusal(lambda: variant("a fast one"))


def test_a_member_of_another_operation_is_found_there() -> None:
    text = refusal(
        lambda: CreateEndpointRequest.from_boto(
            {"EndpointName": "a", "EndpointConfigName": "b", "ProductionVariants": []}
        )
    )

    assert "no member 'ProductionVariants'; it belongs to 'CreateEndpointConfig'" in text


def test_a_member_of_a_nested_structure_is_found_there() -> None:
    arguments: Any = {"instance_type": "ml.m5.large", "production_variants": []}
    text = refusal(lambda: CreateEndpointConfigRequest(endpoint_config_name="a", **arguments))

    assert "no member 'instance_type'; it belongs to 'ProductionVariant'" in text


def test_a_member_under_both_of_its_names() -> None:
    arguments: Any = {"key": "a", "Key": "b", "value": "c"}

    assert "'key' and 'Key' are the same member" in refusal(lambda: Tag(**arguments))


def test_a_copy_takes_documented_names() -> None:
    variant = ProductionVariant(variant_name="a", model_name="b")

    assert variant.model_copy(update={"VariantName": "c"}).variant_name == "c"
    both = {"VariantName": "c", "variant_name": "d"}
    assert "are the same member" in refusal(lambda: variant.model_copy(update=both))
    assert "no member 'Nope'" in refusal(lambda: variant.model_copy(update={"Nope": 1}))


def test_a_list_is_called_a_list() -> None:
    tags: Any = "churn"
    text = refusal(
        lambda: CreateEndpointRequest(endpoint_name="a", endpoint_config_name="b", tags=tags)
    )

    assert "Tags: Input should be a list [type=list_type" in text


def test_thousands_of_errors_cost_little_and_the_first_twenty_get_suggestions() -> None:
    variants = [
        {"VariantName": "a", "ModelName": "b", "InstanceType": f"ml.m5.larg{i}"}
        for i in range(5000)
    ]
    arguments = {"EndpointConfigName": "a", "ProductionVariants": variants}
    started = time.process_time()
    with pytest.raises(ValidationError) as error:
        CreateEndpointConfigRequest.from_boto(arguments)
    text = str(error.value)

    assert time.process_time() - started < 5  # without the limit it took 24 seconds
    assert error.value.error_count() == 5001  # each value, and the length of the list
    assert 10 < text.count("did you mean") <= 20


class Around(BaseModel):
    """A model of a user's own."""

    request: InvokeEndpointRequest


class Derived(InvokeEndpointRequest):
    """A shape with methods of a user's own."""


WITH_A_SECRET: dict[str, Any] = {"EndpointName": "not a name!", "Body": {SECRET}}


@pytest.mark.parametrize(
    "build",
    [
        lambda: InvokeEndpointRequest(**WITH_A_SECRET),
        lambda: InvokeEndpointRequest.from_boto(WITH_A_SECRET),
        lambda: InvokeEndpointRequest.from_boto({**WITH_A_SECRET, "Unknown": SECRET}),
        lambda: InvokeEndpointRequest.from_json(json.dumps({"Body": SECRET})),
        lambda: InvokeEndpointRequest.model_validate(WITH_A_SECRET),
        lambda: InvokeEndpointRequest.model_validate(SECRET),
        lambda: TypeAdapter(InvokeEndpointRequest).validate_python(WITH_A_SECRET),
        lambda: TypeAdapter(InvokeEndpointRequest).validate_json(json.dumps({"Body": SECRET})),
        lambda: TypeAdapter(list[InvokeEndpointRequest]).validate_python([WITH_A_SECRET, SECRET]),
        lambda: Around(request=WITH_A_SECRET),
        lambda: Derived(**WITH_A_SECRET),
        lambda: TypeAdapter(Derived).validate_python(WITH_A_SECRET),
    ],
)
@pytest.mark.parametrize("is_complete", [False, True])
def test_no_secret_is_shown(build: Callable[[], object], is_complete: bool) -> None:
    if is_complete:
        InvokeEndpointRequest.model_rebuild()
    with pytest.raises(ValidationError) as error:
        build()

    assert SECRET not in str(error.value)
    assert SECRET not in repr(error.value.errors())
    assert SECRET not in error.value.json()
    assert "**********" in str(error.value)
