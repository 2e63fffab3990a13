"""Check, build and tag a release: `python tools/release.py`, from a clean clone.

Builds the distributions twice and compares the bytes. Installs the wheel on the oldest and the
newest Python that is found, runs the demo there, and tags the commit.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
DIST = ROOT / "dist"
PYTHONS = [f"python3.{minor}" for minor in range(10, 16)]


def main() -> None:
    """Run the steps of a release, and stop at the first problem."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--build-only", action="store_true", help="write dist/ and stop")
    parser.add_argument("--no-tag", action="store_true", help="do everything but the tag")
    options = parser.parse_args()
    version = read_version()
    if options.build_only:
        build()
        return
    check_tree(version)
    run("make", "check", "test")
    wheel = build()
    for python in oldest_and_newest():
        try_wheel(python, wheel)
    check_tree(version)  # no step may change a file
    if not options.no_tag:
        run("git", "tag", "--annotate", f"v{version}", "--message", f"Release {version}")
        print(f"tagged v{version}; publish it with: git push origin v{version}")


def read_version() -> str:
    """Return the version of the package."""
    text = (ROOT / "sagemaker_typed" / "__init__.py").read_text(encoding="utf-8")
    match = re.search(r'^__version__ = "(.+)"$', text, re.MULTILINE)
    if match is None:
        sys.exit("release: sagemaker_typed/__init__.py has no __version__")
    return match[1]


def check_tree(version: str) -> None:
    """Stop unless the commit is ready to be tagged."""
    problems = {
        "files differ from the last commit": output("git", "status", "--porcelain") != "",
        f"the tag v{version} exists": output("git", "tag", "--list", f"v{version}") != "",
        f"CHANGELOG.md has no section [{version}]": f"\n## [{version}] - "
        not in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"),
        f"releases/{version}.json.gz is missing: run `make record`": not (
            ROOT / "releases" / f"{version}.json.gz"
        ).exists(),
    }
    if wrong := [problem for problem, is_wrong in problems.items() if is_wrong]:
        sys.exit("release: " + "\nrelease: ".join(wrong))


def build() -> Path:
    """Build twice, compare the bytes, check the metadata, and return the wheel in dist/."""
    epoch = output("git", "log", "-1", "--format=%ct")
    shutil.rmtree(DIST, ignore_errors=True)
    with tempfile.TemporaryDirectory() as again:
        for folder in (str(DIST), again):
            command = (sys.executable, "-m", "build", "--outdir", folder)
            run(*command, environment={"SOURCE_DATE_EPOCH": epoch})
        for first in sorted(DIST.iterdir()):
            if first.read_bytes() != (Path(again) / first.name).read_bytes():
                sys.exit(f"release: two builds of {first.name} differ")
    files = sorted(str(path) for path in DIST.iterdir())
    run(sys.executable, "-m", "twine", "check", "--strict", *files)
    (wheel,) = DIST.glob("*.whl")
    return wheel


def oldest_and_newest() -> list[str]:
    """Return the first and the last supported Python that is found."""
    programs = [program for python in PYTHONS if (program := shutil.which(python))]
    usable = [program for program in programs if succeeds(program, "-c", "import venv")]
    return sorted({usable[0], usable[-1]})


def try_wheel(python: str, wheel: Path) -> None:
    """Install the wheel in an empty environment, and run the demo outside the clone."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run(python, "-m", "venv", str(folder / "venv"))
        program = str(folder / "venv" / "bin" / "python")
        packages = ("moto", "flask", "flask-cors")
        run(program, "-m", "pip", "install", "--quiet", str(wheel), *packages)
        shutil.copy(ROOT / "examples" / "deploy_endpoint.py", folder)
        run(program, "deploy_endpoint.py", "--local", folder=folder)


def run(*command: str, folder: Path = ROOT, environment: dict[str, str] | None = None) -> None:
    """Run a command, and stop if it fails."""
    print("release:", *command, flush=True)
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **(environment or {})}, check=False
    )
    if done.returncode:
        sys.exit(f"release: failed: {' '.join(command)}")


def output(*command: str) -> str:
    """Return the output of a command, without the line end."""
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()


def succeeds(*command: str) -> bool:
    """Return whether a command succeeds."""
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


if __name__ == "__main__":
    main()
