"""Changes to the text of a program, at the places of its syntax nodes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sagemaker_typed.cli.boto3_code.source_code import SourceCode

Place: TypeAlias = tuple[int, int]
"""A line, from 1, and a column, from 0, in characters."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Text that replaces what is between two places."""

    start: Place
    end: Place
    text: str


def insert(at: Place, text: str) -> Edit:
    """Return an edit that only adds text."""
    return Edit(at, at, text)


def apply(code: SourceCode, edits: Iterable[Edit], *, notebook: bool) -> str:
    """Return the text of the file after the edits; an edit inside another one is left out.

    In a notebook, the new text is written as a part of its JSON strings.
    """
    text = code.text
    placed = [(offset(code, e.start), offset(code, e.end), e.text) for e in dict.fromkeys(edits)]
    replaced = [(start, end) for start, end, _ in placed if start < end]
    kept = [
        (start, end, new)
        for start, end, new in placed
        if not any(
            (outer < start and end < last) or (outer <= start < end <= last)
            for outer, last in replaced
            if (outer, last) != (start, end)
        )
    ]
    # at one place, insertions keep their order
    for start, end, new in sorted(kept, key=lambda each: each[:2])[::-1]:
        written = json.dumps(new, ensure_ascii=False)[1:-1] if notebook else new
        text = text[:start] + written + text[end:]
    return text


def offset(code: SourceCode, place: Place) -> int:
    """Return the offset of a place in the text of the file."""
    line, column = place
    start = code.offsets[line - 1]
    return start + column if isinstance(start, int) else start[min(column, len(start) - 1)]
