"""A shape as a tree of members and their sample values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from sagemaker_typed.core.schema import facts
    from sagemaker_typed.core.schema.protocols import AnyShape


@dataclass(frozen=True, slots=True)
class Leaf:
    """A single value."""

    value: str | int | float | bool | bytes


@dataclass(frozen=True, slots=True)
class Fixed:
    """A value that the caller gave, as it is."""

    value: object


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """A map, or a JSON object without a shape."""

    pairs: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class MemberValue:
    """A member with its value."""

    name: str
    fact: facts.Member
    value: Node


@dataclass(frozen=True, slots=True)
class Object:
    """A structure with the members that are set."""

    shape: type[AnyShape]
    members: tuple[MemberValue, ...]
    left_out: tuple[tuple[facts.Member, str], ...]
    """Members that are not set, each with the id of the rule that excludes it, or an empty text."""
    unknown: Mapping[str, object] = field(default_factory=dict[str, object])
    """Values that the caller gave under names that are no members."""


Node: TypeAlias = "Leaf | Fixed | Items | Pairs | Object"


def to_boto(node: Node) -> Any:
    """Return the value that boto3 takes."""
    match node:
        case Leaf() | Fixed():
            return node.value
        case Items():
            return [to_boto(item) for item in node.items]
        case Pairs():
            return {key: to_boto(value) for key, value in node.pairs}
        case Object():
            members = {member.fact.documented: to_boto(member.value) for member in node.members}
            return {**members, **node.unknown}
