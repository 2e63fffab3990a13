"""Calculates with constants, as far as that is quick."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable
from typing import Any

from sagemaker_typed.cli.boto3_code.values import UNKNOWN, Const, Unknown, Value

_OPERATORS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv,
    ast.Div: operator.truediv,
    ast.Mod: operator.mod,
}
_NUMBERS = (int, float)
_LARGEST = 10**12
_LONGEST = 100_000


_PLACEHOLDER = re.compile(r"<[^<>]+>")


def is_placeholder(value: Value) -> bool:
    """Return whether a constant stands for text that the user of the program fills in."""
    return (
        isinstance(value, Const)
        and isinstance(value.value, str)
        and _PLACEHOLDER.search(value.value) is not None
    )


def is_blank(value: Value) -> bool:
    """Return whether a value is an empty string, which a variable has until it is filled in."""
    return isinstance(value, Const) and isinstance(value.value, str) and not value.value.strip()


def is_text(value: Value) -> bool:
    """Return whether a value is a string, known or not."""
    if isinstance(value, Const):
        return isinstance(value.value, str)
    return isinstance(value, Unknown) and value.type is str


def calculated(op: ast.operator, left: Value, right: Value, node: ast.expr) -> Value:
    """Return the result of an operation on two values."""
    if isinstance(left, Const) and isinstance(right, Const):
        value = _of_constants(op, left.value, right.value)
        if value is not None:
            return Const(value, node)
    if is_text(left) and (isinstance(op, ast.Mod) or (isinstance(op, ast.Add) and is_text(right))):
        return Unknown(str, node)
    return UNKNOWN


def _of_constants(op: ast.operator, left: object, right: object) -> object:
    """Return the result for small operands; ``None`` for others."""
    if isinstance(left, bool) or isinstance(right, bool):
        return None
    if isinstance(left, _NUMBERS) and isinstance(right, _NUMBERS):
        if isinstance(op, ast.Pow):
            return _power(left, right)
        if abs(left) > _LARGEST or abs(right) > _LARGEST:
            return None
    elif isinstance(left, str) and isinstance(right, str) and isinstance(op, ast.Add):
        if len(left) + len(right) > _LONGEST:
            return None
    elif isinstance(left, str) and isinstance(right, int) and isinstance(op, ast.Mult):
        if len(left) * max(right, 0) > _LONGEST:
            return None
    else:
        return None
    calculate = _OPERATORS.get(type(op))
    try:
        result: object = None if calculate is None else calculate(left, right)
    except (ArithmeticError, ValueError):
        return None
    return result


def _power(left: float, right: float) -> object:
    if isinstance(left, int) and isinstance(right, int) and 0 <= right <= 60 and abs(left) <= 1024:
        return left**right
    return None
