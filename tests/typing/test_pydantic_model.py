"""The stub of a shape agrees with the class at run time."""

from __future__ import annotations

import ast
from pathlib import Path

import pydantic
from pydantic._internal._model_construction import ModelMetaclass

from sagemaker_typed import Shape
from sagemaker_typed.core.shapes import shape

STUB = ast.parse(Path(shape.__file__).with_suffix(".pyi").read_text("utf-8"))
CLASSES = [node for node in STUB.body if isinstance(node, ast.ClassDef)]


def test_a_shape_is_a_pydantic_model() -> None:
    assert issubclass(Shape, pydantic.BaseModel)


def test_the_metaclass_of_a_model_is_the_one_that_the_stub_names() -> None:
    assert type(pydantic.BaseModel) is ModelMetaclass


def test_the_bases_are_those_of_the_stub() -> None:
    for node in CLASSES:
        bases = [ast.unparse(base).partition("[")[0] for base in node.bases]
        assert [base.__name__ for base in getattr(shape, node.name).__bases__] == bases


def test_what_is_declared_is_there() -> None:
    # a request has an operation, and a validator is built on first use
    later = {"__operation__", "__lenient_validator__"}
    for node in CLASSES:
        declared = {
            *(part.name for part in node.body if isinstance(part, ast.FunctionDef)),
            *(
                part.target.id
                for part in node.body
                if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name)
            ),
        }
        missing = {name for name in declared if not hasattr(getattr(shape, node.name), name)}
        assert missing <= later


def test_every_function_of_the_class_itself_is_declared() -> None:
    """Find a public method that a checker would not know."""
    for node in CLASSES:
        declared = {part.name for part in node.body if isinstance(part, ast.FunctionDef)}
        public = {
            name
            for name, value in vars(getattr(shape, node.name)).items()
            if not name.startswith("_") and isinstance(value, (classmethod, property))
        }
        assert public - declared <= set(vars(pydantic.BaseModel))
