"""The metadata of a call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

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
    """``RetryAttempts``: how often boto3 repeated the request."""

    @classmethod
    def from_boto(cls, metadata: Mapping[str, Any]) -> ResponseMetadata:
        """Read the ``ResponseMetadata`` of a boto3 response; every part is optional."""
        return cls(
            request_id=str(metadata.get("RequestId", "")),
            http_status_code=int(metadata.get("HTTPStatusCode", 0)),
            http_headers=FrozenMap(metadata.get("HTTPHeaders", {})),
            retry_attempts=int(metadata.get("RetryAttempts", 0)),
        )
