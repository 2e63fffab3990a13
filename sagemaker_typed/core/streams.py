"""Responses that arrive in parts: streaming bodies, and streams of typed events.

Both read through the object that boto3 returns, so that a handler or tracer that replaced or
wrapped it sees every read. If a stream breaks, the error has the last part that arrived.
"""

from __future__ import annotations

import io
import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from botocore.eventstream import EventStream as BotoEventStream
from botocore.eventstream import EventStreamBuffer, ParserError
from botocore.exceptions import BotoCoreError, EventStreamError
from botocore.response import StreamingBody
from typing_extensions import Self, override
from urllib3.exceptions import HTTPError

from sagemaker_typed.core import logs
from sagemaker_typed.core.errors import ServiceError, StreamBroken, combined, error_class
from sagemaker_typed.core.schema.facts import Structure
from sagemaker_typed.core.schema.lookup import find_shape

if TYPE_CHECKING:
    from sagemaker_typed.core.schema.protocols import AnyShape

EventT_co = TypeVar("EventT_co", covariant=True)

_CHUNK = 64 * 1024
_KEPT = 1024 * 1024
_BROKEN = (BotoCoreError, HTTPError, OSError, EOFError)


class Body(StreamingBody):
    """A streaming body; botocore's ``StreamingBody`` with ``text`` and ``json``.

    Attributes of the object that boto3 returned can be read here too.
    """

    def __init__(self, body: Any, operation: str) -> None:
        unchecked: Any = None  # the wrapped body checks the content length
        super().__init__(body, unchecked)
        self._body = body
        self._operation = operation

    @override
    def read(self, amt: int | None = None) -> bytes:
        """Read at most ``amt`` bytes, or all that is left.

        Raises ``StreamBroken`` if the connection breaks. Its ``received`` has the bytes that
        arrived and that no ``read`` has returned.
        """
        if amt is not None:
            return self._read_part(amt, [])
        read = self._body.read
        if getattr(read, "__func__", None) is not StreamingBody.read:  # a tracer's, or a mock
            try:
                return cast("bytes", read())
            except _BROKEN as error:
                raise _broken(self._operation, error, ()) from error
        parts: list[bytes] = []
        while part := self._read_part(_CHUNK, parts):
            parts.append(part)
        return b"".join(parts)

    def text(self, encoding: str = "utf-8") -> str:
        """Read all that is left, as text."""
        return self.read().decode(encoding)

    def json(self) -> Any:
        """Read all that is left, as a JSON value."""
        return json.loads(self.read())

    @override
    def __enter__(self) -> Self:  # pyright: ignore[reportMissingSuperCall]  # the raw stream
        return self

    @override
    def set_socket_timeout(self, timeout: float) -> None:
        """Set the timeout of reads, in seconds."""
        self._body.set_socket_timeout(timeout)

    def __getattr__(self, name: str) -> Any:
        if name == "_body":  # not set yet
            raise AttributeError(name)
        return getattr(self._body, name)

    def _read_part(self, amt: int, before: list[bytes]) -> bytes:
        try:
            return cast("bytes", self._body.read(amt))
        except _BROKEN as error:
            received = b"".join((*before, *self._rest()))
            raise _broken(self._operation, error, (received,) if received else ()) from error

    def _rest(self) -> Iterator[bytes]:
        """Yield the bytes that urllib3 had buffered when the connection broke."""
        amt = _CHUNK
        while amt:
            try:
                part = self._body.read(amt)
            except _BROKEN:
                part = b""
            if part:
                yield part
            else:
                amt //= 2


