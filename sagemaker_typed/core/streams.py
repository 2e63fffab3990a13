"""Responses that arrive in parts: streaming bodies, and streams of typed events.

Both read through the object that boto3 returns, so that a handler or tracer that replaced or
wrapped it sees every read. If a stream breaks, the error has the last part that arrived.
"""

from __future__ import annotations

import io
import json
from collections import deque
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    AsyncIterator,
    Iterable,
    Iterator,
    Mapping,
)
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from botocore.eventstream import EventStreamBuffer, ParserError
from botocore.exceptions import BotoCoreError, EventStreamError
from botocore.response import StreamingBody
from typing_extensions import Self, override
from urllib3.exceptions import HTTPError

from sagemaker_typed.core import logs
from sagemaker_typed.core.decoders import (
    AsyncDecoded,
    Decoded,
    JsonLines,
    Lines,
    ServerSentEvent,
    Sse,
    Text,
)
from sagemaker_typed.core.errors import ServiceError, StreamBroken, combined, error_class
from sagemaker_typed.core.schema.facts import Structure
from sagemaker_typed.core.schema.lookup import find_shape

if TYPE_CHECKING:
    from sagemaker_typed.core.schema.protocols import AnyShape

EventT_co = TypeVar("EventT_co", covariant=True)

_CHUNK = 64 * 1024
_KEPT = 1024 * 1024
_BROKEN = (BotoCoreError, HTTPError, OSError, EOFError)


class _Readers:
    """The readers of a stream that arrives in parts of bytes."""

    def _parts(self) -> Iterator[bytes]:
        raise NotImplementedError

    def lines(self) -> Decoded[str]:
        """Return an iterator over the lines, without their ends, as they arrive."""
        return Decoded(self._parts(), Lines())

    def sse(self) -> Decoded[ServerSentEvent]:
        """Return an iterator over the server-sent events, as they arrive."""
        return Decoded(self._parts(), Sse())

    def json_lines(self) -> Decoded[Any]:
        """Return an iterator over the JSON values, one a line, as they arrive."""
        return Decoded(self._parts(), JsonLines())


class _AsyncReaders:
    """The asynchronous form of ``_Readers``."""

    def _parts(self) -> AsyncIterator[bytes]:
        raise NotImplementedError

    def lines(self) -> AsyncDecoded[str]:
        """Return an iterator over the lines, without their ends, as they arrive."""
        return AsyncDecoded(self._parts(), Lines())

    def sse(self) -> AsyncDecoded[ServerSentEvent]:
        """Return an iterator over the server-sent events, as they arrive."""
        return AsyncDecoded(self._parts(), Sse())

    def json_lines(self) -> AsyncDecoded[Any]:
        """Return an iterator over the JSON values, one a line, as they arrive."""
        return AsyncDecoded(self._parts(), JsonLines())


class Body(_Readers, StreamingBody):
    """A streaming body; botocore's ``StreamingBody`` with readers of text and JSON.

    Attributes of the object that boto3 returned can be read here too.
    """

    @override
    def _parts(self) -> Iterator[bytes]:
        return iter(lambda: self._read_part(_CHUNK, []), b"")

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


