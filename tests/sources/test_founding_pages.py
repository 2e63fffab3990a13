"""The five pages: the facts from the readers, from the raw text, and from the repository."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest

from codegen.commands.facts import to_json
from codegen.sources.loading import load_page
from codegen.sources.page import Page, counts, trees, walk


class Expected(NamedTuple):
    operations: int
    announced: int
    values: int
    required: int
    changes: int
    members: int


# By the beginning of the file's name. The whole: 48 operations, 7,090 values, 356 markers.
PAGES: Final = {
    "000": Expected(4, 5, 1163, 28, 4, 348),
    "001": Expected(1, 0, 463, 2, 0, 107),
    "002": Expected(29, 33, 4060, 183, 16, 1594),
    "003": Expected(6, 6, 718, 91, 6, 356),
    "004": Expected(8, 8, 686, 52, 8, 194),
}


@pytest.fixture(scope="module", params=sorted(PAGES))
def path(request: pytest.FixtureRequest, documents: Path) -> Path:
    (file,) = documents.glob(f"{request.param}_*.txt")
    return file


@pytest.fixture(scope="module")
def expected(path: Path) -> Expected:
    return PAGES[path.name[:3]]


@pytest.fixture(scope="module")
def page(path: Path) -> Page:
    return load_page(str(path))


def test_everything_is_counted(page: Page, expected: Expected) -> None:
    counted = counts(page)
    assert counted.operations == expected.operations
    assert sum(page.heading.values()) == expected.announced
    assert counted.values == expected.values
    assert counted.required == expected.required
    assert counted.changes == expected.changes
    assert counted.members == expected.members


def test_the_whole_is_what_the_pages_are_known_to_hold() -> None:
    assert sum(page.operations for page in PAGES.values()) == 48
    assert sum(page.values for page in PAGES.values()) == 7090
    assert sum(page.required for page in PAGES.values()) == 356


def test_a_count_on_the_raw_text_agrees(path: Path, expected: Expected) -> None:
    text = path.read_text("utf-8")
    assert len(re.findall(r"\bclient\.\w+\(|\bsvc\$\w+\(", text)) == expected.operations
    assert len(re.findall(r"\[REQUIRED\]|\[required\]", text)) == expected.required
    assert len(list(_raw_values(text))) == expected.values
    assert len(list(_raw_members(text))) == expected.members
    assert len(list(_raw_changes(text))) == expected.changes


def _raw_values(text: str) -> Iterator[str]:
    """Every quoted alternative in a syntax line that is not the placeholder for any string."""
    for line in text.splitlines():
        for run in re.findall(r"""(?:'[^'\n]*'|"[^"\n]*")(?:\|(?:'[^'\n]*'|"[^"\n]*"))+""", line):
            yield from run.split("|")
    # An enum of one value stands alone: ='Value', = "Value" or : 'Value' in a syntax block.
    for block in _raw_syntax(text):
        alone = re.findall(r"""(?:(?<==)|(?<=[=:] ))(["'][^"'\n]*["'])(?!\|)""", block)
        yield from (quoted for quoted in alone if quoted[1:-1] != "string")


_HEADING: Final = re.compile(r"^(?:Request Syntax|Response Syntax|Request syntax¶)$", re.MULTILINE)


def _raw_syntax(text: str) -> Iterator[str]:
    """The lines between a heading of syntax and the first that is no part of it."""
    for part in _HEADING.split(text)[1:]:
        lines = part.strip("\n").splitlines()
        if lines[0].endswith((")", "}")):  # flat: the whole on one line
            yield lines[0]
        elif lines[0].startswith("svc$"):  # R: up to the end of the page
            yield part
        else:
            end = next((n for n, line in enumerate(lines) if line in {")", "}"}), len(lines))
            yield "\n".join(lines[: end + 1])


def _raw_members(text: str) -> Iterator[str]:
    for block in _raw_syntax(text):
        names = re.findall(r"'(\w+)': |(?<![\w'|])(\w+) ?= ?(?=['\"\[{\dTdl.])", block)
        yield from (a or b for a, b in names if a != "string")


def _raw_changes(text: str) -> Iterator[str]:
    if "Changes (" in text:
        yield from re.findall(r"^Changes \((?:request|response)\)$", text, flags=re.MULTILINE)
    else:
        yield from re.findall(r"^\{'.*\}\}$", text, flags=re.MULTILINE)


def test_facts_are_the_committed_ones(page: Page, committed_facts: dict[str, Any]) -> None:
    facts = json.loads(json.dumps(to_json(page)))
    assert facts == committed_facts[page.date or page.layout]


def test_every_fact_is_where_the_page_is_said_to_have_it(page: Page, path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    for operation in page.operations:
        for side, tree in trees(operation):
            for where, value in walk(tree, side):
                text = lines[value.line - 1]
                assert all(documented in text for documented in value.values), where
                for field in value.fields:
                    assert field.name in lines[field.line - 1], f"{where}.{field.name}"


_METRICS: Final = (
    "DescribeAutoMLJobV2.response.BestCandidate.CandidateProperties.CandidateMetrics[]"
)
NOTICES: Final = {
    "000": [("missing", 3, "")],
    "001": [
        ("disagreement", 46, "CreateEndpointConfig.request.DataCaptureConfig"),
        ("disagreement", 46, "CreateEndpointConfig.request.VpcConfig"),
        ("assumed", 98, "CreateEndpointConfig.request.ProductionVariants"),
        ("missing", 96, "CreateEndpointConfig.response"),
    ],
    "002": [
        ("missing", 3, ""),
        *[
            (
                "disagreement",
                line,
                f"{_METRICS}.{member}",
            )
            for line, member in (
                (6669, "MetricName"),
                (6670, "Value"),
                (6671, "Set"),
                (6672, "StandardMetricName"),
            )
        ],
    ],
    "003": [],
    "004": [
        ("assumed", 294, "DescribeNotebookInstance"),
        ("assumed", 474, "UpdateInferenceExperiment"),
    ],
}


def test_contradictions_and_gaps_are_located(page: Page, path: Path) -> None:
    noticed = [(notice.kind, notice.line, notice.path) for notice in page.notices]
    assert noticed == NOTICES[path.name[:3]]


def test_an_unseen_type_is_not_guessed(documents: Path) -> None:
    """The syntax shows ``...`` and the description is missing: nothing says that it is a float."""
    (path,) = documents.glob("002_*.txt")
    values = [
        value
        for operation in load_page(str(path)).operations
        for side, tree in trees(operation)
        for _, value in walk(tree, side)
    ]
    assert sum(value.kind == "unknown" for value in values) == 1
    raw = path.read_text("utf-8")
    assert len(re.findall(r": \.\.\.", raw)) == 1 + sum(value.kind == "float" for value in values)
