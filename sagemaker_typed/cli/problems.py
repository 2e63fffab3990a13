"""The problems of request files, and of the command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Severity: TypeAlias = Literal["error", "warning", "advice"]


class UsageError(Exception):
    """The command line is wrong, or a file cannot be read; exit status 2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One problem, and its position in a file."""

    file: str
    line: int
    column: int
    severity: Severity
    path: str
    """The member in documented names, ``ProductionVariants[0].InstanceType``."""
    python_path: str
    """The same member in Python names."""
    message: str
    code: str
    """Pydantic's type of the error, or the id of a rule."""
