"""What a rule is: facts about a sentence of the documentation, and a function that checks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal, NamedTuple, TypeAlias, TypeVar

Severity: TypeAlias = Literal["error", "warning", "advice"]
"""``error``: documented to fail. ``warning``: documented as required or unsupported, or against
what a member is said to be, without a word of failing. ``advice``: recommended, or without effect.
"""

Document: TypeAlias = Literal[
    "2019-09-25", "2023-05-09", "2023-05-26", "2023-11-29", "R", "service model"
]
"""Where a rule was read: an API-changes page by its date, the R reference, or the service model."""


class Source(NamedTuple):
    """A place: the line of a document, or a member of the service model."""

    document: Document
    line: int | None = None
    member: str = ""

    def __str__(self) -> str:
        return f"{self.document}:{self.line}" if self.line else f"{self.document}, {self.member}"


def prose(member: str) -> Source:
    """The prose of a member, ``Shape.Member``, in the service model the package is made from."""
    return Source("service model", member=member)


class Violation:
    """Where a rule is broken: documented paths from the shape it is about.

    ``expected`` says what would do, where that is more than the rule itself says. The values are
    shown with the paths, unless they are ``secret``.
    """

    __slots__ = ("expected", "paths", "secret")

    def __init__(self, *paths: str, expected: str = "", secret: bool = False) -> None:
        self.paths = paths
        self.expected = expected
        self.secret = secret


ShapeT = TypeVar("ShapeT")
Check: TypeAlias = Callable[[Any], Iterator[Violation]]


class Rule(NamedTuple):
    """One rule: what it is about, what it says in our words, and where it was read."""

    id: str
    severity: Severity
    shapes: tuple[str, ...]
    """The requests and structures it is about: wherever they stand, it is checked."""
    members: tuple[str, ...]
    """The documented members it compares, as paths from the shape."""
    message: str
    sources: tuple[Source, ...]
    """The place that it is taken from, and the others that say the same."""
    check: Check | None
    of_list: bool = False
    """Whether it is about a whole list of the shape, not about each on its own."""
    when: str | None = None
    """The member without which there is nothing to check; none where absence is the point."""
    superseded_by: str = ""
    """Why it is not checked: what was said later, and where."""
    note: str = ""

    @property
    def active(self) -> bool:
        """Whether it still holds."""
        return self.check is not None

    @property
    def source(self) -> Source:
        """The place that it is taken from."""
        return self.sources[0]

    @property
    def stated(self) -> Literal["error", "obligation", "advice"]:
        """How the documentation puts it."""
        return "obligation" if self.severity == "warning" else self.severity


Names: TypeAlias = "str | tuple[str, ...]"


def rule(
    id: str,
    *,
    severity: Severity,
    shape: Names,
    members: Names,
    message: str,
    source: Source,
    also: tuple[Source, ...] = (),
    of_list: bool = False,
    always: bool = False,
    note: str = "",
) -> Callable[[Callable[[ShapeT], Iterator[Violation]]], Rule]:
    """Make a rule of the function that follows.

    It is called with a shape that has the first of ``members``; with ``always``, with every one.
    """
    paths = _tuple(members)

    def decorate(check: Callable[[ShapeT], Iterator[Violation]]) -> Rule:
        return Rule(
            id=id,
            severity=severity,
            shapes=_tuple(shape),
            members=paths,
            message=message,
            sources=(source, *also),
            check=check,
            of_list=of_list,
            when=None if always or of_list else paths[0].partition(".")[0].partition("[")[0],
            note=note,
        )

    return decorate


def superseded(
    id: str,
    *,
    severity: Severity,
    shape: Names,
    members: Names,
    message: str,
    source: Source,
    by: str,
    also: tuple[Source, ...] = (),
) -> Rule:
    """Write down a rule that was stated once and holds no longer, with what took its place."""
    return Rule(
        id=id,
        severity=severity,
        shapes=_tuple(shape),
        members=_tuple(members),
        message=message,
        sources=(source, *also),
        check=None,
        superseded_by=by,
    )


def _tuple(names: Names) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else names
