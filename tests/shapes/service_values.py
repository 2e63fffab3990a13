"""Valid and invalid values for the shapes of a botocore service model.

Built from botocore's model, not from ours, so that tests can compare the two.
"""

from __future__ import annotations

import datetime
import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import botocore.session
from botocore.model import ServiceModel, StructureShape
from botocore.utils import is_json_value_header

from tests.shapes.regex_samples import sample

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

_RECURSION_ENDS_AT = 6


@functools.cache
def service_model(service: str = "sagemaker") -> ServiceModel:
    """The service model of the botocore that is installed."""
    loader = botocore.session.get_session().get_component("data_loader")
    return ServiceModel(loader.load_service_model(service, "service-2"), service)


def python_pattern(documented: str) -> str:
    """A documented (Java) pattern for Python's ``re``, translated roughly."""
    pattern = documented.replace(r"\uD800\uDC00-\uDBFF\uDFFF", r"\U00010000-\U0010FFFF")
    pattern = re.sub(r"\$\{\d+,\d+\}$", "", pattern)  # two documented patterns are broken so
    pattern = pattern.replace(r"\p{ASCII}", "[ -~]").replace(r"\z", r"\Z")
    for category, characters in _CATEGORIES.items():
        pattern = pattern.replace(category, characters)
    return pattern


_CATEGORIES = {r"\p{L}": "a-zA-Z", r"\p{M}": "", r"\p{Z}": " ", r"\p{N}": "0-9"} | {
    r"\p{P}": ".,!",
    r"\p{S}": "+=",
    r"\p{Alnum}": "a-zA-Z0-9",
    r"\p{Print}": " -~",
}
"""Enough of each Unicode category to draw from; all of them are used inside brackets."""


# Members of which exactly one is documented to be required, without a mark in the service model.
EXACTLY_ONE = {"InvokeEndpointAsyncInput": ["Body", "InputLocation"]}


