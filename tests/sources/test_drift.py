"""The drift of pages, with the committed facts of models and with pages of our own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from codegen.__main__ import main
from codegen.commands.drift import to_json, to_text
from codegen.commands.facts import to_json as facts_to_json
from codegen.diff.drift import Row, drift, summary
from codegen.model import ir
from codegen.sources import service_model
from codegen.sources.loading import load, load_page, read_page
from tests.sources.conftest import DATA
from tests.sources.own_pages import FLATTENED, INDENTED, R

# A later version of the service on the indented page.
LATER: dict[str, Any] = {
    "version": "2.0",
    "metadata": {"apiVersion": "2030-01-01", "serviceId": "Orchard", "protocol": "json"},
    "operations": {
        "PlantTree": {"input": {"shape": "PlantTreeInput"}, "output": {"shape": "PlantTreeOutput"}},
        "FellTree": {"input": {"shape": "FellTreeInput"}, "output": {"shape": "FellTreeOutput"}},
        "WaterTree": {"input": {"shape": "WaterTreeInput"}},
        "CountTrees": {"output": {"shape": "CountTreesOutput"}},
    },
    "shapes": {
        "PlantTreeInput": {
            "type": "structure",
            "required": ["Name", "Age"],
            "members": {
                "Name": {"shape": "Colour"},  # any string before
                "Kind": {"shape": "Kind"},
                "Age": {"shape": "Double"},
                "Height": {"shape": "Integer"},
                "Wet": {"shape": "String"},
                "Branches": {"shape": "Branches"},
                "Labels": {"shape": "Labels"},
                "Rows": {"shape": "Strings"},
                "Token": {"shape": "String", "idempotencyToken": True},
                "Owner": {"shape": "String"},
            },
        },
        "PlantTreeOutput": {"type": "structure", "members": {"TreeId": {"shape": "String"}}},
        "FellTreeInput": {"type": "structure", "members": {"TreeId": {"shape": "String"}}},
        "FellTreeOutput": {"type": "structure", "members": {}},
        "WaterTreeInput": {"type": "structure", "members": {"Can": {"shape": "Can"}}},
        "CountTreesOutput": {
            "type": "structure",
            "members": {"Counts": {"shape": "Counts"}, "Names": {"shape": "Kinds"}},
        },
        "Can": {"type": "structure", "members": {"Litres": {"shape": "Double"}}},
        "Branches": {"type": "list", "member": {"shape": "Branch"}},
        "Branch": {"type": "structure", "members": {"Leaves": {"shape": "Leaves"}}},
        "Leaves": {"type": "list", "member": {"shape": "String"}},
        "Labels": {"type": "map", "key": {"shape": "String"}, "value": {"shape": "Label"}},
        "Label": {
            "type": "structure",
            "required": ["By"],
            "members": {"Text": {"shape": "String"}, "By": {"shape": "String"}},
        },
        "Strings": {"type": "list", "member": {"shape": "String"}},
        "Counts": {"type": "map", "key": {"shape": "String"}, "value": {"shape": "Long"}},
        "Kinds": {"type": "list", "member": {"shape": "Kind"}},
        "Kind": {"type": "string", "enum": ["apple", "plum"]},
        "Colour": {"type": "string", "enum": ["red"]},
        "String": {"type": "string", "max": 3},
        "Integer": {"type": "integer"},
        "Long": {"type": "long"},
        "Double": {"type": "double"},
    },
}


def later() -> ir.Service:
    return service_model.from_parts(json.dumps(LATER).encode(), where="later")


def rows(text: str = INDENTED) -> tuple[Row, ...]:
    return drift(read_page(text.encode(), "page"), later())


def facts(*, status: str) -> set[tuple[str, str, Any]]:
    return {
        (row.path, row.subject, row.documented if row.now is None else row.now)
        for row in rows()
        if row.status == status
    }


def test_gone() -> None:
    assert facts(status="gone") == {
        ("PlantTree.request.Kind", "value", "pear"),
        ("PlantTree.request.PlantedAt", "member", "PlantedAt"),
        ("PlantTree.request.Photo", "member", "Photo"),
        ("PlantTree.request.Notes", "member", "Notes"),
        ("PlantTree.request.Spot", "member", "Spot"),
        ("PlantTree.request.Wet", "type", "string"),
        ("PlantTree.request.Branches[].Twigs", "member", "Twigs"),
        ("PlantTree.request.Rows[]", "type", "string"),
        ("PlantTree.response.Sap", "member", "Sap"),
        ("PlantTree.response.Growth", "member", "Growth"),
        ("FellTree.request.Saw", "member", "Saw"),
        ("WaterTree.response", "response", False),
        ("ListTrees", "operation", "ListTrees"),
    }


def test_relaxed() -> None:
    assert facts(status="relaxed") == {
        ("PlantTree.request.Kind", "required", False),
        ("PlantTree.request.Age", "type", "float"),
        ("PlantTree.request.Branches[].Leaves", "required", False),
        ("PlantTree.request.Branches[].Leaves[]", "type", "string"),
        ("PlantTree.request.Labels{}.Text", "required", False),
        ("PlantTree.request.Token", "required", False),
        ("FellTree.request.TreeId", "required", False),
    }


def test_tightened() -> None:
    assert facts(status="tightened") == {
        ("PlantTree.request.Name", "type", "enum"),
        ("PlantTree.request.Age", "required", True),
        ("PlantTree.request.Height", "type", "integer"),
        ("CountTrees.response.Names[]", "type", "enum"),
    }


def test_added_since() -> None:
    assert facts(status="added") == {
        ("PlantTree.request.Kind", "value", "plum"),
        ("PlantTree.request.Owner", "member", "optional"),
        ("PlantTree.request.Labels{}.By", "member", "required"),
        ("FellTree.response", "response", True),
    }


def test_still_so() -> None:
    same = facts(status="same")
    assert ("PlantTree", "operation", "PlantTree") in same
    assert ("PlantTree.request.Name", "required", True) in same
    assert ("PlantTree.request.Kind", "value", "apple") in same
    # A plain string takes what was listed.
    assert ("PlantTree.request.Branches[].Leaves[]", "value", "green") in same
    # Pages write int and long alike, and float and double.
    assert ("CountTrees.response.Counts{}", "type", "integer") in same
    assert ("WaterTree.request.Can.Litres", "type", "float") in same


def test_every_fact_has_its_line_and_every_addition_none() -> None:
    lines = INDENTED.splitlines()
    for row in rows():
        if row.status == "added" and row.subject != "response":
            assert row.line is None
            continue
        assert row.line is not None
        if row.subject in ("member", "operation"):
            assert str(row.documented) in lines[row.line - 1]


def test_what_a_page_leaves_open_is_not_held_against_anything() -> None:
    def statuses(path: str, text: str) -> set[str]:
        return {row.status for row in rows(text) if row.path.startswith(path)}

    # R writes lists and maps alike, and shows no response.
    assert statuses("PlantTree.response", R) == set()
    labels = [row for row in rows(R) if row.path == "PlantTree.request.Labels"]
    assert [(row.subject, row.status, row.now) for row in labels if row.subject == "type"] == [
        ("type", "same", "map")
    ]
    assert statuses("PlantTree.request.Labels", R) <= {"same", "gone"}
    # Members that the cut hides are not "added".
    cut = INDENTED[: INDENTED.index("    Wet=True")] + "    W"
    assert "PlantTree.request.Owner" not in {row.path for row in rows(cut)}


def test_an_operation_whose_name_is_assumed_is_found_by_its_method() -> None:
    model = json.loads(json.dumps(LATER))
    model["operations"] = {"DescribeAPITree": {}}
    service = service_model.from_parts(json.dumps(model).encode(), where="later")
    drifted = drift(read_page(FLATTENED.encode(), "page"), service)
    assert [(row.documented, row.now) for row in drifted if row.subject == "operation"] == [
        ("PlantTree", None), ("DescribeApiTree", "DescribeAPITree"), ("FellTree", None),
    ]  # fmt: skip


def test_output() -> None:
    all_rows = rows()
    counted = to_json(all_rows, "page", "botocore 9")
    assert counted["summary"] == summary(all_rows)
    assert sum(summary(all_rows).values()) == len(all_rows)
    text = "\n".join(to_text(all_rows, "page against later"))
    assert "relaxed" in text
    assert "PlantTree.request.Wet" in text
    assert "WaterTree.request.Can" not in text
    assert "WaterTree.request.Can" in "\n".join(to_text(all_rows, "", everything=True))


@pytest.mark.parametrize(
    ("version", "gone"), [("1.33.3", 0), ("1.29.142", 0), ("1.29.141", 48), ("1.12.236", None)]
)
def test_a_page_against_releases(version: str, gone: int | None, documents: Any) -> None:
    """Its own release has all that it documents; the one before lacks what it announces."""
    (path,) = documents.glob("004_*.txt")
    page = load(str(path)).page
    assert page is not None
    against = load(str(DATA / "models" / f"botocore-{version}.json.gz"))
    gone_now = summary(drift(page, against.service))["gone"]
    # Six values in each of eight change blocks.
    assert gone_now == gone if gone is not None else gone_now > 48


@pytest.mark.parametrize(
    "text",
    [INDENTED, FLATTENED, R, INDENTED[: INDENTED.index("    Wet=True")]],
    ids=["indented", "flattened", "r", "cut"],
)
def test_the_facts_of_a_page_are_read_back(text: str, tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(facts_to_json(read_page(text.encode(), "page"))), "utf-8")
    assert_is_read_back(path)


@pytest.mark.parametrize("path", sorted(DATA.glob("pages/*.json")), ids=lambda path: path.stem)
def test_the_committed_facts_are_read_back(path: Path) -> None:
    assert_is_read_back(path)


def assert_is_read_back(path: Path) -> None:
    """All facts stay the same, except changes, which no comparison reads."""
    expected = json.loads(path.read_bytes())
    again: Any = json.loads(json.dumps(facts_to_json(load_page(str(path)))))
    for operation in expected["operations"].values():
        operation["changes"] = []
    assert again["operations"] == expected["operations"]
    assert again["page"] == expected["page"]
    assert again["notices"] == expected["notices"]


@pytest.mark.parametrize("text", ['{"page": {"announced": {}}}', '{"page": [], "announced": 1}'])
def test_other_json_is_no_page(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "facts.json"
    path.write_text(text)
    assert main(["drift", str(path)]) == 2
    assert "expected the JSON of `facts PAGE --json`" in capsys.readouterr().err
