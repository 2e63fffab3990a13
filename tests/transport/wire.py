"""Replaces HTTP below botocore: `before-send` responds, and no handler sees parameters."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, Final

import botocore.endpoint
from botocore.awsrequest import AWSResponse

OLD_PARSER: Final = "before-parse" not in inspect.getsource(botocore.endpoint)
"""True for a botocore without the event: its parser meets every body, and raises for some."""

JSON: Final = "application/x-amz-json-1.1"


class Http:
    """Responds to every request of a client with `body`, and keeps the requests."""

    def __init__(self, client: Any) -> None:
        self.sent: list[Any] = []
        self.body = b"{}"
        self.status = 200
        self.headers = {"x-amzn-requestid": "r-1", "content-type": JSON}
        self.before: Callable[[], object] | None = None
        client.meta.events.register("before-send.*", self._answer)

    def _answer(self, request: Any, **_: Any) -> AWSResponse:
        self.sent.append(request)
        body, before = self.body, self.before
        if before is not None:
            self.before = None
            before()
        return _Response(self.status, {**self.headers, "content-length": str(len(body))}, body)


class _Response(AWSResponse):
    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        super().__init__("http://stub", status, headers, None)
        self._content = body
