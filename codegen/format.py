"""ruff over a whole tree at once, with settings that no configuration file can change."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from codegen.errors import InputError

_COMMON = ("--isolated", "--no-cache", "--quiet", "--target-version=py310", "--line-length=100")
_IMPORTS = (
    "--select=I",
    "--fix",
    "--config=lint.isort.combine-as-imports=true",
    "--config=lint.isort.split-on-trailing-comma=false",
)


def formatted(files: Mapping[str, str], package: str) -> dict[str, str]:
    """The files with their imports sorted and their text laid out."""
    ruff = _ruff()
    first_party = f"--config=lint.isort.known-first-party=['sagemaker_typed', '{package}']"
    with TemporaryDirectory(prefix="codegen-") as folder:
        root = Path(folder)
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, "utf-8", newline="\n")
        _run([ruff, "check", *_COMMON, *_IMPORTS, first_party, "."], root)
        _run([ruff, "format", *_COMMON, "."], root)
        return {path: (root / path).read_text("utf-8") for path in files}


def _ruff() -> str:
    for folder in (sysconfig.get_path("scripts"), str(Path(sys.executable).parent)):
        for name in ("ruff", "ruff.exe"):
            if (Path(folder) / name).is_file():
                return str(Path(folder) / name)
    raise InputError("ruff is not installed beside this Python; install the codegen group")


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
