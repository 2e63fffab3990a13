"""The smallest valid value of a shape, from its facts and rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias, TypeVar, cast

from pydantic_core import ValidationError

from sagemaker_typed import rules
from sagemaker_typed.core.schema import facts
from sagemaker_typed.core.schema.enums import OpenEnum
from sagemaker_typed.core.schema.lookup import find_enum, find_shape
from sagemaker_typed.core.schema.paths import member_names
from sagemaker_typed.core.schema.walk import exclusive_members, field_of, find_member, structure_in
from sagemaker_typed.core.shapes.shape import Shape
from sagemaker_typed.testing import sample_values
from sagemaker_typed.testing.sample_tree import (
    Fixed,
    Items,
    Leaf,
    MemberValue,
    Node,
    Object,
    Pairs,
    to_boto,
)

if TYPE_CHECKING:
    from sagemaker_typed.core.schema.protocols import AnyShape

ExampleT = TypeVar("ExampleT", bound="Shape | OpenEnum")

Steps: TypeAlias = tuple[str, ...]
"""Documented names on the path to a member, without indexes: a list has one sample."""

_ROUNDS = 100
"""The most changes to a shape; no request has as many rules."""


def example(kind: type[ExampleT], /, **members: object) -> ExampleT:
    """Return the smallest valid shape of a class that has ``members``, or a value of an enum.

    Names are Python's or the documented ones. A mapping for a nested shape may be partial, and so
    may the mappings in a list. ``None`` leaves an optional member out. The same call always
    returns the same value. A shape of this package keeps its rules (``sagemaker_typed.rules``),
    unless ``members`` break them.

    Raises ``pydantic.ValidationError`` if ``members`` cannot be in a valid shape: it names each
    wrong member. Raises ``TypeError`` if ``kind`` is no shape or enum of this package.
    """
    checked = shape_or_enum(kind)
    if issubclass(checked, Shape):
        return cast("ExampleT", checked(**to_boto(sample(checked, members))))
    if members:
        raise TypeError(f"{checked.__name__} is an enum and has no members to set")
    return cast("ExampleT", sample_values.enum(checked))


def shape_or_enum(kind: object) -> type[Shape | OpenEnum]:
    """Return a class of the generated models or enums; raises ``TypeError`` for anything else."""
    if isinstance(kind, type) and (
        (issubclass(kind, Shape) and kind.__package_name__)
        or (issubclass(kind, OpenEnum) and kind is not OpenEnum)
    ):
        return kind
    raise TypeError(
        "expected a class of sagemaker_typed's models or enums, such as "
        f"models.ProductionVariant, not {kind!r}"
    )


def sample(
    shape: type[AnyShape],
    members: Mapping[str, object] | None = None,
    *,
    everything: bool = False,
    items: int = 0,
) -> Object:
    """Return a shape that keeps its rules, as far as adding and dropping members can do that.

    It has the required members, or ``everything`` that can be set together. ``items`` is the
    length of a list, unless its limits demand more.
    """
    choice = _Choice(everything, items)
    fixed = members or {}
    tree = _object(shape, (), choice, (), fixed)
    for _ in range(_ROUNDS):
        if not _changed(shape, tree, choice):
            break
        tree = _object(shape, (), choice, (), fixed)
    return tree


def sample_value(shape: type[AnyShape], member: facts.Member) -> object:
    """Return a sample value of one member of a shape, as boto3 takes it."""
    choice = _Choice(everything=False, items=1)
    return to_boto(_value(shape, member.kind, (member.documented,), choice, (shape.__name__,)))


@dataclass(slots=True)
class _Choice:
    """The optional members that are in the shape."""

    everything: bool
    items: int
    added: set[Steps] = field(default_factory=set[Steps])
    dropped: dict[Steps, str] = field(default_factory=dict[Steps, str])
    fixed: set[Steps] = field(default_factory=set[Steps])
    """The members that the caller gave, which are not dropped."""

    def takes(self, steps: Steps, fact: facts.Member) -> bool:
        """Return whether the shape has a member."""
        if fact.required or self.adds(steps):
            return True
        if steps in self.dropped or fact.deprecated or fact.idempotency_token:
            return False
        return self.everything

    def adds(self, steps: Steps) -> bool:
        """Return whether a rule needs a member, or a member inside of it."""
        return _is_inside(self.added, steps)

    def may_drop(self, steps: Steps) -> bool:
        """Return whether a member can be left out that is there now."""
        return steps not in self.dropped and not _is_inside(self.fixed, steps)


def _is_inside(places: set[Steps], steps: Steps) -> bool:
    return any(place[: len(steps)] == steps for place in places)


def _changed(shape: type[AnyShape], tree: Object, choice: _Choice) -> bool:
    """Add or drop a member for the first broken rule that this can satisfy."""
    try:
        checked = cast("Shape", shape(**to_boto(tree)))
    except ValidationError:  # because of a value that the caller gave
        return False
    for finding in rules.check(checked):
        places = [member_names(path) for path in finding.paths]
        for steps in places:
            if not _holds(tree, steps) and steps not in choice.dropped.keys() | choice.added:
                choice.added.add(steps)
                return True
        for steps in reversed(places):
            fact = _fact(shape, steps)
            if fact is not None and not fact.required and choice.may_drop(steps):
                choice.added -= {added for added in choice.added if added[: len(steps)] == steps}
                choice.dropped[steps] = finding.id
                return True
    return False


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
            shape = find_shape(shape.__package_name__, structure)
    return fact


def _object(
    shape: type[AnyShape],
    path: Steps,
    choice: _Choice,
    within: tuple[str, ...],
    values: Mapping[str, object],
) -> Object:
    members: list[MemberValue] = []
    left_out: list[tuple[facts.Member, str]] = []
    inside = (*within, shape.__name__)
    for name, value in sample_values.MEMBERS.get(shape.__name__, {}).items():
        if name not in values and field_of(shape, name) not in values:
            values = {**values, name: value}
    fixed = {pair[0]: name for name in values if (pair := find_member(shape, name))}
    choice.fixed |= {(*path, shape.__members__[name].documented) for name in fixed}
    exclusive = exclusive_members(shape)
    chosen = _chosen(shape, exclusive, path, choice, inside, fixed)
    for name, fact in shape.__members__.items():
        steps = (*path, fact.documented)
        if name in fixed:
            value = _completed(shape, fact.kind, values[fixed[name]], steps, choice, inside)
            members.append(MemberValue(name, fact, value))
        elif fact.documented == chosen or (
            fact.documented not in exclusive
            and choice.takes(steps, fact)
            and (fact.required or not _recurs(fact.kind, inside))
        ):
            value = _value(shape, fact.kind, steps, choice, inside)
            members.append(MemberValue(name, fact, value))
        elif not (fact.documented in exclusive or fact.deprecated or fact.idempotency_token):
            left_out.append((fact, choice.dropped.get(steps, "")))
    unknown = {name: values[name] for name in values.keys() - fixed.values()}
    return Object(shape, tuple(members), tuple(left_out), unknown)


def _chosen(
    shape: type[AnyShape],
    exclusive: Sequence[str],
    path: Steps,
    choice: _Choice,
    inside: tuple[str, ...],
    fixed: Mapping[str, str],
) -> str | None:
    """Return the exclusive member to set: one that a rule needs, or the first."""
    members = shape.__members__
    if not exclusive or any(members[name].documented in exclusive for name in fixed):
        return None
    usable = [
        documented
        for documented in exclusive
        if not _recurs(_kind(shape, documented), inside)
        and (*path, documented) not in choice.dropped
    ]
    needed = [documented for documented in usable if choice.adds((*path, documented))]
    return next(iter([*needed, *usable, *exclusive]))


def _kind(shape: type[AnyShape], documented: str) -> facts.Kind:
    return next(m.kind for m in shape.__members__.values() if m.documented == documented)


def _recurs(kind: facts.Kind, inside: tuple[str, ...]) -> bool:
    return structure_in(kind) in inside


def _completed(
    shape: type[AnyShape],
    kind: facts.Kind,
    value: object,
    steps: Steps,
    choice: _Choice,
    inside: tuple[str, ...],
) -> Node:
    """Return a value of the caller; mappings for structures are completed."""
    match kind, value:
        case facts.Structure(name=name), Mapping():
            return _object(find_shape(shape.__package_name__, name), steps, choice, inside, value)
        case facts.List(item=item), list() | tuple():
            items = (_completed(shape, item, each, steps, choice, inside) for each in value)
            return Items(tuple(items))
        case facts.Map(value=inner), Mapping():
            pairs = (
                (key, _completed(shape, inner, each, steps, choice, inside))
                for key, each in value.items()
            )
            return Pairs(tuple(pairs))
        case _:
            return Fixed(value)


def _value(
    shape: type[AnyShape], kind: facts.Kind, steps: Steps, choice: _Choice, inside: tuple[str, ...]
) -> Node:
    match kind:
        case facts.Structure():
            return _object(find_shape(shape.__package_name__, kind.name), steps, choice, inside, {})
        case facts.List():
            if _recurs(kind.item, inside):
                return Items(())
            count = kind.min or choice.items or int(choice.adds(steps))
            return Items(
                tuple(_value(shape, kind.item, steps, choice, inside) for _ in range(count))
            )
        case facts.Map():
            if not (kind.min or choice.items or choice.adds(steps)):
                return Pairs(())
            key = _value(shape, kind.key, steps, choice, inside)
            value = _value(shape, kind.value, steps, choice, inside)
            return Pairs(((str(to_boto(key)), value),))
        case _:
            return _leaf(shape, steps[-1], kind)


def _leaf(shape: type[AnyShape], name: str, kind: facts.Kind) -> Node:
    match kind:
        case facts.String():
            return Leaf(sample_values.string(name, kind))
        case facts.Enum():
            return Leaf(sample_values.enum(find_enum(shape.__package_name__, kind.name)).value)
        case facts.Integer() | facts.Float():
            return Leaf(sample_values.number(kind))
        case facts.Boolean():
            return Leaf(value=False)
        case facts.Timestamp():
            return Leaf(sample_values.MOMENT)
        case facts.Blob():
            return Leaf(sample_values.blob(kind))
        case facts.EventStream():
            return Items(())  # a stream without events
        case _:
            return Pairs(())
