"""The door for answers: what can be read is kept, and nothing makes it fail.

A member that is unknown is left out, one that is missing or unreadable is ``None``, an unreadable
item of a list or map is left out, and an enum value that is not listed survives.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from pydantic_core import CoreSchema
from pydantic_core import core_schema as cs

from sagemaker_typed.core.schema import facts, timestamps
from sagemaker_typed.core.schema.enum_values import EnumValues
from sagemaker_typed.core.schema.frozen import FrozenMap, freeze

if TYPE_CHECKING:
    from sagemaker_typed.core.shapes.shape import Shape
    from sagemaker_typed.core.validation.schema_graph import Closure


def model(shape: type[Shape], closure: Closure, reference: str | None) -> CoreSchema:
    """The tolerant schema of one shape."""
    fields = {
        name: cs.model_field(
            cs.with_default_schema(
                cs.nullable_schema(_kind(member.kind, closure)), default=None, on_error="default"
            ),
            validation_alias=member.documented,
        )
        for name, member in shape.__members__.items()
    }
    return cs.model_schema(
        shape,
        cs.model_fields_schema(fields, model_name=shape.__name__),
        ref=reference,
        config=cs.CoreConfig(title=shape.__name__, extra_fields_behavior="ignore"),
    )


def _kind(kind: facts.Kind, closure: Closure) -> CoreSchema:
    return _KINDS[type(kind)](kind, closure)


def _enum(kind: facts.Enum, closure: Closure) -> CoreSchema:
    values = EnumValues(closure.package, kind.name)
    return cs.no_info_after_validator_function(values.__getitem__, cs.str_schema())


def _list(kind: facts.List, closure: Closure) -> CoreSchema:
    item = cs.with_default_schema(_kind(kind.item, closure), on_error="omit")
    return cs.tuple_schema([item], variadic_item_index=0)


def _map(kind: facts.Map, closure: Closure) -> CoreSchema:
    value = cs.with_default_schema(_kind(kind.value, closure), on_error="omit")
    pairs = cs.dict_schema(_kind(kind.key, closure), value)
    return cs.no_info_after_validator_function(FrozenMap, pairs)


def _blob(kind: facts.Blob, closure: Closure) -> CoreSchema:
    if kind.streaming:
        operation = closure.root.__name__.removesuffix("Response")

        def stream(value: object) -> object:
            from sagemaker_typed.core.streams import body

            return body(value, operation)

        return cs.no_info_plain_validator_function(stream)
    return cs.no_info_plain_validator_function(_as_bytes)


def _as_bytes(value: object) -> bytes:
    if isinstance(value, str):
        return base64.b64decode(value)
    if isinstance(value, bytes):
        return value
    raise ValueError("neither bytes nor base64")


def _structure(kind: facts.Structure, closure: Closure) -> CoreSchema:
    return closure.structure(kind.name)


def _events(kind: facts.EventStream, closure: Closure) -> CoreSchema:
    operation = closure.root.__name__.removesuffix("Response")

    def stream(value: object) -> object:
        from sagemaker_typed.core.schema.lookup import find_shape
        from sagemaker_typed.core.streams import events

        return events(value, find_shape(closure.package, kind.name), operation)

    return cs.no_info_plain_validator_function(stream)


def _plain(schema: CoreSchema) -> Callable[[facts.Kind, Closure], CoreSchema]:
    return lambda _kind, _closure: schema


_KINDS: Mapping[type[facts.Kind], Callable[[Any, Closure], CoreSchema]] = {
    facts.String: _plain(cs.str_schema()),
    facts.Integer: _plain(cs.int_schema()),
    facts.Float: _plain(cs.float_schema()),
    facts.Boolean: _plain(cs.bool_schema()),
    facts.Timestamp: _plain(timestamps.TOLERANT),
    facts.Enum: _enum,
    facts.List: _list,
    facts.Map: _map,
    facts.Blob: _blob,
    facts.Document: _plain(cs.no_info_plain_validator_function(freeze)),
    facts.Structure: _structure,
    facts.EventStream: _events,
}
