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
    """Return a function that sends as ``call`` does, and logs every call at DEBUG."""

    def send(request: Request[Any]) -> RawResponse:
        if not calls.isEnabledFor(logging.DEBUG):
            return call(request)
        return _timed(call, request)

    return send


def _timed(call: Send, request: Request[Any]) -> RawResponse:
    started = time.monotonic()
    try:
        raw = call(request)
    except Exception as error:
        response: Mapping[str, Any] = getattr(error, "response", None) or {}
        outcome = response.get("Error", {}).get("Code") or type(error).__name__
        _log(request, outcome, response.get("ResponseMetadata", {}), started)
        raise
    _log(request, "ok", raw.parsed.get("ResponseMetadata", {}), started)
    return raw


def _log(request: Request[Any], outcome: str, metadata: Mapping[str, Any], started: float) -> None:
    calls.debug(
        "%s: %s, HTTP status %s, attempts %d, %.3f s, request id %s",
        request.__operation__.name,
        outcome,
        metadata.get("HTTPStatusCode", "none"),
        metadata.get("RetryAttempts", 0) + 1,
        time.monotonic() - started,
        metadata.get("RequestId", "none"),
    )
