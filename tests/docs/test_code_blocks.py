"""Every Python block of the README and of docs/ runs, page by page from top to bottom.

The blocks of a page share their names, as for a reader who types them in one after another; moto's
server plays AWS. A block that is not for running says so in the line above it, and why:
``<!-- not run: why -->``.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
NOT_RUN = re.compile(r"<!-- not run: \S.*-->$")


@dataclass(frozen=True)
class Block:
    line: int
    """Where its first line of code stands."""
    code: str


def blocks(page: Path) -> Iterator[Block]:
    """The fenced Python blocks of a page that are meant to run."""
    lines = page.read_text(encoding="utf-8").splitlines()
    start = -1
    for number, line in enumerate(lines):
        if start < 0 and line.startswith("```python"):
            start = number + 1
        elif start >= 0 and line.rstrip() == "```":
            if not (start > 1 and NOT_RUN.match(lines[start - 2])):
                yield Block(start + 1, "\n".join(lines[start:number]) + "\n")
            start = -1
    assert start < 0, f"{page.name}:{start}: the block has no end"


every_page = pytest.mark.parametrize(
    "page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix()
)


@pytest.mark.saga
@every_page
def test_blocks_run(
    page: Path, moto_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", moto_url)
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": "__main__"}
    for block in blocks(page):
        padded = "\n" * (block.line - 1) + block.code  # a traceback names the page's own line
        exec(compile(padded, str(page), "exec"), names)


@pytest.mark.checkers
@every_page
def test_blocks_are_typed(page: Path, tmp_path: Path) -> None:
    code = [block.code for block in blocks(page)]
    if not code:
        return
    program = tmp_path / f"{page.stem.lower()}_blocks.py"
    program.write_text("\n".join(code), encoding="utf-8")
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_readme_has_blocks() -> None:
    assert len(list(blocks(ROOT / "README.md"))) >= 3
