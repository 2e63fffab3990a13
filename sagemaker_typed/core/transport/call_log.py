"""A line in the log for every call."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sagemaker_typed.core.logs import calls

if TYPE_CHECKING:
    from sagemaker_typed.core.shapes.shape import Request
    from sagemaker_typed.core.transport.adapter import AsyncSend, RawResponse, Send


def logged(call: Send) -> Send:
    """Return a function that sends as ``call`` does, and logs every call at DEBUG."""

    def send(request: Request[Any]) -> RawResponse:
        if not calls.isEnabledFor(logging.DEBUG):
            return call(request)
        with _timed(request) as note:
            return note(call(request))

    return send


def logged_async(call: AsyncSend) -> AsyncSend:
    """Return the asynchronous form of ``logged``."""

    async def send(request: Request[Any]) -> RawResponse:
        if not calls.isEnabledFor(logging.DEBUG):
            return await call(request)
        with _timed(request) as note:
            return note(await call(request))

    return send


@contextmanager
def _timed(request: Request[Any]) -> Generator[Callable[[RawResponse], RawResponse], None, None]:
    """Log a call after its response, which the yielded function notes, or after its error."""
    started = time.monotonic()

    def note(raw: RawResponse) -> RawResponse:
        _log(request, "ok", raw.parsed.get("ResponseMetadata", {}), started)
        return raw

    try:
        yield note
    except Exception as error:
        response: Mapping[str, Any] = getattr(error, "response", None) or {}
        outcome = response.get("Error", {}).get("Code") or type(error).__name__
        _log(request, outcome, response.get("ResponseMetadata", {}), started)
        raise


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
