"""Stubbed HTTP: a handler gives botocore the response before it sends."""

from __future__ import annotations

from typing import Any

from botocore.awsrequest import AWSResponse

from benchmarks.responses import response

_HEADERS = {"x-amzn-RequestId": "r-1", "Content-Type": "application/x-amz-json-1.1"}


class _Response(AWSResponse):
    def __init__(self, body: bytes) -> None:
        headers: Any = {**_HEADERS, "Content-Length": str(len(body))}  # HTTPHeaders, to a checker
        super().__init__("http://stub", 200, headers, None)
        self._content = body


def _respond(request: Any, **_: Any) -> AWSResponse:
    target = request.headers["X-Amz-Target"]
    operation = (target if isinstance(target, str) else target.decode()).rpartition(".")[2]
    return _Response(response(operation, request.body))


def attach(client: Any) -> None:
    """Respond to every request of a boto3 client."""
    client.meta.events.register("before-send", _respond)
