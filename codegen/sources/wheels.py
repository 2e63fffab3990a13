"""Wheels of botocore from the package index."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from codegen.errors import InputError


def download(requirement: str, folder: Path) -> Path:
    """Return the path of the wheel that pip downloads for this requirement."""
    into = folder / requirement.replace("=", "_")
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download"]
    command += ["--quiet", "--no-deps", "--only-binary", ":all:", "--dest", str(into), requirement]
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603
    wheels = sorted(into.glob("*.whl"))
    if done.returncode or not wheels:
        lines = done.stderr.strip().splitlines() or ["no wheel was found"]
        raise InputError(f"pip cannot fetch {requirement}: {lines[-1]}")
    return wheels[0]
