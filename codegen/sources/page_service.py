"""Convert a page into the representation of a service, as far as the page has its facts.

A page names no shapes. Here a shape gets the name of its member (``Tags``, its items ``TagsItem``).
If two different shapes would share a name, the names of the enclosing members are added.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from codegen.model import ir
from codegen.sources.page import SIDES, Operation, Page, Side, Value, short_name, trees

_SCALARS: Final[dict[str, ir.Scalar]] = {
    "string": ir.Scalar(name="String", kind="string"),
    "integer": ir.Scalar(name="Integer", kind="integer"),
    "float": ir.Scalar(name="Float", kind="float"),
    "boolean": ir.Scalar(name="Boolean", kind="boolean"),
    "timestamp": ir.Scalar(name="Timestamp", kind="timestamp"),
    "blob": ir.Scalar(name="Blob", kind="blob"),
    "document": ir.Scalar(name="Document", kind="document"),
    # A type that the page does not state can be any type.
    "unknown": ir.Scalar(name="Unknown", kind="document"),
    "recursive": ir.Scalar(name="Unknown", kind="document"),
}
_SCALAR_NAMES: Final = frozenset(scalar.name for scalar in _SCALARS.values())
_KEY: Final = Value(kind="string", line=0)  # pages show no other keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """The facts that a page does not state, although the representation has a value for them."""

    unknown: frozenset[str] = frozenset()  # shapes whose type the page does not state
    list_or_map: frozenset[str] = frozenset()  # lists that may be maps
    cut: frozenset[str] = frozenset()  # shapes in which the page ends
    markers: frozenset[tuple[str, str]] = (
        frozenset()
    )  # members without a marker: required or optional
    responses: frozenset[str] = frozenset()  # operations whose response is not shown


NO_GAPS: Final = Gaps()


def service(page: Page) -> tuple[ir.Service, Gaps]:
    """Return the page's facts, and its gaps."""
    builder = _Builder()
    roots: list[tuple[str, Side, str, Value]] = [
        (f"{operation.name}{side.capitalize()}", side, operation.name, tree)
        for operation in page.operations
        for side, tree in trees(operation)
    ]
    builder.name(roots)
    for name, _, _, tree in roots:
        builder.shapes[name] = builder.structure(name, tree)
    for operation in page.operations:
        if not operation.response_shown:  # a response may exist, but its members are unknown
            name = f"{operation.name}Response"
            builder.shapes[name] = ir.Structure(name=name)
    represented = ir.Service(
        name=page.service,
        service_id=short_name(page.full_name or page.service),
        full_name=page.full_name or page.service,
        api_version="",
        protocol="json",
        source=ir.Source(
            kind="r-reference" if page.layout == "r" else "api-changes",
            version=page.date,
            sha256=page.sha256,
        ),
        operations={
            operation.name: _operation(operation)
            for operation in sorted(page.operations, key=lambda operation: operation.name)
        },
        shapes={name: builder.shapes[name] for name in sorted(builder.shapes)},
    )
    gaps = Gaps(
        unknown=frozenset({"Unknown"} & builder.shapes.keys()),
        list_or_map=frozenset(builder.list_or_map),
        cut=frozenset(builder.cut),
        markers=frozenset(builder.markers),
        responses=frozenset(o.name for o in page.operations if not o.response_shown),
    )
    return represented, gaps


def _operation(operation: Operation) -> ir.Operation:
    returns = operation.response is not None or not operation.response_shown
    return ir.Operation(
        name=operation.name,
        input=f"{operation.name}Request",
        output=f"{operation.name}Response" if returns else None,
    )


_Group = tuple[str, int]  # a member's name and the content of its value; a shape each


@dataclass(slots=True)
class _Builder:
    shapes: dict[str, ir.Shape] = field(default_factory=dict)
    markers: set[tuple[str, str]] = field(default_factory=set)
    list_or_map: set[str] = field(default_factory=set)
    cut: set[str] = field(default_factory=set)
    _contents: dict[Hashable, int] = field(default_factory=dict)
    _names: dict[_Group, str] = field(default_factory=dict)

    def name(self, roots: Sequence[tuple[str, Side, str, Value]]) -> None:
        """Give every structure, list, map and enum inside these trees the first free name.

        Requests come first. A shape that a response shows differently ends in ``Output``.
        """
        taken = {*_SCALAR_NAMES, *(root for root, *_ in roots)}
        for _, side, operation, tree in sorted(roots, key=lambda root: SIDES.index(root[1])):
            for chain, value in _inside(tree, (operation,)):
                group = chain[-1], self._content(value)
                if group not in self._names:
                    self._names[group] = next(n for n in _candidates(chain, side) if n not in taken)
                    taken.add(self._names[group])

    def structure(self, name: str, value: Value) -> ir.Structure:
        if value.cut:
            self.cut.add(name)
        self.markers.update((name, field.name) for field in value.fields if field.required is None)
        return ir.Structure(
            name=name,
            members=tuple(
                ir.Member(
                    name=field.name,
                    shape=self._shape(field.value, field.name),
                    required=field.required is True,
                    idempotency_token=field.idempotency_token,
                    streaming=field.value.streaming,
                )
                for field in value.fields
            ),
            union=value.union,
            event_stream=value.kind == "event-stream",
        )

    def _shape(self, value: Value | None, last: str) -> str:
        """Return the name of the value's shape."""
        if value is None or value.kind in _SCALARS:
            scalar = _SCALARS["unknown" if value is None else value.kind]
            self.shapes[scalar.name] = scalar
            return scalar.name
        name = self._names[last, self._content(value)]
        if name not in self.shapes:
            self.shapes[name] = self._named(name, value, last)
        return name

    def _named(self, name: str, value: Value, last: str) -> ir.Shape:
        if value.kind in ("structure", "event-stream"):
            return self.structure(name, value)
        if value.cut:
            self.cut.add(name)
        if value.kind == "enum":
            return ir.Enum(name=name, values=tuple(dict.fromkeys(value.values)))
        if value.kind == "map":
            element = self._shape(value.element, f"{last}Value")
            return ir.Map(name=name, key=self._shape(_KEY, last), value=element)
        if value.list_or_map:
            self.list_or_map.add(name)
        return ir.List(name=name, member=self._shape(value.element, f"{last}Item"))

    def _content(self, value: Value) -> int:
        """Return a number that equal values share."""
        content = (
            value.kind,
            value.values,
            tuple((f.name, self._content(f.value), f.required) for f in value.fields),
            None if value.element is None else self._content(value.element),
            value.union,
            value.list_or_map,
            value.cut,
        )
        return self._contents.setdefault(content, len(self._contents))


def _candidates(chain: Sequence[str], side: Side) -> Iterator[str]:
    """Yield names for the value at the end of this chain, the shortest first."""
    for n in range(len(chain) - 1, -1, -1):
        name = "".join(chain[n:])
        yield name
        if side == "response":
            yield f"{name}Output"
    yield from ("".join(chain) + str(number) for number in count(2))


def _inside(value: Value, chain: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Value]]:
    """Yield the values that need a name, each with the names around it, outermost first."""
    parts = [(field.name, field.value) for field in value.fields]
    if value.element is not None:
        suffix = "Value" if value.kind == "map" else "Item"
        parts = [(f"{chain[-1]}{suffix}", value.element)]
        if len(chain) > 1:
            chain = chain[:-1]
    for name, part in parts:
        if part.kind not in _SCALARS:
            yield (*chain, name), part
            yield from _inside(part, (*chain, name))
