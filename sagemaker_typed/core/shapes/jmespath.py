"""JMESPath over documented names, walked as attributes of typed shapes.

Service models say with it where a page's items and tokens are and what a waiter looks at. The
parts of the language that they use are here: names, ``a.b``, ``a[]``, ``a[*]``, ``a[0]``,
``a[-1]`` and ``a || b``.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from sagemaker_typed.core.shapes.shape import Shape

Path: TypeAlias = "Callable[[object], object]"
"""Finds a value in a shape; ``None`` where it is not."""

_STEP = re.compile(r"""(?P<name>\w+|"[^"]+")(?:\[(?P<index>-?\d+|\*|)\])?""")


@functools.cache
def path(expression: str) -> Path:
    """Make a path of a JMESPath expression."""
    choices = [_steps(choice.strip(), expression) for choice in expression.split("||")]

    def find(value: object) -> object:
        found = (_walk(value, steps) for steps in choices)
        return next((one for one in found if one is not None and one != ()), None)

    return find


@functools.cache
def field_of(shape: type[Shape], documented: str) -> str | None:
    """The field that holds the member documented under this name."""
    return next(
        (name for name, one in shape.__members__.items() if one.documented == documented), None
    )


_Step: TypeAlias = tuple[str, str | None]  # a documented name, and what of a list is meant


def _steps(text: str, expression: str) -> tuple[_Step, ...]:
    steps = [_STEP.fullmatch(part) for part in text.split(".")]
    if None in steps:
        raise ValueError(f"{expression!r} is JMESPath of a kind that shapes cannot be asked with")
    return tuple((step["name"].strip('"'), step["index"]) for step in steps if step)


def _walk(value: object, steps: tuple[_Step, ...]) -> object:
    for position, (name, index) in enumerate(steps):
        field = field_of(type(value), name) if isinstance(value, Shape) else None
        value = None if field is None else getattr(value, field)
        if index is None or value is None:
            continue
        items = value if isinstance(value, tuple) else ()
        if index in ("", "*"):
            return tuple(_flat(_walk(item, steps[position + 1 :]) for item in items))
        value = items[int(index)] if -len(items) <= int(index) < len(items) else None
    return value


def _flat(values: Iterator[object]) -> Iterator[object]:
    for value in values:
        if isinstance(value, tuple):
            yield from value
        elif value is not None:
            yield value
