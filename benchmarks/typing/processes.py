"""Run commands as a user runs them, and measure them."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

Command: TypeAlias = Sequence[str | Path]

# These would show a checker this source tree, or an account.
_HIDDEN = ("AWS_", "MYPY", "PYTHON", "VIRTUAL_ENV")


@dataclass(frozen=True)
class Used:
    """The resources that a command and its child processes used."""

    wall: float
    processor: float
    megabytes: float
    code: int
    output: str


def surroundings() -> dict[str, str]:
    """Return the environment variables of a process outside a source tree."""
    return {name: text for name, text in os.environ.items() if not name.startswith(_HIDDEN)}


def run(command: Command, folder: Path) -> Used:
    """Run a command to its end. Memory is that of the largest process."""
    with tempfile.TemporaryFile() as output:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=surroundings(), stdout=output, stderr=subprocess.STDOUT
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        return Used(
            wall=wall,
            processor=usage.ru_utime + usage.ru_stime,
            megabytes=usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10),
            code=process.returncode,
            output=output.read().decode(errors="replace"),
        )


def must(command: Command, folder: Path) -> str:
    """Return the output of a command, which must succeed."""
    used = run(command, folder)
    if used.code:
        shown = " ".join(str(part) for part in command)
        raise RuntimeError(f"{shown}: exit code {used.code}\n{used.output}")
    return used.output
