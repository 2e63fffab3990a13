"""``drift PAGE``: compare the facts of a page with a version of the service."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Final

from codegen.diff.drift import Row, Status, drift, summary
from codegen.errors import InputError
from codegen.sources.loading import INSTALLED, MODEL, PAGE, load, load_page

NAME: Final = "drift"
HELP: Final = "compare a documentation page with a version of the service"
_WORDING: Final[dict[Status, str]] = {"same": "still so", "added": "added since"}
_SHOWN_VALUES: Final = 4


def add_arguments(parser: ArgumentParser) -> None:
    parser.description = (
        "For every documented operation, member, type, required marker and enum value: still so,"
        " gone, relaxed, tightened or added since."
    )
    parser.add_argument("page", metavar="PAGE", help=PAGE)
    parser.add_argument(
        "--against",
        metavar="MODEL",
        default=INSTALLED,
        help=f"{MODEL}; default: installed",
    )
    parser.add_argument(
        "--service", metavar="NAME", help="the service of botocore; default: sagemaker"
    )
    parser.add_argument("--all", action="store_true", help="show unchanged facts, too")
    parser.add_argument("--json", action="store_true", help="every fact, for programs")


def run(arguments: Namespace) -> int:
    page = load_page(arguments.page)
    against = load(arguments.against, service=arguments.service)
    if against.page is not None:
        raise InputError(f"--against {arguments.against}: expected {MODEL}, found a page")
    rows = drift(page, against.service)
    if arguments.json:
        print(json.dumps(to_json(rows, arguments.page, against.label), indent=1))
    else:
        title = f"{page.where} against {against.label}"
        print("\n".join(to_text(rows, title, everything=arguments.all)))
    return 0


def to_json(rows: tuple[Row, ...], page: str, against: str) -> dict[str, object]:
    return {
        "page": page,
        "against": against,
        "summary": summary(rows),
        "facts": [asdict(row) for row in rows],
    }


def to_text(rows: tuple[Row, ...], title: str, *, everything: bool = False) -> Iterator[str]:
    counts = ", ".join(
        f"{n} {_WORDING.get(status, status)}" for status, n in summary(rows).items() if n
    )
    yield f"{title}: {counts}"
    shown = [row for row in rows if everything or row.status != "same"]
    cells = [
        _cells(list(group))
        for _, group in groupby(
            shown,
            lambda row: (row.path, row.subject, row.status, row.subject != "value" and id(row)),
        )
    ]
    if not cells:
        return
    yield ""
    yield from table([("STATUS", "LINE", "WHAT", "WHERE", "DOCUMENTED -> NOW"), *cells])


def _cells(rows: Sequence[Row]) -> tuple[str, ...]:
    """One line of the table: a fact, or the values of one enum that share a status."""
    row = rows[0]
    if row.subject == "value":
        values = [str(row.documented or row.now) for row in rows]
        more = len(values) - _SHOWN_VALUES
        facts = ", ".join(values[:_SHOWN_VALUES]) + (f" and {more} more" if more > 0 else "")
    elif row.status == "added":
        facts = _fact_text(row.now)
    elif row.status == "gone" and row.now is None:
        facts = ""
    elif row.documented == row.now:
        facts = _fact_text(row.documented)
    else:
        facts = f"{_fact_text(row.documented)} -> {_fact_text(row.now)}"
    line = "" if row.line is None else str(row.line)
    subject = row.subject if len(rows) == 1 else f"{len(rows)} {row.subject}s"
    return _WORDING.get(row.status, row.status), line, subject, row.path, facts


def _fact_text(fact: str | bool | None) -> str:
    if isinstance(fact, bool):
        return "yes" if fact else "no"
    return fact or ""


def table(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Columns as wide as their widest cell, the last as long as it is."""
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]) - 1)]
    for row in rows:
        padded = [cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=True)]
        yield "  ".join([*padded, row[-1]]).rstrip()
