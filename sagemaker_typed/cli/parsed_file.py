"""A request file that was read: its value, and where in the text each part of it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sagemaker_typed.core.schema.paths import Location

MAX_DEPTH = 100
MAX_VALUES = 50_000
"""No request comes near; what does is no request, and is not worth the wait."""


class Position(NamedTuple):
    """Offsets of a value and of its key, and the places of what is inside it."""

    value: int
    key: int | None
    inside: Mapping[str | int, Position]


class Repeated(NamedTuple):
    """A key that an object has already."""

    path: Location
    again: int
    first: int


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """The value of a file with the places of its parts."""

    text: str
    value: Mapping[str, object]
    place: Position
    repeated: tuple[Repeated, ...]
    nulls: tuple[Location, ...]

    def offset(self, path: Location, *, of_key: bool = False) -> int:
        """Where a path stands; where it is missing, what it is missing from."""
        place = self.place
        for part in path:
            inner = place.inside.get(part)
            if inner is None:
                return place.value
            place = inner
        return place.value if place.key is None or not of_key else place.key


class Unreadable(Exception):
    """The text holds no request; the offset is where that shows."""

    def __init__(self, text: str, offset: int, problem: str) -> None:
        super().__init__(problem)
        self.text = text
        self.offset = offset
        self.problem = problem


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """An offset as editors count: from 1, in characters."""
    breaks = text.count("\n", 0, offset)
    if "\r" in text:
        breaks += text.count("\r", 0, offset) - text.count("\r\n", 0, offset)
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    return breaks + 1, offset - start + 1
