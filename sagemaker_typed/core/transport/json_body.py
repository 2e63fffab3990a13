"""Requests as the bytes that boto3 would send for them: the text that ``json.dumps`` would write.

For each shape a function is made that writes its members one after the other, as ``dataclasses``
makes an ``__init__``: a loop over the members takes half as long again, and ``json`` with a
``default`` for shapes as long again.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from json.encoder import encode_basestring_ascii as _string
from math import isfinite
from typing import TYPE_CHECKING, Any, TypeAlias

from sagemaker_typed.core.schema import facts

if TYPE_CHECKING:
    from sagemaker_typed.core.shapes.shape import Request

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
    return _STRUCTURES[type(shape)](shape)


class _Structures(dict[type, _Write]):
    """What writes the shapes of a class, made for the first of them."""

    def __missing__(self, kind: type) -> _Write:
        write = self[kind] = _writer_of(kind)
        return write


_STRUCTURES = _Structures()


def _writer_of(kind: type) -> _Write:
    from sagemaker_typed.core.shapes.shape import Shape

    if not issubclass(kind, Shape):
        raise NotWritable
    known: dict[str, Any] = {"__name__": __name__, "_STRUCTURES": _STRUCTURES}
    parts: list[str] = []
    for name, member in kind.__members__.items():
        begin = f", {_string(member.documented)}: "
        if not member.required:
            value = "value"
            part = f"'' if (value := values[{name!r}]) is None else {begin!r} + "
        else:
            # what is missing all the same, as in an answer that is sent back, its writer refuses
            value = f"values[{name!r}]"
            part = f"{begin!r}, "
        if isinstance(member.kind, facts.Structure):  # as _structure does, a step sooner
            part += f"_STRUCTURES[type({value})]({value})"
        else:
            known[f"write_{name}"] = _writer(member.kind)
            if isinstance(member.kind, facts.Integer):  # as _integer does, a step sooner
                given = f"(value := {value})" if member.required else value
                part += f"(f'{{value}}' if type({given}) is int else write_{name}(value))"
            else:
                part += f"write_{name}({value})"
        parts.append(f"{part}, ")
    written = "".join(parts)
    if written.startswith("', "):  # there always is a first member, so it need not be found out
        text = f"''.join(('{{{written[3:]}'}}'))"
    else:
        text = f"'{{' + ''.join(({written}))[2:] + '}}'"
    exec(f"def write(shape):\n values = shape.__dict__\n return {text}", known)  # noqa: S102  # names of members, which are identifiers
    write: _Write = known["write"]
    return write


def _writer(kind: facts.Kind) -> _Write:
    if isinstance(kind, facts.List):
        if isinstance(kind.item, facts.Structure):
            return _structures
        item = _writer(kind.item)
        return _strings if item is _string else _list(item)
    if isinstance(kind, facts.Map):
        return _map(_writer(kind.value))
    return _WRITERS.get(type(kind), _boto3s)


def _structures(values: object) -> str:
    if type(values) is not tuple:
        raise NotWritable
    return f"[{', '.join([_STRUCTURES[type(value)](value) for value in values])}]"


def _strings(values: object) -> str:
    if type(values) is not tuple:
        raise NotWritable
    return f"[{', '.join(map(_string, values))}]"


def _list(item: _Write) -> _Write:
    def write(values: object) -> str:
        if type(values) is not tuple:
            raise NotWritable
        return f"[{', '.join([item(value) for value in values])}]"

    return write


def _map(item: _Write) -> _Write:
    def write(values: object) -> str:
        if not isinstance(values, dict):
            raise NotWritable
        written = [f"{_string(key)}: {item(value)}" for key, value in values.items()]
        return f"{{{', '.join(written)}}}"

    return write


def _integer(value: int) -> str:
    return repr(value) if type(value) is int else int.__repr__(value)


def _float(value: float) -> str:
    if not isfinite(value):
        raise NotWritable
    return repr(value) if type(value) is float else float.__repr__(value)


def _blob(value: bytes) -> str:
    return f'"{base64.b64encode(value).decode("ascii")}"'


def _boto3s(_: object) -> str:
    # how boto3 writes a moment depends on its version, and a stream is its own affair
    raise NotWritable


_BOOLEANS: Mapping[object, str] = {True: "true", False: "false"}

_WRITERS: Mapping[type[facts.Kind], _Write] = {
    facts.String: _string,
    facts.Enum: _string,
    facts.Integer: _integer,
    facts.Float: _float,
    facts.Boolean: _BOOLEANS.__getitem__,
    facts.Structure: _structure,
    facts.Blob: _blob,
    facts.Document: json.JSONEncoder(allow_nan=False).encode,
}
