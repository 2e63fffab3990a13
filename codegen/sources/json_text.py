"""Read JSON and check its types, so that a malformed document gives a clear error."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias, TypeVar

from codegen.errors import InputError

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Object: TypeAlias = dict[str, Json]
T = TypeVar("T")

_NAMES: Mapping[type, str] = {
    dict: "an object",
    list: "an array",
    str: "a string",
    bool: "true or false",
    int: "a number",
    float: "a number",
    type(None): "null",
}


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file, decompressed if they are gzip."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from None
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        return gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{path}: not a whole gzip file: {error}") from None


def parse(data: bytes, where: str) -> Object:
    """Return the JSON object in ``data``."""
    try:
        value: Json = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: not JSON: {error}") from None
    if not isinstance(value, dict):
        raise InputError(f"{where}: expected a JSON object, found {_NAMES[type(value)]}")
    return value


def want(value: Json, kind: type[T], where: str) -> T:
    """Return ``value`` if it is of the expected kind; ``true`` is not a number."""
    if isinstance(value, kind) and (kind is bool or (value is not True and value is not False)):
        return value
    raise InputError(f"{where}: expected {_NAMES[kind]}, found {_NAMES[type(value)]}")


def want_object(value: Json, where: str) -> Object:
    if isinstance(value, dict):
        return value
    raise InputError(f"{where}: expected an object, found {_NAMES[type(value)]}")


def want_list(value: Json, where: str) -> list[Json]:
    """Return an array; an absent array is empty."""
    if value is None:
        return []
    if isinstance(value, list):
        return value
    raise InputError(f"{where}: expected an array, found {_NAMES[type(value)]}")


def objects(value: Json, where: str) -> dict[str, Object]:
    """Return an object of objects; an absent object is empty."""
    if value is None:
        return {}
    return {k: want_object(v, f"{where}.{k}") for k, v in want_object(value, where).items()}


def string(node: Object, key: str, where: str) -> str:
    return want(node.get(key), str, f"{where}.{key}")


def optional_string(node: Object, key: str, where: str) -> str | None:
    return None if node.get(key) is None else string(node, key, where)


def strings(value: Json, where: str) -> tuple[str, ...]:
    """Return the strings of an array; a single string counts as an array of one."""
    if isinstance(value, str):
        return (value,)
    return tuple(want(item, str, f"{where}[{n}]") for n, item in enumerate(want_list(value, where)))


def integer(value: Json, where: str) -> int | None:
    return None if value is None else want(value, int, where)


def number(value: Json, where: str) -> int | float | None:
    if value is None or isinstance(value, float):
        return value
    return want(value, int, where)


def flag(node: Object, key: str) -> bool:
    """Return whether a trait is set; some are objects, some are ``true``."""
    return bool(node.get(key))
