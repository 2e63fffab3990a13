"""Strict validation, for input from people and programs: every documented constraint holds."""

from __future__ import annotations

import base64
import binascii
import json
import math
from collections.abc import Callable, Mapping, Sequence, Sized
from types import NoneType
from typing import TYPE_CHECKING, Any

from pydantic_core import (
    CoreSchema,
    ErrorDetails,
    InitErrorDetails,
    PydanticCustomError,
    PydanticKnownError,
    ValidationError,
)
from pydantic_core import core_schema as cs

from sagemaker_typed.core.schema import facts, timestamps
from sagemaker_typed.core.schema.enum_values import EnumValues
from sagemaker_typed.core.schema.frozen import FrozenMap, freeze
from sagemaker_typed.core.schema.patterns import pattern
from sagemaker_typed.core.schema.walk import exclusive_members

if TYPE_CHECKING:
    from sagemaker_typed.core.schema.protocols import AnyShape
    from sagemaker_typed.core.validation.schema_graph import SchemaGraph

JSON_CONTEXT = {"json": True}
"""The validation context for data that was read from JSON, where bytes are base64."""


def model(shape: type[AnyShape], graph: SchemaGraph, reference: str | None) -> CoreSchema:
    """Return the strict schema of one shape."""

    def inner(kind: facts.Kind) -> CoreSchema:
        return of_kind(kind, graph, inner)

    return of_members(shape, inner, reference)


def of_members(
    shape: type[AnyShape],
    kind: Callable[[facts.Kind], CoreSchema],
    reference: str | None = None,
    *,
    quick: bool = False,
) -> CoreSchema:
    """Return the schema of a shape; ``kind`` makes the schemas of its members' values.

    A ``quick`` schema knows Python names only and ignores every other name. Looking for two names
    of each member takes longer, and so does looking for unknown names.
    """
    fields = {
        name: cs.model_field(
            _member(member, kind),
            validation_alias=member.documented,
            serialization_alias=member.documented,
        )
        for name, member in shape.__members__.items()
    }
    inner: CoreSchema = cs.model_fields_schema(fields, model_name=shape.__name__)
    payload = next((name for name in fields if _is_payload(shape.__members__[name].kind)), None)
    if payload is not None and _CONTENT_TYPE in fields:
        inner = cs.no_info_before_validator_function(_content_type(shape, payload), inner)
    choices = exclusive_members(shape)
    if choices:
        inner = cs.no_info_after_validator_function(_exactly_one(shape, choices), inner)
    return cs.model_schema(
        shape,
        inner,
        frozen=True,
        ref=reference,
        config=cs.CoreConfig(
            title=shape.__name__,
            extra_fields_behavior="ignore" if quick else "forbid",
            loc_by_alias=False,
            ser_json_bytes="base64",
            validate_by_alias=not quick,
            validate_by_name=True,
        ),
    )


def _member(member: facts.Member, kind: Callable[[facts.Kind], CoreSchema]) -> CoreSchema:
    schema = kind(member.kind)
    if member.required:
        return schema
    return cs.with_default_schema(cs.nullable_schema(schema), default=None)


_CONTENT_TYPE = "content_type"
_BYTES = (str, bytes, bytearray, memoryview)


def _is_payload(kind: facts.Kind) -> bool:
    return isinstance(kind, facts.Blob) and kind.streaming


def _content_type(shape: type[AnyShape], payload: str) -> Callable[[Any], Any]:
    """Make a function that declares a payload as JSON if it is a JSON value and not bytes."""
    names = [(name, shape.__members__[name].documented) for name in (payload, _CONTENT_TYPE)]

    def declare(members: object) -> object:
        if not isinstance(members, Mapping):
            return members
        for value, content_type in zip(*names, strict=True):
            if _is_json_value(members.get(value)):
                if any(members.get(each) is not None for each in names[1]):
                    return members
                return {**members, content_type: "application/json"}
        return members

    return declare


def _is_json_value(value: object) -> bool:
    """Return whether a payload is sent as JSON."""
    is_json = isinstance(value, (Mapping, Sequence, int, float))
    return is_json and not isinstance(value, _BYTES)


