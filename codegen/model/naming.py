"""The only source of Python names: every documented name is translated here."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

from botocore import xform_name

from codegen.overrides import table

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[A-Z]")


def snake(name: str) -> str:
    """Return a name in botocore's snake case, with the product words kept whole."""
    return xform_name(_whole(name, tuple(table("names")["product_words"])))


def field_name(documented: str) -> str:
    """Return the name of the field that holds the member documented under this name."""
    return _free(snake(documented).lstrip("_") or "_", _reserved_fields())


def field_names(documented: Iterable[str]) -> dict[str, str]:
    """Return the names of a structure's fields; equal names get numbers."""
    names: dict[str, str] = {}
    for member in documented:
        names[member] = _numbered(field_name(member), frozenset(names.values()))
    return names


def boto3_method_name(operation: str) -> str:
    """Return the name of boto3's method."""
    return xform_name(operation)


def method_name(operation: str) -> str:
    """Return the name of the client's method: boto3's, unless the client reserves that name."""
    reserved = frozenset(table("names")["reserved"]["client"])
    return _free(boto3_method_name(operation), reserved)


def class_name(documented: str) -> str:
    """Return the class name of a structure or an enum: the documented name, if Python allows it."""
    name = re.sub(r"\W", "_", documented, flags=re.ASCII).lstrip("_")
    return _free(f"_{name}" if name[:1].isdigit() else name or "Shape", frozenset())


def client_name(service_id: str) -> str:
    """Return the name of the client class for a service."""
    listed: Mapping[str, str] = table("names")["clients"]
    words = re.findall(r"[A-Za-z0-9]+", service_id)
    return listed.get(service_id) or "".join(w[0].upper() + w[1:] for w in words) + "Client"


def enum_member_names(values: Iterable[str]) -> dict[str, str]:
    """Return the member names of an enum, by value.

    Values with equal names get numbers. The value that is spelt like the name comes first, so the
    names do not depend on the documented order.
    """
    listed = list(values)
    plain = {value: _member_name(value) for value in listed}
    taken: set[str] = set()
    names: dict[str, str] = {}
    for value in sorted(listed, key=lambda v: (plain[v] != v, plain[v].lower() != v.lower(), v)):
        names[value] = _numbered(plain[value], frozenset(taken))
        taken.add(names[value])
    return {value: names[value] for value in listed}


def words(name: str) -> tuple[str, ...]:
    """Return the words of a name in camel case: ``AutoMLJobV2`` is Auto, ML, Job, V, 2."""
    return tuple(_WORD.findall(name))


def _member_name(value: str) -> str:
    names = table("names")
    elsewhere = names["value_words_elsewhere"]
    vocabulary = (*names["product_words"], *names["value_words"], *elsewhere)
    parts = re.findall(r"[A-Za-z0-9]+", _whole(value, vocabulary))
    name = "_".join(xform_name(part).strip("_") for part in parts).upper()
    if not name:
        # "*" or "<=": written in words.
        name = "_".join(_spoken(character) for character in value) or "EMPTY"
    return f"_{name}" if name[0].isdigit() else name


def _spoken(character: str) -> str:
    name = unicodedata.name(character, f"U{ord(character):04X}")
    return re.sub(r"[^A-Z0-9]+", "_", name)


def _whole(name: str, vocabulary: tuple[str, ...]) -> str:
    return _vocabulary(vocabulary).sub(lambda m: m[0][0].upper() + m[0][1:].lower(), name)


@cache
def _vocabulary(whole: tuple[str, ...]) -> re.Pattern[str]:
    # Not in the middle of a run of capitals, and not the beginning of a longer word.
    return re.compile(rf"(?<![A-Z])(?:{'|'.join(whole)})(?=s?(?![a-z]))")


@cache
def _reserved_fields() -> frozenset[str]:
    reserved = table("names")["reserved"]
    return frozenset((*reserved["pydantic"], *reserved["shape"]))


def _free(name: str, reserved: frozenset[str]) -> str:
    return f"{name}_" if keyword.iskeyword(name) or name in reserved else name


def _numbered(name: str, taken: frozenset[str]) -> str:
    unique, n = name, 2
    while unique in taken:
        unique, n = f"{name}_{n}", n + 1
    return unique
