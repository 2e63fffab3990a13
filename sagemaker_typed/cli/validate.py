"""``sagemaker-typed validate``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sagemaker_typed.cli import source, templates
from sagemaker_typed.cli.checker import check, check_definition, check_resources, unreadable
from sagemaker_typed.cli.names import operation_in, request_of
from sagemaker_typed.cli.report import write_report
from sagemaker_typed.cli.selection import rules_selected
from sagemaker_typed.cli.terminal import printable
from sagemaker_typed.core.files.parsed_file import ParsedFile, Unreadable, only_request
from sagemaker_typed.rules._pipeline_definition import is_definition

if TYPE_CHECKING:
    import argparse

    from sagemaker_typed.cli.checker import RuleSelection
    from sagemaker_typed.cli.problems import Problem
    from sagemaker_typed.core.shapes.shape import Request

AUTO = "auto"


def run(arguments: argparse.Namespace) -> int:
    """Check the files, write their problems, and return 1 if there are any."""
    request = None if arguments.operation == AUTO else request_of(arguments.operation)
    selection = rules_selected(arguments)
    files = source.files(arguments.files)
    notes: list[str] = []
    problems = [p for file in files for p in _problems(file, request, selection, notes)]
    return write_report(problems, len(files), arguments, notes)


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
        if request is None and is_definition(documents[0].value):
            notes.append(f"{printable(file)}: a pipeline definition\n")
            return check_definition(file, only_request(documents), selection)
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