class AsyncBody(_AsyncReaders):
    """A streaming body of an asynchronous client.

    Attributes of the object that aiobotocore returned can be read here too.
    """

    def __init__(self, body: Any, operation: str) -> None:
        self._body = body
        self._operation = operation

    async def read(self, amt: int | None = None) -> bytes:
        """Read at most ``amt`` bytes, or all that is left.

        Raises ``StreamBroken`` if the connection breaks. Its ``received`` has the bytes that
        arrived and that no ``read`` has returned.
        """
        parts: list[bytes] = []
        try:
            if amt is not None:
                return cast("bytes", await self._body.read(amt))
            while part := await self._body.read(_CHUNK):
                parts.append(part)
        except Exception as error:
            received = b"".join(parts)
            raise _broken(self._operation, error, (received,) if received else ()) from error
        except BaseException:  # cancelled
            await self.aclose()
            raise
        return b"".join(parts)

    async def text(self, encoding: str = "utf-8") -> str:
        """Read all that is left, as text."""
        return (await self.read()).decode(encoding)

    async def json(self) -> Any:
        """Read all that is left, as a JSON value."""
        return json.loads(await self.read())

    @override
    async def _parts(self) -> AsyncIterator[bytes]:
        while part := await self.read(_CHUNK):
            yield part

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._parts()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connection, and drop what has not arrived."""
        await _aclose(self._body)

    def __getattr__(self, name: str) -> Any:
        if name == "_body":  # not set yet
            raise AttributeError(name)
        return getattr(self._body, name)


class _Events(Generic[EventT_co]):
    """The events of a response: their shapes, and the last that arrived."""

    keep: int = _KEPT
    """The number of bytes of the last events that ``received`` keeps; set it before iterating."""

    def __init__(self, stream: Any, events: type[AnyShape], operation: str) -> None:
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

    @property
    def received(self) -> tuple[EventT_co, ...]:
        """The last events that have arrived, up to ``keep`` bytes."""
        return tuple(event for event, _ in self._kept)

    def __getattr__(self, name: str) -> Any:
        if name == "_stream":  # not set yet
            raise AttributeError(name)
        return getattr(self._stream, name)

    def _messages(self) -> _Messages | None:
        """Return the reader of the raw stream; ``None`` if the stream is not botocore's.

        botocore's own class does not notice a stream that ends within an event, and drops all
        members of an error event except its message. Any other object is iterated as it is.
        """
        if type(self._stream).__module__ not in ("botocore.eventstream", "aiobotocore.eventstream"):
            return None
        attributes = vars(self._stream)
        try:
            line, parser = attributes["_raw_stream"], attributes["_parser"]
            union = attributes["_output_shape"]
        except KeyError:
            return None
        return _Messages(line, parser, union, self._operation)

    def _keep(self, members: Mapping[str, Any]) -> EventT_co | None:
        """Return and keep the typed event; ``None`` for one that this package does not know."""
        for documented, content in members.items():
            name = self._shapes.get(documented)
            if name is not None:
                shape = find_shape(self._package, name)
                event = cast("EventT_co", shape.from_service(content))
                size = _size(members)
                self._kept.append((event, size))
                self._kept_size += size
                while self._kept_size > self.keep:
                    self._kept_size -= self._kept.popleft()[1]
                return event
        logs.streams.debug("%s: an event of an unknown kind", self._operation)
        return None

    def _typed(self, error: Exception) -> ServiceError:
        """Return the error of an error event, or of a broken connection."""
        if not isinstance(error, EventStreamError):
            return _broken(self._operation, error, self.received)
        kind = error_class(self._package, error.response.get("Error", {}).get("Code", ""))
        typed = combined(kind, EventStreamError)(error.response, self._operation)
        typed.received = self.received
        return typed


class EventStream(_Readers, _Events[EventT_co]):
    """An iterator over the events of a response, each a typed shape, as they arrive.

    An error event raises the class of its code, which is a botocore ``EventStreamError`` too. A
    broken connection raises ``StreamBroken``. Either has the last events in ``received``.
    """

    def __init__(self, stream: Iterable[Any], events: type[AnyShape], operation: str) -> None:
        super().__init__(stream, events, operation)
        self._events = self._read()

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> EventT_co:
        return next(self._events)

    def text(self) -> Decoded[str]:
        """Return an iterator over the text, as it arrives."""
        return Decoded(self._parts(), Text())

    @override
    def _parts(self) -> Iterator[bytes]:
        return map(_payload, self)

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

    def _read(self) -> Iterator[EventT_co]:
        messages = self._messages()
        try:
            for members in self._stream if messages is None else messages.read():
                event = self._keep(members)
                if event is not None:
                    yield event
        except (*_BROKEN, EventStreamError, ParserError) as error:
            raise self._typed(error) from error


class AsyncEventStream(_AsyncReaders, _Events[EventT_co]):
    """The asynchronous form of ``EventStream``."""

    def __init__(self, stream: AsyncIterable[Any], events: type[AnyShape], operation: str) -> None:
        super().__init__(stream, events, operation)
        messages = self._messages()
        self._source = aiter(stream if messages is None else messages.read_async())

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> EventT_co:
        try:
            async for members in self._source:
                event = self._keep(members)
                if event is not None:
                    return event
        except Exception as error:
            raise self._typed(error) from error
        except BaseException:  # cancelled
            await self.aclose()
            raise
        raise StopAsyncIteration

    def text(self) -> AsyncDecoded[str]:
        """Return an iterator over the text, as it arrives."""
        return AsyncDecoded(self._parts(), Text())

    @override
    async def _parts(self) -> AsyncIterator[bytes]:
        async for event in self:
            yield _payload(event)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connection, and drop the events that have not arrived."""
        if isinstance(self._source, AsyncGenerator):
            await self._source.aclose()
        raw = getattr(self._stream, "_raw_stream", None)
        await _aclose(self._stream if raw is None else raw)


