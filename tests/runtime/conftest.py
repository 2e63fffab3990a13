"""Clients of the runtime, ours and boto3's, of the scripted service."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import boto3
import pytest

from sagemaker_typed.runtime import SageMakerRuntimeClient
from tests.conftest import ONE_TRY
from tests.service import ScriptedService


@pytest.fixture
def runtime(service: ScriptedService) -> Generator[SageMakerRuntimeClient]:
    client = SageMakerRuntimeClient(endpoint_url=service.url, config=ONE_TRY)
    yield client
    client.boto3.close()


@pytest.fixture
def raw(service: ScriptedService) -> Generator[Any]:
    client = boto3.client("sagemaker-runtime", endpoint_url=service.url, config=ONE_TRY)
    yield client
    client.close()
