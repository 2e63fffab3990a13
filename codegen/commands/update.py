"""``update``: move to the newest botocore, generate anew, and write down what changed."""

from __future__ import annotations

import re
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import botocore

from codegen import changelog, ir
from codegen.build import COMMITTED, ROOT, Committed, build
from codegen.commands.diff import STATUSES
from codegen.compare import ServiceDiff, compare
from codegen.faults import InputFault
from codegen.naming import client_name
from codegen.sources.loading import INSTALLED, load
from codegen.tree import write

NAME: Final = "update"
HELP: Final = "move to the newest botocore, generate, and write the changelog"
_REASONS: Final[Mapping[changelog.Step, str]] = {
    "major": "something breaks (before 1.0 the second number tells)",
    "minor": "something is added",
    "patch": "nothing is added and nothing breaks",
}
_PIN: Final = re.compile(r'(?<="botocore==)[^"]+(?=")')
_VERSION: Final = re.compile(r'^__version__ = "([^"]+)"$', re.MULTILINE)


def add_arguments(parser: ArgumentParser) -> None:
    parser.description = (
        "Fetch the newest botocore with pip, generate the code from it, write the Unreleased"
        " section of CHANGELOG.md from what changed, move the pin, and propose a version."
    )
    parser.add_argument("--to", metavar="VERSION", help="this botocore, not the newest")
    parser.add_argument("--wheel", metavar="FILE", help="this wheel, not one of the registry")
    parser.add_argument("--dry-run", action="store_true", help="tell, and write nothing")


def run(arguments: Namespace) -> int:
    if arguments.to and arguments.wheel:
        raise InputFault("--to and --wheel: expected one of them")
    with TemporaryDirectory() as folder:
        wanted = f"botocore=={arguments.to}" if arguments.to else "botocore"
        new = arguments.wheel or str(download(wanted, Path(folder)))
        pinned = pin(ROOT)
        installed = botocore.__version__ == pinned
        old = INSTALLED if installed else str(download(f"botocore=={pinned}", Path(folder)))
        for line in update(ROOT, old, new, dry_run=arguments.dry_run):
            print(line)
    return 0


def update(
    root: Path, old: str, new: str, *, committed: Sequence[Committed] = COMMITTED, dry_run: bool
) -> Iterator[str]:
    """Bring the project from one botocore to another, and tell what is done."""
    pairs = [
        (one, load(old, service=one.service), load(new, service=one.service)) for one in committed
    ]
    was, now = (document.service.source.version for document in pairs[0][1:])
    if all(_same(before.service, after.service) for _, before, after in pairs):
        yield f"nothing changed: botocore {was} and {now} describe the same; nothing is written"
        return
    yield f"botocore {was} -> {now}"
    diffs: dict[str, ServiceDiff] = {}
    for one, before, after in pairs:
        diff = diffs[client_name(after.service.service_id)] = compare(before, after)
        counts = ", ".join(f"{diff.count(status)} {status}" for status in STATUSES)
        yield f"{one.service}: {counts} operations, {len(diff.breaking)} changes that break a call"
    entries = changelog.entries(diffs)
    entries.setdefault("Changed", []).append(f"Generated from botocore {now}; it was {was}.")
    broken = [line for lines in entries.values() for line in lines]
    yield from (f"  {line}" for line in broken if line.startswith(changelog.BREAKING))
    version = _version(root)
    step = changelog.step(entries)
    if not dry_run:
        files = [(one, build(after.service, one.target)) for one, _, after in pairs]
        for one, generated in files:
            changes = write(root.joinpath(*one.target.package.split(".")), generated)
            yield f"{one.target.package}: {len(changes)} files"
        _replace(root / "pyproject.toml", lambda text: _PIN.sub(now, text, count=1))
        _replace(root / "CHANGELOG.md", lambda text: changelog.merged(text, entries))
        yield f"CHANGELOG.md: {sum(map(len, entries.values()))} entries under Unreleased"
    wanted = changelog.next_version(version, step)
    yield f"version {version} -> {wanted} is proposed, a {step} step: {_REASONS[step]}"
    if dry_run:
        yield "nothing is written"
    else:
        yield f"pyproject.toml pins botocore {now}; next: make check, then the tests"


def pin(root: Path) -> str:
    """The botocore that the committed code is generated from."""
    match = _PIN.search(_read(root / "pyproject.toml"))
    if match is None:
        raise InputFault(f"{root / 'pyproject.toml'}: expected a pin, 'botocore==<version>'")
    return match[0]


def _version(root: Path) -> str:
    path = root / "sagemaker_typed" / "__init__.py"
    match = _VERSION.search(_read(path))
    if match is None:
        raise InputFault(f"{path}: expected the project's version, '__version__ = ...'")
    return match[1]


def _same(old: ir.Service, new: ir.Service) -> bool:
    return replace(old, source=new.source) == new


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise InputFault(f"{path}: cannot be read: {error.strerror}") from None


def _replace(path: Path, change: Callable[[str], str]) -> None:
    path.write_text(change(_read(path)), "utf-8", newline="\n")


def download(requirement: str, folder: Path) -> Path:
    """The wheel that pip finds for this requirement."""
    into = folder / requirement.replace("=", "_")
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download"]
    command += ["--quiet", "--no-deps", "--only-binary", ":all:", "--dest", str(into), requirement]
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603
    wheels = sorted(into.glob("*.whl"))
    if done.returncode or not wheels:
        said = done.stderr.strip().splitlines() or ["no wheel was found"]
        raise InputFault(f"pip cannot fetch {requirement}: {said[-1]}")
    return wheels[0]
