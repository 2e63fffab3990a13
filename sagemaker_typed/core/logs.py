"""One logger a concern, all below ``sagemaker_typed``, silent until an application listens.

What is written says which operation, how long and how often; never what was sent or answered.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from sagemaker_typed.core.shape import Request
    from sagemaker_typed.core.transport import Answer, Send

_root: Final = logging.getLogger("sagemaker_typed")
if not _root.handlers:
    # Python would print warnings of a logger that nobody listens to.
    _root.addHandler(logging.NullHandler())

calls: Final = logging.getLogger("sagemaker_typed.calls")
"""Every call: operation, request id, HTTP status, attempts, duration."""

consistency: Final = logging.getLogger("sagemaker_typed.consistency")
"""Waiting for a resource that is not visible yet."""

deploying: Final = logging.getLogger("sagemaker_typed.deploying")
paging: Final = logging.getLogger("sagemaker_typed.paging")
settling: Final = logging.getLogger("sagemaker_typed.settling")
"""What became of a creation whose answer was lost."""

streams: Final = logging.getLogger("sagemaker_typed.streams")
waiting: Final = logging.getLogger("sagemaker_typed.waiting")


def logged(call: Send) -> Send:
    """The same way of sending a request, with a line at DEBUG for every call."""

    def send(request: Request[Any]) -> Answer:
        if not calls.isEnabledFor(logging.DEBUG):
            return call(request)
        return _timed(call, request)

    return send


def _timed(call: Callable[[Request[Any]], Answer], request: Request[Any]) -> Answer:
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
