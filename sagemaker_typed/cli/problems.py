"""What the command says of a request file, and of how it was called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Severity: TypeAlias = Literal["error", "warning", "advice"]

SHOWN = 200
"""Characters of anything from a file that are shown at once."""


class UsageError(Exception):
    """The command cannot do what it was asked; exit status 2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong, and where."""

    file: str
    line: int
    column: int
    severity: Severity
    path: str
    """The member in documented names, ``ProductionVariants[0].InstanceType``."""
    python_path: str
    """The same place as a program writes it."""
    message: str
    code: str
    """Pydantic's type of problem, or the id of a rule."""


def printable(text: str, limit: int = SHOWN) -> str:
    """Text of a file as it may go to a terminal: on one line, no control characters, not long."""
    shown = text if len(text) <= limit else f"{text[: limit - 3]}..."
    if shown.isprintable():
        return shown
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii")
        for char in shown
    )