class _Messages:
    """Reads the messages of an event stream from the connection."""

    def __init__(self, line: Any, parser: Any, union: object, operation: str) -> None:
        self._line = line
        self._parser = parser
        self._union = union
        self._operation = operation
        self._buffer = EventStreamBuffer()
        self._arrived = self._whole = 0

    def read(self) -> Iterator[Mapping[str, Any]]:
        for chunk in self._line.stream():
            for response in self._split(chunk):
                yield self._checked(response, self._parser.parse(response, self._union))
        self._check_end()

    async def read_async(self) -> AsyncIterator[Mapping[str, Any]]:
        line = self._line
        httpx: Any = getattr(line, "aiter_raw", None)
        async for chunk in httpx() if httpx else line.content.iter_any():
            for response in self._split(chunk):
                yield self._checked(response, await self._parser.parse(response, self._union))
        self._check_end()

    def _split(self, chunk: bytes) -> Iterator[dict[str, Any]]:
        self._arrived += len(chunk)
        self._buffer.add_data(chunk)
        for message in self._buffer:
            prelude: Any = message.prelude
            self._whole += prelude.total_length
            yield message.to_response_dict()

    def _checked(self, response: dict[str, Any], parsed: dict[str, Any]) -> dict[str, Any]:
        if response["status_code"] != 200:
            details: Any = {**_members(response["body"]), **parsed}
            raise EventStreamError(details, self._operation)
        return parsed

    def _check_end(self) -> None:
        headers: Mapping[str, str] = getattr(self._line, "headers", {})
        arrived, whole = self._arrived, self._whole
        announced = int(headers.get("content-length", arrived))
        if arrived > whole or announced > arrived:
            raise EOFError(
                f"{arrived} of {announced} bytes arrived, with {whole} bytes of whole events"
            )


def _payload(event: object) -> bytes:
    """Return the bytes of an event; empty for an event without bytes."""
    return next((value for value in vars(event).values() if isinstance(value, bytes)), b"")


async def _aclose(stream: Any) -> None:
    """Close a stream of aiobotocore, whose two engines name the method differently."""
    aclose = getattr(stream, "aclose", None)
    if aclose is not None:
        await aclose()
    elif hasattr(stream, "close"):
        stream.close()


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
    if not hasattr(value, "read"):
        return value
    return AsyncBody(value, operation) if hasattr(value, "__aiter__") else Body(value, operation)


def events(value: object, shape: type[AnyShape], operation: str) -> object:
    """Wrap a stream of events, or the object in its place; a test's list stays a list."""
    if isinstance(value, AsyncIterable):
        return AsyncEventStream[Any](value, shape, operation)
    if isinstance(value, (list, tuple, Mapping)) or not isinstance(value, Iterable):
        return value
    return EventStream[Any](value, shape, operation)
