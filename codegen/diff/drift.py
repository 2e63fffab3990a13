"""Compare every fact that a page documents with the present service."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from botocore import xform_name

from codegen.model import ir
from codegen.sources.page import (
    SIDES,
    Field,
    Operation,
    Page,
    Side,
    Value,
    ValueKind,
    child,
    inside,
)

Status: TypeAlias = Literal["same", "gone", "relaxed", "tightened", "added"]
Subject: TypeAlias = Literal["operation", "response", "member", "type", "required", "value"]

STATUSES: Final[tuple[Status, ...]] = ("same", "gone", "relaxed", "tightened", "added")
_KINDS: Final[Mapping[str, ValueKind]] = {"long": "integer", "double": "float"}
# For a documented type and the present type: does it now allow more or less?
_TYPES: Final[Mapping[tuple[str, str], Status]] = {
    ("enum", "string"): "relaxed",
    ("string", "enum"): "tightened",
    ("integer", "float"): "relaxed",
    ("float", "integer"): "tightened",
}
_SILENT: Final = ("unknown", "recursive")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A documented fact, or a fact added since."""

    path: str
    subject: Subject
    status: Status
    documented: str | bool | None = None
    now: str | bool | None = None
    line: int | None = None  # of the page


def drift(page: Page, service: ir.Service) -> tuple[Row, ...]:
    """Return every documented fact with its status, and every fact added since."""
    methods = {xform_name(name): name for name in service.operations}
    return tuple(
        row
        for operation in page.operations
        for row in _operation(operation, methods.get(operation.method), service)
    )


def summary(rows: tuple[Row, ...]) -> dict[Status, int]:
    counts = Counter(row.status for row in rows)
    return {status: counts[status] for status in STATUSES}


def _operation(operation: Operation, name: str | None, service: ir.Service) -> Iterator[Row]:
    yield Row(
        path=operation.name,
        subject="operation",
        status="gone" if name is None else "same",
        documented=operation.name,
        now=name,
        line=operation.line,
    )
    if name is None:
        return
    now = service.operations[name]
    walk = _Walk(service)
    targets: Mapping[Side, str | None] = {"request": now.input, "response": now.output}
    for side in SIDES:
        path = child(operation.name, side)
        tree, target = operation.side(side), targets[side]
        if side == "response" and not operation.response_shown:
            continue
        if side == "response" and (tree is None or target is None):
            if (row := _response(path, tree, target, operation.line)) is not None:
                yield row
        elif tree is not None:
            empty = ir.Structure(name="")
            structure = empty if target is None else service.shapes[target]
            yield from walk.members(tree, structure, path)


def _response(path: str, tree: Value | None, target: str | None, line: int) -> Row | None:
    """Return the row of a response that the page or the service lacks."""
    if tree is not None and not tree.fields:
        return None  # to a caller, an empty response is no response
    documented, now = tree is not None, target is not None
    status: Status = "same" if documented == now else "gone" if documented else "added"
    return Row(
        path=path, subject="response", status=status, documented=documented, now=now, line=line
    )


@dataclass(frozen=True, slots=True)
class _Walk:
    service: ir.Service

    def members(self, value: Value, shape: ir.Shape, path: str) -> Iterator[Row]:
        """Yield the members of a documented structure, and the members added since."""
        if not isinstance(shape, ir.Structure):
            return
        now = {member.name: member for member in shape.members}
        for field in value.fields:
            yield from self._member(field, now.get(field.name), child(path, field.name))
        if value.cut:
            return
        documented = {field.name for field in value.fields}
        for name, member in now.items():
            if name not in documented:
                yield Row(
                    path=child(path, name),
                    subject="member",
                    status="added",
                    now="required" if member.required else "optional",
                )

    def _member(self, field: Field, now: ir.Member | None, path: str) -> Iterator[Row]:
        yield Row(
            path=path,
            subject="member",
            status="gone" if now is None else "same",
            documented=field.name,
            now=None if now is None else now.name,
            line=field.line,
        )
        if now is None:
            return
        if field.required is not None:
            yield Row(
                path=path,
                subject="required",
                status=_marker(documented=field.required, now=now.required),
                documented=field.required,
                now=now.required,
                line=field.line,
            )
        yield from self._value(field.value, self.service.shapes[now.shape], path)

    def _value(self, value: Value, shape: ir.Shape, path: str) -> Iterator[Row]:
        if value.kind in _SILENT:
            return
        now = _kind(shape)
        documented = "map" if value.list_or_map and now == "map" else value.kind
        yield Row(
            path=path,
            subject="type",
            status="same" if documented == now else _TYPES.get((documented, now), "gone"),
            documented=value.kind,
            now=now,
            line=value.line,
        )
        if value.kind == "enum":
            yield from _values(value, shape, path)
        if value.kind in ("structure", "event-stream"):
            yield from self.members(value, shape, path)
        if value.element is None:
            return
        if isinstance(shape, ir.List) and documented == "list":
            yield from self._value(
                value.element, self.service.shapes[shape.member], inside(path, value)
            )
        elif isinstance(shape, ir.Map) and documented == "map":
            yield from self._value(value.element, self.service.shapes[shape.value], f"{path}{{}}")


def _marker(*, documented: bool, now: bool) -> Status:
    if documented == now:
        return "same"
    return "tightened" if now else "relaxed"


def _kind(shape: ir.Shape) -> str:
    if isinstance(shape, ir.Scalar):
        return _KINDS.get(shape.kind, shape.kind)
    if isinstance(shape, ir.Structure) and shape.event_stream:
        return "event-stream"
    return type(shape).__name__.lower()


def _values(value: Value, shape: ir.Shape, path: str) -> Iterator[Row]:
    """Yield the documented values; a plain string accepts all of them."""
    if not isinstance(shape, ir.Enum):
        free = isinstance(shape, ir.Scalar) and shape.kind == "string"
        now: tuple[str, ...] = value.values if free else ()
    else:
        now = shape.values
    for documented in value.values:
        still = documented in now
        yield Row(
            path=path,
            subject="value",
            status="same" if still else "gone",
            documented=documented,
            now=documented if still else None,
            line=value.line,
        )
    if value.cut:
        return
    for added in now:
        if added not in value.values:
            yield Row(path=path, subject="value", status="added", now=added)
