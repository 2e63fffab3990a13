"""JMESPath over documented names, evaluated on the attributes of typed shapes.

Service models use it to locate a page's items and tokens and the value that a waiter checks. The
parts of the language that they use are supported: names, ``a.b``, ``a[]``, ``a[*]``, ``a[0]``,
``a[-1]`` and ``a || b``.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from sagemaker_typed.core.schema.walk import field_of
from sagemaker_typed.core.shapes.shape import Shape

Query: TypeAlias = "Callable[[object], object]"
"""Finds a value in a shape; returns ``None`` if it is missing."""

_STEP = re.compile(r"""(?P<name>\w+|"[^"]+")(?:\[(?P<index>-?\d+|\*|)\])?""")


@functools.cache
def query(expression: str) -> Query:
    """Compile a JMESPath expression."""
    choices = [_steps(choice.strip(), expression) for choice in expression.split("||")]

    def find(value: object) -> object:
        results = (_walk(value, steps) for steps in choices)
        return next((each for each in results if each is not None and each != ()), None)

    return find


_Step: TypeAlias = tuple[str, str | None]  # a documented name, and the index into a list


def _steps(text: str, expression: str) -> tuple[_Step, ...]:
    steps = [_STEP.fullmatch(part) for part in text.split(".")]
    if None in steps:
        raise ValueError(f"{expression!r} uses JMESPath that shapes do not support")
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
