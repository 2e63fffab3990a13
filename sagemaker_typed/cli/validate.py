"""``sagemaker-typed validate``."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, get_args

from sagemaker_typed import rules
from sagemaker_typed.cli import source
from sagemaker_typed.cli.check import Rules, check, unreadable
from sagemaker_typed.cli.document import Unreadable
from sagemaker_typed.cli.faults import Fault, Grade, UsageError
from sagemaker_typed.cli.names import operation_in, request_of
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
    faults = [fault for file in files for fault in _faults(file, request, wanted)]
    sys.stdout.write(FORMATS[given.format](faults, painter(sys.stdout)))
    if not given.quiet and given.format == "text":
        sys.stdout.flush()
        sys.stderr.write(_summary(faults, len(files)))
    failing = {"error", "warning"} if given.strict else {"error"}
    return int(any(fault.grade in failing for fault in faults))


def _rules(given: argparse.Namespace) -> Rules:
    grades: tuple[Grade, ...] = get_args(Grade)
    off = tuple(given.ignore)
    for each in off:
        try:
            rules.get(each)
        except ValueError as error:
            raise UsageError(str(error)) from None
    return Rules(grades if given.advice else ("error", "warning"), off)


def _faults(file: str, request: type[Request[object]] | None, wanted: Rules) -> list[Fault]:
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


def _summary(faults: list[Fault], files: int) -> str:
    count = Counter(fault.grade for fault in faults)
    stated = [_number(count[grade], _NOUNS[grade]) for grade in get_args(Grade) if count[grade]]
    faulty = len({fault.file for fault in faults})
    if not stated:
        return f"{_number(files, 'file')}, no faults\n"
    return f"{', '.join(stated)} in {faulty} of {_number(files, 'file')}\n"


_NOUNS = {"error": "error", "warning": "warning", "advice": "piece of advice"}


def _number(count: int, noun: str) -> str:
    if count == 1:
        return f"1 {noun}"
    return f"{count:,} {'pieces of advice' if noun == _NOUNS['advice'] else noun + 's'}"
