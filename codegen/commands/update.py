"""``update``: move to the newest botocore, generate the code, and record the changes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import botocore

from codegen.build import ROOT
from codegen.commands.diff import STATUSES
from codegen.diff import changelog
from codegen.diff.service_diff import ServiceDiff, compare
from codegen.errors import InputError
from codegen.model.naming import client_name
from codegen.sources.loading import DEFAULT_SERVICE, INSTALLED, SourceDocument, load, services

NAME: Final = "update"
HELP: Final = "move to the newest botocore, generate, and write the changelog"
_REASONS: Final[Mapping[changelog.Step, str]] = {
    "major": "something breaks (before 1.0, this raises the second number)",
    "minor": "something is added",
    "patch": "nothing is added and nothing breaks",
}
_PIN: Final = re.compile(r'(?<="botocore==)[^"]+(?=")')
_VERSION: Final = re.compile(r'^__version__ = "([^"]+)"$', re.MULTILINE)


def add_arguments(parser: ArgumentParser) -> None:
    parser.description = (
        "Fetch the newest botocore with pip, generate the code from it, write the Unreleased"
        " section of CHANGELOG.md from the changes, move the pin, and propose a version."
    )
    parser.add_argument("--to", metavar="VERSION", help="this botocore, not the newest")
    parser.add_argument("--wheel", metavar="FILE", help="this wheel, not one of the registry")
    parser.add_argument(
        "--dry-run", action="store_true", help="print the changes, and write nothing"
    )


def run(arguments: Namespace) -> int:
    if arguments.to and arguments.wheel:
        raise InputError("--to and --wheel: expected one of them")
    with TemporaryDirectory() as folder:
        wanted = f"botocore=={arguments.to}" if arguments.to else "botocore"
        new = arguments.wheel or str(download(wanted, Path(folder)))
        pinned = pin(ROOT)
        installed = botocore.__version__ == pinned
        old = INSTALLED if installed else str(download(f"botocore=={pinned}", Path(folder)))
        generate = None if arguments.dry_run else partial(generate_from, Path(folder))
        for line in update(ROOT, old, new, generate=generate):
            print(line)
    return 0


def update(
    root: Path,
    old: str,
    new: str,
    *,
    generate: Callable[[str], Iterable[str]] | None,
    ours: Callable[[str], bool] = lambda service: service.startswith(DEFAULT_SERVICE),
) -> Iterator[str]:
    """Bring the project from one botocore to another, and yield lines that report each step.

    ``generate`` writes the code from a wheel; without it, nothing is written.
    """
    before, after = (
        {name: load(argument, service=name) for name in services(argument) if ours(name)}
        for argument in (old, new)
    )
    was, now = (
        _version_of(argument, documents) for argument, documents in ((old, before), (new, after))
    )
    if before.keys() == after.keys() and all(_same(before[name], after[name]) for name in before):
        reason = (
            f"{was} and {now} describe the same service"
            if was != now
            else f"{now} is the one pinned"
        )
        yield f"nothing changed: botocore {reason}; nothing is written"
        return
    yield f"botocore {was} -> {now}"
    diffs: dict[str, ServiceDiff] = {}
    for name in sorted(before.keys() | after.keys()):
        known = before.get(name) or after[name]
        diff = compare(before.get(name) or _empty(known), after.get(name) or _empty(known))
        diffs[client_name(known.service.service_id)] = diff
        if not diff.operations:
            continue
        counts = ", ".join(f"{diff.count(status)} {status}" for status in STATUSES)
        yield f"{name}: {counts} operations, {len(diff.breaking)} changes that break a call"
    entries = changelog.entries(diffs)
    entries.setdefault("Changed", []).append(f"Generated from botocore {now}; it was {was}.")
    broken = [line for lines in entries.values() for line in lines]
    yield from (f"  {line}" for line in broken if line.startswith(changelog.BREAKING))
    version = _version(root)
    step = changelog.step(entries)
    if generate is not None:
        yield from generate(new)
        _replace(root / "pyproject.toml", lambda text: _PIN.sub(now, text, count=1))
        _replace(root / "CHANGELOG.md", lambda text: changelog.merged(text, entries))
        yield f"CHANGELOG.md: {sum(map(len, entries.values()))} entries under Unreleased"
    wanted = changelog.next_version(version, step)
    yield f"version {version} -> {wanted} is proposed, a {step} step: {_REASONS[step]}"
    if generate is None:
        yield "nothing is written"
    else:
        yield f"pyproject.toml pins botocore {now}; next: make check, then the tests"


def generate_from(folder: Path, wheel: str, command: str = "generate") -> list[str]:
    """Return the output of ``generate``, run with the botocore of this wheel."""
    unpacked = folder / "unpacked"
    try:
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(unpacked)
    except (OSError, zipfile.BadZipFile) as error:
        raise InputError(f"{wheel}: expected a botocore wheel: {error}") from None
    path = os.pathsep.join([str(unpacked), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "codegen", command],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": path},
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines() or ["no reason was given"]
        raise InputError(f"python -m codegen {command} failed with {wheel}: {lines[-1]}")
    return done.stdout.splitlines()


def pin(root: Path) -> str:
    """Return the version of botocore that the committed code is generated from."""
    match = _PIN.search(_read(root / "pyproject.toml"))
    if match is None:
        raise InputError(f"{root / 'pyproject.toml'}: expected a pin, 'botocore==<version>'")
    return match[0]


def _version(root: Path) -> str:
    path = root / "sagemaker_typed" / "__init__.py"
    match = _VERSION.search(_read(path))
    if match is None:
        raise InputError(f"{path}: expected the project's version, '__version__ = ...'")
    return match[1]


def _same(old: SourceDocument, new: SourceDocument) -> bool:
    return replace(old.service, source=new.service.source) == new.service


def _empty(document: SourceDocument) -> SourceDocument:
    """Return the same service without operations, as before its first release."""
    return replace(document, service=replace(document.service, operations={}, shapes={}))


def _version_of(argument: str, documents: Mapping[str, SourceDocument]) -> str:
    if not documents:
        raise InputError(f"{argument}: expected a botocore that has {DEFAULT_SERVICE!r}")
    return next(iter(documents.values())).service.source.version


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None


def _replace(path: Path, change: Callable[[str], str]) -> None:
    path.write_text(change(_read(path)), "utf-8", newline="\n")


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
