"""A line in the log for every call."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sagemaker_typed.core.logs import calls

if TYPE_CHECKING:
    from sagemaker_typed.core.shapes.shape import Request
    from sagemaker_typed.core.transport.adapter import RawResponse, Send


def logged(call: Send) -> Send:
    """The same way of sending a request, with a line at DEBUG for every call."""

    def send(request: Request[Any]) -> RawResponse:
        if not calls.isEnabledFor(logging.DEBUG):
            return call(request)
        return _timed(call, request)

    return send


def _timed(call: Send, request: Request[Any]) -> RawResponse:
    started = time.monotonic()
    try:
        answer = call(request)
    except Exception as error:
        response: Mapping[str, Any] = getattr(error, "response", None) or {}
        outcome = response.get("Error", {}).get("Code") or type(error).__name__
        _say(request, outcome, response.get("ResponseMetadata", {}), started)
        raise
    _say(request, "ok", answer.parsed.get("ResponseMetadata", {}), started)
    return answer


def _say(request: Request[Any], outcome: str, metadata: Mapping[str, Any], started: float) -> None:
    calls.debug(
        "%s: %s, HTTP status %s, attempts %d, %.3f s, request id %s",
        request.__operation__.name,
        outcome,
        metadata.get("HTTPStatusCode", "none"),
        metadata.get("RetryAttempts", 0) + 1,
        time.monotonic() - started,
        metadata.get("RequestId", "none"),
    )
