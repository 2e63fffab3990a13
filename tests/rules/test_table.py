"""The index and the table of rules are those of the rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from codegen.build import build_committed
from codegen.output import FileDifference, differences
from sagemaker_typed import rules

ROOT = Path(__file__).parent.parent.parent
TABLE = ROOT / "docs" / "rules.md"


@pytest.mark.pinned
def test_check_covers_the_index_and_the_table_which_are_up_to_date() -> None:
    generated: set[Path] = set()
    changes: list[FileDifference] = []
    for root, files in build_committed():
        generated |= {root / path for path in files}
        changes += differences(root, files)
    assert {TABLE, ROOT / "sagemaker_typed" / "rules" / "_index.py"} <= generated
    assert not changes


@pytest.mark.parametrize("rule", rules.ALL, ids=lambda rule: rule.id)
def test_the_table_has_every_rule_with_its_places(rule: rules.Rule) -> None:
    rows = TABLE.read_text("utf-8").splitlines()
    (row,) = [row for row in rows if row.startswith(f"| `{rule.id}` |")]
    assert all(str(source) in row for source in rule.sources)
    assert rule.superseded_by in row
