"""Every construct of the three layouts, on pages so small that a reader can check the result."""

from __future__ import annotations

import json
from typing import Any

import pytest

from codegen.commands.facts import to_json
from codegen.sources.loading import read_page
from codegen.sources.page import Page
from tests.sources.own_pages import FLATTENED, INDENTED, R


def read(text: str) -> Page:
    return read_page(text.encode(), "page")


def facts(text: str) -> Any:
    """The facts as JSON, without the lines."""
    return json.loads(
        json.dumps(to_json(read(text))),
        object_hook=lambda node: {key: value for key, value in node.items() if key != "line"},
    )


def line(text: str, needle: str) -> int:
    """The line that ``needle`` begins on, the first time."""
    return text[: text.index(needle)].count("\n") + 1


def notices(text: str) -> list[tuple[str, int, str]]:
    return [(notice.kind, notice.line, notice.path) for notice in read(text).notices]


class TestIndented:
    def test_the_page(self) -> None:
        page = facts(INDENTED)["page"]
        assert page["layout"] == "indented"
        assert (page["service"], page["full_name"]) == ("orchard", "Amazon Orchard Service")
        assert page["date"] == "2031-04-05"
        assert page["announced"] == {"new": 2, "updated": 3}
        assert notices(INDENTED) == []

    def test_operations(self) -> None:
        operations = facts(INDENTED)["operations"]
        assert {name: node["status"] for name, node in operations.items()} == {
            "PlantTree": "new",
            "FellTree": "new",
            "WaterTree": "updated",
            "ListTrees": "updated",
            "CountTrees": "updated",
        }
        assert operations["PlantTree"]["method"] == "plant_tree"

    def test_every_type_of_a_request(self) -> None:
        members = facts(INDENTED)["operations"]["PlantTree"]["request"]["members"]
        string = {"type": "string"}
        assert members == {
            "Name": {"type": "string", "required": True},
            "Kind": {"type": "enum", "values": ["apple", "pear"], "required": True},
            "Age": {"type": "integer", "required": False},
            "Height": {"type": "float", "required": False},
            "Wet": {"type": "boolean", "required": False},
            "PlantedAt": {"type": "timestamp", "required": False},
            "Photo": {"type": "blob", "required": False},
            "Notes": {"type": "document", "required": False},
            "Branches": {
                "type": "list",
                "item": {
                    "type": "structure",
                    "members": {
                        "Leaves": {
                            "type": "list",
                            "item": {"type": "enum", "values": ["green", "red"]},
                            "required": True,
                        },
                        "Twigs": {
                            "type": "list",
                            "item": {"type": "recursive"},
                            "required": False,
                        },
                    },
                },
                "required": False,
            },
            "Labels": {
                "type": "map",
                "value": {
                    "type": "structure",
                    "members": {"Text": {"type": "string", "required": True}},
                },
                "required": False,
            },
            "Rows": {"type": "list", "item": {"type": "list", "item": string}, "required": False},
            "Spot": {
                "type": "structure",
                "members": {
                    "Bed": {"type": "string", "required": False},
                    "Pot": {"type": "integer", "required": False},
                },
                "union": True,
                "required": False,
            },
            "Token": {"type": "string", "required": True, "idempotency_token": True},
        }

    def test_a_listed_value_may_be_called_string(self) -> None:
        page = INDENTED.replace("'apple'|'pear'", "'string'|'number'", 1)
        kind = facts(page)["operations"]["PlantTree"]["request"]["members"]["Kind"]
        assert kind["values"] == ["string", "number"]

    def test_a_response_has_no_markers(self) -> None:
        assert facts(INDENTED)["operations"]["PlantTree"]["response"] == {
            "type": "structure",
            "members": {
                "TreeId": {"type": "string", "required": None},
                "Sap": {"type": "blob", "streaming": True, "required": None},
                "Growth": {
                    "type": "event-stream",
                    "members": {
                        "Grown": {
                            "type": "structure",
                            "members": {"By": {"type": "float", "required": None}},
                            "required": None,
                        }
                    },
                    "required": None,
                },
            },
        }

    def test_nothing_is_returned(self) -> None:
        fell = facts(INDENTED)["operations"]["FellTree"]
        assert (fell["response"], fell["response_shown"]) == (None, True)
        assert fell["request"]["members"]["Saw"]["streaming"] is True

    def test_no_parameters(self) -> None:
        assert facts(INDENTED)["operations"]["CountTrees"]["request"]["members"] == {}

    def test_change_blocks(self) -> None:
        operations = facts(INDENTED)["operations"]
        assert operations["PlantTree"]["changes"] == []
        assert operations["WaterTree"]["changes"] == [
            {"sides": ["request"], "change": {"Can": {"Litres": "float"}}},
            {"sides": ["response"], "change": {"Trees": {"State": ["dry", "wet"]}}},
        ]
        assert operations["ListTrees"]["changes"] == [
            {"sides": ["request", "response"], "change": {"Filter": {"Form": "ROUND | FLAT"}}}
        ]
        assert operations["CountTrees"]["changes"] == [
            {
                "sides": ["response"],
                "change": {"Counts": {"string": "long"}, "Names": ["string"]},
            }
        ]


