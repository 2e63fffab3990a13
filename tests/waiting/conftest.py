"""One client for the many waits over HTTP."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from sagemaker_typed import SageMakerClient
from tests.conftest import ONE_TRY
from tests.service import ScriptedService


@pytest.fixture(scope="module")
def scripted() -> Generator[ScriptedService]:
    with ScriptedService() as service:
        yield service


@pytest.fixture(scope="module")
def typed(scripted: ScriptedService) -> Generator[SageMakerClient]:
    client = SageMakerClient(endpoint_url=scripted.url, config=ONE_TRY, consistency=None)
    yield client
    client.boto3.close()
