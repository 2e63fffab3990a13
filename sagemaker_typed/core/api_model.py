"""The service model that a package was generated from."""

from __future__ import annotations

from typing import NamedTuple


class ApiModel(NamedTuple):
    """The origin of the generated code."""

    service: str
    """The name of the service in ``boto3.client()``."""

    api_version: str
    botocore: str
    """The botocore release that the service model came with."""

    sha256: str
    """The hash of the service model's JSON."""

    documentation: str = ""
    """AWS's page about an operation or a shape, with ``{}`` for its name; empty if unknown."""