def _exactly_one(shape: type[AnyShape], choices: tuple[str, ...]) -> Callable[[Any], Any]:
    fields = {
        name: member.documented
        for name, member in shape.__members__.items()
        if member.documented in choices
    }

    def check(read: tuple[dict[str, object], object, object]) -> object:
        values = read[0]
        present = [name for field, name in fields.items() if values.get(field) is not None]
        if len(present) != 1:
            raise PydanticCustomError(
                "union",
                "Input should have exactly one of {choices}; it has {given}",
                {"choices": ", ".join(choices), "given": ", ".join(present) or "none"},
            )
        return read

    return check


def of_kind(
    kind: facts.Kind, graph: SchemaGraph, inner: Callable[[facts.Kind], CoreSchema]
) -> CoreSchema:
    """Return the strict schema of a kind; ``inner`` makes the schemas of the kinds inside."""
    if isinstance(kind, facts.List):
        return _list(kind, inner(kind.item))
    if isinstance(kind, facts.Map):
        return _map(kind, inner(kind.key), inner(kind.value))
    if isinstance(kind, facts.Structure):
        return graph.structure(kind.name)
    return scalar(kind, graph.package)


def scalar(kind: facts.Kind, package: str) -> CoreSchema:
    """Return the strict schema of a kind that holds no other kind."""
    return _SCALARS[type(kind)](kind, package)


def _string(kind: facts.String, _: str) -> CoreSchema:
    schema = cs.str_schema(strict=True, min_length=kind.min, max_length=kind.max)
    if kind.pattern is None:
        return schema
    return cs.no_info_after_validator_function(pattern(kind.pattern, kind.engine), schema)


def _integer(kind: facts.Integer, _: str) -> CoreSchema:
    # the service model may write a whole limit as 1.0
    low, high = (None if limit is None else int(limit) for limit in (kind.min, kind.max))
    return cs.int_schema(strict=True, ge=low, le=high)


def _float(kind: facts.Float, _: str) -> CoreSchema:
    number = cs.float_schema(strict=True, ge=kind.min, le=kind.max)
    return cs.no_info_wrap_validator_function(_as_written, number)


def _as_written(value: object, read: cs.ValidatorFunctionWrapHandler) -> object:
    """Check a float and keep a whole number whole: boto3 sends ``1``, not ``1.0``.

    No limit refuses a NaN: boto3 sends it, and a training loop that reports one must go on.
    """
    if isinstance(value, float) and math.isnan(value):
        return value
    number = read(value)
    return int(value) if isinstance(value, int) else number


def _boolean(_kind: facts.Boolean, _: str) -> CoreSchema:
    return cs.bool_schema(strict=True)


def _timestamp(_kind: facts.Timestamp, _: str) -> CoreSchema:
    return cs.no_info_plain_validator_function(timestamps.strict)


def _enum(kind: facts.Enum, package: str) -> CoreSchema:
    return cs.no_info_plain_validator_function(EnumValues(package, kind.name).strict)


def _list(kind: facts.List, item: CoreSchema) -> CoreSchema:
    items = cs.tuple_schema([item], variadic_item_index=0, strict=True)
    return cs.no_info_wrap_validator_function(_sized("List", _as_tuple, kind.min, kind.max), items)


def _as_tuple(value: object) -> object:
    if type(value) is list:  # the usual case; the check for a Sequence is slow
        return tuple(value)
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes, bytearray, memoryview)):
        return tuple(value)
    return value  # the tuple schema reports what is wrong


def _map(kind: facts.Map, key: CoreSchema, value: CoreSchema) -> CoreSchema:
    pairs = cs.dict_schema(key, value)
    sized = cs.no_info_wrap_validator_function(_sized("Map", _same, kind.min, kind.max), pairs)
    return cs.no_info_after_validator_function(FrozenMap, sized)


def _same(value: object) -> object:
    return value


