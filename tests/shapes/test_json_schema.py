"""JSON schemas of shapes, read by an independent validator with ECMA-262's regular expressions."""

from __future__ import annotations

import json
import warnings
from datetime import datetime
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.json_schema import models_json_schema

from sagemaker_typed import models
from sagemaker_typed.core.shapes.serialize import to_json_value
from sagemaker_typed.models import (
    CreateEndpointConfigRequest,
    CreateEndpointRequest,
    ListEndpointsRequest,
    ProductionVariant,
    SearchExpression,
    Tag,
)
from sagemaker_typed.runtime.models import InvokeEndpointAsyncRequest
from tests.shapes.service_values import Values, wrong_values
from tests.shapes.test_every_structure import STRUCTURES, documented

if TYPE_CHECKING:
    from sagemaker_typed import Shape

jsonschema = pytest.importorskip("jsonschema")
regress = pytest.importorskip("regress")

PARTS = 24
parts = pytest.mark.parametrize("part", range(PARTS))


def model(name: str) -> type[Shape]:
    shape: type[Shape] = getattr(models, name)
    return shape


def _pattern(_: Any, pattern: str, instance: object, __: Any) -> Any:
    if isinstance(instance, str) and regress.Regex(pattern, "u").find(instance) is None:
        yield jsonschema.ValidationError(f"{instance!r} does not match {pattern!r}")


Validator: Any = jsonschema.validators.extend(
    jsonschema.Draft202012Validator, {"pattern": _pattern}
)
FORMATS = jsonschema.FormatChecker(())


@FORMATS.checks("date-time", raises=ValueError)
def _is_date_time(value: object) -> bool:
    return not isinstance(value, str) or bool(datetime.fromisoformat(value.replace("Z", "+00:00")))


@FORMATS.checks("regex", raises=regress.RegressError)
def _is_regex(value: object) -> bool:
    return not isinstance(value, str) or bool(regress.Regex(value, "u"))


def validator(shape: type[BaseModel]) -> Any:
    return Validator(shape.model_json_schema(), format_checker=FORMATS)


def as_json(params: dict[str, Any]) -> str:
    return json.dumps(params, default=to_json_value)


@parts
def test_a_schema_is_valid_and_accepts_every_valid_value(part: int) -> None:
    for name in STRUCTURES[part::PARTS]:
        schema = validator(model(name))
        Validator.check_schema(schema.schema, format_checker=FORMATS)
        for fill in (0.0, 0.5, 1.0):
            params = Values(Random(f"{name}{fill}")).structure(documented(name), fill=fill)
            value = json.loads(model(name).from_boto(params).to_json())
            assert not [*schema.iter_errors(value)], (name, value)


@parts
def test_a_schema_refuses_what_strict_validation_refuses(part: int) -> None:
    agreed, different = 0, []
    for name in STRUCTURES[part::PARTS]:
        shape = documented(name)
        values = Values(Random(name))
        schema = validator(model(name))
        is_union = getattr(shape, "is_tagged_union", False)
        valid = {} if is_union else values.structure(shape, fill=0.0)
        for wrong in wrong_values(shape, values):
            text = as_json(wrong.apply(valid))
            if accepted(name, text) == schema.is_valid(json.loads(text)):
                agreed += 1
            else:
                different.append((name, wrong))

    assert agreed > 100
    assert len(different) <= 0.01 * agreed, different


def accepted(name: str, text: str) -> bool:
    try:
        model(name).from_json(text)
    except ValidationError:
        return False
    return True


# --- the content of a schema ----------------------------------------------------------------------


def refused(shape: type[BaseModel], value: object) -> list[str]:
    return [error.json_path for error in validator(shape).iter_errors(value)]


def test_a_schema_has_no_null_no_title_of_a_member_and_a_link() -> None:
    schema = CreateEndpointConfigRequest.model_json_schema()
    assert "null" not in json.dumps(schema)
    assert schema["title"] == "CreateEndpointConfigRequest"
    assert "API_CreateEndpointConfig.html)" in schema["description"]
    assert schema["required"] == ["EndpointConfigName", "ProductionVariants"]
    assert schema["x-operation"] == "CreateEndpointConfig"
    name = schema["properties"]["EndpointConfigName"]
    assert name == {
        "type": "string",
        "maxLength": 63,
        "pattern": "^(?:[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62})$",
        "description": "``EndpointConfigName``: required; a string of at most 63 characters, "
        "matching ``[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}``.",
    }


