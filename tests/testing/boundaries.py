"""The limits of a shape's members, and those that a value reaches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sized
from typing import Any

from sagemaker_typed import Shape
from sagemaker_typed.core.schema import facts
from sagemaker_typed.core.schema.walk import exclusive_members
from tests.shapes.regex_samples import parser

# Python cannot parse these; each has the width of one character at most.
PYTHON = re.compile(r"\\p\{.\}|\(\?-u:\\b\)|\\z")
Limit = tuple[str, str]
"""A path to a value, and the limit: the least, the greatest, set, not set, or a listed value."""


def limits(shape: type[Shape]) -> Iterator[Limit]:
    """Yield the limits of each member of a shape, and of the items of its lists and maps."""
    exclusive = exclusive_members(shape)
    for name, member in shape.__members__.items():
        if not member.required:
            yield name, "set"
            if len(exclusive) != 1 or member.documented not in exclusive:
                yield name, "not set"
        for path, kind in _kinds(name, member.kind):
            for end in ("min", "max"):
                if getattr(kind, end, None) is not None and _is_possible(kind, end):
                    yield path, end


def _is_possible(kind: Any, end: str) -> bool:
    """Return whether the pattern of a string allows the length."""
    if not isinstance(kind, facts.String) or kind.pattern is None:
        return True
    least, most = parser.parse(PYTHON.sub(".", kind.pattern)).getwidth()
    return bool(least <= kind.min) if end == "min" and kind.min is not None else kind.max <= most


def reached(value: Shape) -> Iterator[Limit]:
    """Yield the limits that the members of a value reach."""
    for name, member in type(value).__members__.items():
        inner = getattr(value, name)
        if not member.required:
            yield name, "not set" if inner is None else "set"
        if inner is not None:
            yield from _reached(name, member.kind, inner)


def _kinds(path: str, kind: Any) -> Iterator[tuple[str, Any]]:
    yield path, kind
    for part in ("item", "key", "value"):
        if hasattr(kind, part):
            yield from _kinds(f"{path} {part}", getattr(kind, part))


def _reached(path: str, kind: Any, value: Any) -> Iterator[Limit]:
    measure = len(value) if isinstance(value, Sized) and not isinstance(value, Shape) else value
    for end in ("min", "max"):
        if getattr(kind, end, None) is not None and measure == getattr(kind, end):
            yield path, end
    if isinstance(kind, facts.List):
        for item in value:
            yield from _reached(f"{path} item", kind.item, item)
    elif isinstance(kind, facts.Map):
        for key, item in value.items():
            yield from _reached(f"{path} key", kind.key, key)
            yield from _reached(f"{path} value", kind.value, item)
