"""What breaks a caller between two public interfaces of a package.

What a caller gives may be taken more widely, and what it gets may be said more narrowly; the other
way round breaks. So does a name, a parameter, a value or an ancestor that is gone.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest
from typing import Final

from codegen.diff.public_api import (
    Alias,
    Attribute,
    Class,
    Function,
    Key,
    Member,
    Method,
    Parameter,
    Thing,
)

# Generic classes that only give what they hold: one of narrower things is a narrower one.
_GIVING: Final = frozenset(
    {
        *("Collection", "FrozenMap", "Items", "Iterable", "Iterator", "PaginatedRequest", "Pages"),
        *("Request", "Sequence", "frozenset", "tuple", "type"),
    }
)
_IS_A: Final[Mapping[str, frozenset[str]]] = {
    "bool": frozenset({"int", "float"}),
    "int": frozenset({"float"}),
    "tuple": frozenset({"Sequence", "Collection", "Iterable"}),
    "list": frozenset({"Sequence", "Collection", "Iterable"}),
    "Sequence": frozenset({"Collection", "Iterable"}),
    "dict": frozenset({"Mapping"}),
    "FrozenMap": frozenset({"Mapping", "dict"}),
    "Iterator": frozenset({"Iterable"}),
}


@dataclass(frozen=True, slots=True, order=True)
class Break:
    """One change that breaks a caller."""

    where: str  # dotted, from the package on; a parameter stands in brackets
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def breaks(old: Mapping[str, Thing], new: Mapping[str, Thing]) -> list[Break]:
    """Every one, said once where it is defined, however many names lead there."""
    comparison = _ApiComparison(_ancestors(new))
    found: dict[tuple[str, str, str], Break] = {}
    for name in sorted(old, key=lambda name: (name.count("."), name)):
        for one in comparison.things(name, old[name], new.get(name)):
            # What many classes inherit breaks in one place: where it is defined, if that is public.
            owner, _, member = one.where.rpartition("::")
            said = replace(one, where=f"{name}.{member}") if owner else one
            is_owner = owner.rpartition(".")[2] == name.rpartition(".")[2]
            key = (owner, member, one.what)
            if key not in found or (owner and is_owner and not _is_of(found[key], owner)):
                found[key] = said
    return sorted(set(found.values()))


def _is_of(one: Break, owner: str) -> bool:
    """Whether a break is said of the class that defines what breaks."""
    return owner.rpartition(".")[2] in one.where.split(".")


def _ancestors(things: Mapping[str, Thing]) -> dict[str, frozenset[str]]:
    """What a class of each name is; of two that have one name, what both are."""
    found: dict[str, frozenset[str]] = {}
    for thing in things.values():
        if isinstance(thing, Class):
            these = frozenset(thing.ancestors)
            found[thing.name] = these & found.get(thing.name, these)
    return found


def _was(old: Class, new: Class) -> set[str]:
    return set(old.ancestors[1:]) - set(new.ancestors)


@dataclass(frozen=True, slots=True)
class _ApiComparison:
    ancestors: Mapping[str, frozenset[str]]

    def things(self, name: str, old: Thing, new: Thing | None) -> Iterator[Break]:
        match old, new:
            case _, None:
                yield Break(name, "is gone")
            case Class(), Class():
                yield from self.classes(name, old, new)
            case Alias(), Alias():
                yield from self.given(name, old.type, new.type)
            case Method() | Attribute(), Method() | Attribute():
                yield from self.members(name, old, new)
            case _:
                if type(old) is not type(new):
                    yield Break(name, f"was {_kind(old)} and is {_kind(new)}")

    def classes(self, name: str, old: Class, new: Class) -> Iterator[Break]:
        for ancestor in sorted(self.lost(old, new)):
            yield Break(name, f"is no {ancestor} any more")
        for own, (owner, member) in old.members.items():
            where = f"{owner}::{own}"
            after = new.members.get(own)
            if after is not None:
                yield from self.members(where, member, after[1])
            elif own != "__init__":
                yield Break(where, "is gone")
        for own, (owner, member) in new.members.items():
            if isinstance(member, Key) and member.required and own not in old.members:
                yield Break(f"{owner}::{own}", "is new and required")

    def lost(self, old: Class, new: Class) -> set[str]:
        """What a class was and is no more, unless a public one that it inherits from was so too."""
        bases = {base.name: base for base in new.bases if base.name in self.ancestors}
        said = (_was(base, bases[base.name]) for base in old.bases if base.name in bases)
        return _was(old, new).difference(*said)

    def members(self, where: str, old: Member, new: Member) -> Iterator[Break]:
        match old, new:
            case Method(), Method():
                yield from self.methods(where, old, new)
            case Attribute(), Attribute():
                if old.value != new.value:
                    yield Break(where, f"was {old.value}, is {new.value}")
                yield from self.got(where, old.type, new.type)
            case Key(), Key():
                yield from self.given(where, old.type, new.type)
                if new.required and not old.required:
                    yield Break(where, "is required now")
            case _:
                yield Break(where, f"was {_kind(old)} and is {_kind(new)}")

    def methods(self, where: str, old: Method, new: Method) -> Iterator[Break]:
        if len(old.signatures) == len(new.signatures) == 1:
            yield from self.functions(where, old.signatures[0], new.signatures[0])
            return
        for signature in old.signatures:  # overloads: some of the new ones does for each
            found = [list(self.functions(where, signature, other)) for other in new.signatures]
            if all(found):
                yield min(found, key=len)[0]

    def functions(self, where: str, old: Function, new: Function) -> Iterator[Break]:
        after = {one.name: one for one in new.parameters}
        rest = {one.kind for one in new.parameters} & {"rest", "others"}
        for parameter in old.parameters:
            place = f"{where}({parameter.name})"
            now = after.get(parameter.name)
            if now is not None:
                yield from self.parameters(place, parameter, now)
            elif not (parameter.kind == "keyword" and "others" in rest):
                yield Break(place, "is gone")
        before = {one.name for one in old.parameters}
        for parameter in new.parameters:
            if parameter.name not in before and parameter.required:
                yield Break(f"{where}({parameter.name})", "is new and required")
        order, now_order = (_by_place(one.parameters) for one in (old, new))
        kept = [name for name in now_order if name in order]
        for was, name in zip_longest([name for name in order if name in now_order], kept):
            if was != name:
                yield Break(f"{where}({was})", "has another place among the positional ones")
                break
        else:
            if order and now_order[: len(kept)] != kept:
                yield Break(f"{where}({now_order[0]})", "is new before those that were there")
        yield from self.got(where, old.result, new.result, verb="returns")

    def parameters(self, where: str, old: Parameter, new: Parameter) -> Iterator[Break]:
        if new.required and not old.required:
            yield Break(where, "is required now")
        elif not old.required and old.default != new.default:
            yield Break(where, f"default was {old.default}, is {new.default}")
        if new.kind not in {old.kind, "either"}:
            yield Break(where, f"was {_PLACES[old.kind]}, is {_PLACES[new.kind]}")
        yield from self.given(where, old.type, new.type)

    def given(self, where: str, old: str, new: str) -> Iterator[Break]:
        """What a caller gives: all that was taken has to be taken."""
        if old != new and new and old:
            left = [one for one in _choices(old) if not self.is_in(one, _choices(new))]
            if left:
                yield Break(where, f"takes {new}, no longer {' | '.join(map(ast.unparse, left))}")

    def got(self, where: str, old: str, new: str, *, verb: str = "is") -> Iterator[Break]:
        """What a caller gets: nothing may come that could not come before."""
        if old != new and old:
            more = [one for one in _choices(new or "Any") if not self.is_in(one, _choices(old))]
            if more:
                yield Break(where, f"{verb} {new or 'anything'}, where it was {old}")

    def is_in(self, narrow: ast.expr, wide: Iterable[ast.expr]) -> bool:
        return any(self.is_a(narrow, one) for one in wide)

    def is_a(self, narrow: ast.expr, wide: ast.expr) -> bool:
        """Whether every value of one type is one of the other."""
        if ast.dump(narrow) == ast.dump(wide):
            return True
        match narrow, wide:
            case _, ast.Name(id="Any" | "object"):
                return True
            case ast.Name(id=one), ast.Name(id=other):
                return other in _IS_A.get(one, ()) or other in self.ancestors.get(one, ())
            case ast.Subscript(value=ast.Name(id="Literal")), ast.Name(id="str"):
                return all(isinstance(value, str) for value in _literals(narrow))
            case (
                ast.Subscript(value=ast.Name(id="Literal")),
                ast.Subscript(value=ast.Name(id="Literal")),
            ):
                return _literals(narrow) <= _literals(wide)
            case ast.Subscript(value=ast.Name(id=one)), ast.Subscript(value=ast.Name(id=other)):
                heads = one == other or other in _IS_A.get(one, ())
                return heads and self._hold_alike(one, _held(narrow), other, _held(wide))
            case _:
                return False

    def _hold_alike(
        self, head: str, narrow: Sequence[ast.expr], other: str, wide: Sequence[ast.expr]
    ) -> bool:
        if head == "tuple" and other != "tuple":
            narrow = [one for one in narrow if not _is_ellipsis(one)]
            return all(self.is_all_in(one, wide[0]) for one in narrow)
        if len(narrow) != len(wide):
            return False
        if "Mapping" in (head, other):  # a map's keys are asked for, its values given
            return ast.dump(narrow[0]) == ast.dump(wide[0]) and self.is_all_in(narrow[1], wide[1])
        if head in _GIVING:
            return all(self.is_all_in(*pair) for pair in zip(narrow, wide, strict=True))
        return [ast.dump(one) for one in narrow] == [ast.dump(one) for one in wide]

    def is_all_in(self, narrow: ast.expr, wide: ast.expr) -> bool:
        choices = list(_alternatives(wide))
        return all(self.is_in(one, choices) for one in _alternatives(narrow))


_PLACES: Final = {
    "positional": "given by place alone",
    "either": "given by place or name",
    "keyword": "given by name alone",
    "rest": "all the rest by place",
    "others": "all the rest by name",
}


def _by_place(parameters: Iterable[Parameter]) -> list[str]:
    return [one.name for one in parameters if one.kind in ("positional", "either")]


def _kind(thing: Thing | Member | None) -> str:
    return {"Key": "a key", "Alias": "a type", "Attribute": "a value"}.get(
        type(thing).__name__, f"a {type(thing).__name__.lower()}"
    )


@cache
def _choices(annotation: str) -> tuple[ast.expr, ...]:
    return tuple(_alternatives(ast.parse(annotation, mode="eval").body))


def _alternatives(node: ast.expr) -> Iterator[ast.expr]:
    match node:
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            yield from _alternatives(left)
            yield from _alternatives(right)
        case ast.Subscript(value=ast.Name(id="Union"), slice=ast.Tuple(elts=parts)):
            for part in parts:
                yield from _alternatives(part)
        case ast.Subscript(value=ast.Name(id="Optional"), slice=part):
            yield from _alternatives(part)
            yield ast.Constant(None)
        case _:
            yield node


def _held(node: ast.expr) -> list[ast.expr]:
    assert isinstance(node, ast.Subscript)
    return list(node.slice.elts) if isinstance(node.slice, ast.Tuple) else [node.slice]


def _literals(node: ast.expr) -> frozenset[object]:
    return frozenset(one.value for one in _held(node) if isinstance(one, ast.Constant))


def _is_ellipsis(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is ...
