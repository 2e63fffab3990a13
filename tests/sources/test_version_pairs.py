"""The release behind each API-changes page: the difference is what the page says, to the letter.

The models are committed without their prose, so this runs with no wheel at hand.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Final

import pytest

from codegen.commands import diff
from codegen.diff.service_diff import ServiceDiff, compare
from codegen.sources.loading import SourceDocument, load
from tests.sources.conftest import DATA

# The release before each page and the one that it announces, and what the page's heading counts.
PAIRS: Final = {
    "2019-09-25": ("1.12.235", "1.12.236", {"new": 0, "updated": 6, "removed": 0}),
    "2023-05-09": ("1.29.130", "1.29.131", {"new": 0, "updated": 5, "removed": 0}),
    "2023-05-26": ("1.29.141", "1.29.142", {"new": 0, "updated": 8, "removed": 0}),
    "2023-11-29": ("1.33.2", "1.33.3", {"new": 13, "updated": 20, "removed": 0}),
}
# Operations that the page announces and breaks off before it shows.
CUT_OFF: Final = {
    "2019-09-25": set[str](),
    "2023-05-09": {"Search"},
    "2023-05-26": set[str](),
    "2023-11-29": {"Search", "UpdateDomain", "UpdateSpace", "UpdateUserProfile"},
}

pytestmark = pytest.mark.parametrize("date", sorted(PAIRS))


@cache
def model(version: str) -> SourceDocument:
    return load(str(DATA / "models" / f"botocore-{version}.json.gz"))


@cache
def difference(date: str) -> ServiceDiff:
    old, new, _ = PAIRS[date]
    return compare(model(old), model(new))


def as_json(service_diff: ServiceDiff) -> Any:
    return json.loads(json.dumps(diff.to_json(service_diff)))


def test_change_blocks(date: str, committed_facts: dict[str, Any]) -> None:
    operations = as_json(difference(date))["operations"]
    for name, operation in committed_facts[date]["operations"].items():
        announced: dict[str, Any] = {"request": None, "response": None}
        for block in operation["changes"]:
            for side in block["sides"]:
                announced[side] = block["change"]
        assert operations[name]["status"] == operation["status"], name
        assert {side: operations[name][side] for side in announced} == announced, name


def test_heading(date: str, committed_facts: dict[str, Any]) -> None:
    summary = as_json(difference(date))["summary"]
    assert summary == PAIRS[date][2]
    announced = committed_facts[date]["page"]["announced"]
    assert {status: summary[status] for status in announced} == announced


def test_only_what_the_page_cuts_off_is_added(date: str, committed_facts: dict[str, Any]) -> None:
    added = {
        name
        for name, operation in difference(date).operations.items()
        if operation.status == "new" or operation.has_additions
    }
    assert added - committed_facts[date]["operations"].keys() == CUT_OFF[date]


def test_nothing_has_changed_between_a_model_and_itself(date: str) -> None:
    old, new, _ = PAIRS[date]
    for version in (old, new):
        assert as_json(compare(model(version), model(version))) == {
            "operations": {},
            "breaking": [],
            "summary": {"new": 0, "updated": 0, "removed": 0},
        }


def test_backwards_what_was_added_is_removed(date: str) -> None:
    old, new, counts = PAIRS[date]
    back = compare(model(new), model(old))
    assert back.count("removed") == counts["new"]
    assert back.count("new") == back.count("updated") == 0
    for name, operation in difference(date).operations.items():
        if operation.status == "new":
            assert back.operations[name].status == "removed"
        elif operation.has_additions:
            changes = {change.change for change in back.operations[name].other}
            assert changes & {"member-removed", "value-removed"}, name