def test_notes_of_a_member_are_facts_for_tools() -> None:
    endpoint = models.CreatePresignedDomainUrlResponse.model_json_schema()["properties"]
    assert endpoint["AuthorizedUrl"].get("x-sensitive") is None
    labelling = models.CreateModelPackageInput.model_json_schema()["properties"]
    assert labelling["ClientToken"]["x-idempotency-token"] is True


def test_a_union_has_exactly_one_member() -> None:
    union = models.MetricSpecification
    assert refused(union, {"Predefined": {"PredefinedMetricType": "x"}}) == []
    assert refused(union, {}) == ["$"]
    assert refused(union, {"Predefined": {}, "Customized": {}}) == ["$"]
    assert refused(InvokeEndpointAsyncRequest, {"EndpointName": "a"}) == ["$"]


def test_a_recursive_shape_refers_to_itself() -> None:
    nested = {"SubExpressions": [{"SubExpressions": [{"Operator": "Nor"}]}]}
    assert refused(SearchExpression, nested) == ["$.SubExpressions[0].SubExpressions[0].Operator"]


def test_python_names_come_with_by_alias_false() -> None:
    schema = Tag.model_json_schema(by_alias=False)
    assert list(schema["properties"]) == schema["required"] == ["key", "value"]


def test_a_model_of_a_user_refers_to_the_shapes_in_it() -> None:
    class Plan(BaseModel):
        variant: ProductionVariant
        others: list[ProductionVariant] = []
        tags: dict[str, Tag] = {}

    schema = Plan.model_json_schema()
    assert schema["properties"]["variant"] == {"$ref": "#/$defs/ProductionVariant"}
    assert schema["properties"]["others"]["items"] == {"$ref": "#/$defs/ProductionVariant"}
    assert {"ProductionVariant", "InstancePool", "Tag"} <= set(schema["$defs"])
    assert refused(Plan, {"variant": {"VariantName": "a"}}) == []
    assert refused(Plan, {"variant": {"VariantNam": "a"}}) == ["$.variant", "$.variant"]
    assert TypeAdapter(list[Tag]).json_schema()["items"] == {"$ref": "#/$defs/Tag"}
    shapes: Any = [(Tag, "validation"), (ProductionVariant, "serialization")]
    references, definitions = models_json_schema(shapes)
    assert references[Tag, "validation"] == {"$ref": "#/$defs/Tag"}
    assert definitions["$defs"]["Tag"] == Tag.model_json_schema()


def test_a_subclass_has_its_own_name_and_docstring() -> None:
    class Ours(Tag):
        """The tag that we set."""

    class Plain(Tag):
        pass

    schema = Ours.model_json_schema()
    assert (schema["title"], schema["description"]) == ("Ours", "The tag that we set.")
    assert Plain.model_json_schema()["description"] == Tag.model_json_schema()["description"]


def test_fastapi_names_the_shapes_as_components() -> None:
    fastapi = pytest.importorskip("fastapi")
    app = fastapi.FastAPI()

    @app.post("/configs")
    def create(config: CreateEndpointConfigRequest, tag: Tag) -> list[ProductionVariant]:
        return [*config.production_variants] if tag.key else []

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        openapi = app.openapi()
    components = openapi["components"]["schemas"]
    assert {"CreateEndpointConfigRequest", "ProductionVariant", "Tag"} <= set(components)
    answer = openapi["paths"]["/configs"]["post"]["responses"]["200"]["content"]
    items = answer["application/json"]["schema"]["items"]
    assert items == {"$ref": "#/components/schemas/ProductionVariant"}


def test_json_schema_cannot_say_everything() -> None:
    """The cases that docs/command-line.md lists."""
    assert refused(models.ListEndpointsRequest, {"MaxResults": 5.0}) == []
    assert refused(models.ListEndpointsRequest, {"MaxResults": None}) == ["$.MaxResults"]
    assert ListEndpointsRequest.from_boto({"MaxResults": None}).max_results is None
    assert refused(ListEndpointsRequest, {"CreationTimeAfter": "Fri, 27 Nov 2026 09:00:00 GMT"})
    assert refused(CreateEndpointRequest, {}) == ["$", "$"]
