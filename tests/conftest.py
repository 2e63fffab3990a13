"""Fixtures for every test. None reads the credentials or settings of the machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.config import Config
from hypothesis import settings

from tests.aio import faces
from tests.service import ScriptedService

if faces.IS_ASYNC:
    faces.use_asynchronous_clients()

if TYPE_CHECKING:
    from sagemaker_typed import SageMakerClient
    from sagemaker_typed.testing import LocalSageMaker

# The same examples on every machine: a test that fails here fails everywhere.
settings.register_profile("repeatable", deadline=None, derandomize=True, database=None)
settings.load_profile("repeatable")

REGION = "eu-west-1"
# A test that is about retries sets its own.
ONE_TRY = Config(
    retries={"total_max_attempts": 1, "mode": "standard"}, connect_timeout=5, read_timeout=5
)


@pytest.fixture(autouse=True, scope="session")
def aws_environment() -> Iterator[None]:
    """Set test credentials, and hide the AWS settings of the machine."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(("AWS_", "MOTO_"))]:
            patch.delenv(name)
        patch.setenv("AWS_ACCESS_KEY_ID", "testing")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        patch.setenv("AWS_DEFAULT_REGION", REGION)
        patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        patch.setenv("AWS_CONFIG_FILE", os.devnull)
        patch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
        yield


@pytest.fixture(autouse=True)
def no_open_face() -> Iterator[None]:
    """Close the asynchronous clients of a test."""
    yield
    for face in list(faces.OPEN):
        face.close()


@pytest.fixture
def service() -> Iterator[ScriptedService]:
    """Start a service that responds from the script of the test."""
    with ScriptedService() as scripted:
        yield scripted


@pytest.fixture
def boto3_client(service: ScriptedService) -> Iterator[Any]:
    """Return a boto3 client of the scripted service."""
    client = boto3.client("sagemaker", endpoint_url=service.url, config=ONE_TRY)
    yield client
    client.close()


@pytest.fixture
def client(service: ScriptedService) -> Iterator[SageMakerClient]:
    """Return our client of the same service, without a consistency policy: one request a call."""
    from sagemaker_typed import SageMakerClient

    client = SageMakerClient(endpoint_url=service.url, config=ONE_TRY, consistency=None)
    yield client
    client.boto3.close()


@pytest.fixture(scope="session")
def moto_server() -> Iterator[LocalSageMaker]:
    """Start moto's server, one for each worker; a resource is ready at once."""
    pytest.importorskip("moto.server", reason="the extra `local` has moto")
    from sagemaker_typed.testing import local_sagemaker

    with local_sagemaker(polls=0) as local:
        yield local


@pytest.fixture
def moto_url(moto_server: LocalSageMaker) -> Iterator[str]:
    """Return the address of moto's server, which is emptied after the test."""
    yield moto_server.url
    moto_server.reset()


@pytest.fixture
def moto_client(moto_url: str) -> Iterator[SageMakerClient]:
    """Return our client of moto's server, as a user creates it."""
    from sagemaker_typed import SageMakerClient

    client = SageMakerClient(region_name=REGION, endpoint_url=moto_url)
    yield client
    client.boto3.close()
