"""The notation of a place in a request: ``ProductionVariants[0].Environment['key']``.

Errors, rules and the command line name places in it. Pydantic writes the same place as a tuple,
``("ProductionVariants", 0, "Environment", "key")``; here that is a location.
"""

from __future__ import annotations

import re
from ast import literal_eval
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from sagemaker_typed.core.schema import facts
from sagemaker_typed.core.schema.lookup import find_shape
from sagemaker_typed.core.schema.walk import find_member, inner_kind

if TYPE_CHECKING:
    from sagemaker_typed.core.schema.protocols import AnyShape

Location: TypeAlias = tuple[str | int, ...]

EVERY: Final = "[]"
"""The step of a path that stands for every item of a list, as in ``Tags[].Key``."""

_STEP = re.compile(
    r"""\.?(?P<name>[^.\[\]]+)|\[(?P<index>\d*)\]|\[(?P<key>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\]"""
)


class Step(NamedTuple):
    """One step of a path: the name of a member, or the index or key of an item."""

    part: str | int
    is_member: bool


def write(steps: Iterable[Step]) -> str:
    """Write a path."""
    text = ""
    for part, is_member in steps:
        if not is_member:
            text += EVERY if part == EVERY else f"[{part!r}]"
        else:
            text += f".{part}" if text else str(part)
    return text


_NAME = re.compile(r"[\w:-]+")


def write_path(location: Location) -> str:
    """Write a place in a JSON value, with quotes around a key that is no name."""
    steps = (
        (part, isinstance(part, str) and _NAME.fullmatch(part) is not None) for part in location
    )
    return write(Step(part, is_member) for part, is_member in steps)


def parse(path: str) -> tuple[Step, ...]:
    """Parse a path; the inverse of ``write``. Raises ``ValueError`` if the text is no path."""
    steps: list[Step] = []
    end = 0
    while end < len(path):
        match = _STEP.match(path, end)
        if match is None:
            raise ValueError(f"{path!r} is not a path: cannot read {path[end:]!r}")
        name, index, key = match.group("name", "index", "key")
        if name:
            steps.append(Step(name, True))
        elif key:
            steps.append(Step(literal_eval(key), False))
        else:
            steps.append(Step(int(index) if index else EVERY, False))
        end = match.end()
    return tuple(steps)


def location(path: str) -> Location:
    """Return a path as Pydantic writes it."""
    return tuple(step.part for step in parse(path))


def member_names(path: str) -> tuple[str, ...]:
    """Return the members on a path, without the indexes and keys of items."""
    return tuple(str(step.part) for step in parse(path) if step.is_member)


def touches(place: Location, others: Iterable[Location]) -> bool:
    """Return whether a place is inside of one of the others, or has one of them inside."""
    return any(place[: len(other)] == other or other[: len(place)] == place for other in others)


class Located(NamedTuple):
    """One step of a location, in both spellings, with the facts of the value there."""

    documented: str | int
    python: str | int
    is_member: bool
    owner: type[AnyShape] | None
    """The shape that has the member, or should have it."""
    member: facts.Member | None
    kind: facts.Kind | None
    """The kind of the value; ``None`` if the service documents none."""


def locate(shape: type[AnyShape], location: Location) -> Iterator[Located]:
    """Follow a location, in documented or in Python names, from a shape to a value."""
    owner: type[AnyShape] | None = shape
    kind: facts.Kind | None = None
    for part in location:
        pair = find_member(owner, str(part)) if owner is not None else None
        if owner is None:
            # a place inside of an unknown member may be a member as well
            is_member = kind is None and isinstance(part, str)
            kind = None if kind is None else inner_kind(kind)
            yield Located(part, part, is_member, None, None, kind)
        elif pair is None:
            kind = None
            yield Located(part, part, True, owner, None, None)
        else:
            field, member = pair
            kind = member.kind
            yield Located(member.documented, field, True, owner, member, kind)
        owner = None
        if isinstance(kind, facts.Structure):
            owner = find_shape(shape.__package_name__, kind.name)
