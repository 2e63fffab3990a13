"""From shapes to what boto3 and JSON take: documented names and plain values."""

from __future__ import annotations

import base64
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sagemaker_typed.core.schema.enums import OpenEnum

if TYPE_CHECKING:
    from sagemaker_typed.core.shapes.shape import Shape


def members(shape: Shape) -> dict[str, Any]:
    """What is set in a shape, under documented names. ``False``, ``0`` and empty lists are set."""
    values = shape.__dict__
    return {
        member.documented: plain(values[name])
        for name, member in type(shape).__members__.items()
        if values.get(name) is not None
    }


def plain(value: Any) -> Any:
    """A value as boto3 takes it: lists, dicts, strings, numbers, bytes and datetimes."""
    kind = type(value)
    if kind is str or kind is int or kind is bool or kind is float:
        return value
    if hasattr(kind, "__members__") and not isinstance(value, str):
        return members(value)
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {plain(key): plain(item) for key, item in value.items()}
    if isinstance(value, OpenEnum):
        return value.value
    return value


def to_json_value(value: Any) -> Any:
    """What JSON cannot hold by itself: moments as ISO 8601, bytes as base64."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    raise TypeError(f"a {type(value).__name__} cannot be written as JSON")
