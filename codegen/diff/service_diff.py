"""Find the differences between two descriptions of a service, and say if they break a caller.

Additions nest as the change blocks of API-changes pages do. Such pages never show removals, changed
types, markers or limits: these are ``MemberDifference`` objects. A page documents some operations
and no limits; facts that it does not state are not compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal, TypeAlias

from codegen.model import ir
from codegen.sources.loading import SourceDocument
from codegen.sources.page import Change, Side, child

Status: TypeAlias = Literal["new", "updated", "removed"]
Fact: TypeAlias = "str | int | float | bool | None"
ChangeKind: TypeAlias = Literal[
    "operation-removed",
    "response-removed",
    "member-removed",
    "value-removed",
    "key-value-added",
    "type-changed",
    "required-member-added",
    "required-added",
    "required-removed",
    "union-added",
    "union-removed",
    "min-tightened",
    "min-loosened",
    "max-tightened",
    "max-loosened",
    "pattern-tightened",
    "pattern-loosened",
    "pattern-changed",
    "deprecated",
]

# The sides of a call that a change breaks; a changed type has its own rules.
_BREAKS: Final[Mapping[ChangeKind, tuple[Side, ...]]] = {
    "operation-removed": ("request", "response"),
    "response-removed": ("response",),
    "member-removed": ("request", "response"),
    "value-removed": ("request",),  # a response without it surprises no caller
    "key-value-added": (),
    "required-member-added": ("request",),
    "required-added": ("request",),
    "required-removed": ("response",),  # a member that was always present may be missing
    "union-added": ("request",),
    "union-removed": (),
    # Responses are read without limits, so limits of responses break nothing.
    "min-tightened": ("request",),
    "min-loosened": (),
    "max-tightened": ("request",),
    "max-loosened": (),
    "pattern-tightened": ("request",),
    "pattern-loosened": (),
    "pattern-changed": ("request",),  # a value that matched may not
    "deprecated": (),
}
# Types that hold every value of another.
_WIDER: Final[Mapping[str, frozenset[str]]] = {
    "integer": frozenset({"long", "float", "double"}),
    "long": frozenset({"double", "integer"}),  # int in Python
    "float": frozenset({"double"}),
    "double": frozenset({"float"}),  # float in Python
    "enum": frozenset({"string"}),
}
_PAGE_KINDS: Final[Mapping[str, str]] = {"long": "integer", "double": "float"}
_BOUNDS: Final = re.compile(r"\{(\d+)(?:(,)(\d*))?\}")
# An escaped character or a class of characters may have a parenthesis that groups nothing.
_PARENTHESES: Final = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|[()]", re.DOTALL)
_SIMPLE: Final = frozenset({"integer", "long", "float", "double", "string", "enum"})
_EMPTY: Final = ir.Structure(name="")


@dataclass(frozen=True, slots=True)
class Subject:
    """A member of a class, an enum or an operation: the same for all paths that lead to it."""

    owner: str
    member: str | None = None


@dataclass(frozen=True, slots=True)
class MemberPlace:
    path: str  # CreateTags.request.Tags[].Key; [] is a list's item, {} a map's value
    subject: Subject

    def member(self, owner: str, name: str) -> MemberPlace:
        return MemberPlace(child(self.path, name), Subject(owner, name))

    def inside(self, mark: str) -> MemberPlace:
        return replace(self, path=f"{self.path}{mark}")

    def of(self, owner: str) -> MemberPlace:
        return replace(self, subject=Subject(owner))


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """A new member, or a new value of an enum."""

    subject: Subject
    value: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberDifference:
    place: MemberPlace
    change: ChangeKind
    old: Fact
    new: Fact
    breaking: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationDiff:
    status: Status
    request: Change | None = None
    response: Change | None = None
    other: tuple[MemberDifference, ...] = ()
    added: tuple[Addition, ...] = ()  # the additions of request and response, flattened

    @property
    def has_additions(self) -> bool:
        return self.request is not None or self.response is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceDiff:
    operations: Mapping[str, OperationDiff]
    not_compared: tuple[str, ...] = ()  # on one side only, because the other is a page

    @property
    def breaking(self) -> tuple[MemberDifference, ...]:
        return tuple(
            difference
            for operation in self.operations.values()
            for difference in operation.other
            if difference.breaking
        )

    def count(self, status: Status) -> int:
        """Count operations as an API-changes page does: only additions make an update."""
        return sum(
            operation.status == status and (status != "updated" or operation.has_additions)
            for operation in self.operations.values()
        )


def compare_services(
    old: Mapping[str, SourceDocument], new: Mapping[str, SourceDocument]
) -> dict[str, ServiceDiff]:
    """Return the differences of each service that changed; a service may be new, or removed."""
    changed: dict[str, ServiceDiff] = {}
    for name in sorted(old.keys() | new.keys()):
        before, after = old.get(name), new.get(name)
        if before is None or after is None or not _is_same(before, after):
            known = before or after
            assert known is not None
            changed[name] = compare(before or _empty(known), after or _empty(known))
    return changed


def _is_same(old: SourceDocument, new: SourceDocument) -> bool:
    return replace(old.service, source=new.service.source) == new.service


def _empty(document: SourceDocument) -> SourceDocument:
    """Return the same service without operations, as before its first release."""
    return replace(document, service=replace(document.service, operations={}, shapes={}))


def compare(old: SourceDocument, new: SourceDocument) -> ServiceDiff:
    """Compare two descriptions of a service, operation by operation."""
    before, after = old.service.operations, new.service.operations
    partial = old.page is not None or new.page is not None
    operations: dict[str, OperationDiff] = {}
    for name in sorted(before.keys() | after.keys()):
        if name in before and name in after:
            diff = _operation(old, new, name)
            if diff is not None:
                operations[name] = diff
        elif partial:
            continue
        elif name in after:
            operations[name] = OperationDiff(status="new")
        else:
            gone = MemberDifference(
                place=MemberPlace(name, Subject(name)),
                change="operation-removed",
                old=name,
                new=None,
                breaking=True,
            )
            operations[name] = OperationDiff(status="removed", other=(gone,))
    alone = tuple(sorted(before.keys() ^ after.keys())) if partial else ()
    return ServiceDiff(operations=operations, not_compared=alone)


def _operation(old: SourceDocument, new: SourceDocument, name: str) -> OperationDiff | None:
    before, after = old.service.operations[name], new.service.operations[name]
    whole = MemberPlace(name, Subject(name))
    sides: dict[Side, Change | None] = {}
    other: list[MemberDifference] = []
    added: list[Addition] = []
    targets: tuple[tuple[Side, str | None, str | None], ...] = (
        ("request", before.input, after.input),
        ("response", before.output, after.output),
    )
    for side, was, now in targets:
        sides[side] = None
        if side == "response" and (name in old.gaps.responses or name in new.gaps.responses):
            continue
        comparison = _ServiceComparison(old, new, side)
        place = whole.inside(f".{side}")
        if side == "response" and was is not None and now is None:
            comparison.note("response-removed", place, was, None)
        else:
            sides[side] = comparison.structures(
                _structure(old, was), _structure(new, now), place, f"{name}{side.capitalize()}"
            )
        other += comparison.differences
        added += comparison.added
    if after.deprecated and not before.deprecated:
        other.append(
            MemberDifference(place=whole, change="deprecated", old=False, new=True, breaking=False)
        )
    if not other and not any(sides.values()):
        return None
    return OperationDiff(
        status="updated",
        request=sides["request"],
        response=sides["response"],
        other=tuple(other),
        added=tuple(added),
    )


def _structure(document: SourceDocument, name: str | None) -> ir.Structure:
    if name is None:
        return _EMPTY
    shape = document.service.shapes[name]
    return shape if isinstance(shape, ir.Structure) else _EMPTY


@dataclass(slots=True)
class _ServiceComparison:
    """A walk through the old and the new tree, side by side."""

    old: SourceDocument
    new: SourceDocument
    side: Side
    differences: list[MemberDifference] = field(default_factory=list)
    added: list[Addition] = field(default_factory=list)
    _open: list[tuple[str, str]] = field(default_factory=list)  # the enclosing shapes

    @property
    def partial(self) -> bool:
        return self.old.page is not None or self.new.page is not None

    def note(self, change: ChangeKind, place: MemberPlace, old: Fact, new: Fact) -> None:
        breaking = self.side in _BREAKS[change]
        self.differences.append(
            MemberDifference(place=place, change=change, old=old, new=new, breaking=breaking)
        )

    def structures(
        self, old: ir.Structure, new: ir.Structure, place: MemberPlace, owner: str
    ) -> Change | None:
        """Return the additions inside a structure, and note every other difference."""
        before = {member.name: member for member in old.members}
        after = {member.name: member for member in new.members}
        added: dict[str, Change] = {}
        for name, member in after.items():
            at = place.member(owner, name)
            if name in before:
                change = self.shapes(before[name].shape, member.shape, at)
                self._markers((old.name, before[name]), (new.name, member), at)
            elif old.name in self.old.gaps.cut:
                continue
            else:
                change = describe(self.new.service, member.shape)
                self.added.append(Addition(subject=at.subject))
                if _is_required(member) and old.members:
                    self.note("required-member-added", at, None, name)
            if change is not None:
                added[name] = change
        if new.name not in self.new.gaps.cut:
            for name in sorted(before.keys() - after.keys()):
                self.note("member-removed", place.member(owner, name), name, None)
        if old.union != new.union and not self.partial:
            change_kind: ChangeKind = "union-added" if new.union else "union-removed"
            self.note(change_kind, place.of(owner), old.union, new.union)
        return added or None

    def _markers(
        self, old: tuple[str, ir.Member], new: tuple[str, ir.Member], place: MemberPlace
    ) -> None:
        """Note if a member, passed with its structure's name, became required or deprecated."""
        is_stated = (old[0], old[1].name) not in self.old.gaps.markers
        is_stated = is_stated and (new[0], new[1].name) not in self.new.gaps.markers
        was, now = _is_required(old[1]), _is_required(new[1])
        if is_stated and was != now:
            self.note("required-added" if now else "required-removed", place, was, now)
        if new[1].deprecated and not old[1].deprecated:
            self.note("deprecated", place, False, True)

    def shapes(self, old_name: str, new_name: str, place: MemberPlace) -> Change | None:
        """Return the additions inside a shape of any kind."""
        if old_name in self.old.gaps.unknown or new_name in self.new.gaps.unknown:
            return None
        if (old_name, new_name) in self._open:
            return None
        self._open.append((old_name, new_name))
        try:
            return self._shapes(
                self.old.service.shapes[old_name], self.new.service.shapes[new_name], place
            )
        finally:
            self._open.pop()

    def _shapes(self, old: ir.Shape, new: ir.Shape, place: MemberPlace) -> Change | None:
        self._limits(old, new, place)
        match old, new:
            case ir.Structure(), ir.Structure():
                return self.structures(old, new, place, new.name)
            case ir.List(), ir.List():
                return self.shapes(old.member, new.member, place.inside("[]"))
            case ir.Map(), ir.Map():
                self._keys(old.key, new.key, place.inside("{key}"))
                return self.shapes(old.value, new.value, place.inside("{}"))
            case ir.List(), ir.Map() if old.name in self.old.gaps.list_or_map:
                return self.shapes(old.member, new.value, place.inside("{}"))
            case ir.Map(), ir.List() if new.name in self.new.gaps.list_or_map:
                return self.shapes(old.value, new.member, place.inside("{}"))
            case ir.Enum(), ir.Enum():
                return self._values(old, new, place)
            case _:
                return self._types(old, new, place)

    def _values(self, old: ir.Enum, new: ir.Enum, place: MemberPlace) -> Change | None:
        if new.name not in self.new.gaps.cut:
            for value in old.values:
                if value not in new.values:
                    self.note("value-removed", place.of(new.name), value, None)
        if old.name in self.old.gaps.cut:
            return None
        added = [value for value in new.values if value not in old.values]
        self.added += [Addition(subject=Subject(new.name), value=value) for value in added]
        return frozenset(added) or None

    def _keys(self, old_name: str, new_name: str, place: MemberPlace) -> None:
        if self.partial:  # pages write every key as 'string'
            return
        added = self._shapes(
            self.old.service.shapes[old_name], self.new.service.shapes[new_name], place
        )
        if isinstance(added, frozenset):
            for value in sorted(added):
                self.note("key-value-added", place, None, value)

    def _types(self, old: ir.Shape, new: ir.Shape, place: MemberPlace) -> Change | None:
        was, now = self._kind(old), self._kind(new)
        if was == now:
            return None
        narrow, wide = (was, now) if self.side == "request" else (now, was)
        # Enums are open: readers expect values that are not listed.
        safe = wide in _WIDER.get(narrow, ()) or (self.side == "response" and was == "enum")
        breaking = not (safe and {was, now} <= _SIMPLE)
        self.differences.append(
            MemberDifference(
                place=place, change="type-changed", old=was, new=now, breaking=breaking
            )
        )
        # A page shows all values of a new enum as added, even if it was a string before.
        return frozenset(new.values) if isinstance(new, ir.Enum) and was == "string" else None

    def _kind(self, shape: ir.Shape) -> str:
        kind = shape.kind if isinstance(shape, ir.Scalar) else type(shape).__name__.lower()
        return _PAGE_KINDS.get(kind, kind) if self.partial else kind

    def _limits(self, old: ir.Shape, new: ir.Shape, place: MemberPlace) -> None:
        if self.partial or self._kind(old) != self._kind(new):
            return
        if isinstance(old, (ir.Structure, ir.Enum)) or isinstance(new, (ir.Structure, ir.Enum)):
            return
        lengths = not isinstance(old, ir.Scalar) or old.kind in ("string", "blob")
        was, now = (shape.min if shape.min or not lengths else None for shape in (old, new))
        if was != now:
            tighter = now is not None and (was is None or now > was)
            self.note("min-tightened" if tighter else "min-loosened", place, was, now)
        if old.max != new.max:
            tighter = new.max is not None and (old.max is None or new.max < old.max)
            self.note("max-tightened" if tighter else "max-loosened", place, old.max, new.max)
        if isinstance(old, ir.Scalar) and isinstance(new, ir.Scalar):
            change = pattern_change(old.pattern, new.pattern)
            if change is not None:
                self.note(change, place, old.pattern, new.pattern)


