"""A service that stands in for SageMaker on a loopback port; it keeps connections alive.

``python -m benchmarks.service`` prints its address and serves until its input ends.
"""

from __future__ import annotations

import asyncio
import re
import sys

from typing_extensions import override

from benchmarks.responses import response

_TARGET = re.compile(rb"\r\nx-amz-target: *\w+\.(\w+)", re.IGNORECASE)
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_HEAD = (
    b"HTTP/1.1 200 OK\r\nx-amzn-RequestId: 7f1c0a4e-0000-0000-0000-000000000001\r\n"
    b"Content-Type: application/x-amz-json-1.1\r\nContent-Length: %d\r\n"
    b"Date: Sat, 21 Nov 2026 12:00:00 GMT\r\n\r\n"
)


class _Line(asyncio.Protocol):
    """A connection, and the part of a request that has arrived."""

    def __init__(self) -> None:
        super().__init__()
        self._came = b""
        self._transport: asyncio.WriteTransport | None = None

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.WriteTransport):
            self._transport = transport

    @override
    def data_received(self, data: bytes) -> None:
        self._came += data
        head, blank, body = self._came.partition(b"\r\n\r\n")
        length, target = _LENGTH.search(head), _TARGET.search(head)
        if not blank or not length or not target or len(body) < int(length[1]):
            return
        self._came = b""
        content = response(target[1].decode(), body)
        if self._transport is not None:
            self._transport.write(_HEAD % len(content) + content)


async def _serve() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(_Line, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    print(f"http://127.0.0.1:{port}", flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve())
