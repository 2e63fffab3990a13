"""The three clients that meet each failure, and the outcomes to compare."""

from __future__ import annotations

import contextvars
import gc
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from sagemaker_typed import SageMakerClient
from tests.service import ScriptedService

RETRIES = Config(
    retries={"total_max_attempts": 3, "mode": "standard"}, connect_timeout=5, read_timeout=5
)
Call: TypeAlias = "Callable[[dict[str, Any]], dict[str, Any]]"
"""Calls a method with boto3's parameters, and returns boto3's mapping."""


@dataclass(frozen=True)
class Outcome:
    """The result of a call, as a program that was written for boto3 sees it."""

    error: str = ""
    """The class of the error; ``ClientError`` for all of its subclasses."""
    code: str = ""
    text: str = ""
    response: dict[str, Any] = field(default_factory=dict[str, Any])
    attempts: int = 0
    """The attempts that boto3 reports."""


@dataclass(frozen=True)
class Left:
    """Things that a client may leave behind."""

    threads: int
    descriptors: int
    context: int

    @staticmethod
    def now() -> Left:
        gc.collect()  # botocore's retries leave a cycle that holds the connection
        for thread in threading.enumerate():
            if "process_request_thread" in thread.name:  # of the scripted service
                thread.join(1)
        folder = Path("/proc/self/fd")
        descriptors = len(list(folder.iterdir())) if folder.is_dir() else 0
        return Left(threading.active_count(), descriptors, len(contextvars.copy_context()))


def boto3_client(service: ScriptedService) -> Any:
    return boto3.client("sagemaker", endpoint_url=service.url, config=RETRIES)


def ours(service: ScriptedService) -> SageMakerClient:
    return SageMakerClient(endpoint_url=service.url, config=RETRIES, consistency=None)


def from_boto3(service: ScriptedService) -> SageMakerClient:
    return SageMakerClient.from_boto3(boto3_client(service), consistency=None)


def call_boto3(client: Any, method: str, parameters: dict[str, Any]) -> Outcome:
    return _outcome(lambda: getattr(client, method)(**parameters))


def call_ours(client: SageMakerClient, method: str, parameters: dict[str, Any]) -> Outcome:
    def call() -> dict[str, Any]:
        snake = {
            "ModelName": "model_name",
            "ExecutionRoleArn": "execution_role_arn",
        }
        arguments = {snake[name]: value for name, value in parameters.items()}
        response = getattr(client, method)(**arguments)
        metadata = {"RetryAttempts": response.response_metadata.retry_attempts}
        return {**response.to_boto(), "ResponseMetadata": metadata}

    return _outcome(call)


def _outcome(call: Callable[[], dict[str, Any]]) -> Outcome:
    try:
        response = dict(call())
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        attempts = error.response.get("ResponseMetadata", {}).get("RetryAttempts", 0)
        return Outcome("ClientError", code, str(error), attempts=attempts)
    except Exception as error:  # noqa: BLE001  # whatever boto3 raises
        text = str(error).partition("http://")[0]  # the port differs
        return Outcome(type(error).__name__, text=text)
    metadata = response.pop("ResponseMetadata")
    return Outcome(response=response, attempts=metadata["RetryAttempts"])
