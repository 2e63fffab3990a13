"""The walks over kinds, members and nested shapes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from sagemaker_typed.core.schema import facts
from sagemaker_typed.core.schema.lookup import find_shape

if TYPE_CHECKING:
    from sagemaker_typed.core.schema.protocols import AnyShape


def inner_kind(kind: facts.Kind) -> facts.Kind | None:
    """Return the kind of a list's items or of a map's values; ``None`` for any other kind."""
    if isinstance(kind, facts.List):
        return kind.item
    return kind.value if isinstance(kind, facts.Map) else None


def innermost(kind: facts.Kind) -> facts.Kind:
    """Return the kind inside any number of lists and maps."""
    while (inner := inner_kind(kind)) is not None:
        kind = inner
    return kind


def structure_in(kind: facts.Kind) -> str | None:
    """Return the name of the structure that a kind holds, directly or in lists and maps."""
    inner = innermost(kind)
    return inner.name if isinstance(inner, facts.Structure) else None


def nested_structures(root: type[AnyShape]) -> Iterator[type[AnyShape]]:
    """Yield the structures inside a shape, once for every place where they are used."""
    seen = {root.__name__}
    waiting = [root]
    while waiting:
        for member in waiting.pop().__members__.values():
            name = structure_in(member.kind)
            if name is None:
                continue
            shape = find_shape(root.__package_name__, name)
            yield shape
            if shape.__name__ not in seen:
                seen.add(shape.__name__)
                waiting.append(shape)


@cache
def field_of(shape: type[AnyShape], documented: str) -> str | None:
    """Return the field that holds the member with this documented name."""
    members = shape.__members__.items()
    return next((name for name, member in members if member.documented == documented), None)


def exclusive_members(shape: type[AnyShape]) -> tuple[str, ...]:
    """Return the documented names of the members of which exactly one is set."""
    if shape.__union__:
        return tuple(member.documented for member in shape.__members__.values())
    return shape.__exactly_one__


def find_member(shape: type[AnyShape], name: str) -> tuple[str, facts.Member] | None:
    """Return the field and the member with this documented or Python name."""
    for field, member in shape.__members__.items():
        if name in (field, member.documented):
            return field, member
    return None
