"""What the service refuses, and what it answers that cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from botocore.exceptions import ClientError


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
        self.request_id = str(metadata.get("RequestId", ""))
        """What AWS support asks for; empty where the answer carried none."""
        self.http_status = int(metadata.get("HTTPStatusCode", 0))
        """The HTTP status; 0 where there was none."""
        self.tried = ""
        """What was tried before this answer was taken as final, if anything was."""

    def __str__(self) -> str:
        parts = [super().__str__()]
        if self.tried:
            parts.append(self.tried)
        if self.request_id:
            parts.append(f"(request id {self.request_id})")
        return " ".join(parts)

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (type(self), self.response, self.operation, self.tried)


def _restore(error: type[ServiceError], response: Any, operation: str, tried: str) -> ServiceError:
    restored = error(response, operation)
    restored.tried = tried
    return restored


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


UNMODELLED: Mapping[str, type[ServiceError]] = {
    error.documented_code: error
    for error in (ValidationException, ThrottlingException, AccessDeniedException)
}
"""The codes that every service may answer without its model saying so."""


def from_client_error(error: ClientError, known: Mapping[str, type[ServiceError]]) -> ServiceError:
    """The same error under the class that stands for its code."""
    code = error.response.get("Error", {}).get("Code", "")
    return known.get(code, ServiceError)(error.response, error.operation_name)
