"""Which service model the package was generated from."""

from __future__ import annotations

from typing import NamedTuple


class ApiModel(NamedTuple):
    """The origin of the generated code."""

    service: str
    """What ``boto3.client()`` calls the service."""

    api_version: str
    botocore: str
    """The botocore release that the service model came with."""

    sha256: str
    """Of the service model's JSON."""
