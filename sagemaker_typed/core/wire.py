"""Requests as the bytes that boto3 would send for them: the text that ``json.dumps`` would write.

For each shape a function is made that writes its members one after the other, as ``dataclasses``
makes an ``__init__``: a loop over the members takes half as long again, and ``json`` with a
``default`` for shapes as long again.
"""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Callable, Mapping
from json.encoder import encode_basestring_ascii as _string
from typing import TYPE_CHECKING, Any, TypeAlias

from sagemaker_typed.core import facts

if TYPE_CHECKING:
    from sagemaker_typed.core.shape import Request

_Write: TypeAlias = "Callable[[Any], str]"


class NotWritable(Exception):
    """Holds something that only boto3 knows how to write, or would refuse."""


def body(request: Request[Any]) -> bytes | None:
    """The body of a request in AWS's JSON protocol, or ``None`` where boto3 must write it."""
    try:
        return _structure(request).encode("ascii")
    except (NotWritable, TypeError, ValueError, KeyError):  # not of its kind: boto3 says so
        return None


def _structure(shape: object) -> str:
    kind = type(shape)
    return (_STRUCTURES.get(kind) or _writer_of(kind))(shape)


_STRUCTURES: dict[type, _Write] = {}


def _writer_of(kind: type) -> _Write:
    from sagemaker_typed.core.shape import Shape

    if not issubclass(kind, Shape):
        raise NotWritable
    writers: dict[str, Any] = {"__name__": __name__}
    lines = ["def write(shape):", " values, text = shape.__dict__, ''"]
    for name, member in kind.__members__.items():
        writers[f"write_{name}"] = _writer(member.kind)
        # what is required and missing, as in an answer that is sent back, its writer refuses
        condition = "" if member.required else "if value is not None: "
        begin = f", {_string(member.documented)}: "
        lines += [
            f" value = values[{name!r}]",
            f" {condition}text += {begin!r} + write_{name}(value)",
        ]
    lines.append(" return '{' + text[2:] + '}'")
    exec("\n".join(lines), writers)  # noqa: S102  # names of members, which are identifiers
    write: _Write = writers["write"]
    _STRUCTURES[kind] = write
    return write


def _writer(kind: facts.Kind) -> _Write:
    if isinstance(kind, facts.List):
        return _list(_writer(kind.item))
    if isinstance(kind, facts.Map):
        return _map(_writer(kind.value))
    return _WRITERS.get(type(kind), _boto3s)


def _list(item: _Write) -> _Write:
    def write(values: object) -> str:
        if type(values) is not tuple:
            raise NotWritable
        return "[" + ", ".join([item(value) for value in values]) + "]"

    return write


def _map(item: _Write) -> _Write:
    def write(values: object) -> str:
        if not isinstance(values, dict):
            raise NotWritable
        return "{" + ", ".join([f"{_string(key)}: {item(values[key])}" for key in values]) + "}"

    return write


def _float(value: float) -> str:
    if not math.isfinite(value):
        raise NotWritable
    return float.__repr__(value)


def _blob(value: bytes) -> str:
    return f'"{base64.b64encode(value).decode("ascii")}"'


def _boto3s(_: object) -> str:
    # how boto3 writes a moment depends on its version, and a stream is its own affair
    raise NotWritable


_BOOLEANS: Mapping[object, str] = {True: "true", False: "false"}

_WRITERS: Mapping[type[facts.Kind], _Write] = {
    facts.String: _string,
    facts.Enum: _string,
    facts.Integer: int.__repr__,
    facts.Float: _float,
    facts.Boolean: _BOOLEANS.__getitem__,
    facts.Structure: _structure,
    facts.Blob: _blob,
    facts.Document: json.JSONEncoder(allow_nan=False).encode,
}