class EventStream(Generic[EventT_co]):
    """An iterator over the events of a response, each a typed shape, as they arrive.

    An error event raises the class of its code, which is a botocore ``EventStreamError`` too. A
    broken connection raises ``StreamBroken``. Either has the last events in ``received``.
    """

    keep: int = _KEPT
    """The number of bytes of the last events that ``received`` keeps; set it before iterating."""

    def __init__(self, stream: Iterable[Any], events: type[AnyShape], operation: str) -> None:
        self._stream = stream
        self._shapes = {
            member.documented: member.kind.name
            for member in events.__members__.values()
            if isinstance(member.kind, Structure)
        }
        self._package = events.__package_name__
        self._operation = operation
        self._kept: deque[tuple[EventT_co, int]] = deque()
        self._kept_size = 0
        self._events = self._read()

    @property
    def received(self) -> tuple[EventT_co, ...]:
        """The last events that have arrived, up to ``keep`` bytes."""
        return tuple(event for event, _ in self._kept)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> EventT_co:
        return next(self._events)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection, and drop the events that have not arrived."""
        close = getattr(self._stream, "close", None)
        if close is not None:
            close()

    def __getattr__(self, name: str) -> Any:
        if name == "_stream":  # not set yet
            raise AttributeError(name)
        return getattr(self._stream, name)

    def _read(self) -> Iterator[EventT_co]:
        try:
            for members in self._parsed():
                event = self._typed(members)
                if event is not None:
                    self._kept.append((event, _size(members)))
                    self._drop_oldest()
                    yield event
        except EventStreamError as error:
            raise self._error(error) from error
        except (*_BROKEN, ParserError) as error:
            raise _broken(self._operation, error, self.received) from error

    def _parsed(self) -> Iterable[Mapping[str, Any]]:
        """Return the events as boto3 parses them.

        botocore's own class does not notice a stream that ends within an event, and drops all
        members of an error event except its message. Any other object is iterated as it is.
        """
        if type(self._stream) is not BotoEventStream:
            return self._stream
        attributes = vars(self._stream)
        try:
            line, parser = attributes["_raw_stream"], attributes["_parser"]
            union = attributes["_output_shape"]
        except KeyError:
            return self._stream
        return self._messages(line, parser, union)

    def _messages(self, line: Any, parser: Any, union: object) -> Iterator[Mapping[str, Any]]:
        buffer = EventStreamBuffer()
        arrived = whole = 0
        for chunk in line.stream():
            arrived += len(chunk)
            buffer.add_data(chunk)
            for message in buffer:
                prelude: Any = message.prelude
                whole += prelude.total_length
                response = message.to_response_dict()
                parsed: dict[str, Any] = parser.parse(response, union)
                if response["status_code"] != 200:
                    details: Any = {**_members(response["body"]), **parsed}
                    raise EventStreamError(details, self._operation)
                yield parsed
        headers: Mapping[str, str] = getattr(line, "headers", {})
        announced = int(headers.get("content-length", arrived))
        if arrived > whole or announced > arrived:
            raise EOFError(
                f"{arrived} of {announced} bytes arrived, with {whole} bytes of whole events"
            )

    def _typed(self, members: Mapping[str, Any]) -> EventT_co | None:
        """Return the typed event; ``None`` for an event that this package does not know."""
        for documented, content in members.items():
            name = self._shapes.get(documented)
            if name is not None:
                shape = find_shape(self._package, name)
                return cast("EventT_co", shape.from_service(content))
        logs.streams.debug("%s: an event of an unknown kind", self._operation)
        return None

    def _drop_oldest(self) -> None:
        self._kept_size += self._kept[-1][1]
        while self._kept_size > self.keep:
            self._kept_size -= self._kept.popleft()[1]

    def _error(self, error: EventStreamError) -> ServiceError:
        kind = error_class(self._package, error.response.get("Error", {}).get("Code", ""))
        typed = combined(kind, EventStreamError)(error.response, self._operation)
        typed.received = self.received
        return typed


def _size(value: Any) -> int:
    """Return the number of bytes and characters in an event."""
    if isinstance(value, Mapping):
        return sum(map(_size, value.values()))
    return len(value) if isinstance(value, (bytes, str)) else 0


def _members(body: bytes) -> dict[str, Any]:
    try:
        members = json.loads(body)
    except ValueError:
        return {}
    return members if isinstance(members, dict) else {}


def _broken(operation: str, error: Exception, received: tuple[Any, ...]) -> StreamBroken:
    logs.streams.debug("%s: broke off: %s", operation, type(error).__name__)
    details = {"Code": StreamBroken.documented_code, "Message": f"the stream broke off: {error}"}
    broken = StreamBroken({"Error": details}, operation)
    broken.received = received
    return broken


def body(value: object, operation: str) -> object:
    """Wrap a streaming body, or the object in its place; mocks may return bytes or a string."""
    if isinstance(value, (bytes, str)):
        content = value.encode() if isinstance(value, str) else value
        value = StreamingBody(io.BytesIO(content), len(content))
    return Body(value, operation) if hasattr(value, "read") else value


def events(value: object, shape: type[AnyShape], operation: str) -> object:
    """Wrap a stream of events, or the object in its place; a test's list stays a list."""
    if isinstance(value, (list, tuple, Mapping)) or not isinstance(value, Iterable):
        return value
    return EventStream[Any](value, shape, operation)