class Values:
    """Valid values in boto3's form: documented names, lists, dicts, strings and numbers."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def structure(self, shape: StructureShape, *, fill: float, depth: int = 0) -> dict[str, Any]:
        """A structure with its required members and each other one with chance ``fill``."""
        if getattr(shape, "is_tagged_union", False):
            name = self._random.choice(list(shape.members))
            return {name: self.value(shape.members[name], fill=fill, depth=depth + 1)}
        if depth >= _RECURSION_ENDS_AT:
            fill = 0.0
        choices = EXACTLY_ONE.get(shape.name, ())
        chosen = self._random.choice(choices) if choices else None
        return {
            name: self.value(member, fill=fill, depth=depth + 1)
            for name, member in shape.members.items()
            if name == chosen
            or name in shape.required_members
            or (name not in choices and self._random.random() < fill)
        }

    def value(self, shape: Any, *, fill: float, depth: int = 0) -> Any:
        """A value for any shape."""
        if is_json_value_header(shape) or getattr(shape, "is_document_type", False):
            return {"any": ["json", 1, None]}
        kind = shape.type_name
        if kind == "structure":
            return self.structure(shape, fill=fill, depth=depth)
        if kind == "list":
            return [
                self.value(shape.member, fill=fill, depth=depth + 1)
                for _ in range(self._length(shape, depth))
            ]
        if kind == "map":
            return self._map(shape, fill=fill, depth=depth)
        return self.scalar(shape)

    def _length(self, shape: Any, depth: int) -> int:
        low = shape.metadata.get("min", 0)
        most = low + (2 if depth < _RECURSION_ENDS_AT else 0)
        return self._random.randint(low, min(most, shape.metadata.get("max", most)))

    def _map(self, shape: Any, *, fill: float, depth: int) -> dict[str, Any]:
        wanted = self._length(shape, depth)
        pairs: dict[str, Any] = {}
        for _ in range(200):
            if len(pairs) >= wanted:
                break
            pairs[self.scalar(shape.key)] = self.value(shape.value, fill=fill, depth=depth + 1)
        return pairs

    def scalar(self, shape: Any) -> Any:
        """A string, number, boolean, timestamp or blob within its limits."""
        kind, facts = shape.type_name, shape.metadata
        low, high = facts.get("min"), facts.get("max")
        if kind == "string":
            if shape.enum:
                return self._random.choice(shape.enum)
            low = low or 0
            if "pattern" in facts:
                return _patterned(facts["pattern"], self._random, low, high)
            high = low + 40 if high is None else high
            return "é" * self._random.randint(low, min(high, low + 20))
        if kind in ("integer", "long"):
            low = -(2**31) if low is None else int(low)
            return self._random.randint(low, low + 2**33 if high is None else int(high))
        if kind in ("float", "double"):
            low = -1e6 if low is None else low
            return self._random.uniform(low, low + 1e9 if high is None else high)
        if kind == "boolean":
            return self._random.choice([True, False])
        if kind == "timestamp":
            moment = self._random.randint(0, 4_000_000_000)  # whole: the wire form has no fraction
            return datetime.datetime.fromtimestamp(moment, datetime.timezone.utc)
        assert kind == "blob", kind
        return self._random.randbytes(low or 3)


def _patterned(pattern: str, random: Random, low: int, high: int | None) -> str:
    return sample(python_pattern(pattern), random, low, high)


@dataclass(frozen=True)
class WrongValue:
    """One member of a structure with a value that breaks one documented constraint."""

    member: str
    constraint: str
    value: Any = None
    missing: bool = False

    def apply(self, valid: dict[str, Any]) -> dict[str, Any]:
        """Return the valid structure with this error and no other."""
        others = {name: value for name, value in valid.items() if name != self.member}
        return others if self.missing else {**others, self.member: self.value}


def wrong_values(shape: StructureShape, values: Values) -> Iterator[WrongValue]:
    """Every way in which one member of a structure can break one documented constraint."""
    yield WrongValue("NoSuchMember", "unknown", value="x")
    for name, member in shape.members.items():
        if name in shape.required_members and not member.metadata.get("idempotencyToken"):
            yield WrongValue(name, "required", missing=True)
        for constraint, value in _broken(member, values):
            yield WrongValue(name, constraint, value)


def _broken(shape: Any, values: Values) -> Iterator[tuple[str, Any]]:
    if is_json_value_header(shape) or getattr(shape, "is_document_type", False):
        return
    kind = shape.type_name
    yield "type", _WRONG_TYPE[kind]
    if kind == "string":
        yield from _broken_string(shape, values)
    elif kind in ("integer", "long", "float", "double"):
        yield "coercible", "3"
        yield "boolean", True
        if kind in ("integer", "long"):
            yield "fraction", 3.7
        for limit, step in (("min", -1), ("max", 1)):
            if limit in shape.metadata:
                yield limit, int(shape.metadata[limit]) + step
    elif kind == "boolean":
        yield "coercible", 1
        yield "coercible", "true"
    elif kind == "list":
        yield from _wrong_length(shape, values)
        for constraint, value in _broken(shape.member, values):
            if shape.metadata.get("min", 0) <= 1:
                yield f"item {constraint}", [value]
    elif kind == "map":
        low, high = shape.metadata.get("min", 0), shape.metadata.get("max")
        if low:
            yield "map min", {}
        if high is not None and "pattern" not in shape.key.metadata and not shape.key.enum:
            value = values.value(shape.value, fill=0)
            yield "map max", {f"k{index}": value for index in range(high + 1)}
        for constraint, value in _broken(shape.value, values):
            if low <= 1:
                yield f"value {constraint}", {values.scalar(shape.key): value}
    elif kind == "structure" and getattr(shape, "is_tagged_union", False):
        yield "union of none", {}
        if len(shape.members) > 1:
            both = list(shape.members.items())[:2]
            yield "union of two", {name: values.value(each, fill=0) for name, each in both}


def _wrong_length(shape: Any, values: Values) -> Iterator[tuple[str, Any]]:
    low, high = shape.metadata.get("min", 0), shape.metadata.get("max")
    item = values.value(shape.member, fill=0) if low > 1 or high is not None else None
    if low:
        yield "list min", [item] * (low - 1)
    if high is not None:
        yield "list max", [item] * (high + 1)


def _broken_string(shape: Any, values: Values) -> Iterator[tuple[str, Any]]:
    if shape.enum:
        yield "enum", f"{shape.enum[0]}x"
        return
    low, high = shape.metadata.get("min", 0), shape.metadata.get("max")
    if low > 1:
        yield "min", "a" * (low - 1)
    elif low == 1:
        yield "min", ""
    if high is not None:
        yield "max", "a" * (high + 1)
    if "pattern" not in shape.metadata:
        return
    whole = re.compile(python_pattern(shape.metadata["pattern"]), re.ASCII)
    valid = values.scalar(shape)
    for wrong in (f"{valid[:-1]}\n", f"\x00{valid[1:]}", f"{valid[:-1]}\x07", "\x07" * max(low, 1)):
        if not whole.fullmatch(wrong) and low <= len(wrong) <= (high or len(wrong)):
            yield "pattern", wrong
            break


_WRONG_TYPE: dict[str, Any] = {
    "string": 5,
    "integer": "many",
    "long": "many",
    "float": "much",
    "double": "much",
    "boolean": "perhaps",
    "timestamp": "tomorrow",
    "blob": 5,
    "list": "abc",
    "map": ["a"],
    "structure": "abc",
}