class TestFlattened:
    def test_what_is_lost_is_found_again(self) -> None:
        page = facts(FLATTENED)
        assert page["page"]["layout"] == "flattened"
        assert {name: node["status"] for name, node in page["operations"].items()} == {
            "PlantTree": "updated",
            "DescribeApiTree": "updated",
            "FellTree": "new",
        }

    def test_the_names_of_parameters_are_those_of_the_syntax(self) -> None:
        assert facts(FLATTENED)["operations"]["PlantTree"]["request"]["members"] == {
            "Name": {"type": "string", "required": True},
            "Kind": {"type": "enum", "values": ["apple", "pear"], "required": False},
            "Spot": {
                "type": "structure",
                "members": {
                    "Bed": {"type": "string", "required": True},
                    "Row": {"type": "integer", "required": False},
                },
                "required": True,
            },
            "Tags": {"type": "map", "value": {"type": "string"}, "required": False},
        }

    def test_a_change_block_belongs_where_it_fits(self) -> None:
        operations = facts(FLATTENED)["operations"]
        assert operations["PlantTree"]["changes"] == [
            {"sides": ["request"], "change": {"Kind": ["pear"], "Spot": {"Row": "integer"}}}
        ]
        assert operations["DescribeApiTree"]["changes"] == [
            {"sides": ["response"], "change": {"Trees": {"State": ["dry"]}}}
        ]

    def test_what_is_assumed_is_said(self) -> None:
        text = [(notice.path, notice.text) for notice in read(FLATTENED).notices]
        assert [path for path, _ in text] == ["DescribeApiTree", "FellTree"]
        assert "made from client.describe_api_tree" in text[0][1]
        assert "read as new" in text[1][1]

    def test_a_block_that_fits_both_sides_is_left_open(self) -> None:
        both = FLATTENED.replace(
            "{ 'TreeId': 'string' }", "{ 'Kind': 'pear', 'Spot': { 'Row': 123 } }"
        )
        assert facts(both)["operations"]["PlantTree"]["changes"][0]["sides"] == []
        assert ("missing", 3, "PlantTree") in notices(both)

    def test_a_block_that_fits_neither_side_is_left_open(self) -> None:
        neither = FLATTENED.replace("{'Kind': {'pear'}", "{'Kind': {'plum'}")
        assert facts(neither)["operations"]["PlantTree"]["changes"][0]["sides"] == []
        assert ("missing", 3, "PlantTree") in notices(neither)

    def test_neither_new_nor_updated(self) -> None:
        text = FLATTENED.replace("1 new 2 updated", "2 updated")
        assert facts(text)["operations"]["FellTree"]["status"] is None

    def test_only_bare_type_words_are_parameters(self) -> None:
        """A bullet of another kind is prose once the bullets are lost."""
        prose = FLATTENED.replace("What it is called.", "round (apple) -- as it were")
        assert notices(prose) == notices(FLATTENED)


