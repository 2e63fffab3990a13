"""Lenient validation, for responses: everything readable is kept, and no value raises an error.

An unknown member is ignored. A missing or unreadable member is ``None``. An unreadable item of a
list or map is left out. An enum value that is not listed is kept as an unlisted instance.
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
from sagemaker_typed.core.schema.lookup import find_shape

if TYPE_CHECKING:
    from sagemaker_typed.core.schema.protocols import AnyShape
    from sagemaker_typed.core.validation.schema_graph import SchemaGraph


# Half a surrogate pair is legal JSON. boto3 reads it, and pydantic-core does not.
_STRING = cs.json_or_python_schema(
    cs.str_schema(),
    cs.union_schema([cs.is_instance_schema(str), cs.str_schema()], mode="left_to_right"),
)


def model(shape: type[AnyShape], graph: SchemaGraph, reference: str | None) -> CoreSchema:
    """Return the lenient schema of one shape."""
    fields = {
        name: cs.model_field(
            cs.with_default_schema(
                cs.nullable_schema(_kind(member.kind, graph)), default=None, on_error="default"
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


def _kind(kind: facts.Kind, graph: SchemaGraph) -> CoreSchema:
    return _KINDS[type(kind)](kind, graph)


def _enum(kind: facts.Enum, graph: SchemaGraph) -> CoreSchema:
    values = EnumValues(graph.package, kind.name)
    return cs.no_info_after_validator_function(values.__getitem__, _STRING)


def _list(kind: facts.List, graph: SchemaGraph) -> CoreSchema:
    item = cs.with_default_schema(_kind(kind.item, graph), on_error="omit")
    return cs.tuple_schema([item], variadic_item_index=0)


def _map(kind: facts.Map, graph: SchemaGraph) -> CoreSchema:
    value = cs.with_default_schema(_kind(kind.value, graph), on_error="omit")
    pairs = cs.dict_schema(_kind(kind.key, graph), value)
    return cs.no_info_after_validator_function(FrozenMap, pairs)


def _blob(kind: facts.Blob, graph: SchemaGraph) -> CoreSchema:
    if kind.streaming:
        operation = _operation(graph)

        def stream(value: object) -> object:
            from sagemaker_typed.core.streams import body  # botocore loads slowly

            return body(value, operation)

        return cs.no_info_plain_validator_function(stream)
    return cs.no_info_plain_validator_function(_as_bytes)


def _as_bytes(value: object) -> bytes:
    if isinstance(value, str):
        return base64.b64decode(value)
    if isinstance(value, bytes):
        return value
    raise ValueError("neither bytes nor base64")


def _structure(kind: facts.Structure, graph: SchemaGraph) -> CoreSchema:
    return graph.structure(kind.name)


def _events(kind: facts.EventStream, graph: SchemaGraph) -> CoreSchema:
    operation = _operation(graph)

    def stream(value: object) -> object:
        from sagemaker_typed.core.streams import events  # botocore loads slowly

        return events(value, find_shape(graph.package, kind.name), operation)

    return cs.no_info_plain_validator_function(stream)


def _operation(graph: SchemaGraph) -> str:
    """Return the operation that a response belongs to; streams name it in their errors."""
    return graph.root.__name__.removesuffix("Response")


def _simple(schema: CoreSchema) -> Callable[[facts.Kind, SchemaGraph], CoreSchema]:
    return lambda _kind, _graph: schema


_KINDS: Mapping[type[facts.Kind], Callable[[Any, SchemaGraph], CoreSchema]] = {
    facts.String: _simple(_STRING),
    facts.Integer: _simple(cs.int_schema()),
    facts.Float: _simple(cs.float_schema()),
    facts.Boolean: _simple(cs.bool_schema()),
    facts.Timestamp: _simple(timestamps.LENIENT),
    facts.Enum: _enum,
    facts.List: _list,
    facts.Map: _map,
    facts.Blob: _blob,
    facts.Document: _simple(cs.no_info_plain_validator_function(freeze)),
    facts.Structure: _structure,
    facts.EventStream: _events,
}
