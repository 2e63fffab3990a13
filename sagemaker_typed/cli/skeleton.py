"""``sagemaker-typed skeleton``."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from pydantic_core import ValidationError

from sagemaker_typed import rules
from sagemaker_typed.cli import samples
from sagemaker_typed.cli.names import PACKAGE, request_of
from sagemaker_typed.cli.tree import Items, Leaf, MemberValue, Node, Object, Pairs, to_boto
from sagemaker_typed.cli.writers import FORMATS
from sagemaker_typed.core.schema import facts
from sagemaker_typed.core.schema.lookup import find_shape
from sagemaker_typed.core.schema.paths import member_names
from sagemaker_typed.core.schema.walk import find_member, structure_in

if TYPE_CHECKING:
    import argparse

    from sagemaker_typed.core.schema.protocols import AnyShape
    from sagemaker_typed.core.shapes.shape import Request

Steps: TypeAlias = tuple[str, ...]
"""Documented names on the way to a member, without indexes: one sample stands for a whole list."""

_ROUNDS = 100
"""More changes than any request has rules to satisfy."""


@dataclass(slots=True)
class _Choice:
    """Which optional members stand in the request."""

    everything: bool
    added: set[Steps] = field(default_factory=set[Steps])
    dropped: dict[Steps, str] = field(default_factory=dict[Steps, str])

    def takes(self, steps: Steps, fact: facts.Member) -> bool:
        """Whether a member is to be there."""
        if fact.required or any(one[: len(steps)] == steps for one in self.added):
            return True
        if steps in self.dropped or fact.deprecated or fact.idempotency_token:
            return False
        return self.everything


def run(given: argparse.Namespace) -> int:
    """Write the skeleton of the operation's request."""
    request = request_of(given.operation)
    sys.stdout.write(FORMATS[given.format](request, skeleton(request, everything=given.all)))
    return 0


def skeleton(request: type[Request[object]], *, everything: bool) -> Object:
    """A request that keeps its rules as far as leaving members out and in can make it."""
    choice = _Choice(everything)
    tree = _object(request, (), choice, ())
    for _ in range(_ROUNDS):
        if not _changed(request, tree, choice):
            break
        tree = _object(request, (), choice, ())
    return tree


def _changed(request: type[Request[object]], tree: Object, choice: _Choice) -> bool:
    """Take in or leave out a member for the first broken rule that this can mend."""
    try:
        made = request.from_boto(to_boto(tree))
    except ValidationError:  # a sample that is no more than a placeholder
        return False
    for finding in rules.check(made):
        places = [member_names(path) for path in finding.paths]
        for steps in places:
            if not _holds(tree, steps) and steps not in choice.dropped | _of(choice.added):
                choice.added.add(steps)
                return True
        for steps in reversed(places):
            fact = _fact(request, steps)
            if fact is not None and not fact.required and steps not in choice.dropped:
                choice.added -= {one for one in choice.added if one[: len(steps)] == steps}
                choice.dropped[steps] = finding.id
                return True
    return False


def _of(steps: set[Steps]) -> dict[Steps, str]:
    return dict.fromkeys(steps, "")


def _holds(tree: Node, steps: Steps) -> bool:
    if isinstance(tree, Items):
        return any(_holds(item, steps) for item in tree.items)
    if not steps or not isinstance(tree, Object):
        return True
    given = next((one for one in tree.members if one.fact.documented == steps[0]), None)
    return given is not None and _holds(given.value, steps[1:])


def _fact(shape: type[AnyShape], steps: Steps) -> facts.Member | None:
    """The member at the end of the steps."""
    fact: facts.Member | None = None
    for step in steps:
        found = find_member(shape, step)
        fact = found[1] if found else None
        structure = structure_in(fact.kind) if fact else None
        if structure is not None:
            shape = find_shape(PACKAGE, structure)
    return fact


def _object(shape: type[AnyShape], path: Steps, choice: _Choice, within: tuple[str, ...]) -> Object:
    members: list[MemberValue] = []
    left_out: list[tuple[facts.Member, str]] = []
    inside = (*within, shape.__name__)
    for name, fact in _alternatives(shape, path, choice, inside).items():
        steps = (*path, fact.documented)
        taken = shape.__union__ or choice.takes(steps, fact)
        if taken and (fact.required or not _recurs(fact.kind, inside)):
            members.append(MemberValue(name, fact, _value(fact, fact.kind, steps, choice, inside)))
        elif not fact.deprecated and not fact.idempotency_token:
            left_out.append((fact, choice.dropped.get(steps, "")))
    return Object(shape, tuple(members), tuple(left_out))


def _alternatives(
    shape: type[AnyShape], path: Steps, choice: _Choice, inside: tuple[str, ...]
) -> Mapping[str, facts.Member]:
    """The members to choose from: of a union the one that was asked for, or the first."""
    members = shape.__members__
    if not shape.__union__:
        return members
    usable = {
        name: fact
        for name, fact in members.items()
        if not _recurs(fact.kind, inside) and (*path, fact.documented) not in choice.dropped
    }
    asked = [
        name
        for name, fact in usable.items()
        if any(one[: len(path) + 1] == (*path, fact.documented) for one in choice.added)
    ]
    chosen = next(iter([*asked, *usable, *members]))
    return {chosen: members[chosen]}


def _recurs(kind: facts.Kind, inside: tuple[str, ...]) -> bool:
    return structure_in(kind) in inside


def _value(
    fact: facts.Member, kind: facts.Kind, steps: Steps, choice: _Choice, inside: tuple[str, ...]
) -> Node:
    match kind:
        case facts.Structure():
            return _object(find_shape(PACKAGE, kind.name), steps, choice, inside)
        case facts.List():
            if _recurs(kind.item, inside):
                return Items(())
            one = _value(fact, kind.item, steps, choice, inside)
            return Items((one,) * (kind.min or 1))
        case facts.Map():
            key = _value(fact, kind.key, steps, choice, inside)
            value = _value(fact, kind.value, steps, choice, inside)
            return Pairs(((str(to_boto(key)), value),))
        case _:
            return _leaf(fact.documented, kind)


def _leaf(name: str, kind: facts.Kind) -> Node:
    match kind:
        case facts.String():
            return Leaf(samples.string(name, kind))
        case facts.Enum():
            return Leaf(samples.enum(kind))
        case facts.Integer() | facts.Float():
            return Leaf(samples.number(kind))
        case facts.Boolean():
            return Leaf(value=False)
        case facts.Timestamp():
            return Leaf(samples.MOMENT)
        case facts.Blob():
            return Leaf(samples.blob(kind))
        case _:
            return Pairs(())