class TestR:
    def test_the_page(self) -> None:
        page = facts(R)
        assert (page["page"]["layout"], page["page"]["service"]) == ("r", "orchard")
        assert list(page["operations"]) == ["PlantTree"]
        plant = page["operations"]["PlantTree"]
        assert (plant["method"], plant["status"]) == ("plant_tree", None)
        assert (plant["response"], plant["response_shown"]) == (None, False)

    def test_only_parameters_are_known_to_be_required(self) -> None:
        def unsaid(kind: str, **more: Any) -> dict[str, Any]:
            return {"type": kind, "required": None, **more}

        assert facts(R)["operations"]["PlantTree"]["request"]["members"] == {
            "Name": {"type": "string", "required": True},
            "Kind": {"type": "enum", "values": ["apple", "pear"], "required": True},
            "Spot": {
                "type": "structure",
                "required": False,
                "members": {
                    "Bed": unsaid("string"),
                    "Row": unsaid("integer"),
                    "Depth": unsaid("float"),
                    "Wet": unsaid("boolean"),
                    "Nothing": unsaid("structure", members={}),
                },
            },
            "Labels": {
                "type": "list",
                "item": {"type": "string"},
                "list_or_map": True,
                "required": False,
            },
            "Photo": {"type": "blob", "required": False},
            "PlantedAt": unsaid("timestamp"),
        }

    def test_a_name_in_a_later_description_is_prose(self) -> None:
        page = R.replace("How it looks.", "How it looks, unlike\nName\ndoes.")
        members = facts(page)["operations"]["PlantTree"]["request"]["members"]
        assert members["Name"]["required"] is True

    def test_what_the_page_leaves_open_is_said(self) -> None:
        assert notices(R) == [
            ("disagreement", line(R, "Arguments¶") + 1, "PlantTree.request.PlantedAt"),
            ("assumed", line(R, "Labels = list("), "PlantTree.request.Labels"),
            ("missing", line(R, "svc$"), "PlantTree.response"),
        ]

    def test_usage_and_syntax_disagree(self) -> None:
        page = R.replace("Labels, Photo, PlantedAt)", "Labels, Photo, PlantedAt, Owner)")
        assert ("disagreement", line(R, "Arguments¶") + 1, "PlantTree.request.Owner") in notices(
            page
        )
        page = R.replace("Labels, Photo, PlantedAt)", "Labels, Photo)")
        assert ("disagreement", line(R, "PlantedAt = "), "PlantTree.request.PlantedAt") in notices(
            page
        )

    def test_the_title_names_something_else(self) -> None:
        page = R.replace("Plant Tree\n", "Trees\n", 1)
        assert ("assumed", 1, "PlantTree") in notices(page)
        assert list(facts(page)["operations"]) == ["PlantTree"]


class TestDisagreement:
    """Syntax and prose disagree: a notice names both, and the syntax is kept."""

    def noticed(self, old: str, new: str, text: str = INDENTED) -> list[tuple[str, int, str]]:
        assert text.count(old) >= 1
        return notices(text.replace(old, new, 1))

    def test_a_member_is_not_described(self) -> None:
        noticed = self.noticed("    • Leaves (list) -- [REQUIRED]\n", "\n")
        assert (
            "disagreement",
            line(INDENTED, "'Leaves'"),
            "PlantTree.request.Branches[].Leaves",
        ) in noticed

    def test_a_parameter_is_not_described(self) -> None:
        noticed = self.noticed("type Age\n\ninteger\n\nparam Age\n", "")
        assert noticed == [("disagreement", line(INDENTED, "Age=123"), "PlantTree.request.Age")]

    def test_of_what_is_not_described_the_outermost_is_named(self) -> None:
        labels = INDENTED[INDENTED.index("type Labels") : INDENTED.index("type Rows")]
        noticed = self.noticed(labels, "")
        assert noticed == [("disagreement", line(INDENTED, "Labels={"), "PlantTree.request.Labels")]

    def test_a_described_member_is_not_in_the_syntax(self) -> None:
        noticed = self.noticed("            'Text': 'string'\n", "            'Say': 'string'\n")
        assert sorted(noticed) == [
            ("disagreement", line(INDENTED, "'Text'"), "PlantTree.request.Labels{}.Say"),
            ("disagreement", line(INDENTED, "• Text"), "PlantTree.request"),
        ]

    def test_types(self) -> None:
        noticed = self.noticed(
            "    • Leaves (list) -- [REQUIRED]", "    • Leaves (string) -- [REQUIRED]"
        )
        assert noticed == [
            ("disagreement", line(INDENTED, "• Leaves"), "PlantTree.request.Branches[].Leaves")
        ]
        noticed = self.noticed(
            "    • Leaves (list) -- [REQUIRED]", "    • Leaves (bush) -- [REQUIRED]"
        )
        assert noticed == [
            ("disagreement", line(INDENTED, "• Leaves"), "PlantTree.request.Branches[].Leaves")
        ]

    def test_a_heading_names_another_method(self) -> None:
        noticed = self.noticed("client.fell_tree(", "client.cut_tree(")
        assert noticed == [("disagreement", line(INDENTED, "client.fell_tree"), "FellTree")]

    def test_a_change_block_names_what_the_syntax_does_not_show(self) -> None:
        for old, new, path in (
            ("'Litres': 'float'", "'Gallons': 'float'", "request.Can.Gallons"),
            ("'Litres': 'float'", "'Litres': 'string'", "request.Can.Litres"),
            ("'Litres': 'float'", "'Litres': ['float']", "request.Can.Litres"),
            ("{'dry', 'wet'}", "{'dry', 'damp'}", "response.Trees[].State=damp"),
        ):
            assert self.noticed(old, new) == [
                ("disagreement", line(INDENTED, old), f"WaterTree.{path}")
            ]

    def test_a_label_without_its_block(self) -> None:
        noticed = self.noticed("{'Counts': {'string': 'long'}, 'Names': ['string']}\n", "")
        assert noticed == [("missing", line(INDENTED, "Changes (response)"), "CountTrees")]

    def test_fewer_operations_than_announced(self) -> None:
        assert self.noticed("2 new", "9 new") == [("missing", 3, "")]

    def test_nothing_is_said_of_the_response(self) -> None:
        noticed = self.noticed("returns\n\nNone\n", "")
        assert [(kind, path) for kind, _, path in noticed] == [("missing", "FellTree.response")]


