"""JSON Schema (2020-12) of shapes, written from their facts.

Pydantic collects the definitions and names the properties. So a schema is the same in
``model_json_schema``, in a schema of a model that holds shapes, and in FastAPI's OpenAPI.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeAlias

from pydantic_core import core_schema as cs

from sagemaker_typed.core.schema import docstrings, facts
from sagemaker_typed.core.schema.lazy_docs import ClassDoc
from sagemaker_typed.core.schema.lookup import definition_name, find_enum, find_shape
from sagemaker_typed.core.schema.patterns import whole
from sagemaker_typed.core.schema.walk import nested_structures

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler

    from sagemaker_typed.core.schema.protocols import AnyShape

JsonSchema: TypeAlias = dict[str, Any]
_Writer: TypeAlias = "Callable[[GetJsonSchemaHandler], JsonSchema]"

# base64 without line breaks, as strict validation reads it
_BASE64 = "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"


def of_shape(shape: type[AnyShape], handler: GetJsonSchemaHandler) -> JsonSchema:
    """Return the schema of a shape: a reference to its definition.

    ``handler`` is Pydantic's, and gets a definition of every shape inside too.
    """
    shapes = {each: functools.partial(_object, each) for each in nested_structures(shape)}
    return _define({**shapes, shape: functools.partial(_object, shape)}, shape, handler)


def _define(
    definitions: Mapping[type, _Writer], referred: type, handler: GetJsonSchemaHandler
) -> JsonSchema:
    """Give Pydantic the definitions of classes; return the reference to one of them."""
    schemas: list[cs.CoreSchema] = [
        cs.any_schema(
            ref=definition_name(each),
            metadata={"pydantic_js_functions": [lambda _, inner, write=write: write(inner)]},
        )
        for each, write in definitions.items()
    ]
    return handler(cs.definitions_schema(_reference(referred), schemas))


def _reference(owner: type) -> cs.CoreSchema:
    return cs.definition_reference_schema(definition_name(owner))


def _object(shape: type[AnyShape], handler: GetJsonSchemaHandler) -> JsonSchema:
    names = _property_names(shape, handler)
    members = shape.__members__
    exactly_one = (
        [m.documented for m in members.values()] if shape.__union__ else shape.__exactly_one__
    )
    by_name = {members[field].documented: name for field, name in names.items()}
    operation: facts.Operation | None = getattr(shape, "__operation__", None)
    return (
        _stated(
            type="object",
            title=shape.__name__,
            description=_description(shape),
            properties={
                name: _member(shape, members[field], handler) for field, name in names.items()
            },
            required=[names[field] for field, member in members.items() if member.required],
            oneOf=[{"required": [by_name[documented]]} for documented in exactly_one],
        )
        | {"additionalProperties": False}
        | _operation(operation)
    )


def _operation(operation: facts.Operation | None) -> JsonSchema:
    if operation is None:
        return {}
    named = {
        "operation": operation.name,
        "method": operation.method,
        "response": operation.response,
    }
    return {f"x-{name}": value for name, value in named.items() if value}


def _property_names(shape: type[AnyShape], handler: GetJsonSchemaHandler) -> dict[str, str]:
    """Return the name of each field's property, which depends on Pydantic's ``by_alias``."""
    if not shape.__members__:
        return {}
    fields = {
        field: cs.typed_dict_field(
            cs.any_schema(),
            validation_alias=member.documented,
            serialization_alias=member.documented,
        )
        for field, member in shape.__members__.items()
    }
    return dict(zip(fields, handler(cs.typed_dict_schema(fields))["properties"], strict=True))


def _member(
    shape: type[AnyShape], member: facts.Member, handler: GetJsonSchemaHandler
) -> JsonSchema:
    notes = {
        "deprecated": member.deprecated,
        "x-sensitive": member.sensitive,
        "x-idempotency-token": member.idempotency_token,
    }
    return {
        **_kind(shape.__package_name__, member.kind, handler),
        "description": docstrings.field(shape, member),
        **{note: True for note, holds in notes.items() if holds},
    }


def _description(owner: type[Any]) -> str:
    """Return the docstring of a class, without what describes its members."""
    docs: Iterable[object] = (vars(base).get("__doc__") for base in owner.__mro__)
    doc = next(filter(None, docs), "")
    if not isinstance(doc, ClassDoc):  # a user's own
        return inspect.cleandoc(str(doc))
    if issubclass(owner, Enum):
        return inspect.cleandoc(doc.own)
    return "\n\n".join(docstrings.summary(owner, doc.own))


def _stated(**keywords: Any) -> JsonSchema:
    """Return the keywords that have a value."""
    return {name: value for name, value in keywords.items() if value not in (None, [], {})}


def _kind(package: str, kind: facts.Kind, handler: GetJsonSchemaHandler) -> JsonSchema:
    match kind:
        case facts.String():
            ecma = kind.pattern if kind.ecma is None else kind.ecma
            pattern = whole(ecma) if ecma else None
            return _stated(
                type="string", minLength=kind.min or None, maxLength=kind.max, pattern=pattern
            )
        case facts.Integer():
            # the service model may write a whole limit as 1.0
            low, high = (None if limit is None else int(limit) for limit in (kind.min, kind.max))
            return _stated(type="integer", minimum=low, maximum=high)
        case facts.Float():
            return _stated(type="number", minimum=kind.min, maximum=kind.max)
        case facts.Boolean():
            return {"type": "boolean"}
        case facts.Timestamp():
            return {"type": ["string", "number"], "format": "date-time"}
        case facts.Blob():
            return _blob(kind)
        case facts.Enum():
            enum = find_enum(package, kind.name)
            return _define({enum: lambda _: _enum(enum)}, enum, handler)
        case facts.List():
            items = _kind(package, kind.item, handler)
            return _stated(type="array", items=items, minItems=kind.min or None, maxItems=kind.max)
        case facts.Map():
            return _stated(
                type="object",
                propertyNames=_kind(package, kind.key, handler),
                additionalProperties=_kind(package, kind.value, handler),
                minProperties=kind.min or None,
                maxProperties=kind.max,
            )
        case facts.Structure():
            return handler(_reference(find_shape(package, kind.name)))
        case _:  # a document, or a stream of events
            return {}


def _blob(kind: facts.Blob) -> JsonSchema:
    """Base64 has four characters for three bytes, so limits of bytes are almost those of text."""
    low, high = (None if not size else -(-size // 3) * 4 for size in (kind.min, kind.max))
    return _stated(
        type="string", contentEncoding="base64", pattern=_BASE64, minLength=low, maxLength=high
    )


def _enum(enum: type[Enum]) -> JsonSchema:
    values = [member.value for member in enum]
    return _stated(type="string", title=enum.__name__, description=_description(enum), enum=values)
