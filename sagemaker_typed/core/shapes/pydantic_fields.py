"""Pydantic's own description of a shape's fields, made on request."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from datetime import datetime
from types import GenericAlias
from typing import Annotated, Any, ClassVar, Protocol

from pydantic import Field
from pydantic.fields import FieldInfo
from pydantic_core import SchemaSerializer

from sagemaker_typed.core.schema import docstrings, facts
from sagemaker_typed.core.schema.lookup import find_enum, find_shape
from sagemaker_typed.core.schema.protocols import AnyShape
from sagemaker_typed.core.validation.build import core_schema, strict_validator


class _Model(AnyShape, Protocol):
    """The attributes of a shape that Pydantic fills in for a complete model."""

    __pydantic_fields__: ClassVar[dict[str, Any]]
    __pydantic_serializer__: ClassVar[SchemaSerializer]


def field_infos(shape: type[_Model]) -> dict[str, FieldInfo]:
    """Return ``model_fields``: annotation, alias, default and limits of every field."""
    return {name: _field_info(shape, member) for name, member in shape.__members__.items()}


def signature(shape: type[_Model]) -> inspect.Signature:
    """Return the signature of the constructor: typed, keyword-only, required members first."""
    return inspect.Signature(
        [_parameter(shape, name, member) for name, member in shape.__members__.items()],
        return_annotation=None,
    )


def _parameter(shape: type[_Model], name: str, member: facts.Member) -> inspect.Parameter:
    annotation = python_type(member.kind, shape.__package_name__)
    return inspect.Parameter(
        name,
        inspect.Parameter.KEYWORD_ONLY,
        default=inspect.Parameter.empty if member.required else None,
        annotation=annotation if member.required else annotation | None,
    )


def complete(shape: type[_Model]) -> None:
    """Give a shape everything that Pydantic expects of a complete model."""
    schema = core_schema(shape)
    shape.__pydantic_fields__ = field_infos(shape)
    shape.__pydantic_serializer__ = SchemaSerializer(schema)
    strict_validator(shape)


def _field_info(shape: type[_Model], member: facts.Member) -> FieldInfo:
    annotation: Any = _limited(member.kind, shape.__package_name__)
    arguments: dict[str, Any] = {
        "alias": member.documented,
        "description": docstrings.field(shape, member),
        "repr": not member.sensitive,
    }
    if member.deprecated:
        arguments["deprecated"] = True
    if member.required:
        annotation = Annotated[annotation, Field(**arguments)]
        return FieldInfo.from_annotation(annotation)
    annotation = Annotated[annotation | None, Field(**arguments)]
    return FieldInfo.from_annotated_attribute(annotation, default=None)


def _limited(kind: facts.Kind, package: str) -> Any:
    """Return the annotation of a kind together with its limits."""
    annotation = python_type(kind, package)
    limits: dict[str, Any] = {}
    if isinstance(kind, (facts.Integer, facts.Float)):
        limits = {"ge": kind.min, "le": kind.max}
    elif isinstance(kind, (facts.String, facts.List, facts.Map, facts.Blob)):
        limits = {"min_length": kind.min, "max_length": kind.max}
        if isinstance(kind, facts.String):
            limits["pattern"] = kind.pattern
    stated = {name: limit for name, limit in limits.items() if limit is not None}
    return Annotated[annotation, Field(**stated)] if stated else annotation


def python_type(kind: facts.Kind, package: str) -> Any:
    """Return the type of a value of this kind in a shape."""
    if isinstance(kind, facts.Structure):
        return find_shape(package, kind.name)
    if isinstance(kind, facts.Enum):
        return find_enum(package, kind.name)
    if isinstance(kind, facts.List):
        return GenericAlias(tuple, (_limited(kind.item, package), ...))
    if isinstance(kind, facts.Map):
        pair = (_limited(kind.key, package), _limited(kind.value, package))
        return GenericAlias(Mapping, pair)
    return PYTHON_TYPES.get(type(kind), Any)


PYTHON_TYPES: Mapping[type[facts.Kind], type] = {
    facts.String: str,
    facts.Integer: int,
    facts.Float: float,
    facts.Boolean: bool,
    facts.Timestamp: datetime,
    facts.Blob: bytes,
}
