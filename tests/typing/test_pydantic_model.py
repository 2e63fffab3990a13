"""The stub of Pydantic's model agrees with Pydantic."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pydantic
import pytest

from sagemaker_typed import Shape
from sagemaker_typed.core.shapes import pydantic_model

STUB = ast.parse(Path(pydantic_model.__file__).with_suffix(".pyi").read_text("utf-8"))
(MODEL,) = (node for node in STUB.body if isinstance(node, ast.ClassDef))
METHODS = [node for node in MODEL.body if isinstance(node, ast.FunctionDef)]


def test_a_shape_is_a_pydantic_model() -> None:
    assert issubclass(Shape, pydantic.BaseModel)


def test_what_is_declared_is_there() -> None:
    declared = [
        *(node.name for node in METHODS),
        *(
            node.target.id
            for node in MODEL.body
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
        ),
    ]
    # a model has these two after its schema is built
    later = {"__pydantic_private__", "__pydantic_core_schema__"}
    assert not [name for name in declared if name not in later and not hasattr(Shape, name)]


@pytest.mark.pinned
@pytest.mark.parametrize("method", METHODS, ids=lambda node: node.name)
def test_every_parameter_is_pydantics(method: ast.FunctionDef) -> None:
    attribute = inspect.getattr_static(pydantic.BaseModel, method.name)
    if isinstance(attribute, property):
        return
    taken = inspect.signature(getattr(attribute, "__func__", attribute)).parameters
    stated = [argument.arg for argument in (*method.args.args, *method.args.kwonlyargs)]
    if method.args.kwarg is None:
        assert stated == [name for name in taken if name != "kwargs"]
    else:
        assert set(stated) <= set(taken)
    for argument in method.args.kwonlyargs:
        assert taken[argument.arg].kind is inspect.Parameter.KEYWORD_ONLY


def test_everything_that_a_person_calls_on_a_model_is_declared() -> None:
    declared = {node.name for node in METHODS}
    called = {
        name
        for name, value in vars(pydantic.BaseModel).items()
        if name.startswith("model_") and (callable(value) or isinstance(value, classmethod))
    }
    # for subclasses with computed fields, which no shape has
    assert called - declared <= {"model_parametrized_name", "model_post_init"}
