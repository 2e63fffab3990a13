"""The two SDKs, each installed in site-packages of a separate environment."""

from __future__ import annotations

import sys
import tempfile
import venv
from dataclasses import dataclass
from pathlib import Path

from benchmarks.typing.processes import Command, must

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Environment:
    """A virtual environment."""

    folder: Path

    @property
    def python(self) -> Path:
        """The interpreter."""
        return self.folder / "bin" / "python"

    def versions(self) -> dict[str, str]:
        """Return the version of each distribution."""
        listed = must([self.python, "-m", "pip", "list", "--format=freeze"], self.folder)
        pairs = (line.split("==") for line in listed.splitlines() if "==" in line)
        return {name.lower().replace("_", "-"): version for name, version in pairs}


def build_wheel(out: Path) -> Path:
    """Build the wheel of this source tree."""
    command: Command = [
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        out,
        ROOT,
    ]
    must(command, out)
    (wheel,) = out.glob("*.whl")
    return wheel


def install(folder: Path, *what: str | Path) -> Environment:
    """Create an environment with these distributions."""
    environment = Environment(folder)
    if not environment.python.exists():
        venv.create(folder, with_pip=True, symlinks=True)
    quiet = ["--quiet", "--disable-pip-version-check"]
    command: Command = [environment.python, "-m", "pip", "install", *quiet, *what]
    must(command, folder)
    return environment


def with_sagemaker_typed(folder: Path) -> Environment:
    """Install a new wheel of the package and its dependencies."""
    with tempfile.TemporaryDirectory() as out:
        wheel = build_wheel(Path(out))
        environment = install(folder, wheel)
        # An older tree of the same version may be installed.
        install(folder, "--force-reinstall", "--no-deps", wheel)
    return environment


def with_types_boto3(folder: Path) -> Environment:
    """Install boto3 and the stubs of its SageMaker client."""
    return install(folder, "boto3", "types-boto3[sagemaker]")
