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
"""Documented names on the path to a member, without indexes: a list has one sample."""

_ROUNDS = 100
"""The most changes to a request; no request has as many rules."""


@dataclass(slots=True)
class _Choice:
    """The optional members that are in the request."""

    everything: bool
    added: set[Steps] = field(default_factory=set[Steps])
    dropped: dict[Steps, str] = field(default_factory=dict[Steps, str])

    def takes(self, steps: Steps, fact: facts.Member) -> bool:
        """Return whether the request has a member."""
        if fact.required or any(added[: len(steps)] == steps for added in self.added):
            return True
        if steps in self.dropped or fact.deprecated or fact.idempotency_token:
            return False
        return self.everything


def run(arguments: argparse.Namespace) -> int:
    """Write the skeleton of the operation's request."""
    request = request_of(arguments.operation)
    tree = skeleton(request, everything=arguments.all)
    sys.stdout.write(FORMATS[arguments.format](request, tree))
    return 0


def skeleton(request: type[Request[object]], *, everything: bool) -> Object:
    """Return a request that keeps its rules, as far as adding and dropping members can do that."""
    choice = _Choice(everything)
    tree = _object(request, (), choice, ())
    for _ in range(_ROUNDS):
        if not _changed(request, tree, choice):
            break
        tree = _object(request, (), choice, ())
    return tree


def _changed(request: type[Request[object]], tree: Object, choice: _Choice) -> bool:
    """Add or drop a member for the first broken rule that this can satisfy."""
    try:
        sample = request.from_boto(to_boto(tree))
    except ValidationError:  # a placeholder is no valid value
        return False
    for finding in rules.check(sample):
        places = [member_names(path) for path in finding.paths]
        for steps in places:
            if not _holds(tree, steps) and steps not in choice.dropped | _of(choice.added):
                choice.added.add(steps)
                return True
        for steps in reversed(places):
            fact = _fact(request, steps)
            if fact is not None and not fact.required and steps not in choice.dropped:
                choice.added -= {added for added in choice.added if added[: len(steps)] == steps}
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
    members = (member for member in tree.members if member.fact.documented == steps[0])
    return any(_holds(member.value, steps[1:]) for member in members)


def _fact(shape: type[AnyShape], steps: Steps) -> facts.Member | None:
    """Return the member at the end of the steps."""
    fact: facts.Member | None = None
    for step in steps:
        _, fact = find_member(shape, step) or ("", None)
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
    """Return the members to choose from; of a union, the one that was added, or the first."""
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
        if any(added[: len(path) + 1] == (*path, fact.documented) for added in choice.added)
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
            item = _value(fact, kind.item, steps, choice, inside)
            return Items((item,) * (kind.min or 1))
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
