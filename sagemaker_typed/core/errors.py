"""What the service refuses, and what it answers that cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from sagemaker_typed.core.operations.difference import Difference

# What AWS services say to who asks too often, and what passes by itself.
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
_PASSING = frozenset(
    {"RequestTimeout", "RequestTimeoutException", "TransactionInProgressException"}
)
_LASTING = frozenset({501, 505})  # of the server errors, those that the next attempt meets again


class ServiceError(ClientError):
    """An error answer of the service; also a ``botocore.exceptions.ClientError``.

    ``except ClientError`` and ``error.response["Error"]["Code"]`` go on working.
    """

    documented_code: ClassVar[str] = ""
    """The code that a subclass stands for."""

    def __init__(self, error_response: Any, operation_name: str) -> None:
        super().__init__(error_response, operation_name)
        error: Mapping[str, Any] = self.response.get("Error", {})
        metadata: Mapping[str, Any] = self.response.get("ResponseMetadata", {})
        self.code = str(error.get("Code", ""))
        """The service's error code, such as ``ResourceNotFound``."""
        self.message = str(error.get("Message", ""))
        self.operation = operation_name
        """The operation's documented name, such as ``CreateEndpoint``."""
        headers: Mapping[str, str] = metadata.get("HTTPHeaders", {})
        # where the body is not the service's own, boto3 leaves the id among the headers
        self.request_id = str(metadata.get("RequestId") or headers.get("x-amzn-requestid", ""))
        """What AWS support asks for; empty where the answer carried none."""
        self.http_status = int(metadata.get("HTTPStatusCode", 0))
        """The HTTP status; 0 where there was none."""
        self.tried = ""
        """What was tried before this answer was taken as final, if anything was."""
        self.differences: tuple[Difference, ...] = ()
        """Where what exists is not what was to be created, if both were held together."""
        self.received: tuple[Any, ...] = ()
        """What had arrived of a stream that this error broke off."""

    @property
    def throttling(self) -> bool:
        """Whether the service was asked too often; ``retry_after`` may say for how long."""
        return self.code in _THROTTLING or self.http_status == 429

    @property
    def retryable(self) -> bool:
        """Whether the same call may succeed a little later, though boto3's own retries did not."""
        if self.throttling or self.code in _PASSING:
            return True
        return self.http_status >= 500 and self.http_status not in _LASTING

    @property
    def retry_after(self) -> float | None:
        """The seconds that the answer asks to be left alone for, where it does."""
        metadata: Mapping[str, Any] = self.response.get("ResponseMetadata", {})
        stated = metadata.get("HTTPHeaders", {}).get("retry-after")
        return None if stated is None else _seconds(str(stated))

    def __str__(self) -> str:
        parts = [super().__str__()]
        if self.tried:
            parts.append(self.tried)
        if self.request_id:
            parts.append(f"(request id {self.request_id})")
        return " ".join(parts)

    def __reduce__(self) -> tuple[Any, ...]:
        state = {"tried": self.tried, "differences": self.differences, "received": self.received}
        return _restore, ((type(self),), self.response, self.operation), state


def _seconds(stated: str) -> float | None:
    """What ``Retry-After`` says: seconds, or the moment until when."""
    from datetime import datetime, timezone
    from email.utils import parsedate_to_datetime

    if stated.strip().isdecimal():
        return float(stated)
    try:
        until = parsedate_to_datetime(stated)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=timezone.utc)
    return max(0.0, (until - datetime.now(timezone.utc)).total_seconds())


def _restore(kinds: tuple[type[ServiceError], ...], response: Any, operation: str) -> ServiceError:
    kind = _both(*kinds) if len(kinds) == 2 else kinds[0]
    return kind(response, operation)


class ValidationException(ServiceError):
    """The service found the request wrong; no model documents this code."""

    documented_code = "ValidationException"


class ThrottlingException(ServiceError):
    """Too many requests, after boto3's own retries; no model documents this code."""

    documented_code = "ThrottlingException"


class AccessDeniedException(ServiceError):
    """The caller may not do this; no model documents this code."""

    documented_code = "AccessDeniedException"


class UnreadableResponse(ServiceError):
    """The service answered something that is not a JSON object."""

    documented_code = "UnreadableResponse"


class StreamBroken(ServiceError):
    """An answer broke off while it arrived; ``received`` holds what had."""

    documented_code = "StreamBroken"


UNMODELLED: Mapping[str, type[ServiceError]] = {
    error.documented_code: error
    for error in (ValidationException, ThrottlingException, AccessDeniedException)
}
"""The codes that every service may answer without its model saying so."""


def from_client_error(error: ClientError, known: Mapping[str, type[ServiceError]]) -> ServiceError:
    """The same error under the class that stands for its code."""
    code = error.response.get("Error", {}).get("Code", "")
    return known.get(code, ServiceError)(error.response, error.operation_name)


def as_kind(error: ServiceError, kind: type[ServiceError]) -> ServiceError:
    """The same error, caught by ``except`` of ``kind`` as well as of its own class.

    For what the service says in several ways: SageMaker's "could not find" is now a
    ``ResourceNotFound`` and now a ``ValidationException``.
    """
    if isinstance(error, kind):
        return error
    both = _both(kind, type(error))(error.response, error.operation)
    vars(both).update(vars(error))
    return both


_BOTH: dict[tuple[type[ServiceError], type[ServiceError]], type[ServiceError]] = {}


def _both(kind: type[ServiceError], own: type[ServiceError]) -> type[ServiceError]:
    def reduce(self: ServiceError) -> tuple[Any, ...]:
        _, (_, response, operation), state = ServiceError.__reduce__(self)
        return _restore, ((kind, own), response, operation), state

    told = {"__module__": kind.__module__, "__doc__": kind.__doc__, "__reduce__": reduce}
    return _BOTH.setdefault((kind, own), type(kind.__name__, (kind, own), told))
