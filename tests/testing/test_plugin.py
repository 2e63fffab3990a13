"""The pytest plugin, in a test run of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from sagemaker_typed.testing import StubbedSageMaker


def run(folder: Path, test: str, *options: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_program.py").write_text(test, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options, "test_program.py"],
        cwd=folder,
        env={k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "PYTEST_"))}
        | {"COLUMNS": "300"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_the_fixture_is_there(stubbed_sagemaker: StubbedSageMaker) -> None:
    stubbed_sagemaker.respond("describe_endpoint", endpoint_status="InService")
    described = stubbed_sagemaker.client.describe_endpoint(endpoint_name="churn")
    assert described.endpoint_status == "InService"


def test_the_package_declares_it() -> None:
    (plugin,) = (each for each in entry_points(group="pytest11") if each.name == "sagemaker_typed")
    assert plugin.value == "pytest_sagemaker_typed"


RESULTS = """
def test_unused(stubbed_sagemaker):
    stubbed_sagemaker.respond("list_models")

def test_hidden(stubbed_sagemaker):
    try:
        stubbed_sagemaker.client.list_models()
    except AssertionError:
        pass

def test_failed(stubbed_sagemaker):
    stubbed_sagemaker.respond("list_models")
    assert 1 == 2

def test_allowed(stubbed_sagemaker):
    stubbed_sagemaker.allow_unused = True
    stubbed_sagemaker.respond("list_models")

def test_used(stubbed_sagemaker, request):
    stubbed_sagemaker.respond("list_models")
    request.getfixturevalue("stubbed_sagemaker").client.list_models()
"""


def test_a_test_fails_as_a_test(tmp_path: Path) -> None:
    done = run(tmp_path, RESULTS, "-rA")
    lines = set(done.stdout.splitlines())
    assert "3 failed, 2 passed" in done.stdout
    assert "error" not in done.stdout.splitlines()[-1]
    assert any("UnusedReplies" in line and "test_unused" in line for line in lines)
    assert any("UnexpectedCall" in line and "test_hidden" in line for line in lines)
    assert any("assert 1 == 2" in line and "test_failed" in line for line in lines)


UNUSED = """
import sys

def test_nothing():
    assert not [name for name in sys.modules if name.startswith(("sagemaker_typed", "boto"))]
"""


@pytest.mark.parametrize("options", [(), ("-p", "no:sagemaker_typed")])
def test_it_imports_nothing_until_it_is_used(tmp_path: Path, options: tuple[str, ...]) -> None:
    done = run(tmp_path, UNUSED, *options)
    assert done.returncode == 0, done.stdout
