"""What a client's method takes for a request whose body is not JSON by itself but plain bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

from sagemaker_typed.core.validation import messages

if TYPE_CHECKING:
    from sagemaker_typed.core.shapes.shape import Shape

Payload: TypeAlias = "bytes | bytearray | str | Mapping[str, object] | Sequence[object] | float"
"""Bytes as they are, a string as UTF-8, anything else as the JSON that it stands for."""

_CONTENT_TYPE = "content_type"


def encode(shape: type[Shape], members: dict[str, Any], field: str) -> None:
    """Make bytes of what is given for ``field``.

    JSON says so in the content type, unless something else is said there. Raises
    ``pydantic.ValidationError`` for what is no JSON value; the value itself stays out of it.
    """
    value = members.get(field)
    if value is None or isinstance(value, (bytes, bytearray, memoryview)) or hasattr(value, "read"):
        return
    if isinstance(value, str):
        members[field] = value.encode()
        return
    try:
        members[field] = json.dumps(value, allow_nan=False).encode()
    except (TypeError, ValueError) as error:
        reason = str(error)
    else:
        if _CONTENT_TYPE in shape.__members__ and members.get(_CONTENT_TYPE) is None:
            members[_CONTENT_TYPE] = "application/json"
        return
    problem = PydanticCustomError(
        "payload",
        "{documented}: Input should be bytes, a string or a JSON value: {reason}",
        {"documented": shape.__members__[field].documented, "reason": reason},
    )
    fault = InitErrorDetails(type=problem, loc=(field,), input=messages.SECRET)
    raise ValidationError.from_exception_data(shape.__name__, [fault])
