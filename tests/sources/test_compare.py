"""Differences that break a caller or do not, on two small services that differ in one fact."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from codegen.commands import diff
from codegen.diff.service_diff import ServiceDiff, compare, pattern_change
from codegen.sources import page_service, service_model
from codegen.sources.loading import SourceDocument, read_page
from tests.sources.own_pages import FLATTENED, INDENTED, R

MODEL: dict[str, Any] = {
    "version": "2.0",
    "metadata": {"apiVersion": "2030-01-01", "serviceId": "Orchard", "protocol": "json"},
    "operations": {
        "PlantTree": {"input": {"shape": "Tree"}, "output": {"shape": "Tree"}},
        "FellTree": {"input": {"shape": "FellTreeInput"}},
    },
    "shapes": {
        "FellTreeInput": {"type": "structure", "members": {"Saw": {"shape": "Text"}}},
        "Tree": {
            "type": "structure",
            "required": ["Name"],
            "members": {
                "Name": {"shape": "Text"},
                "Kind": {"shape": "Kind"},
                "Age": {"shape": "Number"},
                "Size": {"shape": "Long"},
                "Parts": {"shape": "Parts"},
                "Labels": {"shape": "Labels"},
                "Choice": {"shape": "Choice"},
                "When": {"shape": "Time"},
            },
        },
        "Parts": {"type": "list", "member": {"shape": "Part"}, "max": 5},
        "Part": {
            "type": "structure",
            "members": {"Kind": {"shape": "Kind"}, "Parts": {"shape": "Parts"}},
        },
        "Labels": {"type": "map", "key": {"shape": "LabelKey"}, "value": {"shape": "Label"}},
        "LabelKey": {"type": "string", "enum": ["a"]},
        "Label": {"type": "structure", "members": {"Text": {"shape": "Text"}}},
        "Choice": {
            "type": "structure",
            "members": {"A": {"shape": "Text"}, "B": {"shape": "Text"}},
        },
        "Kind": {"type": "string", "enum": ["apple", "pear"]},
        "Text": {"type": "string", "min": 1, "max": 9, "pattern": "[a-z]{1,9}"},
        "Number": {"type": "integer", "min": 0, "max": 9},
        "Long": {"type": "long"},
        "Double": {"type": "double"},
        "Time": {"type": "timestamp"},
    },
}


def document(model: dict[str, Any]) -> SourceDocument:
    service = service_model.from_parts(json.dumps(model).encode(), where="model")
    return SourceDocument(label="model", service=service)


def page(text: str) -> SourceDocument:
    read = read_page(text.encode(), "page")
    service, gaps = page_service.service(read)
    return SourceDocument(label="page", service=service, page=read, gaps=gaps)


def changed(path: str, value: Any) -> SourceDocument:
    """The model with one thing set, or taken out where the value is ``...``."""
    model = copy.deepcopy(MODEL)
    *parents, last = path.split("/")
    node = model
    for name in parents:
        node = node[name]
    if value is ...:
        del node[last]
    else:
        node[last] = value
    return document(model)


OLD = document(MODEL)


def changes_of(diff: ServiceDiff, side: str) -> set[tuple[str, str, bool]]:
    return {
        (change.place.path.partition(f"PlantTree.{side}.")[2], change.change, change.breaking)
        for change in diff.operations["PlantTree"].other
        if change.place.path.startswith(f"PlantTree.{side}")
    }


# The changed fact; its path and kind; does it break the request, does it break the response?
BREAKING = [
    ("shapes/Tree/members/Age", ..., "Age", "member-removed", True, True),
    ("shapes/Part/members/Kind", ..., "Parts[].Kind", "member-removed", True, True),
    ("shapes/Kind/enum", ["apple"], "Kind", "value-removed", True, False),
    ("shapes/Tree/required", ["Name", "Age"], "Age", "required-added", True, False),
    ("shapes/Tree/required", [], "Name", "required-removed", False, True),
    ("shapes/Label/required", ["Text"], "Labels{}.Text", "required-added", True, False),
    ("shapes/LabelKey/enum", ["a", "b"], "Labels{key}", "key-value-added", False, False),
    ("shapes/LabelKey/enum", ["b"], "Labels{key}", "value-removed", True, False),
    ("shapes/Choice/union", True, "Choice", "union-added", True, False),
    ("shapes/Number/min", 1, "Age", "min-tightened", True, False),
    ("shapes/Number/min", -1, "Age", "min-loosened", False, False),
    ("shapes/Number/min", ..., "Age", "min-loosened", False, False),
    ("shapes/Number/max", 8, "Age", "max-tightened", True, False),
    ("shapes/Number/max", 10, "Age", "max-loosened", False, False),
    ("shapes/Number/max", ..., "Age", "max-loosened", False, False),
    ("shapes/Long/max", 5, "Size", "max-tightened", True, False),
    ("shapes/Text/min", 2, "Name", "min-tightened", True, False),
    ("shapes/Text/pattern", "[a-z]{1,8}", "Name", "pattern-tightened", True, False),
    ("shapes/Text/pattern", "[a-z]{1,10}", "Name", "pattern-loosened", False, False),
    ("shapes/Text/pattern", ..., "Name", "pattern-loosened", False, False),
    ("shapes/Text/pattern", "[a-y]{1,9}", "Name", "pattern-changed", True, False),
    ("shapes/Parts/max", 4, "Parts", "max-tightened", True, False),
    ("shapes/Parts/max", 6, "Parts", "max-loosened", False, False),
    ("shapes/Tree/members/Age/shape", "Long", "Age", "type-changed", False, False),
    ("shapes/Tree/members/Age/shape", "Double", "Age", "type-changed", False, True),
    ("shapes/Tree/members/Age/shape", "Kind", "Age", "type-changed", True, True),
    ("shapes/Tree/members/Age/shape", "Label", "Age", "type-changed", True, True),
    ("shapes/Tree/members/Name/shape", "Kind", "Name", "type-changed", True, False),
    ("shapes/Tree/members/Kind/shape", "Text", "Kind", "type-changed", False, False),
    ("shapes/Tree/members/When/shape", "Text", "When", "type-changed", True, True),
    ("shapes/Tree/members/Parts/shape", "Part", "Parts", "type-changed", True, True),
    ("shapes/Tree/members/Age/deprecated", True, "Age", "deprecated", False, False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "value", "where", "change", "request_breaks", "response_breaks"), BREAKING
)
def test_what_breaks(
    path: str, value: Any, where: str, change: str, request_breaks: bool, response_breaks: bool
) -> None:
    compared = compare(OLD, changed(path, value))
    assert (where, change, request_breaks) in changes_of(compared, "request")
    assert (where, change, response_breaks) in changes_of(compared, "response")
    assert bool(compared.breaking) == (request_breaks or response_breaks)
    assert compared.count("new") == compared.count("removed") == 0


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("shapes/Text/pattern", "^[a-z]{1,9}$"),  # the whole string is matched anyhow
        ("shapes/Kind/enum", ["pear", "apple"]),
        ("shapes/Parts/min", 0),
        ("metadata/serviceId", "Garden"),
    ],
)
def test_what_changes_nothing(path: str, value: Any) -> None:
    assert compare(OLD, changed(path, value)).operations == {}


def test_a_new_member() -> None:
    compared = compare(OLD, changed("shapes/Part/members/Weight", {"shape": "Double"}))
    plant = compared.operations["PlantTree"]
    # A part holds parts: a recursive shape is shown once.
    assert plant.request == plant.response == {"Parts": {"Weight": "double"}}
    assert plant.other == ()
    assert compared.count("updated") == 1


def test_a_new_member_that_is_required_breaks_who_sends() -> None:
    model = copy.deepcopy(MODEL)
    model["shapes"]["Tree"]["members"]["Owner"] = {"shape": "Text"}
    model["shapes"]["Tree"]["required"] = ["Name", "Owner"]
    compared = compare(OLD, document(model))
    assert changes_of(compared, "request") == {("Owner", "required-member-added", True)}
    assert changes_of(compared, "response") == {("Owner", "required-member-added", False)}
    assert compared.operations["PlantTree"].request == {"Owner": "string"}


def test_a_token_that_boto3_fills_in_breaks_nobody() -> None:
    model = copy.deepcopy(MODEL)
    model["shapes"]["Tree"]["members"]["Token"] = {"shape": "Text", "idempotencyToken": True}
    model["shapes"]["Tree"]["required"] = ["Name", "Token"]
    assert compare(OLD, document(model)).breaking == ()


@pytest.mark.parametrize(
    ("shape", "written"),
    [
        ("Text", "string"),
        ("Kind", "apple | pear"),
        ("Number", "integer"),
        ("Long", "long"),
        ("Double", "double"),
        ("Time", "timestamp"),
        ("Labels", {"a": {"Text": "string"}}),
        ("Parts", [{"Kind": "apple | pear", "Parts": []}]),
        ("Label", {"Text": "string"}),
    ],
)
def test_how_new_members_are_written(shape: str, written: Any) -> None:
    compared = compare(OLD, changed("shapes/Tree/members/New", {"shape": shape}))
    assert diff.to_json(compared)["operations"] == {
        "PlantTree": {
            "status": "updated",
            "request": {"New": written},
            "response": {"New": written},
            "other": [],
        }
    }


def test_new_values_are_a_sorted_list() -> None:
    compared = compare(OLD, changed("shapes/Kind/enum", ["pear", "plum", "fig", "apple"]))
    operations: Any = diff.to_json(compared)["operations"]
    added = ["fig", "plum"]
    assert operations["PlantTree"]["request"] == {"Kind": added, "Parts": {"Kind": added}}


def test_a_string_that_becomes_an_enum_shows_its_values_as_pages_do() -> None:
    compared = compare(OLD, changed("shapes/Text", {"type": "string", "enum": ["x"]}))
    fell = compared.operations["FellTree"]
    assert fell.request == {"Saw": frozenset({"x"})}
    assert [(change.change, change.breaking) for change in fell.other] == [("type-changed", True)]


def test_operations() -> None:
    model = copy.deepcopy(MODEL)
    model["operations"]["GraftTree"] = model["operations"].pop("FellTree")
    compared = compare(OLD, document(model))
    written: Any = diff.to_json(compared)
    assert written["summary"] == {"new": 1, "updated": 0, "removed": 1}
    assert written["operations"]["GraftTree"] == {
        "status": "new", "request": None, "response": None, "other": [],
    }  # fmt: skip
    gone = {
        "path": "FellTree", "change": "operation-removed",
        "old": "FellTree", "new": None, "breaking": True,
    }  # fmt: skip
    assert written["operations"]["FellTree"] == {
        "status": "removed", "request": None, "response": None, "other": [gone],
    }  # fmt: skip
    assert written["breaking"] == [gone]


def test_an_answer_comes_or_goes() -> None:
    added = compare(OLD, changed("operations/FellTree/output", {"shape": "Label"}))
    assert added.operations["FellTree"].response == {"Text": "string"}
    assert added.breaking == ()
    removed = compare(OLD, changed("operations/PlantTree/output", ...))
    assert changes_of(removed, "response") == {("", "response-removed", True)}


def test_an_update_without_additions_is_not_counted_as_a_page_would() -> None:
    compared = compare(OLD, changed("shapes/Number/max", 8))
    written: Any = diff.to_json(compared)
    assert written["summary"]["updated"] == 0
    assert written["operations"]["PlantTree"]["status"] == "updated"


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        (None, "a", "pattern-tightened"),
        ("a", None, "pattern-loosened"),
        ("a", "^a$", None),
        ("a|b", "^(a|b)$", None),
        ("a)|(b", "(a)|(b)", "pattern-changed"),
        (r"a\)|[)]b", r"(a\)|[)]b)", None),
        ("(a)|(b)", "a)|(b", "pattern-changed"),
        ("?:a", "(?:a)", "pattern-changed"),
        ("a{1}", "a{1,2}", "pattern-loosened"),
        ("a{1,}", "a{1,2}", "pattern-tightened"),
        ("a{1,5}b{1,5}", "a{1,6}b{1,4}", "pattern-changed"),
        # Less of what must not be is more of what may.
        ("(?!a{2}).*", "(?!a{1,2}).*", "pattern-changed"),
    ],
)
def test_patterns(old: str | None, new: str | None, change: str | None) -> None:
    assert pattern_change(old, new) == change


class TestPages:
    """A page tells of some operations and of no limits: nothing is concluded from its silence."""

    def test_a_page_and_itself(self) -> None:
        for text in (INDENTED, FLATTENED, R):
            assert compare(page(text), page(text)).operations == {}

    def test_operations_of_one_side_only_are_not_compared(self) -> None:
        compared = compare(page(FLATTENED), page(INDENTED))
        assert compared.count("new") == compared.count("removed") == 0
        assert compared.not_compared == (
            "CountTrees", "DescribeApiTree", "ListTrees", "WaterTree",
        )  # fmt: skip

    def test_members_and_values_are_compared(self) -> None:
        newer = INDENTED.replace("'apple'|'pear'", "'apple'|'fig'").replace(
            "    Age=123,\n", "    Weeks=123,\n"
        )
        plant = compare(page(INDENTED), page(newer)).operations["PlantTree"]
        assert plant.request == {"Kind": frozenset({"fig"}), "Weeks": "integer"}
        assert {(change.place.path, change.change) for change in plant.other} == {
            ("PlantTree.request.Kind", "value-removed"),
            ("PlantTree.request.Age", "member-removed"),
        }

    def test_what_a_page_cannot_tell_is_no_change(self) -> None:
        # R: lists or maps, no markers inside parameters, no response.
        compared = compare(page(INDENTED), page(R))
        paths = {c.place.path for o in compared.operations.values() for c in o.other}
        assert not any("response" in path for path in paths)
        assert ("PlantTree.request.Labels", "type-changed") not in {
            (c.place.path, c.change) for o in compared.operations.values() for c in o.other
        }
        # A page that breaks off has not lost what it does not show.
        cut = INDENTED[: INDENTED.index("    Wet=True")]
        compared = compare(page(INDENTED), page(cut))
        assert compared.operations == {}
        assert compare(page(cut), page(INDENTED)).operations == {}

    def test_a_page_and_a_model(self) -> None:
        compared = compare(page(INDENTED), OLD)
        changes = {c.place.path: c.change for c in compared.operations["PlantTree"].other}
        assert changes["PlantTree.request.Kind"] == "required-removed"
        assert not {c for c in changes.values() if c.startswith(("min", "max", "pattern"))}
        assert "PlantTree.request.Age" not in changes  # integer on the page, int of any length
