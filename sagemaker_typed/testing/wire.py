"""The HTTP responses of a service, in AWS's protocols ``json`` and ``rest-json``.

Everything but the format comes from botocore's service model.
"""

from __future__ import annotations

import base64
import binascii
import io
import json
import struct
from collections.abc import AsyncIterator, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any, Final, cast

from botocore.awsrequest import AWSResponse
from typing_extensions import override
from urllib3.exceptions import ProtocolError
from urllib3.response import HTTPResponse

from sagemaker_typed.core.shapes.shape import Shape
from sagemaker_typed.core.suggest import quoted
from sagemaker_typed.testing.replies import Broken, Failure, Raw

if TYPE_CHECKING:
    from botocore.model import OperationModel

_EVENT_STREAM: Final = "application/vnd.amazon.eventstream"
_JSON: Final = {"json": "application/x-amz-json-1.1", "rest-json": "application/json"}
_SERVER_ERRORS: Final = ("Internal", "ServiceUnavailable")


@dataclass(frozen=True)
class Http:
    """A response as it arrives."""

    status: int
    headers: Mapping[str, str]
    parts: tuple[bytes, ...]
    is_broken: bool = False
    """True if the connection breaks after the parts."""

    def response(self, url: str, request_id: str) -> AWSResponse:
        """Return the response as botocore's HTTP session returns it."""
        headers: Any = {"x-amzn-requestid": request_id, **self.headers}
        connection: Any = _Connection(self.parts, is_broken=self.is_broken)
        raw = _Arriving(connection, headers=headers, status=self.status, preload_content=False)
        return AWSResponse(url, self.status, headers, raw)

    def async_response(self, url: str, request_id: str) -> Any:
        """Return the response as the HTTP session of aiobotocore returns it."""
        from aiobotocore.awsrequest import (  # pyright: ignore[reportMissingImports]
            AioAWSResponse,
        )

        headers = {"x-amzn-requestid": request_id, **self.headers}
        connection = _Connection(self.parts, is_broken=self.is_broken)
        return AioAWSResponse(url, self.status, headers, _AsyncArriving(connection, headers))


def http(operation: OperationModel, reply: Mapping[str, Any] | Failure | Raw) -> Http:
    """Return the response to an operation: members by their documented names, or another reply."""
    if isinstance(reply, Raw):
        kind = _JSON[_protocol(operation)]
        return Http(reply.http_status, {"content-type": kind, **reply.headers}, (reply.content,))
    if isinstance(reply, Failure):
        return _failure(operation, reply)
    return _success(operation, reply)


def _protocol(operation: OperationModel) -> str:
    service: Any = operation.service_model
    protocol: str = getattr(service, "resolved_protocol", None) or service.metadata["protocol"]
    if protocol not in _JSON:
        raise NotImplementedError(
            f"{service.service_name} speaks the protocol {protocol!r};"
            f" the kit knows {quoted(_JSON, 'and')}"
        )
    return protocol


def _success(operation: OperationModel, members: Mapping[str, Any]) -> Http:
    kind = _JSON[_protocol(operation)]
    output: Any = operation.output_shape
    if output is None:
        return Http(200, {"content-type": kind}, (b"{}",))
    payload: str | None = output.serialization.get("payload")
    status, headers, rest = _located(output, members)
    if payload is None:
        return Http(status, {"content-type": kind, **headers}, (_dumps(rest),))
    shape, value = output.members[payload], members.get(payload)
    if shape.serialization.get("eventstream"):
        parts, is_broken = _parts(value, lambda event: _event(shape, event))
        return Http(status, {"content-type": _EVENT_STREAM, **headers}, parts, is_broken)
    if shape.type_name in {"blob", "string"}:
        parts, is_broken = _parts(value, _bytes)
        headers = {"content-type": "application/octet-stream", **headers}
        if not is_broken:
            headers["content-length"] = str(sum(map(len, parts)))
        return Http(status, headers, parts, is_broken)
    body = _dumps(_json_value(shape, value or {}))
    return Http(status, {"content-type": kind, **headers}, (body,))


def _failure(operation: OperationModel, failure: Failure) -> Http:
    shapes: Any = operation.error_shapes
    shape = next((each for each in shapes if failure.code in {each.name, each.error_code}), None)
    members: dict[str, Any] = {"message": failure.message}
    if shape is not None:
        for name in shape.members:
            if name.lower() == "message":
                members = {name: failure.message}
        _, headers, rest = _located(shape, {**failure.members, **members})
    else:
        headers, rest = {}, {**failure.members, **members}
    status = failure.http_status
    if status is None:
        documented = shape.metadata.get("error", {}).get("httpStatusCode") if shape else None
        status = documented or (500 if failure.code.startswith(_SERVER_ERRORS) else 400)
    protocol = _protocol(operation)
    headers = {"content-type": _JSON[protocol], **headers, **failure.headers}
    if protocol == "json":
        rest = {"__type": failure.code, **rest}
    else:
        headers["x-amzn-errortype"] = failure.code
    return Http(status, headers, (_dumps(rest),))


