"""Text for the terminal: colours, width, and text of files that may hold anything."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import datetime
from typing import IO, TypeAlias

from sagemaker_typed.core.files.printable import SHOWN as SHOWN  # noqa: PLC0414  # for the commands
from sagemaker_typed.core.files.printable import printable as printable  # noqa: PLC0414

Paint: TypeAlias = Callable[[str, str], str]
"""Adds a style of ``_STYLES`` to a text, or returns the text as it is."""

_STYLES = {
    "bold": "1",
    "dim": "2",
    "red": "1;31",
    "green": "32",
    "yellow": "33",
    "blue": "34",
    "magenta": "35",
    "cyan": "36",
}


def painter(stream: IO[str]) -> Paint:
    """Return the painter for a stream: without colours unless it is a terminal that wants them."""
    unstyled = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not stream.isatty()
    return _unstyled if unstyled else _coloured


def _unstyled(_: str, text: str) -> str:
    return text


def _coloured(style: str, text: str) -> str:
    return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if text else text


def width() -> int:
    """Return the columns to write in; lines over a hundred columns are hard to read."""
    # a pseudo-terminal may report 0 columns
    return max(40, min(100, shutil.get_terminal_size((100, 24)).columns or 100))


def ago(time: datetime, now: datetime) -> str:
    """Return a time in words, such as ``3 hours ago``; after 30 days, its date."""
    seconds = (now - time).total_seconds()
    if not 0 <= seconds < 30 * 86_400:
        return f"{time:%Y-%m-%d}"
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        count = int(seconds // length)
        if count:
            return f"{count} {unit}{'s' if count > 1 else ''} ago"
    return "just now"
