"""``history``: the table of the releases of botocore that changed the SageMaker services."""

from __future__ import annotations

import zipfile
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from codegen.build import ROOT
from codegen.diff import history
from codegen.diff.history import Release
from codegen.diff.service_diff import compare_services
from codegen.errors import InputError
from codegen.sources.loading import SourceDocument, load_services
from codegen.sources.wheels import download

NAME: Final = "history"
HELP: Final = "compare releases of botocore, and write their table"


def add_arguments(parser: ArgumentParser) -> None:
    parser.description = (
        "Compare each release of botocore with the one before it in the list, and write the table"
        f" of {history.PAGE}. A release that changes no SageMaker service gets no row; the oldest"
        " one is the start of the comparison. pip downloads the wheels, one at a time."
    )
    parser.add_argument(
        "versions", metavar="VERSION", nargs="*", help="default: the releases of the table"
    )
    parser.add_argument("--wheels", metavar="FOLDER", help="keep the wheels here, and use those")


def run(arguments: Namespace) -> int:
    page = ROOT / history.PAGE
    text = page.read_text("utf-8")
    versions = arguments.versions or [row.version for row in history.releases(text)]
    with TemporaryDirectory() as folder:
        rows = list(compared(versions, Path(arguments.wheels or folder)))
    page.write_text(history.with_releases(text, rows), "utf-8", newline="\n")
    print(f"wrote {history.PAGE}: {len(rows) - 1} releases since botocore {rows[0].version}")
    return 0


def compared(versions: Iterable[str], folder: Path) -> Iterator[Release]:
    """Yield the row of each release that changed a service, the oldest release first."""
    ordered = sorted(set(versions), key=history.numbers)
    if len(ordered) < 2:
        raise InputError("history: expected at least two versions of botocore")
    before: Mapping[str, SourceDocument] | None = None
    for version in ordered:
        kept = sorted(folder.glob(f"**/botocore-{version}-*.whl"))
        wheel = str(kept[0] if kept else download(f"botocore=={version}", folder))
        after = load_services(wheel)
        diffs = None if before is None else compare_services(before, after)
        if diffs is None or diffs:
            yield history.release(released(wheel), version, diffs)
        before = after


def released(wheel: str) -> str:
    """Return the date of the newest file in a wheel, which is the day that built it."""
    with zipfile.ZipFile(wheel) as archive:
        year, month, day = max(info.date_time for info in archive.infolist())[:3]
    return date(year, month, day).isoformat()
