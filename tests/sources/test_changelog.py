"""Changelog entries of a difference: old entries stay, and breaking entries come first."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from codegen.diff import changelog
from codegen.diff.service_diff import compare
from tests.sources.test_compare import MODEL, OLD, changed, document

HEAD = "# Changelog\n\nWords.\n\n## [Unreleased]\n"
RELEASE = "\n## [0.1.0] - 2031-04-05\n\n### Added\n\n- The first.\n"


def entries(path: str, value: Any) -> dict[str, list[str]]:
    return changelog.entries({"OrchardClient": compare(OLD, changed(path, value))})


def test_operations_members_and_values() -> None:
    model = copy.deepcopy(MODEL)
    model["operations"]["GraftTree"] = model["operations"].pop("FellTree")
    model["shapes"]["Tree"]["members"]["NewSize"] = {"shape": "Long"}
    model["shapes"]["Part"]["members"]["NewSize"] = {"shape": "Long"}
    model["shapes"]["Kind"]["enum"] = ["pear", "fig", "plum"]
    del model["shapes"]["Label"]["members"]["Text"]
    del model["shapes"]["Tree"]["members"]["When"]
    model["shapes"]["Choice"]["deprecated"] = True
    model["shapes"]["Tree"]["members"]["Age"]["deprecated"] = True
    sections = changelog.entries({"OrchardClient": compare(OLD, document(model))})
    assert sections == {
        "Added": [
            "`OrchardClient.graft_tree`.",
            "`Kind`: `fig`, `plum`.",
            "`Part`: `new_size`.",
            "`PlantTreeRequest`: `new_size`.",
            "`PlantTreeResponse`: `new_size`.",
        ],
        "Deprecated": ["`PlantTreeRequest.age`, `PlantTreeResponse.age`."],
        "Removed": [
            "**Breaking:** `Kind`: `apple`.",
            "**Breaking:** `Label`: `text`.",
            "**Breaking:** `PlantTreeRequest`: `when`.",
            "**Breaking:** `PlantTreeResponse`: `when`.",
            "**Breaking:** `OrchardClient.fell_tree`.",
        ],
    }


AGE = "`PlantTreeRequest.age`, `PlantTreeResponse.age`"


@pytest.mark.parametrize(
    ("path", "value", "entry"),
    [
        ("shapes/Label/required", ["Text"], "**Breaking:** `Label.text` is required now."),
        ("shapes/Number/max", 10, f"{AGE}: maximum `9` is `10` now."),
        ("shapes/Number/max", ..., f"{AGE}: maximum `9` is none now."),
        (
            "shapes/Choice/union",
            True,
            "**Breaking:** `Choice` takes exactly one of its members now.",
        ),
        (
            "operations/PlantTree/output",
            ...,
            "**Breaking:** `OrchardClient.plant_tree` returns nothing now.",
        ),
    ],
)
def test_what_else_has_changed(path: str, value: Any, entry: str) -> None:
    assert entries(path, value) == {"Changed": [entry]}


def test_a_deprecated_operation() -> None:
    sections = entries("operations/PlantTree/deprecated", True)
    assert sections == {"Deprecated": ["`OrchardClient.plant_tree`."]}


def test_one_entry_for_what_changed_alike_and_breaking_ones_first() -> None:
    model = copy.deepcopy(MODEL)
    model["shapes"]["Text"]["max"] = 8
    model["shapes"]["Number"]["max"] = 10
    lines = changelog.entries({"OrchardClient": compare(OLD, document(model))})["Changed"]
    assert [entry.startswith("**Breaking:** ") for entry in lines] == [True, False, False]
    names = (
        "PlantTreeRequest.name", "Label.text", "Choice.a", "Choice.b",
        "FellTreeRequest.saw",
    )  # fmt: skip
    assert all(f"`{name}`" in lines[0] for name in names)


def test_braces_in_facts_are_no_places_to_fill_in() -> None:
    sections = entries("shapes/LabelKey/enum", ["a", "{subject}"])
    assert any("key `{subject}`" in line for line in sections["Added"])


def test_what_stood_there_stays() -> None:
    old = (
        f"{HEAD}\n### Fixed\n\n- A thing, over\n  two lines.\n\n### Added\n\n- Another.\n{RELEASE}"
    )
    new = changelog.merged(old, {"Added": ["One more."], "Removed": ["`X`."]})
    assert new == (
        f"{HEAD}\n### Added\n\n- Another.\n- One more.\n\n### Removed\n\n- `X`.\n\n"
        f"### Fixed\n\n- A thing, over\n  two lines.\n{RELEASE}"
    )
    assert changelog.merged(new, {"Added": ["One more."]}) == new


def test_what_breaks_comes_first() -> None:
    old = f"{HEAD}\n### Added\n\n- Another.\n\n### Changed\n\n- Something.\n{RELEASE}"
    new = changelog.merged(old, {"Changed": ["**Breaking:** all of it.", "A bit."]})
    assert new == (
        f"{HEAD}\n### Changed\n\n- **Breaking:** all of it.\n- A bit.\n- Something.\n\n"
        f"### Added\n\n- Another.\n{RELEASE}"
    )


@pytest.mark.parametrize(
    "text", [HEAD, "# Changelog\n\nWords.\n", f"# Changelog\n\nWords.\n{RELEASE}"]
)
def test_nothing_stood_there(text: str) -> None:
    new = changelog.merged(text, {"Added": ["One."]})
    assert new.startswith(f"{HEAD}\n### Added\n\n- One.\n")
    assert ("## [0.1.0]" in text) == ("## [0.1.0]" in new)


def test_long_entries_are_wrapped() -> None:
    lines = changelog.merged(HEAD, {"Added": [f"`{'x' * 60}`, `{'y' * 60}`."]}).splitlines()
    assert lines[-2:] == [f"- `{'x' * 60}`,", f"  `{'y' * 60}`."]


@pytest.mark.parametrize(
    ("sections", "step"),
    [
        ({"Added": ["a"], "Removed": ["**Breaking:** b"]}, "major"),
        ({"Added": ["a"], "Changed": ["b"]}, "minor"),
        ({"Deprecated": ["a"]}, "minor"),
        ({"Changed": ["a"]}, "patch"),
    ],
)
def test_step(sections: dict[str, list[str]], step: changelog.Step) -> None:
    assert changelog.step(sections) == step


@pytest.mark.parametrize(
    ("version", "step", "following"),
    [
        ("1.2.3", "major", "2.0.0"),
        ("1.2.3", "minor", "1.3.0"),
        ("1.2.3", "patch", "1.2.4"),
        ("0.2.3", "major", "0.3.0"),
        ("0.2.3", "minor", "0.3.0"),
        ("0.2.3", "patch", "0.2.4"),
    ],
)
def test_next_version(version: str, step: changelog.Step, following: str) -> None:
    assert changelog.next_version(version, step) == following
