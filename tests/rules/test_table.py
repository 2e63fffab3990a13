"""The index and the table of rules are those of the rules."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sagemaker_typed import rules

ROOT = Path(__file__).parent.parent.parent
TABLE = ROOT / "docs" / "rules.md"


@pytest.mark.pinned
def test_the_index_and_the_table_are_up_to_date() -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "codegen", "rules", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (answer.returncode, answer.stderr) == (0, "")


@pytest.mark.parametrize("rule", rules.ALL, ids=lambda rule: rule.id)
def test_the_table_has_every_rule_with_its_places(rule: rules.Rule) -> None:
    rows = TABLE.read_text("utf-8").splitlines()
    (row,) = [row for row in rows if row.startswith(f"| `{rule.id}` |")]
    assert all(str(source) in row for source in rule.sources)
    assert rule.superseded_by in row
