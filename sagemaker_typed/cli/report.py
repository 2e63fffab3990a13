"""Faults as people, programs and GitHub read them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, TypeAlias

from sagemaker_typed.cli.faults import printable
from sagemaker_typed.cli.source import STDIN

if TYPE_CHECKING:
    from sagemaker_typed.cli.faults import Fault
    from sagemaker_typed.cli.terminal import Paint

Format: TypeAlias = "Callable[[Sequence[Fault], Paint], str]"

_COLOURS = {"error": "red", "warning": "yellow", "advice": "cyan"}
_COMMANDS = {"error": "error", "warning": "warning", "advice": "notice"}


def text(faults: Sequence[Fault], paint: Paint) -> str:
    """One line each, as compilers write them and editors follow."""
    return "".join(f"{_line(fault, paint)}\n" for fault in faults)


def _line(fault: Fault, paint: Paint) -> str:
    place = paint("bold", f"{_name(fault.file)}:{fault.line}:{fault.column}:")
    grade = paint(_COLOURS[fault.grade], f"{fault.grade}:")
    return f"{place} {grade} {_message(fault)} {paint('dim', f'[{fault.code}]')}"


def _message(fault: Fault) -> str:
    return f"{fault.path}: {fault.message}" if fault.path else fault.message


def _name(file: str) -> str:
    return "<stdin>" if file == STDIN else printable(file, 4096)


def as_json(faults: Sequence[Fault], _: Paint) -> str:
    """A JSON list with an object each."""
    lines = ",\n".join(f"  {json.dumps(asdict(fault))}" for fault in faults)
    return f"[\n{lines}\n]\n" if lines else "[]\n"


def github(faults: Sequence[Fault], _: Paint) -> str:
    """Workflow commands, which GitHub shows beside the line."""
    return "".join(
        f"::{_COMMANDS[fault.grade]} file={_property(fault.file)},line={fault.line},"
        f"col={fault.column},title={_property(f'sagemaker-typed {fault.code}')}"
        f"::{_data(_message(fault))}\n"
        for fault in faults
    )


def _data(message: str) -> str:
    return message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


FORMATS: Mapping[str, Format] = {"text": text, "json": as_json, "github": github}
