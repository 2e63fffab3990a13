"""This package with its defaults: constraints, rules, consistency."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from botocore.config import Config

from benchmarks import stub
from sagemaker_typed import SageMakerClient, models


def namespace(url: str | None, names: Collection[str]) -> Mapping[str, Any]:
    """Return the names that the lines of this side use. Without an address, HTTP is stubbed."""
    client = SageMakerClient(endpoint_url=url, config=Config(max_pool_connections=32))
    if url is None:
        stub.attach(client.boto3)
    return {"client": client, **{name: getattr(models, name) for name in names}}
