"""``sagemaker_typed.dicts``: the dictionaries that boto3 takes, key by key, against botocore."""

from __future__ import annotations

import ast
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from pydantic import TypeAdapter, ValidationError

import sagemaker_typed
from sagemaker_typed import dicts, models

MODEL = botocore.session.get_session().get_service_model("sagemaker")
STUB = ast.parse(Path(sagemaker_typed.__file__).with_name("dicts.pyi").read_text("utf-8"))
CLASSES = {node.name: node for node in STUB.body if isinstance(node, ast.ClassDef)}


def inside_of_requests() -> dict[str, Any]:
    """Every structure that a request holds, however deep, by its documented name."""
    structures: dict[str, Any] = {}

    def walk(shape: Any) -> None:
        for inner in nested(shape):
            if inner.type_name == "structure":
                if inner.name in structures:
                    continue
                structures[inner.name] = inner
            walk(inner)

    def nested(shape: Any) -> Iterator[Any]:
        match shape.type_name:
            case "structure":
                yield from shape.members.values()
            case "list":
                yield shape.member
            case "map":
                yield shape.key
                yield shape.value

    for name in MODEL.operation_names:
        if (input_shape := MODEL.operation_model(name).input_shape) is not None:
            walk(input_shape)
    return structures


SHAPES = inside_of_requests()


@pytest.mark.pinned
def test_every_structure_inside_of_a_request_has_one() -> None:
    assert set(CLASSES) == {f"{name}Dict" for name in SHAPES}


@pytest.mark.pinned
@pytest.mark.parametrize("name", sorted(SHAPES))
def test_keys_are_the_documented_members(name: str) -> None:
    shape = SHAPES[name]
    optional = {
        entry.target.id: ast.unparse(entry.annotation).startswith("NotRequired[")
        for entry in CLASSES[f"{name}Dict"].body
        if isinstance(entry, ast.AnnAssign) and isinstance(entry.target, ast.Name)
    }
    assert list(optional) == [
        *(key for key in shape.members if key in shape.required_members),
        *(key for key in shape.members if key not in shape.required_members),
    ]
    assert {key for key, may_be_left_out in optional.items() if not may_be_left_out} == set(
        shape.required_members
    )


@pytest.mark.pinned
@pytest.mark.parametrize("name", sorted(SHAPES))
def test_run_time_and_stub_agree(name: str) -> None:
    typed_dict = getattr(dicts, f"{name}Dict")
    assert typed_dict.__required_keys__ == set(SHAPES[name].required_members)
    assert typed_dict.__required_keys__ | typed_dict.__optional_keys__ == set(SHAPES[name].members)


def test_an_evaluated_annotation_has_the_types_that_checkers_see() -> None:
    adapter = TypeAdapter(dicts.ProductionVariantDict)
    value = {"VariantName": "main", "RoutingConfig": {"RoutingStrategy": "RANDOM"}}
    assert adapter.validate_python(value) == value
    with pytest.raises(ValidationError) as refused:
        adapter.validate_python({"RoutingConfig": {}})
    assert {error["loc"] for error in refused.value.errors()} == {
        ("VariantName",),
        ("RoutingConfig", "RoutingStrategy"),
    }


def test_a_recursive_dictionary() -> None:
    value = {"NestedFilters": [], "SubExpressions": [{"Operator": "And"}], "Operator": "Or"}
    assert TypeAdapter(dicts.SearchExpressionDict).validate_python(value) == value


def test_every_listed_name_exists() -> None:
    assert set(CLASSES) <= set(dir(dicts))
    assert dicts.TagDict is dicts.TagDict
    assert dicts.TagDict.__module__ == "sagemaker_typed.dicts"


def test_an_error_about_a_misspelt_name_suggests_the_nearest() -> None:
    with pytest.raises(AttributeError, match="did you mean 'ProductionVariantDict'"):
        _ = dicts.ProductionVarianDict  # type: ignore[attr-defined]


def test_a_dictionary_in_a_parameter_becomes_a_shape() -> None:
    variant: dicts.ProductionVariantDict = {"VariantName": "main", "ModelName": "churn"}
    request = models.CreateEndpointConfigRequest(
        endpoint_config_name="churn",
        production_variants=[variant],
        tags=({"Key": "project", "Value": "churn"},),
    )
    assert request.production_variants == (
        models.ProductionVariant(variant_name="main", model_name="churn"),
    )
    assert request.tags == (models.Tag(key="project", value="churn"),)
    assert pickle.loads(pickle.dumps(request)) == request
