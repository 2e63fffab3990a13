"""Requests as the bytes that boto3 would send for them."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from sagemaker_typed.core.shape import Request


class NotWritable(Exception):
    """Holds something that only boto3 knows how to write, or would refuse."""


def body(request: Request[Any]) -> bytes | None:
    """The body of a request in AWS's JSON protocol, or ``None`` where boto3 must write it."""
    try:
        return _encode(request).encode("ascii")
    except (NotWritable, ValueError, KeyError):
        return None


def _replace(value: object) -> object:
    """What the encoder does not know: shapes by their documented names, bytes as base64.

    Lists are tuples, maps are dicts and enums are strings already.
    """
    layout = _LAYOUTS.get(type(value))
    if layout is None:
        if isinstance(value, bytes):
            return base64.b64encode(value).decode("ascii")
        layout = _layout(type(value))
    documented, required = layout
    members = value.__dict__
    for name in required:
        if members[name] is None:  # in an answer that is sent back; boto3 says what is missing
            raise NotWritable
    return {documented[name]: member for name, member in members.items() if member is not None}


_Layout: TypeAlias = tuple[Mapping[str, str], tuple[str, ...]]
"""The documented names of a shape's fields, and the fields that must be set."""

_LAYOUTS: dict[type, _Layout] = {}


def _layout(kind: type) -> _Layout:
    from sagemaker_typed.core.shape import Shape

    # how boto3 writes a moment depends on its version, and a stream is its own affair
    if not issubclass(kind, Shape):
        raise NotWritable
    members = kind.__members__
    layout = _LAYOUTS[kind] = (
        {name: member.documented for name, member in members.items()},
        tuple(name for name, member in members.items() if member.required),
    )
    return layout


# botocore writes with json.dumps and its defaults; these differ only in refusing NaN
_encode: Callable[[object], str] = json.JSONEncoder(
    default=_replace, check_circular=False, allow_nan=False
).encode
