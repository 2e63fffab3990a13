"""Writes problems for people, for programs and for GitHub."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, TypeAlias

from sagemaker_typed.cli.source import STDIN
from sagemaker_typed.cli.terminal import printable

if TYPE_CHECKING:
    from sagemaker_typed.cli.problems import Problem
    from sagemaker_typed.cli.terminal import Paint

Format: TypeAlias = "Callable[[Sequence[Problem], Paint], str]"

_COLOURS = {"error": "red", "warning": "yellow", "advice": "cyan"}
_COMMANDS = {"error": "error", "warning": "warning", "advice": "notice"}


def text(problems: Sequence[Problem], paint: Paint) -> str:
    """Write one line for each problem, as compilers do."""
    return "".join(f"{_line(problem, paint)}\n" for problem in problems)


def _line(problem: Problem, paint: Paint) -> str:
    place = paint("bold", f"{_name(problem.file)}:{problem.line}:{problem.column}:")
    severity = paint(_COLOURS[problem.severity], f"{problem.severity}:")
    return f"{place} {severity} {_message(problem)} {paint('dim', f'[{problem.code}]')}"


def _message(problem: Problem) -> str:
    return f"{problem.path}: {problem.message}" if problem.path else problem.message


def _name(file: str) -> str:
    return "<stdin>" if file == STDIN else printable(file, 4096)


def as_json(problems: Sequence[Problem], _: Paint) -> str:
    """Write a JSON list with an object for each problem."""
    lines = ",\n".join(f"  {json.dumps(asdict(problem))}" for problem in problems)
    return f"[\n{lines}\n]\n" if lines else "[]\n"


def github(problems: Sequence[Problem], _: Paint) -> str:
    """Write workflow commands, which GitHub shows beside the line."""
    return "".join(
        f"::{_COMMANDS[problem.severity]} file={_property(problem.file)},line={problem.line},"
        f"col={problem.column},title={_property(f'sagemaker-typed {problem.code}')}"
        f"::{_data(_message(problem))}\n"
        for problem in problems
    )


def _data(message: str) -> str:
    return message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


FORMATS: Mapping[str, Format] = {"text": text, "json": as_json, "github": github}
