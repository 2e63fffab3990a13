"""The kinds of members, as nodes that render themselves.

Each node renders itself as a fact (``List(Structure("Tag"), max=50)``), as the type of a field, as
the type of a parameter, and in words. It adds the imports that its text needs to the scope.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from codegen.emit import runtime
from codegen.emit.scope import Scope
from codegen.emit.text import call, constant
from codegen.model import ir
from codegen.model.classes import Plan
from codegen.model.patterns import Enforced, NotEnforced, enforcement
from sagemaker_typed.core.schema import descriptions


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleIndex:
    """The module of every class of the package."""

    package: str
    models: Mapping[str, str]
    enums: Mapping[str, str]
    dicts: frozenset[str] = frozenset()  # the classes that have a TypedDict beside them
    as_boto: bool = False  # inside a TypedDict, which has no models

    def accepted_type(self, name: str, scope: Scope) -> str:
        """The type that a caller may pass for a model."""
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


class MemberKind(Protocol):
    """The kind of a member."""

    def fact(self, scope: Scope, /) -> str: ...

    def field(self, scope: Scope, index: ModuleIndex, /) -> str: ...

    def parameter(self, scope: Scope, index: ModuleIndex, /) -> str: ...

    def words(self) -> str: ...


def _facts(scope: Scope, name: str) -> str:
    return scope.use(*runtime.FACTS[name])


@dataclass(frozen=True, slots=True, kw_only=True)
class String:
    shape: str
    min: int | None
    max: int | None
    enforced: Enforced | NotEnforced | None
    sensitive: bool

    def fact(self, scope: Scope) -> str:
        pattern = self.enforced if isinstance(self.enforced, Enforced) else None
        keywords = {
            "min": self.min,
            "max": self.max,
            "pattern": pattern.pattern if pattern else None,
            "engine": pattern.engine if pattern and pattern.engine != "rust" else None,
            "ecma": pattern.ecma if pattern else None,
            "sensitive": self.sensitive,
        }
        return scope.fact(self.shape, call(_facts(scope, "String"), keywords=keywords))

    def field(self, scope: Scope, _index: ModuleIndex) -> str:
        return scope.builtin("str")

    def parameter(self, scope: Scope, index: ModuleIndex) -> str:
        return self.field(scope, index)

    def words(self) -> str:
        if isinstance(self.enforced, NotEnforced):
            return descriptions.unchecked_string(self.min, self.max)
        pattern = self.enforced.pattern if self.enforced else None
        return descriptions.string(self.min, self.max, pattern)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    shape: str
    name: str  # Integer or Float
    min: ir.Number | None
    max: ir.Number | None
    sensitive: bool

    def fact(self, scope: Scope) -> str:
        limits = {"min": self.min, "max": self.max}
        stated = [f"{key}={value!r}" for key, value in limits.items() if value is not None]
        text = call(_facts(scope, self.name), stated, {"sensitive": self.sensitive})
        return scope.fact(self.shape, text)

    def field(self, scope: Scope, _index: ModuleIndex) -> str:
        return scope.builtin("int" if self.name == "Integer" else "float")

    def parameter(self, scope: Scope, index: ModuleIndex) -> str:
        return self.field(scope, index)

    def words(self) -> str:
        words = descriptions.whole_number if self.name == "Integer" else descriptions.number
        return words(self.min, self.max)


_SIMPLE = {
    # fact: (module and name of the type, words); without them, the type is bool
    "Boolean": (None, descriptions.BOOLEAN),
    "Timestamp": (("datetime", "datetime"), descriptions.TIMESTAMP),
    "Document": (runtime.JSON_VALUE, descriptions.DOCUMENT),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Simple:
    name: str  # a key of _SIMPLE
    sensitive: bool

    def fact(self, scope: Scope) -> str:
        return call(_facts(scope, self.name), keywords={"sensitive": self.sensitive})

    def field(self, scope: Scope, _index: ModuleIndex) -> str:
        symbol, _ = _SIMPLE[self.name]
        return scope.use(*symbol) if symbol else scope.builtin("bool")

    def parameter(self, scope: Scope, index: ModuleIndex) -> str:
        if self.name == "Timestamp":
            return scope.use(*runtime.TIMESTAMP_INPUT)
        return self.field(scope, index)

    def words(self) -> str:
        return _SIMPLE[self.name][1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Blob:
    min: int | None
    max: int | None
    sensitive: bool
    stream: str  # "", "request" or "response"

    def fact(self, scope: Scope) -> str:
        keywords = {
            "min": self.min,
            "max": self.max,
            "sensitive": self.sensitive,
            "streaming": bool(self.stream),
        }
        return call(_facts(scope, "Blob"), keywords=keywords)

    def field(self, scope: Scope, _index: ModuleIndex) -> str:
        if self.stream == "response":
            return scope.use(*runtime.BODY)
        content = scope.builtin("bytes")
        return f"{content} | {scope.use('typing', 'IO')}[{content}]" if self.stream else content

    def parameter(self, scope: Scope, index: ModuleIndex) -> str:
        if self.stream == "response":
            return self.field(scope, index)
        return scope.use(*(runtime.PAYLOAD if self.stream else runtime.BYTES_INPUT))

    def words(self) -> str:
        return descriptions.some_bytes(self.min, self.max, streaming=bool(self.stream))


@dataclass(frozen=True, slots=True, kw_only=True)
class Enum:
    name: str
    values: tuple[str, ...]
    sensitive: bool

    def fact(self, scope: Scope) -> str:
        return call(
            _facts(scope, "Enum"), [constant(self.name)], keywords={"sensitive": self.sensitive}
        )

    def field(self, scope: Scope, index: ModuleIndex) -> str:
        return index.enum(self.name, scope)

    def parameter(self, scope: Scope, index: ModuleIndex) -> str:
        return f"{index.enum(self.name, scope)} | {index.enum(self.name, scope, 'Literal')}"

    def words(self) -> str:
        return descriptions.enum(self.name, self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class List:
    shape: str
    item: MemberKind
    min: int | None
    max: int | None
    sensitive: bool

    def fact(self, scope: Scope) -> str:
        keywords = {"min": self.min, "max": self.max, "sensitive": self.sensitive}
        text = call(_facts(scope, "List"), [self.item.fact(scope)], keywords)
        return scope.fact(self.shape, text)

    def field(self, scope: Scope, index: ModuleIndex) -> str:
        return f"{scope.builtin('tuple')}[{self.item.field(scope, index)}, ...]"

    def parameter(self, scope: Scope, index: ModuleIndex) -> str:
        sequence = scope.use("collections.abc", "Sequence")
        return f"{sequence}[{self.item.parameter(scope, index)}]"

    def words(self) -> str:
        return descriptions.items(self.min, self.max, self.item.words())


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    shape: str
    key: MemberKind
    value: MemberKind
    min: int | None
    max: int | None
    sensitive: bool

    def fact(self, scope: Scope) -> str:
        keywords = {"min": self.min, "max": self.max, "sensitive": self.sensitive}
        arguments = [self.key.fact(scope), self.value.fact(scope)]
        return scope.fact(self.shape, call(_facts(scope, "Map"), arguments, keywords))

    def field(self, scope: Scope, index: ModuleIndex) -> str:
        mapping = scope.use("collections.abc", "Mapping")
        return f"{mapping}[{self.key.field(scope, index)}, {self.value.field(scope, index)}]"

    def parameter(self, scope: Scope, index: ModuleIndex) -> str:
        mapping = scope.use("collections.abc", "Mapping")
        value = self.value.parameter(scope, index)
        # Mapping is invariant in its key: a dict of enums is not a Mapping of enums or strings.
        keys = self.key.parameter(scope, index).split(" | ")
        return " | ".join(f"{mapping}[{key}, {value}]" for key in keys)

    def words(self) -> str:
        return descriptions.pairs(self.min, self.max, self.key.words(), self.value.words())


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    name: str
    sensitive: bool
    documented: str

    def fact(self, scope: Scope) -> str:
        keywords = {"sensitive": self.sensitive}
        return call(_facts(scope, "Structure"), [constant(self.name)], keywords)

    def field(self, scope: Scope, index: ModuleIndex) -> str:
        return index.model(self.name, scope)

    def parameter(self, scope: Scope, index: ModuleIndex) -> str:
        return index.accepted_type(self.name, scope)

    def words(self) -> str:
        return descriptions.with_article(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventStream:
    name: str
    events: tuple[str, ...]  # the classes of its events, without the errors
    is_request: bool

    def fact(self, scope: Scope) -> str:
        return call(_facts(scope, "EventStream"), [constant(self.name)])

    def field(self, scope: Scope, index: ModuleIndex) -> str:
        if self.is_request:
            return f"{scope.use('collections.abc', 'Iterable')}[{index.model(self.name, scope)}]"
        events = " | ".join(index.model(event, scope) for event in self.events)
        return f"{scope.use(*runtime.EVENT_STREAM)}[{events or 'object'}]"

    def parameter(self, scope: Scope, index: ModuleIndex) -> str:
        return self.field(scope, index)

    def words(self) -> str:
        return descriptions.events(self.name)


def kind(plan: Plan, member: ir.Member, owner: ir.Structure, role: str) -> MemberKind:
    """The kind of a member of a structure."""
    if member.json_value and member.location == "header":
        # boto3 serializes JSON for a header; anywhere else it takes a string that holds JSON.
        return Simple(name="Document", sensitive=_sensitive(plan, member.shape))
    shape = plan.service.shapes[member.shape]
    if isinstance(shape, ir.Structure) and shape.event_stream:
        return EventStream(
            name=plan.class_of[shape.name],
            events=tuple(plan.class_of[name] for name in _events(plan, shape)),
            is_request=role == "request",
        )
    if isinstance(shape, ir.Scalar) and shape.kind == "blob":
        # boto3 returns every body of bytes as a stream, and takes a file for one.
        is_stream = owner.payload == member.name or member.streaming
        return _blob(shape, role if is_stream else "")
    return _kind(plan, member.shape, ())


def _events(plan: Plan, stream: ir.Structure) -> list[str]:
    shapes = [plan.service.shapes[member.shape] for member in stream.members]
    return [s.name for s in shapes if isinstance(s, ir.Structure) and not s.exception]


def _kind(plan: Plan, name: str, inside: tuple[str, ...]) -> MemberKind:
    shape = plan.service.shapes[name]
    match shape:
        case ir.Structure():
            return Structure(name=plan.class_of[name], sensitive=shape.sensitive, documented=name)
        case ir.Enum():
            return Enum(name=plan.class_of[name], values=shape.values, sensitive=shape.sensitive)
        case ir.List() | ir.Map() if name in inside:
            # A list of itself, with no structure in between, has no finite type.
            return Simple(name="Document", sensitive=shape.sensitive)
        case ir.List():
            return List(
                shape=name,
                item=_kind(plan, shape.member, (*inside, name)),
                min=shape.min,
                max=shape.max,
                sensitive=shape.sensitive or _sensitive(plan, shape.member),
            )
        case ir.Map():
            sensitive = _sensitive(plan, shape.key) or _sensitive(plan, shape.value)
            return Map(
                shape=name,
                key=_kind(plan, shape.key, (*inside, name)),
                value=_kind(plan, shape.value, (*inside, name)),
                min=shape.min,
                max=shape.max,
                sensitive=shape.sensitive or sensitive,
            )
        case ir.Scalar():
            return _scalar(shape)


def _sensitive(plan: Plan, name: str) -> bool:
    """Return whether a scalar is a secret; a list of secrets is one."""
    shape = plan.service.shapes[name]
    return not isinstance(shape, ir.Structure) and shape.sensitive


def _scalar(shape: ir.Scalar) -> MemberKind:
    match shape.kind:
        case "string":
            return _string(shape)
        case "integer" | "long":
            return _number("Integer", shape)
        case "float" | "double":
            return _number("Float", shape)
        case "blob":
            return _blob(shape, "")
        case "boolean" | "timestamp" | "document":
            return Simple(name=shape.kind.capitalize(), sensitive=shape.sensitive)


def _number(name: str, shape: ir.Scalar) -> Number:
    return Number(
        shape=shape.name, name=name, min=shape.min, max=shape.max, sensitive=shape.sensitive
    )


def _string(shape: ir.Scalar) -> String:
    enforced = enforcement(shape.pattern) if shape.pattern is not None else None
    low, high = _whole(shape.min), _whole(shape.max)
    if isinstance(enforced, Enforced):
        low = max((n for n in (low, enforced.min) if n), default=None)
        high = min((n for n in (high, enforced.max) if n is not None), default=None)
    return String(shape=shape.name, min=low, max=high, enforced=enforced, sensitive=shape.sensitive)


def _blob(shape: ir.Scalar, stream: str) -> Blob:
    is_response = stream == "response"  # its length is not known before it is read
    return Blob(
        min=None if is_response else _whole(shape.min),
        max=None if is_response else _whole(shape.max),
        sensitive=shape.sensitive,
        stream="" if stream == "shape" else stream,
    )


def _whole(number: ir.Number | None) -> int | None:
    return None if number is None else int(number)
