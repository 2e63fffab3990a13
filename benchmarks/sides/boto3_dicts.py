"""boto3 as it is, with plain dicts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import boto3
from botocore.config import Config

from benchmarks import stub


def namespace(url: str | None, _: Collection[str]) -> Mapping[str, Any]:
    """Return the names that the lines of this side use. Without an address, HTTP is stubbed."""
    client = boto3.client("sagemaker", endpoint_url=url, config=Config(max_pool_connections=32))
    if url is None:
        stub.attach(client)
    return {"client": client}
