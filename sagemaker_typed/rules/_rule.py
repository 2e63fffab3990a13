"""A rule: facts about a sentence of the documentation, and a function that checks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal, NamedTuple, TypeAlias, TypeVar

Severity: TypeAlias = Literal["error", "warning", "advice"]
"""``error``: documented to fail. ``warning``: documented as required or unsupported, but not as a
failure. ``advice``: recommended, or without effect.
"""

Document: TypeAlias = Literal[
    "2019-09-25", "2023-05-09", "2023-05-26", "2023-11-29", "R", "service model"
]
"""The document of a rule: an API-changes page by its date, the R reference or the service model."""


class Source(NamedTuple):
    """A line of a document, or a member of the service model."""

    document: Document
    line: int | None = None
    member: str = ""

    def __str__(self) -> str:
        return f"{self.document}:{self.line}" if self.line else f"{self.document}, {self.member}"


def prose(member: str) -> Source:
    """Return the source of a member, ``Shape.Member``, in the service model of the package."""
    return Source("service model", member=member)


class Violation:
    """The members that break a rule: documented paths from the shape of the rule.

    ``expected`` describes a value that keeps the rule, if its message does not. Messages show the
    values at the paths unless they are ``secret``.
    """

    __slots__ = ("expected", "paths", "secret")

    def __init__(self, *paths: str, expected: str = "", secret: bool = False) -> None:
        self.paths: tuple[str, ...] = paths
        self.expected = expected
        self.secret = secret


ShapeT = TypeVar("ShapeT")
Check: TypeAlias = Callable[[Any], Iterator[Violation]]


class Rule(NamedTuple):
    """One rule: its shapes and members, its message in our words, and its sources."""

    id: str
    severity: Severity
    shapes: tuple[str, ...]
    """The requests and structures that it is checked for, also inside of others."""
    members: tuple[str, ...]
    """The documented members that it compares, as paths from the shape."""
    message: str
    sources: tuple[Source, ...]
    """The source that it is taken from, and others that state the same."""
    check: Check | None
    of_list: bool = False
    """Checks a whole list of the shape instead of each item."""
    when: str | None = None
    """The member that must be set for the check; ``None`` checks every shape."""
    superseded_by: str = ""
    """The reason not to check it, with the later source."""
    note: str = ""

    @property
    def active(self) -> bool:
        """True if the rule still holds."""
        return self.check is not None

    @property
    def source(self) -> Source:
        """The source that it is taken from."""
        return self.sources[0]

    @property
    def stated(self) -> Literal["error", "obligation", "advice"]:
        """The wording of the documentation."""
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
    """Turn the decorated function into a rule.

    The function is called with each shape that has the first of ``members``, or with every shape
    if ``always`` is set.
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
    """Record a rule that no longer holds, with the rule or fact that replaced it."""
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