def _located(
    shape: Any, members: Mapping[str, Any]
) -> tuple[int, dict[str, str], dict[str, object]]:
    """Return the status, the headers and the members of the body."""
    status, headers, body = 200, dict[str, str](), dict[str, object]()
    for name, value in members.items():
        member = shape.members.get(name)
        if value is None:
            continue
        if member is None:  # newer than botocore
            body[name] = _jsonable(value)
            continue
        where, key = member.serialization.get("location"), member.serialization.get("name", name)
        if where == "statusCode":
            status = int(value)
        elif where == "header":
            headers[key] = _header(member, value)
        elif where == "headers":
            headers |= {f"{key}{each}": str(text) for each, text in value.items()}
        elif not member.serialization.get("eventstream"):
            body[key] = _json_value(member, value)
    return status, headers, body


def _header(shape: Any, value: Any) -> str:
    if shape.type_name == "timestamp":
        return str(_timestamp(shape, value, "rfc822"))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _json_value(shape: Any, value: Any) -> object:
    """Return a value as the protocol writes it in JSON."""
    if getattr(shape, "is_document_type", False):
        return _jsonable(value)
    match shape.type_name, value:
        case "structure", Mapping():
            return {
                member.serialization.get("name", name): _json_value(member, value[name])
                for name, member in shape.members.items()
                if value.get(name) is not None
            } | {name: _jsonable(value[name]) for name in value.keys() - shape.members.keys()}
        case "list", list() | tuple():
            return [_json_value(shape.member, item) for item in value]
        case "map", Mapping():
            return {key: _json_value(shape.value, item) for key, item in value.items()}
        case "timestamp", datetime():
            return _timestamp(shape, value, "unixTimestamp")
        case _:
            return _jsonable(value)


def _timestamp(shape: Any, value: Any, usual: str) -> object:
    if not isinstance(value, datetime):
        return value
    moment = value if value.tzinfo else value.replace(tzinfo=timezone.utc)
    match shape.serialization.get("timestampFormat", usual):
        case "rfc822":
            return format_datetime(moment.astimezone(timezone.utc), usegmt=True)
        case "iso8601":
            return moment.isoformat()
        case _:
            return moment.timestamp()


def _jsonable(value: Any) -> Any:
    if isinstance(value, (bytes, bytearray)):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, datetime):
        return value.timestamp()
    if isinstance(value, Mapping):
        return {key: _jsonable(item) for key, item in value.items()}
    return [_jsonable(item) for item in value] if isinstance(value, (list, tuple)) else value


def _dumps(value: object) -> bytes:
    return json.dumps(value).encode()


def _parts(value: object, encode: Any) -> tuple[tuple[bytes, ...], bool]:
    """Return the parts of a body or of a stream, and whether the connection breaks after them."""
    is_broken = isinstance(value, Broken)
    whole: object = value.parts if isinstance(value, Broken) else value
    if whole is None:
        return (), is_broken
    if isinstance(whole, (bytes, str, Mapping, Shape, Failure)) or hasattr(whole, "read"):
        return (encode(whole),), is_broken
    if not isinstance(whole, Iterable):
        raise TypeError(f"expected bytes, events or Broken, got a {type(whole).__name__}")
    return tuple(encode(part) for part in whole), is_broken


def _bytes(part: Any) -> bytes:
    if hasattr(part, "read"):
        part = part.read()
    if isinstance(part, str):
        return part.encode()
    if not isinstance(part, (bytes, bytearray)):
        raise TypeError(f"expected a body of bytes, got a {type(part).__name__}")
    return bytes(part)


# --- streams of events ---------------------------------------------------------------------------


def _event(stream: Any, event: object) -> bytes:
    """Return the message of an event: a shape, a mapping, a failure, or bytes as they are."""
    if isinstance(event, (bytes, bytearray)):
        return bytes(event)
    if isinstance(event, Failure):
        return _error_event(stream, event)
    kind, members = _kind_and_members(stream, event)
    shape = stream.members[kind]
    headers = {":message-type": "event", ":event-type": kind}
    payload: bytes | None = None
    body: dict[str, object] = {}
    for name, value in members.items():
        member = shape.members[name]
        if member.serialization.get("eventheader"):
            headers[name] = str(value)
        elif member.serialization.get("eventpayload") and member.type_name in {"blob", "string"}:
            payload = _bytes(value)
            headers[":content-type"] = "application/octet-stream"
        else:
            body[member.serialization.get("name", name)] = _json_value(member, value)
    if payload is None:
        payload = _dumps(body)
        headers[":content-type"] = "application/json"
    return message(headers, payload)


