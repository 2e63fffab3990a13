"""Unit tests on every Python that is found, with the newest dependencies and the oldest.

What needs the pinned botocore, the checkers or the wheel is shown on one Python, by `make test`.
"""

from __future__ import annotations

import os
import re
from itertools import chain
from pathlib import Path

import nox

nox.needs_version = ">=2024.10.9"
nox.options.default_venv_backend = "venv"
nox.options.error_on_missing_interpreters = False
nox.options.reuse_venv = "yes"
nox.options.sessions = ["unit", "oldest"]

PYTHONS = ("3.10", "3.11", "3.12", "3.13")
OLDEST_BOTOCORE = "botocore==1.34.0"  # what the oldest boto3 was released with

# pyenv's shims know one Python at a time, so the others are found where it keeps them.
_PYENV = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
os.environ["PATH"] = os.pathsep.join(
    [
        *(str(found) for python in PYTHONS for found in sorted(_PYENV.glob(f"{python}.*/bin"))),
        os.environ["PATH"],
    ]
)


def oldest_dependencies() -> list[str]:
    """Dependencies and extras, each at the oldest version that pyproject.toml admits."""
    project = nox.project.load_toml("pyproject.toml")["project"]
    stated = chain(project["dependencies"], *project["optional-dependencies"].values())
    return [*(re.sub(r">=([\d.]+)$", r"==\1", one) for one in stated), OLDEST_BOTOCORE]


def run_tests(session: nox.Session, *pins: str) -> None:
    session.install("--quiet", "pip>=25.1")
    session.install("--quiet", "--group", "unit", "--editable", ".[cli,progress]", *pins)
    chosen = "not checkers and not packaging and not pinned"
    session.run("pytest", "-q", "-n2", "--dist=worksteal", "-m", chosen, *session.posargs)


@nox.session(python=PYTHONS)
def unit(session: nox.Session) -> None:
    """With the newest dependencies that there are."""
    run_tests(session)


@nox.session(python=PYTHONS[0])
def oldest(session: nox.Session) -> None:
    """With the oldest dependencies that pyproject.toml admits."""
    run_tests(session, *oldest_dependencies())
