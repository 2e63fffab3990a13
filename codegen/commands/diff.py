"""``diff OLD NEW``: new, removed and updated operations, and the changes that break."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import Final

from codegen.diff.service_diff import MemberDifference, OperationDiff, ServiceDiff, compare
from codegen.sources.changes import as_json, as_text
from codegen.sources.loading import EXPECTED, load

NAME: Final = "diff"
HELP: Final = "list the changes between two versions of a service, and those that break"
STATUSES: Final = ("new", "updated", "removed")


def add_arguments(parser: ArgumentParser) -> None:
    parser.description = (
        "New, updated and removed operations; additions nested as API-changes pages nest them; and"
        " what such pages never show, with what of it breaks a caller."
    )
    parser.add_argument("old", metavar="OLD", help=EXPECTED)
    parser.add_argument("new", metavar="NEW", help="the same choice")
    parser.add_argument(
        "--service", metavar="NAME", help="which service of botocore; default: sagemaker"
    )
    parser.add_argument("--json", action="store_true", help="the whole difference, for programs")


def run(arguments: Namespace) -> int:
    old = load(arguments.old, service=arguments.service)
    new = load(arguments.new, service=arguments.service)
    diff = compare(old, new)
    if diff.not_compared:
        print(
            f"note: {len(diff.not_compared)} operations are on one side only and not compared, "
            "for a page does not list the whole service",
            file=sys.stderr,
        )
    if arguments.json:
        print(json.dumps(to_json(diff), indent=1))
    else:
        print("\n".join(to_text(diff, f"{old.label} -> {new.label}")))
    return 0


def to_json(diff: ServiceDiff) -> dict[str, object]:
    return {
        "operations": {name: _operation(operation) for name, operation in diff.operations.items()},
        "breaking": [_difference(difference) for difference in diff.breaking],
        "summary": {status: diff.count(status) for status in STATUSES},
    }


def _operation(operation: OperationDiff) -> dict[str, object]:
    return {
        "status": operation.status,
        "request": None if operation.request is None else as_json(operation.request),
        "response": None if operation.response is None else as_json(operation.response),
        "other": [_difference(difference) for difference in operation.other],
    }


def _difference(difference: MemberDifference) -> dict[str, object]:
    return {
        "path": difference.place.path,
        "change": difference.change,
        "old": difference.old,
        "new": difference.new,
        "breaking": difference.breaking,
    }


def to_text(diff: ServiceDiff, title: str) -> Iterator[str]:
    summary = ", ".join(f"{diff.count(status)} {status}" for status in STATUSES)
    yield f"{title}: {summary}, {len(diff.breaking)} breaking"
    for name, operation in diff.operations.items():
        yield ""
        yield f"{name} ({operation.status})"
        for side, change in (("request", operation.request), ("response", operation.response)):
            if change is not None:
                yield f"  added to the {side}"
                yield from (f"    {line}" for line in as_text(change).splitlines())
        for difference in operation.other:
            yield f"  {difference_text(difference)}"


def difference_text(difference: MemberDifference) -> str:
    mark = "BREAKING " if difference.breaking else ""
    words = difference.change.replace("-", " ")
    facts = " -> ".join(
        json.dumps(fact, ensure_ascii=False) if fact is not None else "none"
        for fact in (difference.old, difference.new)
    )
    return f"{mark}{words}: {difference.place.path}: {facts}"
