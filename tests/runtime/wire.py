"""Event streams as AWS puts them on the wire, written after the format's description."""

from __future__ import annotations

import json
import struct
import zlib

EVENT_STREAM = "application/vnd.amazon.eventstream"


def message(headers: dict[str, str], payload: bytes) -> bytes:
    """Lengths and their checksum, headers, payload, checksum of all."""
    named = b"".join(
        bytes([len(name)])
        + name.encode()
        + b"\x07"
        + struct.pack("!H", len(value))
        + value.encode()
        for name, value in headers.items()
    )
    lengths = struct.pack("!II", 16 + len(named) + len(payload), len(named))
    body = lengths + struct.pack("!I", zlib.crc32(lengths)) + named + payload
    return body + struct.pack("!I", zlib.crc32(body))


def event(kind: str, payload: bytes) -> bytes:
    headers = {":message-type": "event", ":event-type": kind}
    return message(headers | {":content-type": "application/octet-stream"}, payload)


def part(payload: bytes) -> bytes:
    return event("PayloadPart", payload)


def exception(kind: str, **members: str) -> bytes:
    headers = {":message-type": "exception", ":exception-type": kind}
    return message(headers | {":content-type": "application/json"}, json.dumps(members).encode())


def error(code: str, text: str) -> bytes:
    return message({":message-type": "error", ":error-code": code, ":error-message": text}, b"")