def _is_required(member: ir.Member) -> bool:
    return member.required and not member.idempotency_token


def describe(service: ir.Service, name: str, inside: tuple[str, ...] = ()) -> Change:
    """Return a whole new shape in the form of a change block."""
    if name in inside:
        return ()
    inside = (*inside, name)
    match service.shapes[name]:
        case ir.Structure() as shape:
            return {
                member.name: describe(service, member.shape, inside) for member in shape.members
            }
        case ir.List() as shape:
            return (describe(service, shape.member, inside),)
        case ir.Map() as shape:
            key = describe(service, shape.key, inside)
            return {str(key): describe(service, shape.value, inside)}
        case ir.Enum() as shape:
            return " | ".join(shape.values)
        case ir.Scalar(kind="document"):
            return {}
        case ir.Scalar() as shape:
            return shape.kind


def pattern_change(old: str | None, new: str | None) -> ChangeKind | None:
    """Return whether a pattern allows more or less than before; patterns match whole strings.

    Only two patterns that differ in nothing but the bounds of their repetitions are compared.
    """
    was, now = (None if p is None else _unanchored(p) for p in (old, new))
    if was == now:
        return None
    if was is None:
        return "pattern-tightened"
    if now is None:
        return "pattern-loosened"
    if _BOUNDS.sub("{}", was) == _BOUNDS.sub("{}", now) and "(?" not in was:
        bounds = list(zip(_bounds(was), _bounds(now), strict=True))
        if all(b[0] <= a[0] and a[1] <= b[1] for a, b in bounds):
            return "pattern-loosened"
        if all(a[0] <= b[0] and b[1] <= a[1] for a, b in bounds):
            return "pattern-tightened"
    return "pattern-changed"


def _unanchored(pattern: str) -> str:
    """Return a pattern without anchors and without a group around all of it."""
    bare = pattern.removeprefix("^").removesuffix("$")
    depth = 0
    for match in _PARENTHESES.finditer(bare):
        depth += {"(": 1, ")": -1}.get(match[0], 0)
        if depth == 0:  # the first group ends here
            whole = match[0] == ")" and match.end() == len(bare)
            grouped = bare.startswith("(") and not bare.startswith("(?")
            return bare[1:-1] if whole and grouped else bare
    return bare


def _bounds(pattern: str) -> Iterator[tuple[int, float]]:
    for low, comma, high in _BOUNDS.findall(pattern):
        yield int(low), float(high or ("inf" if comma else low))
