"""Shapes are the Pydantic models that Pydantic itself would have made of them.

A version of Pydantic whose metaclass notes more of a class than `core/metaclass.py` fails here.
"""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from typing import Any

import pydantic
import pytest
from pydantic import BaseModel, TypeAdapter, field_validator

from sagemaker_typed.core.schema import facts
from sagemaker_typed.core.shapes import metaclass
from sagemaker_typed.core.shapes.shape import PaginatedRequest, Request, Response, Shape
from sagemaker_typed.models import ListTagsRequest, ProductionVariant, Tag

FINISHED = {"__pydantic_core_schema__", "__pydantic_serializer__", "__pydantic_validator__"}
"""What Pydantic fills with placeholders of its own until a class is finished."""

OF_THE_PLACE = {"__doc__", "__members__", "__pydantic_parent_namespace__", "_abc_impl"}
"""What differs between any two classes; the names around a class are for its annotations."""


def made(base: type[Any]) -> Any:
    """A class of facts that derives from this one."""
    made_by: Any = metaclass.ShapeType
    namespace = made_by.__prepare__("Made", (base,))
    namespace |= {
        "__module__": "somebody.models.something",
        "__qualname__": "Made",
        "name": facts.optional("Name", facts.String(max=3)),
    }
    return made_by("Made", (base,), namespace)


def test_this_pydantic_is_one_that_was_looked_at() -> None:
    assert metaclass.IS_KNOWN, f"what does the metaclass of Pydantic {pydantic.VERSION} note?"


@pytest.mark.parametrize("base", [Shape, Request, PaginatedRequest, Response])
def test_pydantic_would_note_the_same(base: type[Shape], monkeypatch: pytest.MonkeyPatch) -> None:
    ours = made(base)
    monkeypatch.setattr(metaclass, "IS_KNOWN", False)
    theirs = made(base)
    noted = {name for name in vars(theirs) if name not in FINISHED}
    assert {name for name in noted if not hasattr(ours, name)} == set()
    for name in noted - OF_THE_PLACE:
        assert getattr(ours, name) == getattr(theirs, name), name
    assert vars(ours)["__members__"].keys() == {"name"}


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
    given = {"VariantName": "main", "ModelName": "churn"}
    validator = ProductionVariant.__pydantic_validator__
    assert validator.validate_python(given) == ProductionVariant(
        variant_name="main", model_name="churn"
    )
    tag = Tag(key="a", value="b")
    assert tag.__pydantic_serializer__.to_python(tag) == {"key": "a", "value": "b"}
    assert TypeAdapter(list[Tag]).dump_python([tag], by_alias=True) == [{"Key": "a", "Value": "b"}]
    assert ListTagsRequest.__pydantic_core_schema__["type"] in ("model", "definitions")


def test_each_class_is_finished_for_itself() -> None:
    assert Tag.__pydantic_validator__.title == "Tag"
    assert ProductionVariant.__pydantic_validator__.title == "ProductionVariant"


NEWER = """
    import pydantic.version
    pydantic.version.VERSION = "2.99.0"
    from sagemaker_typed.models import ProductionVariant, Tag, DescribeEndpointResponse
    from pydantic import TypeAdapter, ValidationError
    print(type(vars(Tag)["__pydantic_validator__"]).__name__)
    print(Tag(key="a", value="b").model_dump_json())
    print(TypeAdapter(Tag).validate_python({"Key": "a", "Value": "b"}))
    print(DescribeEndpointResponse.from_service(b'{"EndpointName": "churn"}').endpoint_name)
    print(ProductionVariant.model_json_schema(mode="serialization")["title"])
    try:
        Tag(key="", value="b")
    except ValidationError as error:
        print(error.error_count())
"""


def test_a_newer_pydantic_makes_the_classes_itself() -> None:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(NEWER)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    placeholder, dumped, tag, endpoint, title, faults = done.stdout.splitlines()
    assert placeholder == "MockValSer"
    assert json.loads(dumped) == {"key": "a", "value": "b"}
    assert tag == "Tag(key='a', value='b')"
    assert (endpoint, title, faults) == ("churn", "ProductionVariant", "1")
