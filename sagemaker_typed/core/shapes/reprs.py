"""How a shape is written for a person: in a line where it fits, else a member a line.

It is Python that makes the same shape again, but for secrets and for what is too long to be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from sagemaker_typed.core.shapes.shape import Shape

WIDTH = 88
LONGEST_TEXT = 2000  # characters: more than a presigned URL, less than a pipeline's definition
LONGEST_BYTES = 200
MOST_ITEMS = 50  # of a list or map


def written(shape: Shape) -> str:
    """The ``repr`` of a shape."""
    return _written(shape, indent=0, used=0)


def _written(value: object, *, indent: int, used: int) -> str:
    """A value's text, on whose first line so many columns are used."""
    opened, parts, closed = _apart(value)
    flat = in_a_line(value)
    if not parts or used + len(flat) <= WIDTH:
        return flat
    deeper = indent + 4
    lines = [
        # the comma that follows needs a column too
        f"{' ' * deeper}{name}{_written(part, indent=deeper, used=deeper + len(name) + 1)},"
        for name, part in parts
    ]
    return "\n".join([opened, *lines, f"{' ' * indent}{closed}"])


def in_a_line(value: object) -> str:
    """A value as it stands in a sentence."""
    opened, parts, closed = _apart(value)
    inner = ", ".join(f"{name}{in_a_line(part)}" for name, part in parts)
    comma = "," if isinstance(value, tuple) and len(value) == 1 else ""
    return f"{opened}{inner}{comma}{closed}"


def _apart(value: object) -> tuple[str, list[tuple[str, object]], str]:
    """What opens a value, its parts, each after what names it, and what closes it."""
    if isinstance(value, Shape):
        members = [(f"{name}=", held) for name, held in value.__repr_args__()]
        return f"{type(value).__name__}(", members, ")"
    if isinstance(value, tuple):
        return "(", list(_shown((("", item) for item in value), len(value))), ")"
    if isinstance(value, Mapping):
        pairs = ((f"{key!r}: ", held) for key, held in value.items())
        return "{", list(_shown(pairs, len(value))), "}"
    return _leaf(value), [], ""


def _shown(parts: Iterable[tuple[str, object]], count: int) -> Iterator[tuple[str, object]]:
    yield from islice(parts, MOST_ITEMS)
    if count > MOST_ITEMS:
        yield "", _Left(f"<and {count - MOST_ITEMS} more>")


class _Left(str):
    """What is said in place of what is left out."""

    __slots__ = ()


def _leaf(value: object) -> str:
    if isinstance(value, _Left):
        return str(value)
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        return f"<{value[:LONGEST_TEXT]!r}... of {len(value)} characters>"
    if isinstance(value, bytes) and len(value) > LONGEST_BYTES:
        return f"<{value[:LONGEST_BYTES]!r}... of {len(value)} bytes>"
    return repr(value)
