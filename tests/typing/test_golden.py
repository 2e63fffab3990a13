"""What mypy and basedpyright say about programs of users, line for line.

A line that ends with "# wrong" is refused by both; no other line is refused by either. After a
change that is meant, look at the difference of: python -m tests.typing.regenerate
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from benchmarks.typing.environments import Environment
from tests.typing.checkers import (
    CHECKERS,
    EXPECTED,
    Remark,
    expected,
    programs,
    refused,
    written,
    wrong,
)

pytestmark = [pytest.mark.checkers, pytest.mark.xdist_group("checkers")]

Said = Mapping[str, Mapping[str, Sequence[Remark]]]


@pytest.fixture(scope="module")
def said(environment: Environment, tmp_path_factory: pytest.TempPathFactory) -> Said:
    """What each checker says about each program, from one run of each."""
    return {
        checker: check(environment, tmp_path_factory.mktemp(checker))
        for checker, check in CHECKERS.items()
    }


@pytest.mark.parametrize("program", programs())
@pytest.mark.parametrize("checker", CHECKERS)
def test_the_wrong_lines_are_refused_and_no_others(said: Said, checker: str, program: str) -> None:
    remarks = said[checker][program]
    assert refused(remarks) == wrong(program), written(remarks)


@pytest.mark.parametrize("program", programs())
@pytest.mark.parametrize("checker", CHECKERS)
def test_the_words_are_the_golden_ones(said: Said, checker: str, program: str) -> None:
    golden = expected(program, checker).read_text(encoding="utf-8")
    assert written(said[checker][program]) == golden


def test_no_golden_file_is_left_over() -> None:
    names = {expected(program, checker) for program in programs() for checker in CHECKERS}
    assert set(EXPECTED.iterdir()) == names


def test_there_are_many_wrong_lines() -> None:
    """A mark that is misspelt would pass for a right line that is refused; a file, for nothing."""
    assert sum(len(wrong(program)) for program in programs()) >= 80