def _kind_and_members(stream: Any, event: object) -> tuple[str, Mapping[str, Any]]:
    """Return the name of an event in its stream, and its members."""
    if isinstance(event, Shape):
        name = event.__documented_name__
        kinds = [kind for kind, shape in stream.members.items() if shape.name == name]
        if kinds:
            return kinds[0], event.to_boto()
        event = event.to_boto()
    if isinstance(event, Mapping) and len(event) == 1:
        ((kind, members),) = event.items()
        if kind in stream.members and isinstance(members, Mapping):
            return kind, members
    raise TypeError(
        f"expected an event of {stream.name} ({quoted(stream.members)}), a Failure or bytes,"
        f" got a {type(event).__name__}"
    )


def _error_event(stream: Any, failure: Failure) -> bytes:
    if failure.code not in stream.members:
        headers = {
            ":message-type": "error",
            ":error-code": failure.code,
            ":error-message": failure.message,
        }
        return message(headers, b"")
    shape = stream.members[failure.code]
    names = [name for name in shape.members if name.lower() == "message"] or ["message"]
    headers = {
        ":message-type": "exception",
        ":exception-type": failure.code,
        ":content-type": "application/json",
    }
    return message(headers, _dumps({**failure.members, names[0]: failure.message}))


def message(headers: Mapping[str, str], payload: bytes) -> bytes:
    """Return a message of AWS's event streams."""
    named = b"".join(
        struct.pack("!B", len(name)) + name.encode() + struct.pack("!BH", 7, len(text)) + text
        for name, text in ((name, value.encode()) for name, value in headers.items())
    )
    prelude = struct.pack("!II", 16 + len(named) + len(payload), len(named))
    checked = prelude + struct.pack("!I", binascii.crc32(prelude)) + named + payload
    return checked + struct.pack("!I", binascii.crc32(checked))


_BROKEN: Final = "the connection broke off, as the test asked"


class _Connection(io.RawIOBase):
    """The bytes of a body as they arrive; a broken connection raises an error after them."""

    def __init__(self, parts: Iterable[bytes], *, is_broken: bool) -> None:
        super().__init__()
        self._parts: Iterator[bytes] = iter(parts)
        self._left = b""
        self._is_broken = is_broken

    def next_part(self) -> bytes:
        """Return the bytes that arrive next; empty at the end."""
        part = self._left or next(filter(None, self._parts), b"")
        self._left = b""
        if not part and self._is_broken:
            raise ConnectionResetError(_BROKEN)
        return part

    @override
    def readable(self) -> bool:
        return True

    @override
    def readinto(self, buffer: Any, /) -> int:
        part = self.next_part()
        count = min(len(buffer), len(part))
        buffer[:count], self._left = part[:count], part[count:]
        return count


class _Arriving(HTTPResponse):
    """A response whose stream yields each part when it arrives, as a chunked response does."""

    def __init__(self, connection: _Connection, **options: Any) -> None:
        super().__init__(cast("Any", connection), **options)
        self._arriving = connection

    @override
    def stream(
        self, amt: int | None = None, decode_content: bool | None = None
    ) -> Generator[bytes]:
        try:
            while part := self._arriving.next_part():
                yield part
        except ConnectionResetError as error:
            raise ProtocolError(f"Connection broken: {error!r}", error) from error


class _AsyncArriving:
    """The parts of aiohttp's response that aiobotocore reads."""

    def __init__(self, connection: _Connection, headers: Mapping[str, str]) -> None:
        self.headers: Final = headers
        self.content: Final = self
        self._arriving: Final = connection

    async def read(self, amt: int = -1) -> bytes:
        """Read at most so many bytes; all that are left by default."""
        if amt >= 0:
            return self._arriving.read(amt) or b""
        return b"".join(iter(self._arriving.next_part, b""))

    async def iter_any(self) -> AsyncIterator[bytes]:
        """Yield each part when it arrives."""
        while part := self._arriving.next_part():
            yield part

    async def iter_chunks(self) -> AsyncIterator[tuple[bytes, bool]]:
        """Yield each part, and that it is whole."""
        async for part in self.iter_any():
            yield part, True

    def close(self) -> None:
        """Close the connection."""
