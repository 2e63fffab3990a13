"""Incremental decoders of streams: bytes in, text, lines, events or JSON values out.

A decoder does no I/O. A character, a line or an event may be cut anywhere between two parts.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from io import IncrementalNewlineDecoder
from typing import Any, Generic, Protocol, TypeVar

from typing_extensions import Self, override

T_co = TypeVar("T_co", covariant=True)

_UTF_8 = codecs.getincrementaldecoder("utf-8")


@dataclass(frozen=True)
class ServerSentEvent:
    """One event of a ``text/event-stream``."""

    data: str
    """The text of the event; its lines are separated by line feeds."""

    event: str = "message"
    """The type of the event."""

    id: str = ""
    """The last event id that the stream has set; empty if it has set none."""

    def json(self) -> Any:
        """Return ``data`` as a JSON value."""
        return json.loads(self.data)


class Decoder(Protocol[T_co]):
    """Turns parts of a stream into values."""

    def decode(self, part: bytes, *, final: bool) -> Iterator[T_co]:
        """Return the values that the part completes; with ``final``, all that are left."""
        ...


class Text(Decoder[str]):
    """Decodes UTF-8."""

    def __init__(self) -> None:
        self._decoder = _UTF_8()

    @override
    def decode(self, part: bytes, *, final: bool) -> Iterator[str]:
        text = self._decoder.decode(part, final)
        return iter((text,) if text else ())


class Lines(Decoder[str]):
    """Decodes lines of UTF-8 without their ends: LF, CR LF or CR."""

    def __init__(self, errors: str = "strict") -> None:
        self._decoder = IncrementalNewlineDecoder(_UTF_8(errors), translate=True)
        self._begun: list[str] = []

    @override
    def decode(self, part: bytes, *, final: bool) -> Iterator[str]:
        text = self._decoder.decode(part, final)
        *lines, rest = text.split("\n")
        if lines:
            lines[0] = "".join((*self._begun, lines[0]))
            self._begun = []
        if rest:
            self._begun.append(rest)
        if final and self._begun:
            lines.append("".join(self._begun))
            self._begun = []
        return iter(lines)


class JsonLines(Decoder[Any]):
    """Decodes a JSON value from each line that is not blank."""

    def __init__(self) -> None:
        self._lines = Lines()

    @override
    def decode(self, part: bytes, *, final: bool) -> Iterator[Any]:
        return map(json.loads, filter(str.strip, self._lines.decode(part, final=final)))


class Sse(Decoder[ServerSentEvent]):
    """Decodes server-sent events, as the HTML standard describes them.

    An event at the end without the blank line after it is not lost.
    """

    def __init__(self) -> None:
        self._lines = Lines(errors="replace")
        self._is_first = True
        self._data: list[str] = []
        self._event = ""
        self._id = ""

    @override
    def decode(self, part: bytes, *, final: bool) -> Iterator[ServerSentEvent]:
        lines = self._lines.decode(part, final=final)
        events = [event for line in lines if (event := self._event_after(line))]
        if final and (event := self._event_after("")):
            events.append(event)
        return iter(events)

    def _event_after(self, line: str) -> ServerSentEvent | None:
        if self._is_first:
            line, self._is_first = line.removeprefix("\ufeff"), False
        if line:
            self._read_field(line)
            return None
        data, event = self._data, self._event
        self._data, self._event = [], ""
        return ServerSentEvent("\n".join(data), event or "message", self._id) if data else None

    def _read_field(self, line: str) -> None:
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            self._data.append(value)
        elif name == "event":
            self._event = value
        elif name == "id" and "\0" not in value:
            self._id = value


class Decoded(Generic[T_co]):
    """An iterator over the values of a stream, which reads a part when it needs one."""

    def __init__(self, parts: Iterator[bytes], decoder: Decoder[T_co]) -> None:
        self._parts = parts
        self._decoder = decoder
        self._ready: Iterator[T_co] = iter(())
        self._is_over = False

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> T_co:
        while True:
            for value in self._ready:
                return value
            if self._is_over:
                raise StopIteration
            part = next(self._parts, None)
            self._is_over = part is None
            self._ready = self._decoder.decode(part or b"", final=self._is_over)


class AsyncDecoded(Generic[T_co]):
    """The asynchronous form of ``Decoded``."""

    def __init__(self, parts: AsyncIterator[bytes], decoder: Decoder[T_co]) -> None:
        self._parts = parts
        self._decoder = decoder
        self._ready: Iterator[T_co] = iter(())
        self._is_over = False

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> T_co:
        while True:
            for value in self._ready:
                return value
            if self._is_over:
                raise StopAsyncIteration
            part = await anext(self._parts, None)
            self._is_over = part is None
            self._ready = self._decoder.decode(part or b"", final=self._is_over)
