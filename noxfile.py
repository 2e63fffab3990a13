"""Unit tests on every Python that is found, and with the oldest and newest dependencies."""

from __future__ import annotations

import os
import re
from pathlib import Path

import nox

nox.needs_version = ">=2024.10.9"
nox.options.default_venv_backend = "venv"
nox.options.error_on_missing_interpreters = False
nox.options.reuse_venv = "yes"
nox.options.sessions = ["unit", "oldest"]

PYTHONS = ("3.10", "3.11", "3.12", "3.13")
UNIT = ("pytest", "-q", "-m", "not codegen and not checkers and not packaging")

# pyenv's shims know one Python at a time, so the others are found where it keeps them.
_PYENV = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
os.environ["PATH"] = os.pathsep.join(
    [
        *(str(found) for python in PYTHONS for found in sorted(_PYENV.glob(f"{python}.*/bin"))),
        os.environ["PATH"],
    ]
)


def lower_bounds() -> list[str]:
    """The runtime dependencies, each at the oldest version that pyproject.toml admits."""
    stated = nox.project.load_toml("pyproject.toml")["project"]["dependencies"]
    return [re.sub(r">=([\d.]+).*", r"==\1", dependency) for dependency in stated]


def constraints(session: nox.Session, pins: list[str]) -> Path:
    path = Path(session.create_tmp()) / "constraints.txt"
    path.write_text("\n".join(pins) + "\n", encoding="utf-8")
    return path


def install(session: nox.Session, *more: str) -> None:
    session.install("--quiet", "pip>=25.1")
    session.install("--quiet", "--group", "unit", ".", *more)


@nox.session(python=PYTHONS)
def unit(session: nox.Session) -> None:
    """Unit tests and sagas with the newest dependencies."""
    install(session)
    session.run(*UNIT, *session.posargs)


@nox.session(python="3.10")
def oldest(session: nox.Session) -> None:
    """The same with the oldest dependencies that pyproject.toml admits."""
    install(session, "--constraint", str(constraints(session, lower_bounds())))
    session.run(*UNIT, *session.posargs)
