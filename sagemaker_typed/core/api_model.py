"""The service model that a package was generated from."""

from __future__ import annotations

from typing import NamedTuple


def reference(pages: str, name: str) -> list[str]:
    """Return the paragraph with the link to AWS's page of that name; ``pages`` has ``{}`` for it.

    An editor would take an underscore of a bare address for emphasis.
    """
    return [f"[API reference]({pages.format(name)})"] if pages and name else []


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
