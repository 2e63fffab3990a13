"""Packages made by the command line, as a person makes them, and imported."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
SERVICES: Final = {
    path.parent.parent.name: path
    for path in sorted(Path(__file__).parent.glob("services/*/*/service-2.json"))
}


def codegen(
    *arguments: str | Path, cwd: Path = ROOT, hash_seed: str = "random"
) -> subprocess.CompletedProcess[str]:
    """``python -m codegen`` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "codegen", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(cwd), "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=False,
    )


def generate(source: Path, out: Path, package: str, *, hash_seed: str = "random") -> Path:
    """The folder of a package that was generated from a service model."""
    arguments = ("--source", source, "--out", out, "--package", package)
    done = codegen("generate", *arguments, hash_seed=hash_seed)
    assert done.returncode == 0, done.stderr
    return out.joinpath(*package.split("."))


def texts(folder: Path) -> dict[str, str]:
    """Every file of a folder, by its path inside of it; a packed file is read unpacked."""
    return {
        path.relative_to(folder).as_posix(): _unpacked(path).decode()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def _unpacked(path: Path) -> bytes:
    content = path.read_bytes()
    return gzip.decompress(content) if path.suffix == ".gz" else content
