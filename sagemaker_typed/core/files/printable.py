"""Text of files, which may hold anything, for messages."""

from __future__ import annotations

SHOWN = 200
"""The most characters of a file's content that are shown at once."""


def printable(text: str, limit: int = SHOWN) -> str:
    """Return text of a file for a terminal: short, on one line and without control characters."""
    shown = text if len(text) <= limit else f"{text[: limit - 3]}..."
    if shown.isprintable():
        return shown
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii")
        for char in shown
    )
