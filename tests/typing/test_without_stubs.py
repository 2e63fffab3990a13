"""Without botocore-stubs, errors are still exceptions, and their attributes have types."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Final

import pytest

from benchmarks.typing.environments import Environment
from tests.typing.checkers import BIN

pytestmark = [pytest.mark.checkers, pytest.mark.xdist_group("checkers")]

RIGHT: Final = """\
from typing_extensions import assert_type

from sagemaker_typed import RepeatedToken, SageMakerClient, ServiceError, WaitFailed
from sagemaker_typed.errors import ResourceNotFound

client = SageMakerClient(region_name="eu-west-1")
try:
    client.wait_endpoint_in_service(endpoint_name="churn")
except ResourceNotFound as error:
    assert_type(error, ResourceNotFound)
    assert_type(error.code, str)
    assert_type(error.http_status, int)
    raise
except (WaitFailed, RepeatedToken, ServiceError) as error:
    known: Exception = error
    raise known from error
caught: type[Exception] = ServiceError


def reraise(error: ServiceError) -> None:
    raise error
"""
WRONG: Final = """\
from sagemaker_typed import ServiceError


def read(error: ServiceError) -> None:
    code: int = error.code
    status: str = error.http_status
    error.message.append("a")
"""


def mypy(environment: Environment, folder: Path, text: str) -> list[str]:
    (folder / "program.py").write_text(text, encoding="utf-8")
    options = ["--strict", "--no-error-summary", f"--python-executable={environment.python}"]
    command = [BIN / "mypy", *options, f"--cache-dir={folder / 'cache'}", "program.py"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert not done.stderr
    return done.stdout.splitlines()


def test_errors_are_exceptions_with_types(alone: Environment, tmp_path: Path) -> None:
    assert mypy(alone, tmp_path, RIGHT) == []


def test_a_misread_error_is_found(alone: Environment, tmp_path: Path) -> None:
    errors = mypy(alone, tmp_path, WRONG)
    assert [line.split(":")[1] for line in errors] == ["5", "6", "7"], errors
