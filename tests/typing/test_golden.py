"""Six checkers check programs of users, and the messages of two are the expected ones.

Each refuses each line that ends with "# wrong", and none refuses another line, except for the rows
of `limits.toml`. After a deliberate change, run `python -m tests.typing.regenerate` and look at the
differences.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

import pytest

from benchmarks.typing.environments import Environment
from tests.typing.checkers import (
    CHECKERS,
    EXPECTED,
    PROGRAMS,
    WORDED,
    Remark,
    expected,
    limits,
    programs,
    refused,
    written,
    wrong,
)

pytestmark = [pytest.mark.checkers, pytest.mark.xdist_group("checkers")]

Messages = Mapping[str, Mapping[str, Sequence[Remark]]]


@pytest.fixture(scope="module")
def messages(environment: Environment, tmp_path_factory: pytest.TempPathFactory) -> Messages:
    """Return the messages of each checker about each program."""
    return {
        checker: check(environment, tmp_path_factory.mktemp(checker))
        for checker, check in CHECKERS.items()
    }


@pytest.mark.parametrize("program", programs())
@pytest.mark.parametrize("checker", CHECKERS)
def test_the_wrong_lines_are_refused_and_no_others(
    messages: Messages, checker: str, program: str
) -> None:
    remarks = messages[checker][program]
    assert refused(remarks) == wrong(program) ^ limits(checker, program), written(remarks)


@pytest.mark.parametrize("program", programs())
@pytest.mark.parametrize("checker", WORDED)
def test_the_words_are_the_golden_ones(messages: Messages, checker: str, program: str) -> None:
    golden = expected(program, checker).read_text(encoding="utf-8")
    assert written(messages[checker][program]) == golden


def test_no_golden_file_is_left_over() -> None:
    names = {expected(program, checker) for program in programs() for checker in WORDED}
    assert set(EXPECTED.iterdir()) == names


def test_there_are_many_wrong_lines() -> None:
    """Find lost marks: without marks, the other tests would pass for an empty program."""
    assert sum(len(wrong(program)) for program in programs()) >= 140


def test_there_are_many_statements() -> None:
    texts = [(PROGRAMS / program).read_text(encoding="utf-8") for program in programs()]
    statements = [node for text in texts for node in ast.walk(ast.parse(text))]
    assert sum(isinstance(node, ast.stmt) for node in statements) >= 550
