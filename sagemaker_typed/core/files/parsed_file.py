"""A file that was parsed: its value, and the position of each part in the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sagemaker_typed.core.files.printable import printable

if TYPE_CHECKING:
    from sagemaker_typed.core.schema.paths import Location

MAX_DEPTH = 100
MAX_VALUES = 50_000
"""No request has nearly as many values. The limit bounds the time for other files."""

ONE_REQUEST = "a file holds one request, so write each of a list to a file of its own"


class Position(NamedTuple):
    """Offsets of a value and of its key, and the positions of the parts inside."""

    value: int
    key: int | None
    inside: Mapping[str | int, Position]


class Repeated(NamedTuple):
    """A key that occurs twice in an object."""

    path: Location
    again: int
    first: int


@dataclass(frozen=True, slots=True)
class Tagged:
    """A YAML value with a local tag, such as ``!Ref`` in a CloudFormation template."""

    tag: str
    value: object


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """The value of a file, or of one YAML document, with the positions of its parts."""

    text: str
    value: Mapping[str, object]
    place: Position
    repeated: tuple[Repeated, ...]
    nulls: tuple[Location, ...]
    tags: tuple[tuple[int, str], ...] = ()
    """The offsets and names of local tags."""
    start: int = 0
    """The offset where the document begins, with its marker."""

    def offset(self, path: Location, *, of_key: bool = False) -> int:
        """Return the offset of a path; of a missing one, the offset of its innermost parent."""
        place = self.place
        for part in path:
            inner = place.inside.get(part)
            if inner is None:
                return place.value
            place = inner
        return place.value if place.key is None or not of_key else place.key


class Unreadable(Exception):
    """The text is not a request; ``offset`` is the first place that shows it."""

    def __init__(self, text: str, offset: int, problem: str) -> None:
        super().__init__(problem)
        self.text = text
        self.offset = offset
        self.problem = problem


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Return the line and the column of an offset, which count from 1, in characters."""
    breaks = text.count("\n", 0, offset)
    if "\r" in text:
        breaks += text.count("\r", 0, offset) - text.count("\r\n", 0, offset)
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    return breaks + 1, offset - start + 1


def only_request(documents: list[ParsedFile]) -> ParsedFile:
    """Return the only document. Raises ``Unreadable`` if it is a template, or not the only one."""
    document, *others = documents
    for offset, tag in document.tags:
        raise Unreadable(document.text, offset, f"a request has no {printable(tag, 60)}")
    for other in others:
        raise Unreadable(other.text, other.start, f"a second document; {ONE_REQUEST}")
    return document
