"""Colours and width of the terminal, where there is one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from typing import IO, TypeAlias

Paint: TypeAlias = Callable[[str, str], str]
"""Text in a style of ``_STYLES``, or as it was."""

_STYLES = {"bold": "1", "dim": "2", "red": "1;31", "green": "32", "yellow": "33", "cyan": "36"}


def painter(stream: IO[str]) -> Paint:
    """How to write to this stream: plain, unless it is a terminal that nobody asked to be plain."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not stream.isatty()
    return _plain if plain else _coloured


def _plain(_: str, text: str) -> str:
    return text


def _coloured(style: str, text: str) -> str:
    return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if text else text


def width() -> int:
    """Columns to write in; lines longer than a hundred are hard to read."""
    # a pseudo-terminal may say that it has none
    return max(40, min(100, shutil.get_terminal_size((100, 24)).columns or 100))
