"""The boto3 client of CloudWatch Logs, beside a client of this package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import boto3
    from botocore.client import BaseClient


def create_logs_client(
    session: boto3.Session | None, profile_name: str | None, **options: Any
) -> BaseClient:
    """Create a ``logs`` client with the session, or with boto3's default session."""
    import boto3

    create: Any = boto3.client
    if session is not None:
        create = session.client
    elif profile_name is not None:
        create = boto3.Session(profile_name=profile_name).client
    client: BaseClient = create("logs", **options)
    return client
