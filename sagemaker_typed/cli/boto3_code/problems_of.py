"""The problems of the boto3 code in a file."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from sagemaker_typed.cli import checker
from sagemaker_typed.cli.boto3_code import arguments, clients, source_code
from sagemaker_typed.cli.problems import Problem
from sagemaker_typed.cli.terminal import printable
from sagemaker_typed.core.files import json_reader
from sagemaker_typed.core.files.parsed_file import Unreadable, line_and_column
from sagemaker_typed.core.schema.lookup import find_shape
from sagemaker_typed.core.suggest import did_you_mean

if TYPE_CHECKING:
    from sagemaker_typed.cli.boto3_code.results import Call, Misuse
    from sagemaker_typed.cli.boto3_code.source_code import SourceCode

_MOST_VALUES = 1_000_000
"""The most values in the JSON of a notebook, with its outputs."""


def file(name: str, content: bytes, selection: checker.RuleSelection) -> list[Problem]:
    """Return the problems of the boto3 code in a Python file or notebook.

    Raises ``Unreadable`` if it is neither.
    """
    code = read(name, content)
    analysis = clients.analyse(code)
    problems: dict[tuple[int, int, str, str], Problem] = {}
    for problem, statement in _all(name, code, analysis, selection):
        lines = {_code_line(code, problem), getattr(statement, "lineno", 0)}
        if not any(code.ignored(line, problem.code) for line in lines):
            problems.setdefault((problem.line, problem.column, problem.code, problem.path), problem)
    return sorted(problems.values(), key=lambda problem: (problem.line, problem.column))


def unreadable(name: str, error: Unreadable) -> Problem:
    """Return the warning about a file that is not read: another version of Python may read it."""
    return replace(checker.unreadable(name, error), severity="warning")


def read(name: str, content: bytes) -> SourceCode:
    """Parse a Python file or notebook. Raises ``Unreadable`` if it is neither."""
    if name.endswith(source_code.NOTEBOOK):
        text = content.decode("utf-8", "surrogateescape")
        return source_code.read_notebook(json_reader.read(text, _MOST_VALUES))
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        text = content.decode("utf-8" if encoding == "utf-8-sig" else encoding)
    except (SyntaxError, UnicodeDecodeError, LookupError) as error:
        raise Unreadable("", 0, f"not Python: {printable(str(error), 200)}") from None
    return source_code.read(text)


def _all(
    name: str,
    code: SourceCode,
    analysis: clients.Analysis,
    selection: checker.RuleSelection,
) -> Iterator[tuple[Problem, ast.stmt | None]]:
    for misuse in analysis.misuses:
        yield _misused(name, code, misuse), misuse.statement
    for call in analysis.calls:
        for problem in _of_call(name, code, call, selection):
            yield problem, call.statement


def _of_call(
    name: str, code: SourceCode, call: Call, selection: checker.RuleSelection
) -> Iterator[Problem]:
    document, alternatives = arguments.request_of(code, call)
    problems = checker.check_arguments(name, document, call.request, selection)
    for each in alternatives:
        problems += checker.check_value(name, each.document, call.request, each.path)
    first, last = call.node.lineno, call.node.end_lineno or call.node.lineno
    for problem in problems:
        if first <= _code_line(code, problem) <= last:
            yield problem
        else:  # the value is stated elsewhere
            line, _ = line_and_column(code.text, code.offset(call.node))
            message = f"{problem.message} (in the call of {call.method} on line {line})"
            yield replace(problem, message=message)


def _code_line(code: SourceCode, problem: Problem) -> int:
    return code.code_line(problem.line, problem.column)


def _misused(name: str, code: SourceCode, misuse: Misuse) -> Problem:
    offset = code.offset(misuse.node)
    if misuse.code == "unknown_method" and isinstance(misuse.node, ast.Attribute):
        offset = code.end(misuse.node) - len(misuse.name)
    line, column = line_and_column(code.text, offset)
    message, path = _message(misuse)
    return Problem(
        file=name,
        line=line,
        column=column,
        severity="error",
        path=printable(path),
        python_path="",
        message=printable(message, 1000),
        code=misuse.code,
    )


def _message(misuse: Misuse) -> tuple[str, str]:
    """Return the message, and the path if it is about a member."""
    service, name = misuse.service, misuse.name
    match misuse.code:
        case "positional":
            return f"{name}() takes keyword arguments only", ""
        case "response_key":
            shape = find_shape(service.package, misuse.of)
            members = [member.documented for member in shape.__members__.values()]
            return f"{misuse.of} has no member {name!r}{did_you_mean(name, members)}", name
        case "unknown_method":
            what, known = "method", service.methods()
        case "unknown_paginator":
            what, known = "paginator", sorted(service.pages())
        case "unknown_waiter":
            what, known = "waiter", sorted(service.waiters())
    return f"boto3's client of {service.name} has no {what} {name!r}{did_you_mean(name, known)}", ""
