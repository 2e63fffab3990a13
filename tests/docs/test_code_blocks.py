"""Every Python block of the README and of docs/ runs, from the top of a page to the bottom.

The blocks of a page share their variables, as if a reader typed them one after another. moto's
server stands in for AWS. A ``text`` block directly after a Python block is its expected output. A
block that cannot run has a line with the reason above it: ``<!-- not run: reason -->``. A block
under ``<!-- needs module -->`` runs where that module is installed.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
NEEDS = re.compile(r"<!-- needs (\w+) -->$")
NOT_RUN = re.compile(r"<!-- not run: \S.*-->$")


@dataclass(frozen=True)
class Block:
    line: int
    """Number of its first line of code."""
    code: str
    prints: str | None


def fences(page: Path) -> Iterator[tuple[str, int, int, list[str]]]:
    """Yield each fenced block: language, numbers of the first and last line, and lines."""
    lines = page.read_text(encoding="utf-8").splitlines()
    language, start = "", -1
    for number, line in enumerate(lines):
        if start < 0 and line.startswith("```"):
            language, start = line.removeprefix("```"), number + 1
            needs = NEEDS.match(lines[number - 1])
            if NOT_RUN.match(lines[number - 1]) or (needs and not find_spec(needs[1])):
                language = "not run"
        elif start >= 0 and line.rstrip() == "```":
            yield language, start, number, lines[start:number]
            start = -1
    assert start < 0, f"{page.name}:{start}: the block has no end"


def blocks(page: Path) -> list[Block]:
    """Return the Python blocks of a page that can run."""
    python_blocks: list[Block] = []
    python_ended = -1
    for language, start, end, lines in fences(page):
        text = "\n".join(lines) + "\n"
        if language == "python":
            python_blocks.append(Block(start + 1, text, None))
            python_ended = end
        elif language == "text" and start == python_ended + 3:  # after one empty line
            python_blocks[-1] = replace(python_blocks[-1], prints=text)
    return python_blocks


every_page = pytest.mark.parametrize(
    "page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix()
)


@pytest.mark.saga
@every_page
def test_blocks_run(
    page: Path,
    moto_url: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", moto_url)
    monkeypatch.chdir(tmp_path)
    variables: dict[str, object] = {"__name__": "__main__"}
    for block in blocks(page):
        padded = "\n" * (block.line - 1) + block.code  # so a traceback has the line of the page
        exec(compile(padded, str(page), "exec"), variables)
        printed = capsys.readouterr().out
        if block.prints is not None:
            assert printed == block.prints, f"{page.name}:{block.line}"


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
    assert len(blocks(ROOT / "README.md")) >= 3
