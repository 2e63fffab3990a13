"""What AWS says about a call, beside its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sagemaker_typed.core.schema.frozen import FrozenMap


@dataclass(frozen=True)
class ResponseMetadata:
    """The request id and HTTP facts of one call, named as boto3 documents them."""

    request_id: str = ""
    """``RequestId``: what AWS support asks for; empty where the answer carried none."""

    http_status_code: int = 0
    """``HTTPStatusCode``; 0 where there was no HTTP answer."""

    http_headers: Mapping[str, str] = field(default_factory=FrozenMap)
    """``HTTPHeaders``, names in lower case."""

    retry_attempts: int = 0
    """``RetryAttempts``: how often boto3 sent the request again."""

    @classmethod
    def from_boto(cls, metadata: Mapping[str, Any]) -> ResponseMetadata:
        """Read the ``ResponseMetadata`` of a boto3 answer, whatever of it is there."""
        return cls(
            request_id=str(metadata.get("RequestId", "")),
            http_status_code=int(metadata.get("HTTPStatusCode", 0)),
            http_headers=FrozenMap(metadata.get("HTTPHeaders", {})),
            retry_attempts=int(metadata.get("RetryAttempts", 0)),
        )
