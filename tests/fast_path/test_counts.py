"""No path that is called often becomes longer unnoticed. A clock would say so only now and then."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.fast_path.counting import Count, changed

ROOT = Path(__file__).parents[2]


@pytest.mark.pinned
def test_no_call_enters_more_functions_than_recorded() -> None:
    """``python -m tests.fast_path.counting --record`` keeps what is meant to stay."""
    # in a process where no other test has asked for logs
    counting = [sys.executable, "-m", "tests.fast_path.counting"]
    done = subprocess.run(counting, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stderr, done.returncode) == ("", 0)


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (Count(ours=110, all=1100), []),
        (Count(ours=90, all=900), []),
        (Count(ours=111, all=1100), ["create, ours: 111 calls, 100 recorded: worse"]),
        (Count(ours=100, all=1101), ["create, all: 1101 calls, 1000 recorded: worse"]),
        (
            Count(ours=89, all=1000),
            ["create, ours: 89 calls, 100 recorded: better; record it, so that it stays so"],
        ),
    ],
)
def test_more_than_a_tenth_is_told(now: Count, told: list[str]) -> None:
    assert changed({"create": now}, {"create": Count(ours=100, all=1000)}) == told


def test_a_path_without_a_record_is_told() -> None:
    assert changed({"new": Count(3, 9)}, {}) == [
        "new, ours: 3 calls, 0 recorded: worse",
        "new, all: 9 calls, 0 recorded: worse",
    ]
