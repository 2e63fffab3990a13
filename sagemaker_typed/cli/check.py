"""``sagemaker-typed check``."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

from sagemaker_typed.cli import source
from sagemaker_typed.cli.boto3_code import problems_of
from sagemaker_typed.cli.report import CODE_FORMATS, write_report
from sagemaker_typed.cli.selection import rules_selected
from sagemaker_typed.core.files.parsed_file import Unreadable

if TYPE_CHECKING:
    import argparse

    from sagemaker_typed.cli.checker import RuleSelection
    from sagemaker_typed.cli.problems import Problem

_MENTIONED = b"sagemaker"
_FILES_OF_A_PROCESS = 100
"""Files that take longer to check than it takes to start another process."""


def run(arguments: argparse.Namespace) -> int:
    """Check the files, write their problems, and return 1 if there are any."""
    selection = rules_selected(arguments)
    files = source.files(arguments.files, source.CODE)
    problems = _all_problems(files, selection)
    return write_report(problems, len(files), arguments, formats=CODE_FORMATS)


def _all_problems(files: Sequence[str], selection: RuleSelection) -> list[Problem]:
    relevant = [file for file in files if file == source.STDIN or _mentions_sagemaker(file)]
    check = partial(_problems, selection=selection)
    workers = min(len(relevant) // _FILES_OF_A_PROCESS, os.cpu_count() or 1)
    if workers < 2:
        return [problem for file in relevant for problem in check(file)]
    with ProcessPoolExecutor(workers) as pool:
        checked = pool.map(check, relevant, chunksize=10)
        return [problem for problems in checked for problem in problems]


def _mentions_sagemaker(file: str) -> bool:
    """Return whether a file can have a client of SageMaker: most files are not parsed."""
    try:
        return _MENTIONED in source.content(file).lower()
    except Unreadable:  # reported when it is checked
        return True


def _problems(file: str, selection: RuleSelection) -> list[Problem]:
    try:
        return problems_of.file(file, source.content(file), selection)
    except Unreadable as error:
        return [problems_of.unreadable(file, error)]
