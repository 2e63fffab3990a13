"""The commands that call the service: their client, and its errors."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from sagemaker_typed.client import SageMakerClient

FAILED = 1


def call_service(
    arguments: argparse.Namespace, command: Callable[[SageMakerClient, argparse.Namespace], None]
) -> int:
    """Run a command with a client; an error of the service or of botocore gives no traceback."""
    from botocore.exceptions import BotoCoreError, ClientError

    from sagemaker_typed.client import SageMakerClient

    try:
        with SageMakerClient(
            profile_name=arguments.profile, region_name=arguments.region
        ) as client:
            command(client, arguments)
    except (BotoCoreError, ClientError) as error:
        sys.stdout.flush()
        sys.stderr.write(f"sagemaker-typed: {error}\n")
        return FAILED
    return 0


def reasons(error: ValueError) -> str:
    """Return the messages of a validation error on one line."""
    from pydantic import ValidationError

    if not isinstance(error, ValidationError):
        return str(error)
    return "; ".join(each["msg"] for each in error.errors(include_url=False))
