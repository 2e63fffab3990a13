"""``sagemaker-typed validate``."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, get_args

from sagemaker_typed import rules
from sagemaker_typed.cli import source
from sagemaker_typed.cli.checker import Rules, check, unreadable
from sagemaker_typed.cli.names import operation_in, request_of
from sagemaker_typed.cli.parsed_file import Unreadable
from sagemaker_typed.cli.problems import Problem, Severity, UsageError
from sagemaker_typed.cli.report import FORMATS
from sagemaker_typed.cli.terminal import painter

if TYPE_CHECKING:
    import argparse

    from sagemaker_typed.core.shapes.shape import Request

AUTO = "auto"


def run(given: argparse.Namespace) -> int:
    """Check the files, say what is wrong, and answer 1 if anything is."""
    request = None if given.operation == AUTO else request_of(given.operation)
    wanted = _rules(given)
    files = source.files(given.files)
    problems = [problem for file in files for problem in _problems(file, request, wanted)]
    sys.stdout.write(FORMATS[given.format](problems, painter(sys.stdout)))
    if not given.quiet and given.format == "text":
        sys.stdout.flush()
        sys.stderr.write(_summary(problems, len(files)))
    failing = {"error", "warning"} if given.strict else {"error"}
    return int(any(problem.severity in failing for problem in problems))


def _rules(given: argparse.Namespace) -> Rules:
    severities: tuple[Severity, ...] = get_args(Severity)
    off = tuple(given.ignore)
    for each in off:
        try:
            rules.get(each)
        except ValueError as error:
            raise UsageError(str(error)) from None
    return Rules(severities if given.advice else ("error", "warning"), off)


def _problems(file: str, request: type[Request[object]] | None, wanted: Rules) -> list[Problem]:
    try:
        wanted_request = request or _named(file)
        return check(file, source.read(file), wanted_request, wanted)
    except Unreadable as error:
        return [unreadable(file, error)]


def _named(file: str) -> type[Request[object]]:
    found = None if file == source.STDIN else operation_in(file)
    if found is None:
        raise Unreadable(
            "",
            0,
            "neither the file's name nor its folder names an operation, as create-model.json"
            " and create-model/churn.json do",
        )
    return found


def _summary(problems: list[Problem], files: int) -> str:
    count = Counter(problem.severity for problem in problems)
    stated = [
        _number(count[severity], _NOUNS[severity])
        for severity in get_args(Severity)
        if count[severity]
    ]
    faulty = len({problem.file for problem in problems})
    if not stated:
        return f"{_number(files, 'file')}, no problems\n"
    return f"{', '.join(stated)} in {faulty} of {_number(files, 'file')}\n"


_NOUNS = {"error": "error", "warning": "warning", "advice": "piece of advice"}


def _number(count: int, noun: str) -> str:
    if count == 1:
        return f"1 {noun}"
    return f"{count:,} {'pieces of advice' if noun == _NOUNS['advice'] else noun + 's'}"