def _sized(
    what: str, prepare: Callable[[object], object], low: int | None, high: int | None
) -> Callable[[object, cs.ValidatorFunctionWrapHandler], object]:
    """Make a check of the length of a value together with its items.

    pydantic-core counts only the items that pass, so it can report a wrong length, or none.
    """

    def check(value: object, read: cs.ValidatorFunctionWrapHandler) -> object:
        original, value = value, prepare(value)
        wrong = (
            _wrong_length(what, value, low, high)
            if isinstance(value, (tuple, Sized))  # the check for a tuple is faster
            else None
        )
        if wrong is None:
            return read(value)
        errors = [InitErrorDetails(type=wrong, loc=(), input=original)]
        try:
            read(value)
        except ValidationError as error:
            errors += [repeat(details) for details in error.errors(include_url=False)]
        raise ValidationError.from_exception_data(what, errors)

    return check


def repeat(details: ErrorDetails) -> InitErrorDetails:
    """Turn an error of one ``ValidationError`` into an error of another."""
    kind: Any = details["type"]  # Pydantic declares a literal, and accepts any string
    message: Any = details["msg"]
    error = PydanticCustomError(kind, message, details.get("ctx"))
    return InitErrorDetails(type=error, loc=details["loc"], input=details["input"])


def _wrong_length(
    what: str, value: Sized, low: int | None, high: int | None
) -> PydanticCustomError | None:
    length = len(value)
    if low is not None and length < low:
        limit, kind = f"at least {low}", "too_short"
    elif high is not None and length > high:
        limit, kind = f"at most {high}", "too_long"
    else:
        return None
    return PydanticCustomError(
        kind,
        "{what} should have {limit} items, not {actual_length}",
        {"what": what, "limit": limit, "actual_length": length},
    )


def _blob(kind: facts.Blob, _: str) -> CoreSchema:
    def check(value: object, info: cs.ValidationInfo[Any]) -> object:
        if kind.streaming and hasattr(value, "read"):
            return value  # boto3 sends it while it reads it
        is_json = info.mode == "json" or info.context == JSON_CONTEXT
        if kind.streaming and not is_json and not isinstance(value, (*_BYTES, NoneType)):
            value = _to_json(value)
        content = _as_bytes(value, is_json=is_json)
        if kind.min is not None and len(content) < kind.min:
            raise PydanticKnownError("bytes_too_short", {"min_length": kind.min})
        if kind.max is not None and len(content) > kind.max:
            raise PydanticKnownError("bytes_too_long", {"max_length": kind.max})
        return content

    return cs.with_info_plain_validator_function(check)


def _to_json(value: object) -> bytes:
    try:
        return json.dumps(value, allow_nan=False).encode()
    except (TypeError, ValueError) as error:
        raise PydanticCustomError(
            "payload",
            "Input should be bytes, a string or a JSON value, or a file: {reason}",
            {"reason": str(error)},
        ) from None


def _as_bytes(value: object, *, is_json: bool) -> bytes:
    if is_json and isinstance(value, str):
        try:
            return base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError):  # the latter for a string that is not ASCII
            raise PydanticCustomError("base64", "Input should be base64") from None
    if isinstance(value, str):
        try:
            return value.encode()
        except UnicodeEncodeError:
            raise PydanticCustomError("utf_8", "Input should be UTF-8 text or bytes") from None
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value)
    raise PydanticCustomError(
        "bytes_type",
        "Input should be bytes or a string, not {given}",
        {"given": type(value).__name__},
    )


def _document(_kind: facts.Document, _: str) -> CoreSchema:
    return cs.no_info_plain_validator_function(_json_value)


def _json_value(value: object) -> object:
    try:
        json.dumps(value)
    except (TypeError, ValueError) as error:
        raise PydanticCustomError(
            "json_value", "Input should be a JSON value: {reason}", {"reason": str(error)}
        ) from None
    return freeze(value)


def _event_stream(_kind: facts.EventStream, _: str) -> CoreSchema:
    return cs.any_schema()


_SCALARS: Mapping[type[facts.Kind], Callable[[Any, str], CoreSchema]] = {
    facts.String: _string,
    facts.Integer: _integer,
    facts.Float: _float,
    facts.Boolean: _boolean,
    facts.Timestamp: _timestamp,
    facts.Enum: _enum,
    facts.Blob: _blob,
    facts.Document: _document,
    facts.EventStream: _event_stream,
}
