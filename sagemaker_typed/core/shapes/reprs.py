"""The ``repr`` of a shape: one line if it fits, otherwise one member per line.

The text is Python code that builds an equal shape, except for secrets and for shortened values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from pydantic import BaseModel

WIDTH = 88
LONGEST_TEXT = 2000  # characters: more than a presigned URL, less than a pipeline's definition
LONGEST_BYTES = 200
MOST_ITEMS = 50  # of a list or map


def format_shape(shape: object) -> str:
    """Return the ``repr`` of a shape."""
    return _format(shape, indent=0, used=0)


def _format(value: object, *, indent: int, used: int) -> str:
    """Return a value's text; the first line already has ``used`` columns."""
    opening, parts, closing = _split(value)
    flat = format_inline(value)
    if not parts or used + len(flat) <= WIDTH:
        return flat
    deeper = indent + 4
    lines = [
        # the comma that follows needs a column too
        f"{' ' * deeper}{name}{_format(part, indent=deeper, used=deeper + len(name) + 1)},"
        for name, part in parts
    ]
    return "\n".join([opening, *lines, f"{' ' * indent}{closing}"])


def format_inline(value: object) -> str:
    """Return a value's text in a single line, for use in a sentence."""
    opening, parts, closing = _split(value)
    inner = ", ".join(f"{name}{format_inline(part)}" for name, part in parts)
    comma = "," if isinstance(value, tuple) and len(value) == 1 else ""
    return f"{opening}{inner}{comma}{closing}"


def _split(value: object) -> tuple[str, list[tuple[str, object]], str]:
    """Return the opening text of a value, its parts with their labels, and the closing text."""
    if isinstance(value, BaseModel):
        members = [(f"{name}=", member) for name, member in value.__repr_args__()]
        return f"{type(value).__name__}(", members, ")"
    if isinstance(value, tuple):
        return "(", list(_first((("", item) for item in value), len(value))), ")"
    if isinstance(value, Mapping):
        pairs = ((f"{key!r}: ", part) for key, part in value.items())
        return "{", list(_first(pairs, len(value))), "}"
    return _leaf(value), [], ""


def _first(parts: Iterable[tuple[str, object]], count: int) -> Iterator[tuple[str, object]]:
    yield from islice(parts, MOST_ITEMS)
    if count > MOST_ITEMS:
        yield "", _Omitted(f"<and {count - MOST_ITEMS} more>")


class _Omitted(str):
    """Text in place of the items that are left out."""

    __slots__ = ()


def _leaf(value: object) -> str:
    if isinstance(value, _Omitted):
        return str(value)
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        return f"<{value[:LONGEST_TEXT]!r}... of {len(value)} characters>"
    if isinstance(value, bytes) and len(value) > LONGEST_BYTES:
        return f"<{value[:LONGEST_BYTES]!r}... of {len(value)} bytes>"
    return repr(value)
