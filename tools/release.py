"""Check, build and tag a release: `python tools/release.py`, from a clean clone.

Builds the distributions twice and compares the bytes. Installs the wheel on the oldest and the
newest supported Python, runs the demo there, and tags the commit.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime, timezone
from pathlib import Path

ROOT = Path(__file__).parents[1]
DIST = ROOT / "dist"
PYTHONS = ("python3.10", "python3.15")
"""The oldest and the newest supported Python."""

_VERSION = re.compile(r'(?<=^__version__ = ")[^"]+(?="$)', re.MULTILINE)
_UNRELEASED = "## [Unreleased]\n"


def main() -> None:
    """Run the steps of a release, and stop at the first problem."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--prepare", metavar="VERSION", help="set the version, date its changes, and stop"
    )
    parser.add_argument("--build-only", action="store_true", help="write dist/ and stop")
    parser.add_argument("--no-tag", action="store_true", help="do everything but the tag")
    options = parser.parse_args()
    if options.prepare is not None:
        prepare(ROOT, options.prepare, datetime.now(timezone.utc).date().isoformat())
        return
    if options.build_only:
        build()
        return
    version = read_version(ROOT)
    check_tree(version)
    pythons = [find_python(name) for name in PYTHONS]
    run("make", "record")
    check_tree(version)  # the recorded interface is that of this commit
    run("make", "check", "test")
    wheel = build()
    for python in pythons:
        try_wheel(python, wheel)
    check_tree(version)  # no step may change a file
    if not options.no_tag:
        run("git", "tag", "--annotate", f"v{version}", "--message", f"Release {version}")
        print(f"tagged v{version}; publish it with: git push origin v{version}")


def prepare(root: Path, version: str, date: str) -> None:
    """Set the version of the package, and make the unreleased changes those of the version."""
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        sys.exit(f"release: expected a version such as 0.1.0, not {version!r}")
    changelog = root / "CHANGELOG.md"
    text = changelog.read_text(encoding="utf-8")
    heading = f"## [{version}] - "
    if f"\n{heading}" not in text:
        before, unreleased, rest = text.partition(_UNRELEASED)
        if not rest.strip() or rest.lstrip().startswith("## "):
            sys.exit("release: CHANGELOG.md has no entries under Unreleased")
        changelog.write_text(f"{before}{unreleased}\n{heading}{date}\n{rest}", encoding="utf-8")
    read_version(root)
    package = root / "sagemaker_typed" / "__init__.py"
    text = package.read_text(encoding="utf-8")
    package.write_text(_VERSION.sub(version, text), encoding="utf-8")


def read_version(root: Path) -> str:
    """Return the version of the package."""
    text = (root / "sagemaker_typed" / "__init__.py").read_text(encoding="utf-8")
    match = _VERSION.search(text)
    if match is None:
        sys.exit("release: sagemaker_typed/__init__.py has no __version__")
    return match[0]


def check_tree(version: str) -> None:
    """Stop unless the commit is ready to be tagged."""
    problems = {
        "files differ from the last commit": output("git", "status", "--porcelain") != "",
        f"the tag v{version} exists": output("git", "tag", "--list", f"v{version}") != "",
        f"CHANGELOG.md has no section [{version}]: run make prepare": f"\n## [{version}] - "
        not in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"),
        f"releases/{version}.json.gz is missing: run make record": not (
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


def find_python(name: str) -> str:
    """Return the path of a Python. A shim of pyenv may name a version that is not selected."""
    program = shutil.which(name)
    if program is None or not succeeds(program, "-c", "import venv"):
        sys.exit(f"release: {name} was not found on PATH; the wheel is tried on {PYTHONS}")
    return program


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
