"""The command as a process: start-up, terminals, pipes, signals."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sagemaker_typed.cli import source
from tests.cli.conftest import Command

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "sagemaker_typed.cli")
FAULTY = '{"EndpointName": "-"}'
ESCAPE = "\x1b["


def process(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **options.pop("env", {})}
    return subprocess.run(
        [*COMMAND, *arguments],
        capture_output="stdout" not in options,
        text=True,
        check=False,
        env=environment,
        **options,
    )


def test_the_command(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(FAULTY, encoding="utf-8")
    ended = process("validate", "DescribeEndpoint", "a.json", cwd=tmp_path)
    assert ended.returncode == 1
    assert ended.stdout.startswith("a.json:1:18: error: EndpointName: ")
    assert ESCAPE not in ended.stdout


def test_the_standard_input_is_read() -> None:
    ended = process("validate", "DescribeEndpoint", "-", input=FAULTY)
    assert ended.returncode == 1
    assert ended.stdout.startswith("<stdin>:1:18: error: ")


@pytest.mark.parametrize("command", [(), ("validate",), ("explain",), ("skeleton",), ("doctor",)])
def test_help_is_enough_to_start_with(command: tuple[str, ...]) -> None:
    ended = process(*command, "--help")
    assert ended.returncode == 0
    assert "sagemaker-typed" in ended.stdout
    assert all(len(line) <= 100 for line in ended.stdout.splitlines())


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["--help"], ["pydantic", "pydantic_core", "yaml", "boto3", "botocore"]),
        (["skeleton", "CreateModel"], ["boto3", "botocore", "yaml"]),
        (["explain", "CreateModel", "--no-documentation"], ["boto3", "botocore", "yaml"]),
        (["validate", "CreateModel", "a.json"], ["boto3", "botocore", "yaml"]),
    ],
)
def test_nothing_is_loaded_that_is_not_needed(
    arguments: list[str], unwanted: list[str], tmp_path: Path
) -> None:
    (tmp_path / "a.json").write_text('{"ModelName": "churn"}', encoding="utf-8")
    program = (
        "import sys; from sagemaker_typed.cli.main import main;"
        f"assert main({arguments}) == 0; sys.exit(str(set(sys.modules) & set({unwanted}) or 0))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.stderr.strip().splitlines()[-1] == "0"


def test_the_version_says_of_which_api() -> None:
    from sagemaker_typed import API_MODEL, __version__

    ended = process("--version")
    assert ended.returncode == 0
    assert __version__ in ended.stdout
    assert API_MODEL.botocore in ended.stdout


def test_no_command_is_a_usage_error() -> None:
    ended = process()
    assert ended.returncode == 2
    assert "usage: sagemaker-typed" in ended.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="signals and pipes are POSIX's")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("operation", ["DeleteModel", "CreateTrainingJob"])
def test_a_reader_that_leaves_is_no_traceback(operation: str, unbuffered: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    ended = process(
        "explain",
        operation,
        stdout=writer,
        stderr=subprocess.PIPE,
        env={"PYTHONUNBUFFERED": unbuffered},
    )
    os.close(writer)
    assert ended.stderr == ""
    assert ended.returncode == 141


def test_ctrl_c_is_no_traceback(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(source, "read", interrupted)
    ended = command("validate", "CreateModel", "-")
    assert (ended.status, ended.out, ended.err) == (130, "", "\n")


@pytest.mark.skipif(sys.platform != "linux", reason="a pseudo-terminal as Linux has them")
@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)],
)
@pytest.mark.parametrize("command", ["validate DescribeEndpoint a.json", "explain CreateModel"])
def test_colours_are_for_terminals(
    command: str, environment: dict[str, str], coloured: bool, tmp_path: Path
) -> None:
    import pty

    (tmp_path / "a.json").write_text(FAULTY, encoding="utf-8")
    controller, terminal = pty.openpty()
    environment = {"TERM": "xterm", "NO_COLOR": "", **environment}
    arguments = [*command.split(), *(["--no-documentation"] if "explain" in command else [])]
    child = subprocess.Popen(
        [*COMMAND, *arguments],
        stdout=terminal,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stderr=subprocess.DEVNULL,
    )
    os.close(terminal)
    shown = b""
    while chunk := _read(controller):
        shown += chunk
    child.wait()
    os.close(controller)
    assert (ESCAPE in shown.decode()) == coloured
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown.decode()).replace("\r\n", "\n")
    assert plain == process(*arguments, cwd=tmp_path).stdout


def _read(controller: int) -> bytes:
    try:
        return os.read(controller, 65536)
    except OSError:  # Linux says so when the other end is closed
        return b""


def test_a_name_that_the_locale_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "é.json").write_text(FAULTY, encoding="utf-8")
    ended = process(
        "validate",
        "DescribeEndpoint",
        "é.json",
        cwd=tmp_path,
        env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "1"},
    )
    assert ended.returncode == 1
    assert ended.stdout.startswith("\\xe9.json:1:18: error: ")
