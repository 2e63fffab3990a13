"""The summary of an update for its reviewer, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from codegen.diff import drift
from codegen.diff.service_diff import MemberDifference, ServiceDiff, Status, Subject
from codegen.model import ir
from codegen.sources.page import Page

_STATUSES: Final[tuple[Status, ...]] = ("new", "updated", "removed")
_LIMITS: Final = ("min-", "max-", "pattern-")


def changes(diffs: Mapping[str, ServiceDiff]) -> Iterator[str]:
    """Yield the operations, members, values and limits that changed, and the breaking changes."""
    operations = [
        f"{status}: {_names(names)}"
        for status in ("new", "removed")
        if (names := _operations(diffs, status))
    ]
    added = [
        addition
        for diff in diffs.values()
        for operation in diff.operations.values()
        for addition in operation.added
    ]
    differences = [
        difference
        for diff in diffs.values()
        for operation in diff.operations.values()
        for difference in operation.other
        if not difference.breaking
    ]
    values: dict[str, dict[str, None]] = {}
    for addition in added:
        if addition.value is not None:
            values.setdefault(addition.subject.owner, {})[addition.value] = None
    sections: dict[str, Iterable[str]] = {
        "Breaking changes": _unique(d for diff in diffs.values() for d in diff.breaking),
        "Operations": operations,
        "Members": [f"`{_subject(a.subject)}` is new" for a in added if a.value is None],
        "Values": [f"`{enum}`: {_names(new)}" for enum, new in values.items()],
        "Limits": _unique(d for d in differences if d.change.startswith(_LIMITS)),
        "Other changes": _unique(d for d in differences if not d.change.startswith(_LIMITS)),
    }
    rows = [
        (name, *(str(diff.count(status)) for status in _STATUSES), str(len(diff.breaking)))
        for name, diff in diffs.items()
    ]
    yield from table(("service", *_STATUSES, "breaking"), rows)
    for title, lines in sections.items():
        yield from ("", f"## {title}", "")
        yield from [f"- {line}" for line in dict.fromkeys(lines)] or ["None."]


def documents(pages: Sequence[Page], old: ir.Service, new: ir.Service) -> Iterator[str]:
    """Yield the facts of documentation pages by status, for the old and for the new service."""
    rows = []
    for page in pages:
        before, after = (drift.summary(drift.drift(page, service)) for service in (old, new))
        counts = [_step(before[status], after[status]) for status in drift.STATUSES]
        rows.append((page.date or page.layout, *counts))
    yield from ("", "## Documentation pages", "")
    yield from table(("page", *drift.STATUSES), rows)


def measurements(before: Mapping[str, float], after: Mapping[str, float]) -> Iterator[str]:
    """Yield sizes and times before and after the update."""
    rows = [
        (label, f"{before[label]:,.0f}", f"{value:,.0f}", f"{value / before[label] - 1:+.1%}")
        for label, value in after.items()
    ]
    yield from ("", "## Size and speed", "")
    yield from table(("", "before", "after", "change"), rows)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a Markdown table; the columns after the first hold numbers."""
    yield f"| {' | '.join(head)} |"
    yield f"| --- |{' ---: |' * (len(head) - 1)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _operations(diffs: Mapping[str, ServiceDiff], status: str) -> list[str]:
    return [
        name
        for diff in diffs.values()
        for name, operation in diff.operations.items()
        if operation.status == status
    ]


def _unique(differences: Iterable[MemberDifference]) -> list[str]:
    """Return a line for each difference; several paths may lead to the same member."""
    return [
        f"`{_subject(difference.place.subject)}`: {difference.change.replace('-', ' ')}"
        f" ({_fact(difference.old)} to {_fact(difference.new)})"
        for difference in differences
    ]


def _subject(subject: Subject) -> str:
    return f"{subject.owner}.{subject.member}" if subject.member else subject.owner


def _fact(fact: object) -> str:
    return "none" if fact is None else f"`{fact}`"


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _step(before: int, after: int) -> str:
    return str(after) if before == after else f"{before} to {after}"
