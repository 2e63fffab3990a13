"""Answers that arrive piece by piece: bodies of bytes, and streams of typed events.

Where one breaks off, the error holds what had arrived.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from importlib import import_module
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from botocore.eventstream import EventStream as BotoEventStream
from botocore.eventstream import EventStreamBuffer, ParserError
from botocore.exceptions import BotoCoreError
from botocore.response import StreamingBody
from typing_extensions import Self, override
from urllib3.exceptions import HTTPError

from sagemaker_typed.core import logs
from sagemaker_typed.core.errors import ServiceError, StreamBroken
from sagemaker_typed.core.schema.facts import Structure
from sagemaker_typed.core.schema.lookup import find_shape

if TYPE_CHECKING:
    from sagemaker_typed.core.schema.protocols import AnyShape

EventT_co = TypeVar("EventT_co", covariant=True)

_CHUNK = 64 * 1024
_BROKEN = (BotoCoreError, HTTPError, OSError, EOFError)


class Body(StreamingBody):
    """A body that arrives while it is read; botocore's ``StreamingBody`` with a few words more."""

    def __init__(self, body: StreamingBody, operation: str) -> None:
        given = vars(body)  # what it was made of is not public, and has been called so for years
        super().__init__(given["_raw_stream"], given["_content_length"])
        self._operation = operation

    @override
    def read(self, amt: int | None = None) -> bytes:
        """Read ``amt`` bytes at most, or all that is left.

        Raises ``StreamBroken`` where the connection breaks; its ``received`` holds the bytes that
        had arrived and that no ``read`` has returned.
        """
        if amt is not None:
            return self._piece(amt, [])
        pieces: list[bytes] = []
        while piece := self._piece(_CHUNK, pieces):
            pieces.append(piece)
        return b"".join(pieces)

    def text(self, encoding: str = "utf-8") -> str:
        """All that is left, as text."""
        return self.read().decode(encoding)

    def json(self) -> Any:
        """All that is left, as the JSON value that it is."""
        return json.loads(self.read())

    def _piece(self, amt: int, before: list[bytes]) -> bytes:
        try:
            return super().read(amt)
        except _BROKEN as error:
            received = b"".join((*before, *self._rest()))
            raise _broken(self._operation, error, (received,) if received else ()) from error

    def _rest(self) -> Iterator[bytes]:
        """What urllib3 had taken from the line when it broke, and had not handed out."""
        amt = _CHUNK
        while amt:
            try:
                piece = super().read(amt)
            except _BROKEN:
                piece = b""
            if piece:
                yield piece
            else:
                amt //= 2


class EventStream(Generic[EventT_co]):
    """The events of an answer, each a typed shape, as they arrive.

    An event that means an error raises it: the class of its code, or ``StreamBroken`` where the
    connection breaks. Either holds in ``received`` the events that had arrived.
    """

    def __init__(
        self, stream: BotoEventStream[Any], events: type[AnyShape], operation: str
    ) -> None:
        self._stream = stream
        given = vars(stream)  # not public either
        self._line: Any = given["_raw_stream"]
        self._parser: Any = given["_parser"]
        self._union: object = given["_output_shape"]
        self._shapes = {
            member.documented: member.kind.name
            for member in events.__members__.values()
            if isinstance(member.kind, Structure)
        }
        self._package = events.__package_name__
        self._operation = operation
        self._received: list[EventT_co] = []
        self._events = self._read()

    @property
    def received(self) -> tuple[EventT_co, ...]:
        """The events that have arrived so far."""
        return tuple(self._received)

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
        """Close the connection; what has not arrived yet is given up."""
        self._stream.close()

    def _read(self) -> Iterator[EventT_co]:
        try:
            for message in self._messages():
                event = self._typed(message.to_response_dict())
                if event is not None:
                    self._received.append(event)
                    yield event
        except (*_BROKEN, ParserError) as error:
            raise _broken(self._operation, error, self.received) from error

    def _messages(self) -> Iterator[Any]:
        """The messages on the line. Unlike botocore, notices that the line ended too early."""
        buffer = EventStreamBuffer()
        arrived = whole = 0
        for chunk in self._line.stream():
            arrived += len(chunk)
            buffer.add_data(chunk)
            for message in buffer:
                prelude: Any = message.prelude
                whole += prelude.total_length
                yield message
        headers: Mapping[str, str] = getattr(self._line, "headers", {})
        announced = int(headers.get("content-length", arrived))
        if arrived > whole or announced > arrived:
            raise EOFError(
                f"{whole} bytes of whole events, {arrived} arrived, {announced} expected"
            )

    def _typed(self, response: dict[str, Any]) -> EventT_co | None:
        """The event; ``None`` where it is of a kind that this package does not know."""
        parsed: dict[str, Any] = self._parser.parse(response, self._union)
        if response["status_code"] != 200:
            raise self._error(parsed, response["body"])
        for documented, members in parsed.items():
            name = self._shapes.get(documented)
            if name is not None:
                shape = find_shape(self._package, name)
                return cast("EventT_co", shape.from_service(members))
        logs.streams.debug("%s: an event of an unknown kind", self._operation)
        return None

    def _error(self, parsed: dict[str, Any], body: bytes) -> ServiceError:
        known: dict[str, type[ServiceError]] = import_module(f"{self._package}.errors").BY_CODE
        said = parsed.get("Error", {})
        # botocore drops what the event says besides its message
        response = {**_members(body), "Error": said}
        error = known.get(said.get("Code", ""), ServiceError)(response, self._operation)
        error.received = self.received
        return error


def _members(body: bytes) -> dict[str, Any]:
    try:
        members = json.loads(body)
    except ValueError:
        return {}
    return members if isinstance(members, dict) else {}


def _broken(operation: str, error: Exception, received: tuple[Any, ...]) -> StreamBroken:
    logs.streams.debug("%s: broke off: %s", operation, type(error).__name__)
    said = {"Code": StreamBroken.documented_code, "Message": f"the stream broke off: {error}"}
    broken = StreamBroken({"Error": said}, operation)
    broken.received = received
    return broken


def body(value: object, operation: str) -> object:
    """A streaming body as ours, whatever stands in for botocore's."""
    if isinstance(value, (bytes, str)):
        content = value.encode() if isinstance(value, str) else value
        value = StreamingBody(io.BytesIO(content), len(content))
    return Body(value, operation) if isinstance(value, StreamingBody) else value


def events(value: object, shape: type[AnyShape], operation: str) -> object:
    """A stream of events as ours; anything else, such as a test's list, stays what it is."""
    if not isinstance(value, BotoEventStream):
        return value
    return EventStream[Any](value, shape, operation)
