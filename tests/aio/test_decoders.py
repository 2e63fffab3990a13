"""A stream that is cut at any byte gives the same text, lines, events and JSON values."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from typing import Any

import pytest

from sagemaker_typed.core.decoders import (
    AsyncDecoded,
    Decoded,
    JsonLines,
    Lines,
    ServerSentEvent,
    Sse,
    Text,
)

TEXT = "größer\r\n\r\n€ 5\n\n日本\rend 🎉"
LINES = ["größer", "", "€ 5", "", "日本", "end 🎉"]
EVENTS = (
    "\ufeff: a comment\nevent: token\ndata: größer\ndata: zwei\nid: 7\n\n"
    "retry: 5\ndata:{}\r\n\r\nevent: lost\n\ndata: [DONE]"
)
SEEN = [
    ServerSentEvent("größer\nzwei", "token", "7"),
    ServerSentEvent("{}", "message", "7"),
    ServerSentEvent("[DONE]", "message", "7"),
]
CASES: list[tuple[Callable[[], Any], bytes, Callable[[list[Any]], object], object]] = [
    (Text, TEXT.encode(), "".join, TEXT),
    (Lines, TEXT.encode(), list, LINES),
    (Lines, b"", list, []),
    (Lines, b"\n", list, [""]),
    (Sse, EVENTS.encode(), list, SEEN),
    (JsonLines, '{"a": "ö"}\n\n[1]\n"z"'.encode(), list, [{"a": "ö"}, [1], "z"]),
]


def read(parts: Sequence[bytes], decoder: Any) -> list[Any]:
    return list(Decoded(iter(parts), decoder))


def read_asynchronously(parts: Sequence[bytes], decoder: Any) -> list[Any]:
    async def source() -> AsyncIterator[bytes]:
        for part in parts:
            yield part

    async def collect() -> list[Any]:
        return [value async for value in AsyncDecoded(source(), decoder)]

    return asyncio.run(collect())


def cuts(content: bytes) -> Iterator[list[bytes]]:
    """Cut into two parts at every place, and into single bytes."""
    for place in range(len(content) + 1):
        yield [content[:place], content[place:]]
    yield [content[place : place + 1] for place in range(len(content))]


@pytest.mark.parametrize("reader", [read, read_asynchronously])
@pytest.mark.parametrize(("kind", "content", "join", "expected"), CASES)
def test_a_cut_changes_nothing(
    reader: Any, kind: Any, content: bytes, join: Any, expected: object
) -> None:
    for parts in cuts(content):
        assert join(reader(parts, kind())) == expected, parts


def test_a_line_arrives_before_the_next_part_is_read() -> None:
    read_parts = []

    def parts() -> Iterator[bytes]:
        for part in (b"one\ntw", b"o\n"):
            read_parts.append(part)
            yield part

    lines = Decoded(parts(), Lines())
    assert next(lines) == "one"
    assert read_parts == [b"one\ntw"]


def test_values_before_and_after_a_line_that_is_not_json() -> None:
    values = Decoded(iter([b"1\n{\n2\n"]), JsonLines())
    assert next(values) == 1
    with pytest.raises(ValueError, match="Expecting property name"):
        next(values)
    assert next(values) == 2


def test_text_that_is_not_utf_8_is_an_error() -> None:
    with pytest.raises(UnicodeDecodeError):
        read([b"\xff\n"], Lines())
    with pytest.raises(UnicodeDecodeError):
        read(["ö".encode()[:1]], Text())