class TestBrokenOff:
    """A page that ends too early: the facts before the end stay, and a notice names the end."""

    def cut(self, mark: str, text: str = INDENTED) -> Page:
        before, separator, _ = text.partition(mark)
        assert separator, mark
        return read(before + mark)

    def last(self, page: Page) -> tuple[int, str]:
        """The one place where the page is said to end."""
        (truncated,) = [notice for notice in page.notices if notice.kind == "truncated"]
        return truncated.line, truncated.path

    @pytest.mark.parametrize(
        ("mark", "path"),
        [
            ("client.plant_tree", "PlantTree.request"),
            ("client.plant_tree(\n    Na", "PlantTree.request"),
            ("    Kind='apple'|'pe", "PlantTree.request.Kind"),
            ("    Kind='apple'", "PlantTree.request.Kind"),
            ("    Age=", "PlantTree.request.Age"),
            ("    Wet=True|", "PlantTree.request.Wet"),
            ("    PlantedAt=datetime(2015, 1", "PlantTree.request.PlantedAt"),
            ("            'Leaves': [", "PlantTree.request.Branches[].Leaves[]"),
            ("    Labels={\n        'string': ", "PlantTree.request.Labels{}"),
            ("    Token='string'", "PlantTree.request.Token"),
            ("What it is called.", "PlantTree.request.Kind"),
            ("      • Text (string) -- [REQUIRED]", "PlantTree.request.Rows"),
            ("    'Sap': Streaming", "PlantTree.response.Sap"),
            ("      Its number.", "PlantTree.response.Sap"),
            ("Request {'Can': {'Lit", "WaterTree"),
            ("ListTrees (updated) Link ¶", "ListTrees"),
        ],
    )
    def test_where(self, mark: str, path: str) -> None:
        assert self.last(self.cut(mark)) == (line(INDENTED, mark) + mark.count("\n"), path)

    def test_what_was_read_stays_and_is_marked(self) -> None:
        request = self.cut("    Kind='apple'|'pe").operations[0].request
        assert [field.name for field in request.fields] == ["Name", "Kind"]
        assert request.cut
        assert request.fields[1].value.values == ("apple",)
        assert request.fields[1].value.cut
        assert not request.fields[0].value.cut
        assert request.fields[0].required is None

    def test_members_after_the_cut_are_neither_required_nor_optional(self) -> None:
        members = {
            f.name: f.required for f in self.cut("What it is called.").operations[0].request.fields
        }
        assert members["Name"] is True
        assert members["Kind"] is None

    def test_before_the_answer(self) -> None:
        page = self.cut("With what.")
        fell = page.operations[1]
        assert (fell.response, fell.response_shown) == (None, False)
        assert self.last(page) == (line(INDENTED, "With what."), "FellTree.response")

    def test_a_flat_page_in_an_operation_without_a_name(self) -> None:
        page = self.cut("Looks at a tree.", FLATTENED)
        assert [operation.name for operation in page.operations] == ["PlantTree"]
        assert self.last(page) == (line(FLATTENED, "Looks at a tree."), "")

    def test_an_r_page(self) -> None:
        page = self.cut('Kind = "apple"|', R)
        assert self.last(page) == (line(R, 'Kind = "'), "PlantTree.request.Kind")
        page = self.cut("Labels = list(", R)
        assert self.last(page) == (line(R, "Labels = list("), "PlantTree.request.Labels[]")
