"""Every structure of the service, against botocore's validator, serializer and parser."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from botocore.model import StructureShape
from botocore.parsers import ResponseParserFactory
from botocore.serialize import create_serializer
from botocore.validate import ParamValidator
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from sagemaker_typed import models
from tests.shapes.service_values import Values, service_model, wrong_values

if TYPE_CHECKING:
    from sagemaker_typed import Shape

pytestmark = pytest.mark.pinned
STRUCTURES = sorted(
    name
    for name in service_model().shape_names
    if service_model().shape_for(name).type_name == "structure"
)
SOME = settings(max_examples=6)


def documented(name: str) -> StructureShape:
    shape = service_model().shape_for(name)
    assert isinstance(shape, StructureShape)
    return shape


def model(name: str) -> type[Shape]:
    shape: type[Shape] = getattr(models, name)
    return shape


def wire_body(shape: StructureShape, params: dict[str, Any]) -> bytes:
    """Return the body that botocore's own serializer writes for a structure in any operation."""
    serializer: Any = create_serializer("json", include_validation=False)
    serialized: dict[str, Any] = {}
    serializer._serialize(serialized, params, shape)
    return json.dumps(serialized).encode()


@pytest.mark.parametrize("name", STRUCTURES)
def test_a_valid_value_survives_strict_and_lenient_validation(name: str) -> None:
    shape = documented(name)

    @SOME
    @given(seed=st.integers(0, 2**32), fill=st.sampled_from([0.0, 0.3, 0.7, 1.0]))
    def survives(seed: int, fill: float) -> None:
        params = Values(Random(seed)).structure(shape, fill=fill)

        built = model(name).from_boto(params)
        sent = built.to_boto()

        assert not ParamValidator().validate(sent, shape).has_errors()
        assert sent == params
        body = wire_body(shape, sent)
        assert model(name).from_service(body) == built
        parser: Any = ResponseParserFactory().create_parser("json")
        answer = {"body": body, "headers": {}, "status_code": 200}
        assert model(name).from_service(parser.parse(answer, shape)) == built
        assert model(name).from_json(built.to_json()) == built

    survives()


@pytest.mark.parametrize("name", STRUCTURES)
def test_each_broken_constraint_is_refused_at_its_place(name: str) -> None:
    shape = documented(name)
    values = Values(Random(name))
    is_union = getattr(shape, "is_tagged_union", False)
    valid = {} if is_union else values.structure(shape, fill=0.0)
    for wrong in wrong_values(shape, values):
        refusal = refusal_of(name, wrong.apply(valid))
        assert refusal is not None, f"{wrong} was accepted"
        places = [error["ctx"]["documented_path"] for error in refusal.errors()]
        assert all(place.startswith(wrong.member) for place in places), (wrong, places)


def refusal_of(name: str, params: dict[str, Any]) -> ValidationError | None:
    try:
        model(name).from_boto(params)
    except ValidationError as refusal:
        return refusal
    return None
