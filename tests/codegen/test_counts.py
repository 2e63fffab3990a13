"""The whole API: counted in the package and in the service model, by independent means."""

from __future__ import annotations

import gzip
import hashlib
import importlib.metadata
import inspect
import json
from functools import cache
from pathlib import Path
from typing import Any

import botocore
from botocore import xform_name

import sagemaker_typed
from sagemaker_typed import enums, models
from sagemaker_typed.core.schema.facts import Kind, List, Map, String
from sagemaker_typed.core.shapes.shape import Request


@cache
def raw() -> bytes:
    """The service model's bytes, without botocore's loader."""
    (path,) = Path(botocore.__file__).parent.glob("data/sagemaker/*/service-2.json.gz")
    return gzip.decompress(path.read_bytes())


@cache
def model() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(raw())
    return loaded


def public(package: object) -> list[str]:
    return [name for name in dir(package) if name[0].isupper() and not name.isupper()]


def test_the_package_says_which_service_model_it_is_made_from() -> None:
    stated = sagemaker_typed.API_MODEL
    assert stated.service == "sagemaker"
    assert stated.api_version == model()["metadata"]["apiVersion"]
    assert stated.botocore == importlib.metadata.version("botocore")
    assert stated.sha256 == hashlib.sha256(raw()).hexdigest()


def test_every_operation_has_a_method_a_request_and_an_answer() -> None:
    methods = vars(sagemaker_typed.SageMakerClient)
    assert len(model()["operations"]) == 434
    for name, operation in model()["operations"].items():
        request = getattr(models, f"{name}Request")
        assert issubclass(request, Request)
        assert request.__operation__.name == name
        method = methods[xform_name(name)]
        assert request.__operation__.method == method.__name__ == xform_name(name)
        fields = [field for field in inspect.signature(method).parameters if field != "self"]
        assert fields == list(request.__members__)
        assert hasattr(models, f"{name}Response") == ("output" in operation)


def test_every_structure_is_there_under_its_documented_name() -> None:
    structures = {n: s for n, s in model()["shapes"].items() if s["type"] == "structure"}
    assert len(structures) == 1660
    for name, shape in structures.items():
        generated = getattr(models, name)
        members = [member.documented for member in generated.__members__.values()]
        assert sorted(members) == sorted(shape["members"]), name
        tokens = {n for n, m in shape["members"].items() if m.get("idempotencyToken")}
        required = {m.documented for m in generated.__members__.values() if m.required}
        assert required == set(shape.get("required", [])) - tokens, name
        assert generated.__union__ == shape.get("union", False), name


def test_every_enum_has_every_value_and_no_more() -> None:
    listed = {n: s["enum"] for n, s in model()["shapes"].items() if "enum" in s}
    assert len(listed) == len(public(enums)) == 388
    assert sum(map(len, listed.values())) == 3001
    for name, values in listed.items():
        assert [member.value for member in getattr(enums, name)] == values


def test_every_string_with_a_pattern_states_one() -> None:
    shapes = model()["shapes"]
    stated = 0

    def walk(kind: Kind, shape: dict[str, Any]) -> None:
        nonlocal stated
        if isinstance(kind, String):
            assert (kind.pattern is not None) == ("pattern" in shape)
            assert (kind.max, kind.min or None) == (shape.get("max"), shape.get("min") or None)
            stated += kind.pattern is not None
        elif isinstance(kind, List):
            walk(kind.item, shapes[shape["member"]["shape"]])
        elif isinstance(kind, Map):
            walk(kind.key, shapes[shape["key"]["shape"]])
            walk(kind.value, shapes[shape["value"]["shape"]])

    for name, shape in shapes.items():
        if shape["type"] == "structure":
            for member in getattr(models, name).__members__.values():
                walk(member.kind, shapes[shape["members"][member.documented]["shape"]])
    assert stated > 2000
