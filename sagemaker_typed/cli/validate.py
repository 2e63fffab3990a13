"""``sagemaker-typed validate``."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, get_args

from sagemaker_typed import rules
from sagemaker_typed.cli import source, templates
from sagemaker_typed.cli.checker import RuleSelection, check, check_resources, unreadable
from sagemaker_typed.cli.names import operation_in, request_of
from sagemaker_typed.cli.problems import Problem, Severity, UsageError
from sagemaker_typed.cli.report import FORMATS
from sagemaker_typed.cli.terminal import painter, printable
from sagemaker_typed.core.files.parsed_file import ParsedFile, Unreadable, only_request

if TYPE_CHECKING:
    import argparse

    from sagemaker_typed.core.shapes.shape import Request

AUTO = "auto"


def run(arguments: argparse.Namespace) -> int:
    """Check the files, write their problems, and return 1 if there are any."""
    request = None if arguments.operation == AUTO else request_of(arguments.operation)
    selection = _selection(arguments)
    files = source.files(arguments.files)
    notes: list[str] = []
    problems = [p for file in files for p in _problems(file, request, selection, notes)]
    sys.stdout.write(FORMATS[arguments.format](problems, painter(sys.stdout)))
    if not arguments.quiet and arguments.format == "text":
        sys.stdout.flush()
        sys.stderr.write("".join([*notes, _summary(problems, len(files))]))
    failing = {"error", "warning"} if arguments.strict else {"error"}
    return int(any(problem.severity in failing for problem in problems))


def _selection(arguments: argparse.Namespace) -> RuleSelection:
    severities: tuple[Severity, ...] = get_args(Severity)
    off = tuple(arguments.ignore)
    for rule in off:
        try:
            rules.get(rule)
        except ValueError as error:
            raise UsageError(str(error)) from None
    return RuleSelection(severities if arguments.advice else ("error", "warning"), off)


def _problems(
    file: str,
    request: type[Request[object]] | None,
    selection: RuleSelection,
    notes: list[str],
) -> list[Problem]:
    try:
        documents = source.read(file)
        if any(templates.kind_of(document.value) for document in documents):
            return _of_templates(file, documents, selection, notes)
        return check(file, only_request(documents), request or _named(file), selection)
    except Unreadable as error:
        return [unreadable(file, error)]


def _of_templates(
    file: str, documents: list[ParsedFile], selection: RuleSelection, notes: list[str]
) -> list[Problem]:
    """Check SageMaker's resources in templates and manifests, and note which these are."""
    resources = [each for document in documents for each in templates.resources(document)]
    kind = next(filter(None, (templates.kind_of(document.value) for document in documents)))
    if not resources:
        return check_resources(file, documents[0], selection)
    names = ", ".join(f"{each.name} as {each.request.__operation__.name}" for each in resources)
    notes.append(f"{printable(file)}: {kind}; checked {printable(names, 1000)}\n")
    return [
        problem
        for document in documents
        if templates.resources(document)
        for problem in check_resources(file, document, selection)
    ]


def _named(file: str) -> type[Request[object]]:
    request = None if file == source.STDIN else operation_in(file)
    if request is None:
        raise Unreadable(
            "",
            0,
            "neither the file's name nor its folder names an operation, as create-model.json"
            " and create-model/churn.json do",
        )
    return request


def _summary(problems: list[Problem], files: int) -> str:
    count = Counter(problem.severity for problem in problems)
    stated = [
        _number(count[severity], _NOUNS[severity])
        for severity in get_args(Severity)
        if count[severity]
    ]
    with_problems = len({problem.file for problem in problems})
    if not stated:
        return f"{_number(files, 'file')}, no problems\n"
    return f"{', '.join(stated)} in {with_problems} of {_number(files, 'file')}\n"


_NOUNS = {"error": "error", "warning": "warning", "advice": "piece of advice"}


def _number(count: int, noun: str) -> str:
    if count == 1:
        return f"1 {noun}"
    return f"{count:,} {'pieces of advice' if noun == _NOUNS['advice'] else noun + 's'}"
