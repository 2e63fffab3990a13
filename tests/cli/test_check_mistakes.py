"""``check`` finds planted mistakes at their places, and nothing in correct programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.cli.mistakes import Mistake, mistakes, programs

ALL = [mistake for program in programs() for mistake in mistakes(program)]


@pytest.mark.parametrize("program", programs(), ids=lambda program: program.name)
def test_no_finding_in_a_correct_program(command: Command, program: Path) -> None:
    ended = command("check", "--strict", "--advice", program)
    assert (ended.status, ended.out) == (0, "")


def test_there_are_enough_programs_and_mistakes() -> None:
    assert len(programs()) == 40
    assert len(ALL) >= 300
    assert {mistake.program for mistake in ALL} == set(programs())


@pytest.mark.pinned  # the members and operations are those of the installed botocore
@pytest.mark.parametrize("mistake", ALL, ids=str)
def test_a_planted_mistake(command: Command, tmp_path: Path, mistake: Mistake) -> None:
    file = tmp_path / mistake.program.name
    file.write_text(mistake.text, encoding="utf-8")
    ended = command("check", "--format", "json", file)
    findings = json.loads(ended.out)
    there = [f for f in findings if (f["line"], f["column"]) == (mistake.line, mistake.column)]
    assert ended.status == 1
    assert {finding["code"] for finding in there} & mistake.codes, findings
    # a misspelled member is missing as well, and rules may ask for it
    others = {finding["code"] for finding in findings if finding not in there}
    assert all(code in {"missing", "union"} or "/" in code for code in others), findings
