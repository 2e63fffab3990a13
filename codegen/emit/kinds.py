"""What a member holds, as nodes that say it three ways.

Each node renders itself as a fact (``List(Structure("Tag"), max=50)``), as the type of a field, as
the type of a parameter, and in words. It notes in the scope what its text needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from codegen.emit.scope import Scope
from codegen.emit.text import call, constant
from codegen.model import ir
from codegen.model.classes import Plan
from codegen.model.patterns import Enforced, NotEnforced, enforcement
from sagemaker_typed.core.schema import descriptions

FACTS = "sagemaker_typed.core.schema.facts"
SHAPE = "sagemaker_typed.core.shapes.shape"
STREAMS = "sagemaker_typed.core.streams"


@dataclass(frozen=True, slots=True, kw_only=True)
class Homes:
    """Where the classes of the package live."""

    package: str
    models: Mapping[str, str]
    enums: Mapping[str, str]
    dicts: frozenset[str] = frozenset()  # the classes that have a TypedDict beside them
    as_boto: bool = False  # inside a TypedDict, where there are no models

    def given(self, name: str, scope: Scope) -> str:
        """What a person may pass for a model."""
        if name not in self.dicts:
            return self.model(name, scope)
        entry = f"{name}Dict"
        if self.as_boto:
            return entry
        return f"{self.model(name, scope)} | {scope.use(f'{self.package}.dicts', entry)}"

    def model(self, name: str, scope: Scope) -> str:
        if name in scope.defined:
            return scope.own(name)
        return scope.use(f"{self.package}.models.{self.models[name]}", name)

    def enum(self, name: str, scope: Scope, suffix: str = "") -> str:
        return scope.use(f"{self.package}.enums.{self.enums[name]}", name + suffix)


class Kind(Protocol):
    """What a member holds."""

    def fact(self, scope: Scope, /) -> str: ...

    def field(self, scope: Scope, homes: Homes, /) -> str: ...

    def parameter(self, scope: Scope, homes: Homes, /) -> str: ...

    def words(self) -> str: ...


def _facts(scope: Scope, name: str) -> str:
    return scope.use(FACTS, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class String:
    min: int | None
    max: int | None
    enforced: Enforced | NotEnforced | None
    sensitive: bool

    def fact(self, scope: Scope) -> str:
        pattern = self.enforced if isinstance(self.enforced, Enforced) else None
        given = {
            "min": self.min,
            "max": self.max,
            "pattern": pattern.pattern if pattern else None,
            "engine": pattern.engine if pattern and pattern.engine != "rust" else None,
            "sensitive": self.sensitive,
        }
        return call(_facts(scope, "String"), given=given)

    def field(self, scope: Scope, _homes: Homes) -> str:
        return scope.builtin("str")

    def parameter(self, scope: Scope, homes: Homes) -> str:
        return self.field(scope, homes)

    def words(self) -> str:
        if isinstance(self.enforced, NotEnforced):
            return descriptions.unchecked_string(self.min, self.max)
        pattern = self.enforced.pattern if self.enforced else None
        return descriptions.string(self.min, self.max, pattern)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    name: str  # Integer or Float
    min: ir.Number | None
    max: ir.Number | None
    sensitive: bool

    def fact(self, scope: Scope) -> str:
        given = {"min": self.min, "max": self.max}
        keywords = [f"{key}={value!r}" for key, value in given.items() if value is not None]
        return call(_facts(scope, self.name), keywords, {"sensitive": self.sensitive})

    def field(self, scope: Scope, _homes: Homes) -> str:
        return scope.builtin("int" if self.name == "Integer" else "float")

    def parameter(self, scope: Scope, homes: Homes) -> str:
        return self.field(scope, homes)

    def words(self) -> str:
        words = descriptions.whole_number if self.name == "Integer" else descriptions.number
        return words(self.min, self.max)


_PLAIN = {
    # fact: (type of a field, module it comes from, words)
    "Boolean": ("bool", None, descriptions.BOOLEAN),
    "Timestamp": ("datetime", "datetime", descriptions.TIMESTAMP),
    "Document": ("JsonValue", SHAPE, descriptions.DOCUMENT),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    name: str  # a key of _PLAIN
    sensitive: bool

    def fact(self, scope: Scope) -> str:
        return call(_facts(scope, self.name), given={"sensitive": self.sensitive})

    def field(self, scope: Scope, _homes: Homes) -> str:
        name, module, _ = _PLAIN[self.name]
        return scope.use(module, name) if module else scope.builtin(name)

    def parameter(self, scope: Scope, homes: Homes) -> str:
        if self.name == "Timestamp":
            return f"{self.field(scope, homes)} | {scope.builtin('str')}"
        return self.field(scope, homes)

    def words(self) -> str:
        return _PLAIN[self.name][2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Blob:
    min: int | None
    max: int | None
    sensitive: bool
    stream: str  # "", "request" or "response"

    def fact(self, scope: Scope) -> str:
        given = {
            "min": self.min,
            "max": self.max,
            "sensitive": self.sensitive,
            "streaming": bool(self.stream),
        }
        return call(_facts(scope, "Blob"), given=given)

    def field(self, scope: Scope, _homes: Homes) -> str:
        if self.stream == "response":
            return scope.use(STREAMS, "Body")
        plain = scope.builtin("bytes")
        return f"{plain} | {scope.use('typing', 'IO')}[{plain}]" if self.stream else plain

    def parameter(self, scope: Scope, homes: Homes) -> str:
        return self.field(scope, homes)

    def words(self) -> str:
        return descriptions.STREAM if self.stream else descriptions.some_bytes(self.min, self.max)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enum:
    name: str
    values: tuple[str, ...]
    sensitive: bool

    def fact(self, scope: Scope) -> str:
        return call(
            _facts(scope, "Enum"), [constant(self.name)], given={"sensitive": self.sensitive}
        )

    def field(self, scope: Scope, homes: Homes) -> str:
        return homes.enum(self.name, scope)

    def parameter(self, scope: Scope, homes: Homes) -> str:
        return f"{homes.enum(self.name, scope)} | {homes.enum(self.name, scope, 'Literal')}"

    def words(self) -> str:
        return descriptions.enum(self.name, self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class List:
    item: Kind
    min: int | None
    max: int | None
    sensitive: bool

    def fact(self, scope: Scope) -> str:
        given = {"min": self.min, "max": self.max, "sensitive": self.sensitive}
        return call(_facts(scope, "List"), [self.item.fact(scope)], given)

    def field(self, scope: Scope, homes: Homes) -> str:
        return f"{scope.builtin('tuple')}[{self.item.field(scope, homes)}, ...]"

    def parameter(self, scope: Scope, homes: Homes) -> str:
        sequence = scope.use("collections.abc", "Sequence")
        return f"{sequence}[{self.item.parameter(scope, homes)}]"

    def words(self) -> str:
        return descriptions.items(self.min, self.max, self.item.words())


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    key: Kind
    value: Kind
    min: int | None
    max: int | None
    sensitive: bool

    def fact(self, scope: Scope) -> str:
        given = {"min": self.min, "max": self.max, "sensitive": self.sensitive}
        return call(_facts(scope, "Map"), [self.key.fact(scope), self.value.fact(scope)], given)

    def field(self, scope: Scope, homes: Homes) -> str:
        mapping = scope.use("collections.abc", "Mapping")
        return f"{mapping}[{self.key.field(scope, homes)}, {self.value.field(scope, homes)}]"

    def parameter(self, scope: Scope, homes: Homes) -> str:
        mapping = scope.use("collections.abc", "Mapping")
        value = self.value.parameter(scope, homes)
        # The key of a Mapping is invariant: a dict of enums is no Mapping of enums or strings.
        keys = self.key.parameter(scope, homes).split(" | ")
        return " | ".join(f"{mapping}[{key}, {value}]" for key in keys)

    def words(self) -> str:
        return descriptions.pairs(self.min, self.max, self.key.words(), self.value.words())


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    name: str
    sensitive: bool
    documented: str

    def fact(self, scope: Scope) -> str:
        given = {"sensitive": self.sensitive}
        return call(_facts(scope, "Structure"), [constant(self.name)], given)

    def field(self, scope: Scope, homes: Homes) -> str:
        return homes.model(self.name, scope)

    def parameter(self, scope: Scope, homes: Homes) -> str:
        return homes.given(self.name, scope)

    def words(self) -> str:
        return descriptions.with_article(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventStream:
    name: str
    events: tuple[str, ...]  # the classes of its events, without those that are errors
    is_request: bool

    def fact(self, scope: Scope) -> str:
        return call(_facts(scope, "EventStream"), [constant(self.name)])

    def field(self, scope: Scope, homes: Homes) -> str:
        if self.is_request:
            return f"{scope.use('collections.abc', 'Iterable')}[{homes.model(self.name, scope)}]"
        events = " | ".join(homes.model(event, scope) for event in self.events)
        return f"{scope.use(STREAMS, 'EventStream')}[{events or 'object'}]"

    def parameter(self, scope: Scope, homes: Homes) -> str:
        return self.field(scope, homes)

    def words(self) -> str:
        return descriptions.events(self.name)


def kind(plan: Plan, member: ir.Member, owner: ir.Structure, role: str) -> Kind:
    """What a member of a structure holds."""
    if member.json_value and member.location == "header":
        # boto3 writes the JSON of a header; anywhere else it takes a string that holds JSON.
        return Plain(name="Document", sensitive=_sensitive(plan, member.shape))
    shape = plan.service.shapes[member.shape]
    if isinstance(shape, ir.Structure) and shape.event_stream:
        return EventStream(
            name=plan.class_of[shape.name],
            events=tuple(plan.class_of[name] for name in _events(plan, shape)),
            is_request=role == "request",
        )
    if isinstance(shape, ir.Scalar) and shape.kind == "blob":
        # boto3 gives every body that is bytes as a stream, and takes one where it is documented.
        body = role == "response" and owner.payload == member.name
        return _blob(shape, role if body or member.streaming else "")
    return _kind(plan, member.shape, ())


def _events(plan: Plan, stream: ir.Structure) -> list[str]:
    shapes = [plan.service.shapes[member.shape] for member in stream.members]
    return [s.name for s in shapes if isinstance(s, ir.Structure) and not s.exception]


def _kind(plan: Plan, name: str, inside: tuple[str, ...]) -> Kind:
    shape = plan.service.shapes[name]
    match shape:
        case ir.Structure():
            return Structure(name=plan.class_of[name], sensitive=shape.sensitive, documented=name)
        case ir.Enum():
            return Enum(name=plan.class_of[name], values=shape.values, sensitive=shape.sensitive)
        case ir.List() | ir.Map() if name in inside:
            # A list of itself, with no structure between, has no finite type.
            return Plain(name="Document", sensitive=shape.sensitive)
        case ir.List():
            return List(
                item=_kind(plan, shape.member, (*inside, name)),
                min=shape.min,
                max=shape.max,
                sensitive=shape.sensitive or _sensitive(plan, shape.member),
            )
        case ir.Map():
            sensitive = _sensitive(plan, shape.key) or _sensitive(plan, shape.value)
            return Map(
                key=_kind(plan, shape.key, (*inside, name)),
                value=_kind(plan, shape.value, (*inside, name)),
                min=shape.min,
                max=shape.max,
                sensitive=shape.sensitive or sensitive,
            )
        case ir.Scalar():
            return _scalar(shape)


def _sensitive(plan: Plan, name: str) -> bool:
    """Whether a scalar is a secret; a list of secrets is one."""
    shape = plan.service.shapes[name]
    return not isinstance(shape, ir.Structure) and shape.sensitive


def _scalar(shape: ir.Scalar) -> Kind:
    match shape.kind:
        case "string":
            return _string(shape)
        case "integer" | "long":
            return Number(name="Integer", min=shape.min, max=shape.max, sensitive=shape.sensitive)
        case "float" | "double":
            return Number(name="Float", min=shape.min, max=shape.max, sensitive=shape.sensitive)
        case "blob":
            return _blob(shape, "")
        case "boolean" | "timestamp" | "document":
            return Plain(name=shape.kind.capitalize(), sensitive=shape.sensitive)


def _string(shape: ir.Scalar) -> String:
    enforced = enforcement(shape.pattern) if shape.pattern is not None else None
    low, high = _whole(shape.min), _whole(shape.max)
    if isinstance(enforced, Enforced):
        low = max((n for n in (low, enforced.min) if n), default=None)
        high = min((n for n in (high, enforced.max) if n is not None), default=None)
    return String(min=low, max=high, enforced=enforced, sensitive=shape.sensitive)


def _blob(shape: ir.Scalar, stream: str) -> Blob:
    return Blob(
        min=_whole(shape.min),
        max=_whole(shape.max),
        sensitive=shape.sensitive,
        stream="" if stream == "shape" else stream,
    )


def _whole(number: ir.Number | None) -> int | None:
    return None if number is None else int(number)
