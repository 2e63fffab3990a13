"""The responses of a script: whole ones are checked, and partial ones are completed."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from pydantic_core import ValidationError

from sagemaker_typed.core.errors import UNMODELLED
from sagemaker_typed.core.schema import facts
from sagemaker_typed.core.schema.walk import find_member
from sagemaker_typed.core.shapes.shape import Response, Shape
from sagemaker_typed.core.suggest import did_you_mean, quoted
from sagemaker_typed.testing.examples import example
from sagemaker_typed.testing.operations import response_class
from sagemaker_typed.testing.replies import Broken, Failure, Raw

if TYPE_CHECKING:
    from sagemaker_typed.core.shapes.shape import Request


class Partial:
    """Some members of a response, which the smallest valid response completes.

    Raises ``pydantic.ValidationError`` for members that no response can have.
    """

    def __init__(self, request: type[Request[Any]], members: Mapping[str, object]) -> None:
        self._response: Final = response_class(request)
        self._members: Final = dict[str, object]()
        self._stream_members: Final = dict[str, object]()
        if self._response is None and members:
            method = request.__operation__.method
            raise TypeError(f"{method} returns nothing, so it has no {quoted(members)}")
        for name, value in members.items():
            known = find_member(self._response, name) if self._response else None
            if known is None or not _is_stream(known[1].kind):
                self._members[name] = value
                continue
            self._stream_members[known[1].documented] = _repeatable(known[1].kind, value)
            if isinstance(value, Mapping) and "content_type" not in members:
                self._set_json()

    def _set_json(self) -> None:
        if self._response is not None and find_member(self._response, "ContentType"):
            self._members["ContentType"] = "application/json"

    def complete(self, sent: Request[Any] | None = None) -> Mapping[str, Any]:
        """Return the response by documented names.

        A required member has the value of a member of the request with the same name.
        """
        if self._response is None:
            return {}
        shape: Shape = example(self._response, **self._members)
        if sent is not None and (echoed := self._echoed(self._response, sent)):
            # members of one name may have different limits
            with contextlib.suppress(ValidationError):
                shape = example(self._response, **self._members, **echoed)
        return {**shape.to_boto(), **self._stream_members}

    def _echoed(self, response: type[Response], sent: Request[Any]) -> dict[str, object]:
        values = dict[str, object]()
        for field, member in response.__members__.items():
            same = find_member(type(sent), member.documented)
            if not (member.required and same) or _is_stream(member.kind):
                continue
            value = getattr(sent, same[0])
            if value is not None and not {field, member.documented} & self._members.keys():
                values[field] = value
        return values


def _is_stream(kind: facts.Kind) -> bool:
    return isinstance(kind, facts.EventStream) or (isinstance(kind, facts.Blob) and kind.streaming)


def _repeatable(kind: facts.Kind, value: object) -> object:
    """Return the value of a stream in a form that can be sent several times."""
    if isinstance(value, Mapping) and isinstance(kind, facts.Blob):
        return json.dumps(value)
    if isinstance(value, Broken):
        return Broken(tuple(value.parts))
    read = getattr(value, "read", None)
    if read is not None:
        return read()
    if isinstance(value, (bytes, bytearray, str, Mapping, Shape)) or not isinstance(
        value, Iterable
    ):
        return value
    return tuple(value)


def checked(request: type[Request[Any]], reply: object) -> object:
    """Return a reply as documented members, or another reply as it is.

    Raises ``TypeError`` and ``ValueError`` with what is expected.
    """
    response = response_class(request)
    expected = response.__name__ if response else "None"
    method = request.__operation__.method
    if isinstance(reply, Response):
        if response is None or not isinstance(reply, response):
            raise TypeError(f"{method} returns {expected}, not {type(reply).__name__}")
        return reply.to_boto()
    if isinstance(reply, Mapping):
        for key in reply:
            _check_documented(method, response, key)
        return reply
    if isinstance(reply, Failure):
        documented = {*request.__operation__.errors, *UNMODELLED}
        if reply.code not in documented and (hint := did_you_mean(reply.code, documented)):
            raise ValueError(f"{method} documents no error code {reply.code!r}{hint}")
        return reply
    if isinstance(reply, (Raw, Exception)):
        return reply
    hint = "; give a broken body as a member: body=Broken(...)" if isinstance(reply, Broken) else ""
    raise TypeError(
        f"expected {expected}, a mapping, Failure, Raw or an exception as the reply of {method},"
        f" got a {type(reply).__name__}{hint}"
    )


def _check_documented(method: str, response: type[Response] | None, key: object) -> None:
    members = response.__members__ if response else {}
    member = members.get(str(key))
    if member is not None:
        raise ValueError(
            f"a mapping has documented names: {member.documented!r}, not {key!r}; for Python names"
            f" use keywords: respond({method!r}, {key}=...)"
        )
    documented = [each.documented for each in members.values()]
    if key not in documented and (hint := did_you_mean(key, documented)):
        raise ValueError(f"{method} returns no member {key!r}{hint}")
