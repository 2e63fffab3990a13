"""``sagemaker-typed doctor``: versions and settings, and no credential."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

import boto3
import botocore
import pytest
from botocore.client import BaseClient

from sagemaker_typed import API_MODEL, __version__
from tests.cli.conftest import Command, Ended

SECRET = "hunter2-hunter2"


@pytest.fixture(autouse=True)
def _new_default_session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", f"AKIA{SECRET}")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)


def report(ended: Ended) -> dict[str, str]:
    """Return the text of each subject."""
    return {line[:16].strip(): line[17:] for line in ended.lines}


def test_the_report(command: Command) -> None:
    ended = command("doctor", "--region", "eu-central-1")
    shown = report(ended)
    assert ended.status == 0, ended.out
    assert shown["sagemaker-typed"] == __version__
    assert shown["model"].endswith(f"botocore {API_MODEL.botocore}")
    for name in ("boto3", "botocore", "pydantic", "pydantic-core", "tenacity"):
        assert shown[name] == metadata.version(name)
    assert shown["python"].startswith(sys.version.split()[0])
    assert shown["credentials"].startswith("env, profile ")
    assert shown["region"] == "eu-central-1"
    assert shown["endpoint"] == "https://api.sagemaker.eu-central-1.amazonaws.com"
    assert shown["calls"].startswith("short path")
    assert shown["operations"].startswith("434, the same as")
    assert SECRET not in ended.out


def test_the_profile_is_read(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "config"
    config.write_text(
        f"[profile research]\nregion = eu-north-1\naws_access_key_id = AKIA{SECRET}\n"
        f"aws_secret_access_key = {SECRET}\nendpoint_url = http://127.0.0.1:9\n"
    )
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    ended = command("doctor", "--profile", "research")
    shown = report(ended)
    assert shown["credentials"] == "config-file, profile research"
    assert shown["region"] == "eu-north-1"
    assert shown["endpoint"] == "http://127.0.0.1:9"
    assert SECRET not in ended.out


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        ("AWS_DEFAULT_REGION", "client           problem: You must specify a region."),
        ("AWS_ACCESS_KEY_ID", "credentials      problem: none found: calls cannot be signed"),
    ],
)
def test_a_missing_setting_is_a_problem(
    command: Command, monkeypatch: pytest.MonkeyPatch, missing: str, expected: str
) -> None:
    monkeypatch.delenv(missing)
    if missing == "AWS_ACCESS_KEY_ID":
        monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    ended = command("doctor")
    assert ended.status == 1
    assert expected in ended.lines
    assert ended.err == ""


def test_an_unknown_profile_is_a_problem(command: Command) -> None:
    ended = command("doctor", "--profile", "nobody")
    assert ended.status == 1
    assert (
        ended.lines[-1]
        == "client           problem: The config profile (nobody) could not be found"
    )


def test_an_observer_is_named(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    session: Any = boto3.Session()

    def trace_calls(**_: object) -> None: ...

    session.events.register("before-call", trace_calls)
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", session)
    shown = report(command("doctor"))
    assert shown["calls"].startswith("long path, boto3 serializes and parses: observed by ")
    assert "trace_calls" in shown["calls"]


def test_a_replaced_method_is_named(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    base: Any = BaseClient
    original = base._make_api_call

    def recorded(self: Any, *arguments: Any) -> Any:
        return original(self, *arguments)

    monkeypatch.setattr(base, "_make_api_call", recorded)
    assert "recorded" in report(command("doctor"))["calls"]


@pytest.mark.pinned
def test_operations_of_one_side_are_out_of_date(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = Path(botocore.__file__).parent / "data/sagemaker/2017-07-24/service-2.json.gz"
    model = json.loads(gzip.decompress(source.read_bytes()))
    model["operations"]["DescribeOrbit"] = model["operations"]["DescribeEndpoint"]
    del model["operations"]["AddTags"]
    folder = tmp_path / "sagemaker" / "2017-07-24"
    folder.mkdir(parents=True)
    (folder / "service-2.json").write_text(json.dumps(model))
    monkeypatch.setenv("AWS_DATA_PATH", str(tmp_path))
    ended = command("doctor")
    assert ended.status == 1
    older, newer = (line for line in ended.lines if line.startswith("out of date"))
    assert "does not know AddTags: pip install --upgrade boto3" in older
    assert "also knows DescribeOrbit: pip install --upgrade sagemaker-typed" in newer


def test_a_distribution_that_is_too_old_is_a_problem(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = metadata.version
    monkeypatch.setattr(
        metadata, "version", lambda name: "2.9.1" if name == "pydantic" else version(name)
    )
    ended = command("doctor")
    assert ended.status == 1
    assert any("pydantic 2.9.1 is older than 2.11" in line for line in ended.lines)


def test_the_module_is_the_same_command() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "sagemaker_typed.doctor", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "usage: sagemaker-typed doctor" in ended.stdout
