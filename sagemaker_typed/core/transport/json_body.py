"""The body of a request in AWS's JSON protocol, byte for byte as botocore writes it."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from sagemaker_typed.core.shapes.shape import Request


def write(request: Request[Any]) -> bytes | None:
    """Write a request as JSON; ``None`` if boto3 must write or refuse it.

    The text of a timestamp and of a NaN depends on the version of botocore. A shape that was read
    from a response may lack a required member.
    """
    try:
        return _JSON.encode(request).encode("ascii")
    except (TypeError, ValueError):
        return None


def _jsonable(value: object) -> object:
    """Return the set members of a shape, or bytes as base64."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    members = getattr(type(value), "__members__", None)
    if members is None:
        raise TypeError(type(value).__name__)
    values = vars(value)
    written = {}
    for name, member in members.items():
        member_value = values.get(name)
        if member_value is not None:
            written[member.documented] = member_value
        elif member.required:
            raise ValueError(member.documented)
    return written


_JSON: Final = json.JSONEncoder(allow_nan=False, default=_jsonable)
