"""Converts shapes to the values that boto3 and JSON take, under documented names."""

from __future__ import annotations

import base64
from datetime import datetime
from typing import Any

from sagemaker_typed.core.schema.enums import OpenEnum


def members(shape: Any) -> dict[str, Any]:
    """Return the set members of a shape. ``False``, ``0`` and empty lists are set."""
    values = shape.__dict__
    return {
        member.documented: to_boto(values[name])
        for name, member in type(shape).__members__.items()
        if values.get(name) is not None
    }


def to_boto(value: Any) -> Any:
    """Return a value as boto3 takes it: lists, dicts, strings, numbers, bytes and datetimes."""
    kind = type(value)
    if kind is str or kind is int or kind is bool or kind is float:
        return value
    if hasattr(kind, "__members__") and not isinstance(value, str):
        return members(value)
    if isinstance(value, tuple):
        return [to_boto(item) for item in value]
    if isinstance(value, dict):
        return {to_boto(key): to_boto(item) for key, item in value.items()}
    if isinstance(value, OpenEnum):
        return value.value
    return value


def to_json_value(value: Any) -> Any:
    """Return a JSON value for what ``json`` cannot write: ISO 8601 datetimes and base64 bytes."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    raise TypeError(f"a {type(value).__name__} cannot be written as JSON")
