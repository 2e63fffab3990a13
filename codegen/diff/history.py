"""The table of docs/history.md: releases of botocore that changed the SageMaker services."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from codegen.diff.service_diff import ServiceDiff, Status
from codegen.errors import InputError

PAGE: Final = "docs/history.md"
_HEAD: Final = (
    "| date | botocore | new | updated | removed | breaking |",
    "| --- | --- | ---: | ---: | ---: | ---: |",
)
_STATUSES: Final[tuple[Status, ...]] = ("new", "updated", "removed")
_ROW: Final = re.compile(r"^\| (\d{4}-\d\d-\d\d) \| ([\d.]+) \|(.*)\|$", re.MULTILINE)


class Release(NamedTuple):
    """A row of the table: a release of botocore, compared with the row below it."""

    date: str
    version: str
    counts: tuple[str, ...]
    """New, updated and removed operations, and breaking changes; empty for the oldest release."""


def release(date: str, version: str, diffs: Mapping[str, ServiceDiff] | None) -> Release:
    """Return the row of a release; without ``diffs``, of the oldest one."""
    if diffs is None:
        return Release(date, version, ("", "", "", ""))
    counts = [sum(diff.count(status) for diff in diffs.values()) for status in _STATUSES]
    breaking = sum(len(diff.breaking) for diff in diffs.values())
    return Release(date, version, tuple(map(str, (*counts, breaking))))


def releases(page: str) -> list[Release]:
    """Return the rows of the page, the newest first."""
    return [
        Release(row[1], row[2], tuple(cell.strip() for cell in row[3].split("|")))
        for row in _ROW.finditer(page)
    ]


def with_releases(page: str, rows: Iterable[Release]) -> str:
    """Return the page with these rows in its table, the newest first."""
    before, head, rest = page.partition("\n".join(_HEAD))
    if not head:
        raise InputError(f"{PAGE}: expected a table with the head {_HEAD[0]!r}")
    _, _, after = rest.lstrip("\n").partition("\n\n")
    ordered = sorted(rows, key=lambda row: numbers(row.version), reverse=True)
    lines = [f"| {' | '.join((row.date, row.version, *row.counts))} |" for row in ordered]
    return "\n".join((before + head, *lines)) + (f"\n\n{after}" if after else "\n")


def added(page: str, row: Release) -> str:
    """Return the page with one more row, unless it has one of that version."""
    others = [other for other in releases(page) if other.version != row.version]
    return with_releases(page, [row, *others])


def numbers(version: str) -> list[int]:
    """Return the numbers of a version, to compare it with others."""
    return [int(part) for part in re.findall(r"\d+", version)]
