"""Run the unit tests on every Python that is found, and with two sets of dependencies.

`unit` takes the newest dependencies, and `oldest` the lower bounds of pyproject.toml. `make test`
takes the botocore that the package was generated from, and runs the checkers and the wheel as well.
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
nox.options.sessions = ["unit", "oldest", "async"]

PYTHONS = ("3.10", "3.11", "3.12", "3.13", "3.14", "3.15")
UNIT = "not checkers and not packaging"
# aiobotocore demands a botocore of its own, so the extra `async` has a session of its own.
EXTRAS = ("cli", "progress")
# The tests of the synchronous client that drive the asynchronous client too.
BOTH_FACES = (
    "tests/defaults",
    "tests/deploying",
    "tests/faults/test_deploy.py",
    "tests/faults/test_lost_creates.py",
    "tests/faults/test_waits.py",
    "tests/paging/test_paging.py",
    "tests/sagas/test_consistency.py",
    "tests/waiting/test_waiting.py",
)
DOCS = (
    "tests/docs/test_code_blocks.py::test_blocks_run[docs/asynchronous.md]",
    "tests/docs/test_code_blocks.py::test_blocks_run[README.md]",
)
PROJECT = nox.project.load_toml("pyproject.toml")
OLDEST_BOTOCORE = "botocore==1.34.0"  # boto3 1.34.0 was released with it

# A pyenv shim runs only the selected Python, so look where pyenv keeps all of them.
_PYENV = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
os.environ["PATH"] = os.pathsep.join(
    [
        *(str(path) for python in PYTHONS for path in sorted(_PYENV.glob(f"{python}.*/bin"))),
        os.environ["PATH"],
    ]
)


def oldest_dependencies() -> list[str]:
    """Return the dependencies and extras, each at the lower bound that pyproject.toml states."""
    project = PROJECT["project"]
    extras = {**project["optional-dependencies"]}
    del extras["async"]
    stated = chain(project["dependencies"], *extras.values())
    return [*(re.sub(r">=([\d.]+)$", r"==\1", bound) for bound in stated), OLDEST_BOTOCORE]


def install(session: nox.Session, group: str, extras: str, *pins: str) -> None:
    session.install("--quiet", "pip>=25.1")
    # A kept environment is brought up to date: `unit` means the newest releases of today.
    upgrade = ("--upgrade", "--upgrade-strategy=eager")
    session.install("--quiet", *upgrade, "--group", group, "--editable", f".[{extras}]", *pins)


def run_tests(session: nox.Session, marks: str, *pins: str) -> None:
    install(session, "unit", ",".join(EXTRAS), *pins)
    session.run("pytest", "-q", "-n2", "--dist=worksteal", "-m", marks, *session.posargs)


@nox.session(python=PYTHONS)
def unit(session: nox.Session) -> None:
    """Run the unit tests with the newest dependencies."""
    run_tests(session, f"{UNIT} and not pinned")


@nox.session(python=PYTHONS[0])
def oldest(session: nox.Session) -> None:
    """Run the unit tests with the oldest dependencies that pyproject.toml admits."""
    run_tests(session, f"{UNIT} and not pinned", *oldest_dependencies())


@nox.session(python=PYTHONS[1], name="async")
def asynchronous(session: nox.Session) -> None:
    """Run the tests of the asynchronous clients, and those that drive both kinds of client."""
    install(session, "async", "async")
    session.run("pytest", "-q", "-n2", "tests/aio", *DOCS, *session.posargs)
    marks = f"{UNIT} and not pinned"
    session.run("pytest", "-q", "-n2", "-m", marks, *BOTH_FACES, env={"FACE": "async"})
