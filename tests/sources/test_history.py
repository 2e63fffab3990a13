"""The table of releases that changed the service."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from codegen.build import ROOT
from codegen.commands import history as command
from codegen.diff import history
from codegen.errors import InputError
from sagemaker_typed import API_MODEL
from tests.sources import wheels

METRICS = "sagemaker-metrics"
NAMES = ("sagemaker-edge", METRICS)


def grow(model: dict[str, Any]) -> None:
    operations = model["operations"]
    if "BatchPutMetrics" in operations:
        operations["BatchPutMetricsAgain"] = operations["BatchPutMetrics"]


def shrink(model: dict[str, Any]) -> None:
    model["operations"].pop("BatchGetMetrics", None)


def test_a_release_that_changes_nothing_gets_no_row(tmp_path: Path) -> None:
    for version, change in (("1.9.9", None), ("1.10.0", None), ("1.10.1", grow), ("2.0.0", shrink)):
        wheels.wheel(tmp_path, *NAMES, version=version, change=change)
    rows = list(command.compared(["2.0.0", "1.10.1", "1.10.0", "1.9.9", "1.9.9"], tmp_path))
    assert [(row.version, *row.counts) for row in rows] == [
        ("1.9.9", "", "", "", ""),
        ("1.10.1", "1", "0", "0", "0"),
        ("2.0.0", "0", "0", "2", "2"),
    ]


def test_the_date_is_that_of_the_newest_file(tmp_path: Path) -> None:
    wheel = tmp_path / "botocore.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for day in (3, 9, 4):
            archive.writestr(zipfile.ZipInfo(f"{day}", (2031, 2, day, 0, 0, 0)), b"")
    assert command.released(str(wheel)) == "2031-02-09"


def test_one_release_cannot_be_compared(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="at least two versions"):
        list(command.compared(["1.0.0"], tmp_path))


def test_a_row_replaces_the_row_of_its_version() -> None:
    page = (ROOT / history.PAGE).read_text("utf-8")
    (newest, *_) = rows = history.releases(page)
    changed = newest._replace(counts=("9", "8", "7", "6"))
    assert history.releases(history.added(page, changed)) == [changed, *rows[1:]]
    assert history.added(page, newest) == page


def test_a_page_without_the_table() -> None:
    with pytest.raises(InputError, match="expected a table with the head"):
        history.with_releases("# History\n", [])


def test_the_committed_table_has_thirty_releases_up_to_the_pin() -> None:
    rows = history.releases((ROOT / history.PAGE).read_text("utf-8"))
    assert len(rows) >= 31
    assert rows[0].version == API_MODEL.botocore
    assert rows[-1].counts == ("", "", "", "")
    assert rows == sorted(rows, key=lambda row: history.numbers(row.version), reverse=True)
    assert [row.date for row in rows] == sorted((row.date for row in rows), reverse=True)
    assert all(any(map(int, row.counts)) for row in rows[:-1])


@pytest.mark.skipif("BOTOCORE_WHEELS" not in os.environ, reason="needs 31 wheels of botocore")
def test_the_committed_table_is_that_of_the_wheels() -> None:
    rows = history.releases((ROOT / history.PAGE).read_text("utf-8"))
    versions = [row.version for row in rows]
    again = list(command.compared(versions, Path(os.environ["BOTOCORE_WHEELS"])))
    assert again[::-1] == rows
