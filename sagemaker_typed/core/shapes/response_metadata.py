"""The metadata of a call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from sagemaker_typed.core.schema.frozen import FrozenMap


@dataclass(frozen=True)
class ResponseMetadata:
    """The request id and HTTP data of one call, named as boto3 documents them."""

    request_id: str = ""
    """``RequestId``, which AWS support asks for; empty if the response had none."""

    http_status_code: int = 0
    """``HTTPStatusCode``; 0 if there was no HTTP response."""

    http_headers: Mapping[str, str] = field(default_factory=FrozenMap)
    """``HTTPHeaders``, names in lower case."""

    retry_attempts: int = 0
    """``RetryAttempts``, the number of times that boto3 repeated the request."""

    @classmethod
    def from_boto(cls, metadata: object) -> ResponseMetadata:
        """Read the ``ResponseMetadata`` of a boto3 response.

        Every part is optional. A part of another type is ignored.
        """
        if not isinstance(metadata, Mapping):
            return cls()
        headers: Any = metadata.get("HTTPHeaders")
        if not isinstance(headers, Mapping):
            headers = {}
        return cls(
            request_id=str(metadata.get("RequestId") or ""),
            http_status_code=_number(metadata.get("HTTPStatusCode")),
            http_headers=FrozenMap(cast("Mapping[str, str]", headers)),
            retry_attempts=_number(metadata.get("RetryAttempts")),
        )


def _number(value: object) -> int:
    """Return a count; 0 for anything else, as mocks and recorded responses may hold."""
    return value if isinstance(value, int) else 0
