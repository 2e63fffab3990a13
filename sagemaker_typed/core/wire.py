"""Requests as the bytes that boto3 would send for them."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from sagemaker_typed.core.shape import Request

_Fields: TypeAlias = "tuple[tuple[str, str, bool], ...]"


class NotWritable(Exception):
    """Holds something that only boto3 knows how to write, or would refuse."""


def body(request: Request[Any]) -> bytes | None:
    """The body of a request in AWS's JSON protocol, or ``None`` where boto3 must write it."""
    try:
        return _encode(request).encode("ascii")
    except (NotWritable, ValueError):
        return None


def _replace(value: object) -> object:
    """What the encoder does not know: shapes by their documented names, bytes as base64.

    Lists are tuples, maps are dicts and enums are strings already.
    """
    fields = _FIELDS.get(type(value))
    if fields is None:
        if isinstance(value, bytes):
            return base64.b64encode(value).decode("ascii")
        fields = _fields(type(value))
    values = value.__dict__
    written: dict[str, object] = {}
    for name, documented, is_required in fields:
        member = values.get(name)
        if member is not None:
            written[documented] = member
        elif is_required:  # an incomplete answer that was sent back: boto3 says what is missing
            raise NotWritable
    return written


_FIELDS: dict[type, _Fields] = {}


def _fields(kind: type) -> _Fields:
    from sagemaker_typed.core.shape import Shape

    # how boto3 writes a moment depends on its version, and a stream is its own affair
    if not issubclass(kind, Shape):
        raise NotWritable
    # boto3 draws a token that is not given
    if any(member.idempotency_token for member in kind.__members__.values()):
        raise NotWritable
    fields = _FIELDS[kind] = tuple(
        (name, member.documented, member.required) for name, member in kind.__members__.items()
    )
    return fields


# botocore writes with json.dumps and its defaults; these differ only in refusing NaN
_encode: Callable[[object], str] = json.JSONEncoder(
    default=_replace, check_circular=False, allow_nan=False
).encode
