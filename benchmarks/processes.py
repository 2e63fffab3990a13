"""The measured processes and their environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import IO, Any

from typing_extensions import Self

from benchmarks import cold, programs, scenarios

ROOT = Path(__file__).parents[1]


class Failed(Exception):
    """A side cannot do the task; the message is its own."""


def surroundings(url: str | None = None) -> dict[str, str]:
    """Return the environment variables of every process, without settings for AWS or Python.

    Not even that no bytecode be written: every program would then wait for all of ours to compile.
    """
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "PYTHON"))
    }
    here = {
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": scenarios.REGION,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "PYTHONPATH": str(ROOT),
        "PYTHONHASHSEED": "0",
    }
    # the boto3 client of sagemaker-core reads the address from here
    return kept | here | ({"AWS_ENDPOINT_URL_SAGEMAKER": url} if url else {})


@contextmanager
def service() -> Generator[str]:
    """Start the service that stands in for SageMaker in a process, and yield its address."""
    process = _start([sys.executable, "-m", "benchmarks.service"], None)
    try:
        yield _pipe(process.stdout).readline().strip()
    finally:
        _end(process)


class Worker:
    """A warm process of one side, which runs the lines that it receives.

    It runs on the processor that all sides share, or ``anywhere``.
    """

    def __init__(self, side: str, python: str, url: str | None, *, anywhere: bool = False) -> None:
        module = {"boto3": "boto3_dicts", "ours": "ours", "core": "sagemaker_core"}[side]
        command = [python, "-m", "benchmarks.worker", module, *([url] if url else [])]
        with nullcontext() if anywhere else _measured():
            self._process = _start(command, url)

    def run(self, source: str, *, number: int, threads: int = 1) -> Mapping[str, float]:
        """Run a line so many times: CPU and wall time in seconds, peak memory in megabytes."""
        asked = {
            "source": source,
            "names": sorted(programs.names(source)),
            "run": {"number": number, "threads": threads},
        }
        print(json.dumps(asked), file=_pipe(self._process.stdin), flush=True)
        report: dict[str, Any] = json.loads(
            _pipe(self._process.stdout).readline() or '{"failed": "the process has ended"}'
        )
        if "failed" in report:
            raise Failed(report["failed"])
        return report

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        _end(self._process)


def whole(side: str, python: str, what: str, url: str) -> Mapping[str, float]:
    """Run a program: CPU and wall time from its start to the response, and peak memory."""
    command = [python, "-c", cold.program(side, what), url]
    with _measured():
        started = time.monotonic()
        process = _start(command, url, stderr=subprocess.PIPE)
    output, refused = process.communicate()
    if process.returncode:
        raise Failed(refused.strip().rpartition("\n")[2][:300])
    report: dict[str, float] = json.loads(output.splitlines()[-1])
    return {"cpu": report["cpu"], "wall": report["at"] - started, "peak": report["peak"]}


@contextmanager
def _measured() -> Generator[None]:
    """Start processes on one processor, because processors differ in speed and load.

    The service uses the others.
    """
    if not hasattr(os, "sched_setaffinity"):  # only Linux has it
        yield
        return
    processors = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(processors)})  # child processes inherit it
    try:
        yield
    finally:
        os.sched_setaffinity(0, processors)


def _start(
    command: list[str], url: str | None, stderr: int = subprocess.DEVNULL
) -> subprocess.Popen[str]:
    return subprocess.Popen(  # our own program
        command,
        env=surroundings(url),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
    )


def _pipe(pipe: IO[str] | None) -> IO[str]:
    if pipe is None:
        raise RuntimeError("a process without a pipe")
    return pipe


def _end(process: subprocess.Popen[str]) -> None:
    _pipe(process.stdin).close()  # the process then ends
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    _pipe(process.stdout).close()
