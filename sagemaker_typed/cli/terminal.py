"""Text for the terminal: colours, width, and text of files that may hold anything."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from typing import IO, TypeAlias

Paint: TypeAlias = Callable[[str, str], str]
"""Adds a style of ``_STYLES`` to a text, or returns the text as it is."""

SHOWN = 200
"""The most characters of a file's content that are shown at once."""

_STYLES = {"bold": "1", "dim": "2", "red": "1;31", "green": "32", "yellow": "33", "cyan": "36"}


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


def printable(text: str, limit: int = SHOWN) -> str:
    """Return text of a file for a terminal: short, on one line and without control characters."""
    shown = text if len(text) <= limit else f"{text[: limit - 3]}..."
    if shown.isprintable():
        return shown
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii")
        for char in shown
    )
