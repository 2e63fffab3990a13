"""The length of the runs: short in CI, long with ``make soak``."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator

import pytest

from sagemaker_typed import SageMakerClient
from tests.faults import sides
from tests.service import ScriptedService


@pytest.fixture(scope="session")
def scale() -> int:
    """The factor by which a long run is longer than a short one."""
    return int(os.environ.get("SOAK", "1"))


@pytest.fixture
def ours(service: ScriptedService) -> Iterator[SageMakerClient]:
    """A client of our own that retries, as users have it."""
    client = sides.ours(service)
    yield client
    client.boto3.close()


@pytest.fixture(autouse=True)
def no_records() -> Iterator[None]:
    """Write no log records, because pytest keeps them all for its report."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _: None)
