"""The index and the table of rules are those of the rules."""

from __future__ import annotations

import pytest

from codegen import rules_table
from codegen.tables import table
from sagemaker_typed import rules

pytestmark = pytest.mark.codegen


def test_the_index_is_up_to_date() -> None:
    assert rules_table.INDEX.read_text("utf-8") == rules_table.index()


def test_the_table_is_up_to_date() -> None:
    assert rules_table.TABLE.read_text("utf-8") == rules_table.document()


def test_the_table_has_every_rule_with_its_places() -> None:
    text = rules_table.TABLE.read_text("utf-8")
    for rule in rules.ALL:
        (row,) = [line for line in text.splitlines() if line.startswith(f"| `{rule.id}` |")]
        assert all(str(source) in row for source in rule.sources)


def test_what_is_not_checkable_is_at_a_place_and_has_a_reason() -> None:
    for reason in table("rules_not_checkable")["reasons"]:
        assert reason["reason"]
        for place in reason["places"]:
            assert place["document"] in rules_table.TITLES
            assert place["lines"].replace("-", "").isdecimal()
            assert place["path"]
            assert place["about"]
