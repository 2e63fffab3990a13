"""Find the changes between two public interfaces of a package that break a caller.

A parameter may accept more types, and a result may have fewer; the reverse breaks a caller. A
removed name, parameter, value or base class breaks a caller too.
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

# Covariant generic classes: of a narrower type, they are narrower themselves.
_COVARIANT: Final = frozenset(
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

    where: str  # dotted, with the package; a parameter is in brackets
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def breaks(old: Mapping[str, Thing], new: Mapping[str, Thing]) -> list[Break]:
    """Return every break, once, under the name that defines the member."""
    comparison = _ApiComparison(_ancestors(new))
    breaking: dict[tuple[str, str, str], Break] = {}
    for name in sorted(old, key=lambda name: (name.count("."), name)):
        for change in comparison.things(name, old[name], new.get(name)):
            # An inherited member is reported once: on the class that defines it, if public.
            owner, _, member = change.where.rpartition("::")
            named = replace(change, where=f"{name}.{member}") if owner else change
            is_owner = owner.rpartition(".")[2] == name.rpartition(".")[2]
            key = (owner, member, change.what)
            if key not in breaking or (owner and is_owner and not _is_of(breaking[key], owner)):
                breaking[key] = named
    return sorted(set(breaking.values()))


def _is_of(change: Break, owner: str) -> bool:
    """Return whether a break names the class that defines the member."""
    return owner.rpartition(".")[2] in change.where.split(".")


def _ancestors(things: Mapping[str, Thing]) -> dict[str, frozenset[str]]:
    """Return the ancestors by class name; two classes of one name get what they share."""
    ancestors: dict[str, frozenset[str]] = {}
    for thing in things.values():
        if isinstance(thing, Class):
            these = frozenset(thing.ancestors)
            ancestors[thing.name] = these & ancestors.get(thing.name, these)
    return ancestors


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
                yield from self.accepted(name, old.type, new.type)
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
        """Return the ancestors that a class has lost and that no public base has lost too."""
        bases = {base.name: base for base in new.bases if base.name in self.ancestors}
        reported = (_was(base, bases[base.name]) for base in old.bases if base.name in bases)
        return _was(old, new).difference(*reported)

    def members(self, where: str, old: Member, new: Member) -> Iterator[Break]:
        match old, new:
            case Method(), Method():
                yield from self.methods(where, old, new)
            case Attribute(), Attribute():
                if old.value != new.value:
                    yield Break(where, f"was {old.value}, is {new.value}")
                yield from self.returned(where, old.type, new.type)
            case Key(), Key():
                yield from self.accepted(where, old.type, new.type)
                if new.required and not old.required:
                    yield Break(where, "is required now")
            case _:
                yield Break(where, f"was {_kind(old)} and is {_kind(new)}")

    def methods(self, where: str, old: Method, new: Method) -> Iterator[Break]:
        if len(old.signatures) == len(new.signatures) == 1:
            yield from self.functions(where, old.signatures[0], new.signatures[0])
            return
        for signature in old.signatures:  # overloads: each needs a new one that fits
            differences = [
                list(self.functions(where, signature, other)) for other in new.signatures
            ]
            if all(differences):
                yield min(differences, key=len)[0]

    def functions(self, where: str, old: Function, new: Function) -> Iterator[Break]:
        after = {p.name: p for p in new.parameters}
        rest = {p.kind for p in new.parameters} & {"rest", "others"}
        for parameter in old.parameters:
            place = f"{where}({parameter.name})"
            now = after.get(parameter.name)
            if now is not None:
                yield from self.parameters(place, parameter, now)
            elif not (parameter.kind == "keyword" and "others" in rest):
                yield Break(place, "is gone")
        before = {p.name for p in old.parameters}
        for parameter in new.parameters:
            if parameter.name not in before and parameter.required:
                yield Break(f"{where}({parameter.name})", "is new and required")
        order, now_order = (_by_place(function.parameters) for function in (old, new))
        kept = [name for name in now_order if name in order]
        for was, name in zip_longest([name for name in order if name in now_order], kept):
            if was != name:
                yield Break(f"{where}({was})", "has another place among the positional ones")
                break
        else:
            if order and now_order[: len(kept)] != kept:
                yield Break(f"{where}({now_order[0]})", "is new before those that were there")
        yield from self.returned(where, old.result, new.result, verb="returns")

    def parameters(self, where: str, old: Parameter, new: Parameter) -> Iterator[Break]:
        if new.required and not old.required:
            yield Break(where, "is required now")
        elif not old.required and old.default != new.default:
            yield Break(where, f"default was {old.default}, is {new.default}")
        if new.kind not in {old.kind, "either"}:
            yield Break(where, f"was {_PLACES[old.kind]}, is {_PLACES[new.kind]}")
        yield from self.accepted(where, old.type, new.type)

    def accepted(self, where: str, old: str, new: str) -> Iterator[Break]:
        """Yield a break if a value that was accepted no longer is."""
        if old != new and new and old:
            refused = [choice for choice in _choices(old) if not self.is_in(choice, _choices(new))]
            if refused:
                yield Break(
                    where, f"takes {new}, no longer {' | '.join(map(ast.unparse, refused))}"
                )

    def returned(self, where: str, old: str, new: str, *, verb: str = "is") -> Iterator[Break]:
        """Yield a break if a value is possible that was not possible before."""
        if old != new and old:
            more = [
                choice for choice in _choices(new or "Any") if not self.is_in(choice, _choices(old))
            ]
            if more:
                yield Break(where, f"{verb} {new or 'anything'}, where it was {old}")

    def is_in(self, narrow: ast.expr, wide: Iterable[ast.expr]) -> bool:
        return any(self.is_a(narrow, choice) for choice in wide)

    def is_a(self, narrow: ast.expr, wide: ast.expr) -> bool:
        """Return whether every value of the narrow type belongs to the wide type."""
        if ast.dump(narrow) == ast.dump(wide):
            return True
        match narrow, wide:
            case _, ast.Name(id="Any" | "object"):
                return True
            case ast.Name(id=name), ast.Name(id=other):
                return other in _IS_A.get(name, ()) or other in self.ancestors.get(name, ())
            case ast.Subscript(value=ast.Name(id="Literal")), ast.Name(id="str"):
                return all(isinstance(value, str) for value in _literals(narrow))
            case (
                ast.Subscript(value=ast.Name(id="Literal")),
                ast.Subscript(value=ast.Name(id="Literal")),
            ):
                return _literals(narrow) <= _literals(wide)
            case ast.Subscript(value=ast.Name(id=name)), ast.Subscript(value=ast.Name(id=other)):
                heads = name == other or other in _IS_A.get(name, ())
                return heads and self._are_arguments_alike(
                    name, _arguments(narrow), other, _arguments(wide)
                )
            case _:
                return False

    def _are_arguments_alike(
        self, head: str, narrow: Sequence[ast.expr], other: str, wide: Sequence[ast.expr]
    ) -> bool:
        if head == "tuple" and other != "tuple":
            narrow = [argument for argument in narrow if not _is_ellipsis(argument)]
            return all(self.is_all_in(argument, wide[0]) for argument in narrow)
        if len(narrow) != len(wide):
            return False
        if "Mapping" in (head, other):  # callers look up keys and receive values
            return ast.dump(narrow[0]) == ast.dump(wide[0]) and self.is_all_in(narrow[1], wide[1])
        if head in _COVARIANT:
            return all(self.is_all_in(*pair) for pair in zip(narrow, wide, strict=True))
        return [ast.dump(argument) for argument in narrow] == [
            ast.dump(argument) for argument in wide
        ]

    def is_all_in(self, narrow: ast.expr, wide: ast.expr) -> bool:
        choices = list(_alternatives(wide))
        return all(self.is_in(choice, choices) for choice in _alternatives(narrow))


_PLACES: Final = {
    "positional": "given by place alone",
    "either": "given by place or name",
    "keyword": "given by name alone",
    "rest": "all the rest by place",
    "others": "all the rest by name",
}


def _by_place(parameters: Iterable[Parameter]) -> list[str]:
    return [p.name for p in parameters if p.kind in ("positional", "either")]


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


def _arguments(node: ast.expr) -> list[ast.expr]:
    assert isinstance(node, ast.Subscript)
    return list(node.slice.elts) if isinstance(node.slice, ast.Tuple) else [node.slice]


def _literals(node: ast.expr) -> frozenset[object]:
    return frozenset(value.value for value in _arguments(node) if isinstance(value, ast.Constant))


def _is_ellipsis(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is ...
