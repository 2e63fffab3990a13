"""Shapes are models to Pydantic itself: validators, serializers, schemas, subclasses of a user."""

from __future__ import annotations

import inspect

from pydantic import BaseModel, TypeAdapter, field_validator

from sagemaker_typed.enums import ProductionVariantInstanceType
from sagemaker_typed.models import AddTagsRequest, ListTagsRequest, ProductionVariant, Tag


def test_a_class_of_a_users_own_is_pydantics() -> None:
    class Quiet(Tag, frozen=True):
        @field_validator("*")
        @classmethod
        def quiet(cls, value: str) -> str:
            return value.lower()

    theirs, ours = vars(Quiet)["__pydantic_decorators__"], BaseModel.__pydantic_decorators__
    assert theirs.field_validators.keys() == {"quiet"}
    assert not ours.field_validators


def test_what_pydantic_keeps_of_a_finished_class_is_there_when_asked_for() -> None:
    documented = {"VariantName": "main", "ModelName": "churn"}
    validator = ProductionVariant.__pydantic_validator__
    assert validator.validate_python(documented) == ProductionVariant(
        variant_name="main", model_name="churn"
    )
    tag = Tag(key="a", value="b")
    assert tag.__pydantic_serializer__.to_python(tag) == {"key": "a", "value": "b"}
    assert TypeAdapter(list[Tag]).dump_python([tag], by_alias=True) == [{"Key": "a", "Value": "b"}]
    assert ListTagsRequest.__pydantic_core_schema__["type"] in ("model", "definitions")


def test_each_class_is_finished_for_itself() -> None:
    assert Tag.__pydantic_validator__.title == "Tag"
    assert ProductionVariant.__pydantic_validator__.title == "ProductionVariant"


def test_the_signature_of_a_constructor_has_types() -> None:
    parameters = inspect.signature(ProductionVariant).parameters
    assert parameters["variant_name"].annotation is str
    assert parameters["initial_instance_count"].annotation == int | None
    assert parameters["instance_type"].annotation == ProductionVariantInstanceType | None
    assert inspect.signature(AddTagsRequest).parameters["tags"].annotation == tuple[Tag, ...]
    assert str(inspect.signature(Tag)) == "(*, key: str, value: str) -> None"
