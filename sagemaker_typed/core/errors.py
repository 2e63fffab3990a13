"""Errors of the service, and responses that cannot be read."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, ClassVar

from botocore.exceptions import ClientError

# Error codes for throttling, and for transient failures.
_THROTTLING = frozenset(
    {
        "BandwidthLimitExceeded",
        "EC2ThrottledException",
        "ModelNotReadyException",
        "PriorRequestNotComplete",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "RequestThrottled",
        "RequestThrottledException",
        "SlowDown",
        "ThrottledException",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
    }
)
_TRANSIENT = frozenset(
    {"RequestTimeout", "RequestTimeoutException", "TransactionInProgressException"}
)
_PERMANENT = frozenset({501, 505})  # 5xx codes that a retry will not fix
_SECONDS = re.compile(r"\s*\d+(?:\.\d+)?\s*", re.ASCII)


@dataclass(frozen=True)
class Difference:
    """A member that differs between a create request and the existing resource.

    Its text names the member and never shows the values, which may be secrets.
    """

    path: str
    """The member in documented names, such as ``ProductionVariants[0].InstanceType``."""

    wanted: object = field(repr=False)
    """The value of the request; a placeholder if the member is documented as sensitive."""

    exists: object = field(repr=False)
    """The value of the existing resource; a placeholder if the member is sensitive."""

    def __str__(self) -> str:
        return self.path


class ServiceError(ClientError):
    """An error response of the service; also a ``botocore.exceptions.ClientError``.

    Its text is boto3's. The request id and a summary of retries are attributes, and exception
    notes where Python has notes.
    """

    documented_code: ClassVar[str] = ""
    """The error code that a subclass represents."""

    _combines: ClassVar[tuple[type[ClientError], ...]] = ()

    def __init__(self, error_response: Any, operation_name: str) -> None:
        super().__init__(error_response, operation_name)
        error: Mapping[str, Any] = self.response.get("Error", {})
        metadata: Mapping[str, Any] = self.response.get("ResponseMetadata", {})
        self.code = str(error.get("Code") or "")
        """The service's error code, such as ``ResourceNotFound``."""
        self.message = str(error.get("Message") or "")
        """The service's message; empty if it sent none."""
        self.operation = operation_name
        """The operation's documented name, such as ``CreateEndpoint``."""
        headers: Mapping[str, str] = metadata.get("HTTPHeaders", {})
        # if a proxy wrote the body, boto3 leaves the id in the headers
        self.request_id = str(metadata.get("RequestId") or headers.get("x-amzn-requestid", ""))
        """The id that AWS support needs; empty if the response had none."""
        self.http_status = int(metadata.get("HTTPStatusCode", 0))
        """The HTTP status; 0 if there was no response."""
        self.retry_summary = ""
        """The retries of this package before it raised the error; empty if there were none."""
        self.differences: tuple[Difference, ...] = ()
        """Members in which the existing resource differs from the create request, if compared."""
        self.received: tuple[Any, ...] = ()
        """The last part of a stream that arrived before this error interrupted it."""
        if self.request_id:
            add_note(self, f"request id: {self.request_id}")

    @property
    def throttling(self) -> bool:
        """True if the service throttled the call; ``retry_after`` may name a delay."""
        return self.code in _THROTTLING or self.http_status == 429

    @property
    def retryable(self) -> bool:
        """True if the same call may succeed later, although boto3's own retries failed."""
        if self.throttling or self.code in _TRANSIENT:
            return True
        return self.http_status >= 500 and self.http_status not in _PERMANENT

    @property
    def retry_after(self) -> float | None:
        """Seconds to wait, from the ``Retry-After`` header; ``None`` if absent or unreadable."""
        metadata: Mapping[str, Any] = self.response.get("ResponseMetadata", {})
        stated = metadata.get("HTTPHeaders", {}).get("retry-after")
        return None if stated is None else _seconds(str(stated))

    def add_summary(self, summary: str) -> None:
        """Append to ``retry_summary``, and to the notes of the exception."""
        self.retry_summary = " ".join(filter(None, (self.retry_summary, summary)))
        add_note(self, summary)

    def __reduce__(self) -> tuple[Any, ...]:
        kind = None if self._combines else type(self)  # pickle cannot find a combined class
        return _restore, (kind, self._combines, self.response, self.operation), vars(self)


def add_note(error: BaseException, note: str) -> None:
    """Add a note to an exception; Python 3.10 has no notes."""
    add: Callable[[str], None] | None = getattr(error, "add_note", None)
    if add is not None:
        add(note)


def _seconds(stated: str) -> float | None:
    """Parse ``Retry-After``: a number of seconds, or an HTTP date."""
    from datetime import datetime, timezone
    from email.utils import parsedate_to_datetime

    if _SECONDS.fullmatch(stated):
        seconds = float(stated)
        return seconds if math.isfinite(seconds) else None
    try:
        until = parsedate_to_datetime(stated)
        if until.tzinfo is None:
            until = until.replace(tzinfo=timezone.utc)
        return max(0.0, (until - datetime.now(timezone.utc)).total_seconds())
    except (ArithmeticError, LookupError, TypeError, ValueError):  # Python's parser raises them all
        return None


class ValidationException(ServiceError):
    """The service rejected the request; the service model does not list this code."""

    documented_code = "ValidationException"


class ThrottlingException(ServiceError):
    """The service throttled every attempt; the service model does not list this code."""

    documented_code = "ThrottlingException"


class AccessDeniedException(ServiceError):
    """The caller lacks a permission; the service model does not list this code."""

    documented_code = "AccessDeniedException"


class UnreadableResponse(ServiceError):
    """The service reported success with a body that is not the documented JSON object."""

    documented_code = "UnreadableResponse"

    @property
    def retryable(self) -> bool:
        """True: proxies and broken connections cause such responses."""
        return True


class StreamBroken(ServiceError):
    """A stream ended early; ``received`` holds the last part that arrived."""

    documented_code = "StreamBroken"


UNMODELLED: Mapping[str, type[ServiceError]] = {
    error.documented_code: error
    for error in (ValidationException, ThrottlingException, AccessDeniedException)
}
"""The codes that every service may return although no service model lists them."""


def error_class(package: str, code: str) -> type[ServiceError]:
    """Return the class of an error code in a generated package."""
    known: Mapping[str, type[ServiceError]] = import_module(f"{package}.errors").BY_CODE
    return known.get(code, ServiceError)


_COMBINED: dict[tuple[type[ClientError], ...], type[ServiceError]] = {}


def combined(*kinds: type[ClientError]) -> type[ServiceError]:
    """Return a class that ``except`` of each of ``kinds`` catches, with the name of the first."""
    if kinds in _COMBINED:
        return _COMBINED[kinds]
    first = kinds[0]
    names = {"__module__": first.__module__, "__doc__": first.__doc__, "_combines": kinds}
    kind: Any = type(first.__name__, kinds, names)
    return _COMBINED.setdefault(kinds, kind)


def _restore(kind: Any, combines: Any, response: Any, operation: str) -> ServiceError:
    error: ServiceError = (combined(*combines) if combines else kind)(response, operation)
    return error
