"""Writes problems for people, for programs, for GitHub and as SARIF."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, get_args
from urllib.parse import quote

from sagemaker_typed.cli.problems import Severity
from sagemaker_typed.cli.source import STDIN
from sagemaker_typed.cli.terminal import painter, printable

if TYPE_CHECKING:
    import argparse

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
    return _json_list([asdict(problem) for problem in problems])


_FINDING = ("file", "line", "column", "code", "path", "message")


def findings(problems: Sequence[Problem], _: Paint) -> str:
    """Write a JSON list with the documented keys of each problem in code."""
    return _json_list([{key: getattr(each, key) for key in _FINDING} for each in problems])


def _json_list(objects: Sequence[Mapping[str, object]]) -> str:
    lines = ",\n".join(f"  {json.dumps(each)}" for each in objects)
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


_LEVELS = {"error": "error", "warning": "warning", "advice": "note"}
_SARIF = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


def sarif(problems: Sequence[Problem], _: Paint) -> str:
    """Write a log of SARIF 2.1.0, which code scanning and editors read."""
    from sagemaker_typed import __version__

    codes = sorted({problem.code for problem in problems})
    driver = {
        "name": "sagemaker-typed",
        "version": __version__,
        "rules": [{"id": code} for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, codes.index(problem.code)) for problem in problems],
    }
    log = {"$schema": _SARIF, "version": "2.1.0", "runs": [run]}
    return f"{json.dumps(log, indent=2)}\n"


def _result(problem: Problem, rule: int) -> Mapping[str, Any]:
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(problem.file)},
            "region": {"startLine": problem.line, "startColumn": problem.column},
        }
    }
    if problem.path:
        location["logicalLocations"] = [{"fullyQualifiedName": problem.path}]
    return {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": _LEVELS[problem.severity],
        "message": {"text": _message(problem)},
        "locations": [location],
    }


def _uri(file: str) -> str:
    """Return a file as a URI: relative if its name is."""
    if file == STDIN:
        return "stdin"
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix(), errors="replace")


FORMATS: Mapping[str, Format] = {
    "text": text,
    "json": as_json,
    "github": github,
    "sarif": sarif,
}
CODE_FORMATS: Mapping[str, Format] = {**FORMATS, "json": findings}
"""The formats of problems in code."""


def write_report(
    problems: Sequence[Problem],
    files: int,
    arguments: argparse.Namespace,
    notes: Sequence[str] = (),
    formats: Mapping[str, Format] = FORMATS,
) -> int:
    """Write the problems, and a closing line for people; return the exit status."""
    sys.stdout.write(formats[arguments.format](problems, painter(sys.stdout)))
    if not arguments.quiet and arguments.format == "text":
        sys.stdout.flush()
        sys.stderr.write("".join([*notes, _summary(problems, files)]))
    failing = {"error", "warning"} if arguments.strict else {"error"}
    return int(any(problem.severity in failing for problem in problems))


def _summary(problems: Sequence[Problem], files: int) -> str:
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
