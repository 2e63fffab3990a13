"""``update``: move to the newest botocore, generate the code, and record the changes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
import zlib
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import botocore

from codegen.build import ROOT
from codegen.commands.history import released
from codegen.diff import changelog, history, summary
from codegen.diff.service_diff import compare_services
from codegen.errors import InputError
from codegen.model.naming import client_name
from codegen.sources.loading import DEFAULT_SERVICE, INSTALLED, load_page, load_services
from codegen.sources.wheels import download

NAME: Final = "update"
HELP: Final = "move to the newest botocore, generate, and write the changelog"
_REASONS: Final[Mapping[changelog.Step, str]] = {
    "major": "something breaks (before 1.0, this raises the second number)",
    "minor": "something is added",
    "patch": "nothing is added and nothing breaks",
}
_MEASURED: Final = (".gz", ".json", ".py", ".pyi", ".typed")
_RUNS: Final = 7
_START: Final = """\
import time
started = time.process_time()
from sagemaker_typed import SageMakerClient, models
SageMakerClient(region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
variant = models.ProductionVariant(variant_name="a", model_name="b")
models.CreateEndpointConfigRequest(endpoint_config_name="a", production_variants=[variant])
print((time.process_time() - started) * 1000)
"""
PAGES: Final = ROOT / "tests" / "data" / "pages"
"""The facts of the documentation pages that the project started from."""

_PIN: Final = re.compile(r'(?<="botocore==)[^"]+(?=")')
_VERSION: Final = re.compile(r'^__version__ = "([^"]+)"$', re.MULTILINE)


def add_arguments(parser: ArgumentParser) -> None:
    parser.description = (
        "Fetch the newest botocore with pip, write the Unreleased section of CHANGELOG.md from the"
        " changes, move the pin, generate the code, and propose a version. If the code cannot be"
        " generated, the rest is written, and the summary has the reason."
    )
    parser.add_argument("--to", metavar="VERSION", help="this botocore, not the newest")
    parser.add_argument("--wheel", metavar="FILE", help="this wheel, not one of the registry")
    parser.add_argument("--summary", metavar="FILE", help="write the summary here too")
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
        lines: list[str] = []
        try:
            for line in update(ROOT, old, new, generate=generate, measure=partial(measure, ROOT)):
                print(line, flush=True)
                lines.append(line)
        except Exception as error:
            lines = lines or [f"# botocore {pinned} -> {_version_of(new)}"]
            lines += ["", "## Failure", "", f"{type(error).__name__}: {error}"]
            raise
        finally:
            if arguments.summary:
                text = "\n".join((*lines, ""))
                Path(arguments.summary).write_text(text, "utf-8", newline="\n")
    return 0


def update(
    root: Path,
    old: str,
    new: str,
    *,
    generate: Callable[[str], Iterable[str]] | None,
    measure: Callable[[], Mapping[str, float]] = dict,
    ours: Callable[[str], bool] = lambda service: service.startswith(DEFAULT_SERVICE),
) -> Iterator[str]:
    """Bring the project from one botocore to another, and yield the summary of a reviewer.

    ``generate`` writes the code from a wheel; without it, nothing is written. It comes last: if it
    needs a new row in ``codegen/data/``, that row is all that is missing. ``measure`` returns the
    sizes and times of the package.
    """
    before, after = (load_services(argument, ours) for argument in (old, new))
    was, now = (
        next(iter(documents.values())).service.source.version for documents in (before, after)
    )
    diffs = compare_services(before, after)
    if not diffs:
        reason = (
            f"{was} and {now} describe the same service"
            if was != now
            else f"{now} is the one pinned"
        )
        yield f"nothing changed: botocore {reason}; nothing is written"
        return
    yield from (f"# botocore {was} -> {now}", "")
    yield from summary.changes(diffs)
    if DEFAULT_SERVICE in before and DEFAULT_SERVICE in after:
        pages = [load_page(str(path)) for path in sorted(PAGES.glob("*.json"))]
        services = (documents[DEFAULT_SERVICE].service for documents in (before, after))
        yield from summary.documents(pages, *services)
    clients = {
        client_name((after.get(name) or before[name]).service.service_id): diff
        for name, diff in diffs.items()
    }
    entries = changelog.entries(clients)
    entries.setdefault("Changed", []).append(f"Generated from botocore {now}; it was {was}.")
    step = changelog.step(entries)
    version = _version(root)
    wanted = changelog.next_version(version, step)
    yield from ("", "## Steps", "")
    yield f"- version {version} -> {wanted} is proposed, a {step} step: {_REASONS[step]}"
    if generate is None:
        yield "- nothing is written"
        return
    measured = measure()
    row = history.release(released(new), now, diffs)
    _replace(root / history.PAGE, lambda text: history.added(text, row))
    _replace(root / "pyproject.toml", lambda text: _PIN.sub(now, text, count=1))
    _replace(root / "CHANGELOG.md", lambda text: changelog.merged(text, entries))
    count = sum(map(len, entries.values()))
    yield f"- CHANGELOG.md has {count} more entries under Unreleased, {history.PAGE} one more row"
    yield f"- pyproject.toml pins botocore {now}; next: make check, then the tests"
    yield from (f"- {line}" for line in generate(new))
    yield from summary.measurements(measured, measure())


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


def _version_of(wheel: str) -> str:
    """Return the version that the name of a wheel contains."""
    _, _, rest = Path(wheel).name.partition("-")
    return rest.partition("-")[0] or wheel


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


def measure(root: Path) -> dict[str, float]:
    """Return the size of the package, and the time of a first call up to its request."""
    folder = root / "sagemaker_typed"
    files = [path for path in folder.rglob("*") if path.suffix in _MEASURED and path.is_file()]
    contents = [path.read_bytes() for path in files]
    times = [_run_start(root) for _ in range(_RUNS)]
    return {
        "files": len(files),
        "installed, kB": sum(map(len, contents)) / 1000,
        "compressed, kB": sum(len(zlib.compress(content)) for content in contents) / 1000,
        "start of a client and a request, ms of CPU": min(times),
    }


def _run_start(root: Path) -> float:
    """Return the milliseconds in which a new process creates a client and a request, on the CPU."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", _START], cwd=root, check=False, capture_output=True, text=True
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["no reason was given"]
        raise InputError(f"the generated package cannot be used: {lines[-1]}")
    return float(done.stdout)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None


def _replace(path: Path, change: Callable[[str], str]) -> None:
    path.write_text(change(_read(path)), "utf-8", newline="\n")
