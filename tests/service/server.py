"""The scripted service: a loopback HTTP server for AWS JSON 1.1 and REST."""

from __future__ import annotations

import json
import socket
import struct
import sys
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Final, TypeAlias, cast

from typing_extensions import Self, override

from tests.service.replies import (
    Body,
    Cut,
    Fault,
    Lost,
    Raw,
    RecordedRequest,
    Reply,
    Reset,
)

JSON_1_1: Final = "application/x-amz-json-1.1"
ANY: Final = "*"
"""As an operation, it stands for all operations without a script."""
Played: TypeAlias = "Body | Fault | Raw | Cut | Reset"
REQUEST_ID: Final = "x-amzn-RequestId"


class ScriptedService:
    """Gives each operation its replies in turn, repeats the last, and records the requests.

    A request for an operation without a script is a mistake of the test: the exit then raises.
    """

    def __init__(self) -> None:
        self.requests: Final[list[RecordedRequest]] = []
        self.connections = 0
        """The number of connections that clients have opened."""
        self._scripts: Final[dict[str, list[Reply]]] = {}
        self._mistakes: Final[list[str]] = []
        self._lock: Final = threading.Lock()
        self._server: Final = _Server(self)
        self._thread: Final = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def script(self, operation: str, *replies: Reply) -> None:
        """Set the replies of ``operation``, in place of earlier ones."""
        with self._lock:
            self._scripts[operation] = list(replies)

    def asked(self, operation: str | None = None) -> list[RecordedRequest]:
        """Return the requests for an operation, or all, in the order of arrival."""
        with self._lock:
            return [r for r in self.requests if operation in (None, r.operation)]

    def operations(self) -> list[str]:
        """Return the operations of all requests, in the order of arrival."""
        return [request.operation for request in self.asked()]

    def reply(self, request: RecordedRequest) -> tuple[Played, str]:
        """Return the next reply, and the id of this request."""
        with self._lock:
            self.requests.append(request)
            request_id = f"00000000-0000-0000-0000-{len(self.requests):012d}"
            script = self._scripts.get(request.operation) or self._scripts.get(ANY)
            if not script:
                self._mistakes.append(f"{request.operation} was asked for and has no script")
                return Fault("UnscriptedOperation", self._mistakes[-1]), request_id
            reply = script.pop(0) if len(script) > 1 else script[0]
        return _worked_out(reply, request), request_id

    def mistake(self, what: str) -> None:
        """Record a mistake of the test, or an unexpected error."""
        with self._lock:
            self._mistakes.append(what)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        if error is None and self._mistakes:
            raise AssertionError("; ".join(self._mistakes))


class _Server(ThreadingHTTPServer):
    daemon_threads = True  # a client may keep its connection open for longer than the test lives

    def __init__(self, service: ScriptedService) -> None:
        self.service: Final = service
        super().__init__(("127.0.0.1", 0), _Handler)

    @override
    def handle_error(self, request: Any, client_address: Any) -> None:
        error = sys.exc_info()[1]
        if not isinstance(error, ConnectionError):
            self.service.mistake(f"the reply raised {error!r}")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body are two writes; the second would wait 40 ms

    @override
    def setup(self) -> None:
        cast("_Server", self.server).service.connections += 1
        super().setup()

    def _serve(self) -> None:
        content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        target = self.headers.get("X-Amz-Target")
        request = RecordedRequest(
            operation=target.rpartition(".")[2] if target else f"{self.command} {self.path}",
            method=self.command,
            path=self.path,
            headers={name.lower(): value for name, value in self.headers.items()},
            content=content,
            body=_json_or_none(content),
        )
        reply, request_id = cast("_Server", self.server).service.reply(request)
        match reply:
            case Body(body, status, headers):
                self._reply(status, json.dumps(body).encode(), JSON_1_1, request_id, headers)
            case Fault(code, message, status, headers):
                problem = json.dumps({"__type": code, "message": message}).encode()
                self._reply(status, problem, JSON_1_1, request_id, headers)
            case Raw(content, status, content_type, headers, cut_after, drip):
                self._reply(status, content, content_type, request_id, headers, cut_after, drip)
            case Cut(after):
                self.wfile.write(after)
                self._cut()
            case Reset():
                no_linger = struct.pack("ii", 1, 0)
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, no_linger)
                self.close_connection = True
                socket.close(self.connection.detach())  # at once, so that no FIN is sent first

    do_DELETE = do_GET = do_PATCH = do_POST = do_PUT = _serve  # noqa: N815 - named by http.server

    def _reply(
        self,
        status: int,
        content: bytes,
        content_type: str,
        request_id: str,
        headers: Mapping[str, str],
        cut_after: int | None = None,
        drip: int | None = None,
    ) -> None:
        self.send_response(status)
        stated = {
            "Content-Type": content_type,
            "Content-Length": str(len(content)),
            REQUEST_ID: request_id,
            **headers,
        }
        for name, value in stated.items():
            self.send_header(name, value)
        self.end_headers()
        written = content[:cut_after]
        step = drip or len(written) or 1
        for start in range(0, len(written), step):
            self.wfile.write(written[start : start + step])
        if cut_after is not None:
            self._cut()

    def _cut(self) -> None:
        self.wfile.flush()
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Write no log."""


def _worked_out(reply: Reply, request: RecordedRequest) -> Played:
    if isinstance(reply, Lost):
        _worked_out(reply.reply, request)
        return Cut()
    if callable(reply):
        return _worked_out(reply(request), request)
    return reply


def _json_or_none(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return None
