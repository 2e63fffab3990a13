"""Create requests whose response was lost: decides whether their resource exists.

If a connection breaks after the service has processed a request, the caller gets no response. The
next attempt, of boto3 or of the program, then fails because the name is taken.
"""

from __future__ import annotations

import errno
import json
import time
from dataclasses import dataclass
from ssl import SSLEOFError, SSLZeroReturnError
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar, cast

from botocore.exceptions import (
    BotoCoreError,
    EndpointConnectionError,
    HTTPClientError,
    SSLError,
)
from botocore.parsers import ResponseParserError

from sagemaker_typed.core import logs
from sagemaker_typed.core.errors import ServiceError, UnreadableResponse
from sagemaker_typed.core.operations.difference import (
    creation_time,
    differences,
    expected_response,
)
from sagemaker_typed.core.operations.error_meanings import says_already_exists, says_not_found
from sagemaker_typed.core.operations.related_requests import related_request, request_for
from sagemaker_typed.core.schema.lookup import find_shape

if TYPE_CHECKING:
    from datetime import datetime

    from sagemaker_typed.core.operations.consistency import ConsistencyPolicy
    from sagemaker_typed.core.operations.effects import Caller, Sender
    from sagemaker_typed.core.shapes.shape import Request, Response
    from sagemaker_typed.core.transport.attempts import Attempts

T = TypeVar("T")

_REMEMBERED = 64
_RESET = (errno.ECONNRESET, errno.EPIPE)
_CLOCK_TOLERANCE = 300  # seconds; a request's signature lets clocks differ by as much


@dataclass(frozen=True)
class Reconciled(Generic[T]):
    """The response that a create request would have had; ``None`` if it returns nothing."""

    response: T


Unconfirmed: TypeAlias = "dict[Request[Any], tuple[float, float]]"
"""The create requests of one client whose response may have been lost.

Each is kept as the request that describes its resource, with the time of its first attempt and the
time at which the last response was lost. Dictionary operations are atomic, so it needs no lock.
"""


def note_attempt(
    unconfirmed: Unconfirmed,
    package: str,
    attempts: Attempts,
    exception: Exception | None,
    response: dict[str, Any] | None,
) -> None:
    """Remember an attempt of boto3 that may have reached the service."""
    error = exception or ServiceError(response, attempts.operation)
    if not may_have_arrived(error) or not isinstance(attempts.body, (bytes, str)):
        return
    try:
        members = json.loads(attempts.body)
        describe = request_for(package, attempts.operation, "Describe", members)
    except ValueError:  # the body of another program's call, which this package never checked
        return
    if describe is not None:
        _remember(unconfirmed, describe, attempts.started)


def forget(unconfirmed: Unconfirmed, create: Request[Any]) -> None:
    """Forget a create request that has succeeded."""
    if (describe := related_request(create, "Describe")) is not None:
        unconfirmed.pop(describe, None)


def _remember(unconfirmed: Unconfirmed, describe: Request[Any], started: float) -> None:
    first, _ = unconfirmed.pop(describe, (started, 0.0))
    unconfirmed[describe] = first, time.time()
    for oldest in list(unconfirmed)[:-_REMEMBERED]:
        unconfirmed.pop(oldest, None)


def may_have_arrived(error: Exception) -> bool:
    """Return True if the service may have processed the request although it confirmed nothing.

    A throttled request, a refused connection and a 503 response mean that it did not.
    """
    if isinstance(error, UnreadableResponse):
        return True
    if isinstance(error, ServiceError):
        return (
            error.http_status >= 500
            and error.retryable
            and not (error.throttling or error.http_status == 503)
        )
    if isinstance(error, SSLError):  # an end of file, unlike a failed handshake, can come later
        causes = getattr(error.kwargs.get("error"), "args", ())
        return any(isinstance(cause, (SSLEOFError, SSLZeroReturnError)) for cause in causes)
    if isinstance(error, EndpointConnectionError):  # of aiobotocore, if a connection was reset
        return getattr(error.kwargs.get("error"), "errno", None) in _RESET
    return isinstance(error, (HTTPClientError, ResponseParserError, UnicodeDecodeError))


def was_retried(error: ServiceError) -> bool:
    """Return True if boto3 sent the request more than once."""
    metadata: dict[str, Any] = dict(error.response.get("ResponseMetadata", {}))
    return int(metadata.get("RetryAttempts", 0)) > 0


async def reconcile(
    request: Request[T],
    error: Exception,
    *,
    started: float,
    send: Sender,
    call: Caller,
    unconfirmed: Unconfirmed,
    observed: bool,
    policy: ConsistencyPolicy | None,
) -> Reconciled[T] | None:
    """Return the response of a failed create request whose resource exists; else ``None``.

    If the existing resource differs from the request, the error names the members. ``observed``
    tells that ``note_attempt`` is called for every lost response of boto3's own attempts.
    """
    describe = related_request(request, "Describe")
    if describe is None:
        return None
    if may_have_arrived(error):
        _remember(unconfirmed, describe, started)
        return None
    if not isinstance(error, ServiceError) or not says_already_exists(error):
        return None
    span = unconfirmed.get(describe)
    if span is None and (observed or not was_retried(error)):
        return None
    description = await _describe(describe, send, call, policy, error)
    if description is None:
        return None
    name = request.__operation__.name
    created = creation_time(request, description)
    if span is None:  # boto3's own attempts are unknown: the resource must be as new as the call
        created_by_call = created is not None and _is_within(created, started, time.time(), 5)
    else:
        created_by_call = created is None or _is_within(created, *span, _CLOCK_TOLERANCE)
    if not created_by_call:
        error.add_summary("[an attempt got no response, but the resource is older or newer]")
        return None
    error.differences = differences(request, description)
    if error.differences:
        members = ", ".join(map(str, error.differences))
        error.add_summary(
            f"[an earlier response was lost, and the existing resource differs in: {members}]"
        )
        logs.lost_responses.debug("%s: the existing resource differs", name)
        return None
    unconfirmed.pop(describe, None)
    logs.lost_responses.debug("%s: the response was lost; the resource exists as requested", name)
    response = request.__operation__.response
    if response is None:
        return Reconciled(cast("T", None))
    shape = cast("type[Response]", find_shape(request.__package_name__, response))
    from sagemaker_typed.core.shapes.shape import with_metadata  # loads Pydantic

    expected = shape.from_service(expected_response(request, description))
    return Reconciled(cast("T", with_metadata(expected, description.response_metadata)))


def _is_within(created: datetime, first: float, last: float, tolerance: float) -> bool:
    return first - tolerance <= created.timestamp() <= last + tolerance


async def _describe(
    describe: Request[Any],
    send: Sender,
    call: Caller,
    policy: ConsistencyPolicy | None,
    error: ServiceError,
) -> Response | None:
    """Describe the resource, after it is visible; add a note to the error if that fails."""
    pause = policy.initial_backoff if policy else 0.0
    left = policy.attempts if policy else 1
    while True:
        left -= 1
        try:
            return cast("Response", await send(describe))
        except (ServiceError, BotoCoreError, ValueError) as failure:
            reason = type(failure).__name__
            if isinstance(failure, ServiceError):
                reason = failure.code
                if policy and left and says_not_found(failure):
                    await call(policy.sleep, pause)
                    pause = min(pause * 2, policy.max_backoff)
                    continue
            name = describe.__operation__.name
            error.add_summary(f"[an earlier response was lost, and {name} failed with {reason}]")
            return None
