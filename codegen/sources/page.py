"""The facts of a documentation page, each with its line.

A page documents trees of values; it names no shapes. A fact that the page does not state is
``None`` here, never a default, and every doubt is a ``Notice``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

PageLayout: TypeAlias = Literal["indented", "flattened", "r"]
Side: TypeAlias = Literal["request", "response"]
ValueKind: TypeAlias = Literal[
    "structure",
    "list",
    "map",
    "enum",
    "string",
    "integer",  # pages write int and long alike
    "float",  # and float and double
    "boolean",
    "timestamp",
    "blob",
    "document",
    "event-stream",
    "recursive",  # a structure that encloses this place
    "unknown",  # shown as "...", and no prose says more
]
# As in change blocks: {member: ...}, ["string"] a new list, {"a", "b"} added values, 'A | B' a
# new enum, 'string' a new scalar.
Change: TypeAlias = "str | tuple[Change, ...] | frozenset[str] | Mapping[str, Change]"
NoticeKind: TypeAlias = Literal["truncated", "disagreement", "missing", "assumed"]

SIDES: Final[tuple[Side, Side]] = ("request", "response")


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    kind: ValueKind
    line: int
    fields: tuple[Field, ...] = ()  # of a structure
    element: Value | None = None  # of a list, map or event stream; None if the page ends
    values: tuple[str, ...] = ()  # of an enum, in documented order
    key_values: tuple[str, ...] = ()  # of a map whose keys are listed
    union: bool = False
    streaming: bool = False
    list_or_map: bool = False  # R writes both as list(...)
    cut: bool = False  # the page ends inside


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    name: str
    value: Value
    line: int
    required: bool | None = None  # None: the page does not say
    idempotency_token: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeBlock:
    sides: tuple[Side, ...]  # both if a block is for both; none if the page does not say
    change: Mapping[str, Change]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    name: str
    method: str
    line: int
    status: Literal["new", "updated"] | None
    request: Value
    response: Value | None  # None: returns nothing, or the page does not say
    response_shown: bool
    changes: tuple[ChangeBlock, ...] = ()

    def side(self, side: Side) -> Value | None:
        return self.request if side == "request" else self.response


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A place where a page contradicts itself, ends early or makes the reader assume a fact."""

    kind: NoticeKind
    line: int
    path: str  # empty: the whole page
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    where: str
    sha256: str
    layout: PageLayout
    service: str  # its name in boto3.client()
    full_name: str
    date: str  # 2023-05-09; empty if the page has none
    heading: Mapping[str, int]  # {"new": 13, "updated": 20}, as announced
    operations: tuple[Operation, ...]
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    operations: int
    members: int
    values: int  # in the syntax blocks, every printed value
    required: int  # markers
    changes: int  # change blocks
    notices: int


def short_name(full_name: str) -> str:
    """Return ``SageMaker`` for ``Amazon SageMaker Service``: the name without AWS's usual words."""
    words = full_name.split()
    return " ".join([w for w in words if w not in ("Amazon", "AWS", "Service")] or words)


def child(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def walk(value: Value, path: str) -> Iterator[tuple[str, Value]]:
    """Yield every value of a tree with its path, outermost first, in documented order."""
    yield path, value
    for field in value.fields:
        yield from walk(field.value, child(path, field.name))
    if value.element is not None:
        yield from walk(value.element, inside(path, value))


def inside(path: str, value: Value) -> str:
    """Return the path of a list's items or a map's values."""
    return f"{path}{{}}" if value.kind == "map" else f"{path}[]"


def trees(operation: Operation) -> Iterator[tuple[Side, Value]]:
    for side in SIDES:
        value = operation.side(side)
        if value is not None:
            yield side, value


def counts(page: Page) -> Counts:
    values = [
        value
        for operation in page.operations
        for side, tree in trees(operation)
        for _, value in walk(tree, side)
    ]
    fields = [field for value in values for field in value.fields]
    return Counts(
        operations=len(page.operations),
        members=len(fields),
        values=sum(len(value.values) + len(value.key_values) for value in values),
        required=sum(field.required is True for field in fields),
        changes=sum(len(operation.changes) for operation in page.operations),
        notices=len(page.notices),
    )
