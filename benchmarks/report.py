"""The table on the terminal, and the page in the repository."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich import box
from rich.table import Table

from benchmarks import plot, series
from benchmarks.measure import Measured

_FLAT = 3.0
"""Megabytes. A page of objects takes one, and an allocator keeps more."""

_MEASURES = {
    "cpu": "CPU",
    "wall": "wall",
    "peak": "peak",
    "rate": "calls/s",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table, as text."""

    title: str
    measure: str
    boto3: str
    ours: str
    ratio: str
    spread: str
    goal: str
    reached: bool
    other: str
    core: str


HEADINGS = (
    "task",
    "measure",
    "boto3",
    "ours",
    "ours / boto3",
    "middle half",
    "goal",
    "reached",
    "the other measure",
    "core / boto3",
)


def line(measured: Measured) -> Line:
    """Format a result."""
    row = measured.row
    ratio = series.spread(series.ratios(measured.main["ours"], measured.main["boto3"]))
    good = ratio.median >= row.goal if row.more_is_better else ratio.median <= row.goal
    flat = measured.growth.get("ours", 0.0) <= _FLAT
    return Line(
        title=row.title,
        measure=_MEASURES[row.measure],
        boto3=_shown(measured, "boto3"),
        ours=_shown(measured, "ours"),
        ratio=f"{ratio.median:.3f}",
        spread=f"{ratio.low:.3f} to {ratio.high:.3f}",
        goal=f"{'>=' if row.more_is_better else '<='} {row.goal:.2f}",
        reached=good and flat,
        other=_other(measured),
        core=_core(measured),
    )


def _shown(measured: Measured, side: str) -> str:
    value = series.spread(measured.main[side]).median
    measure = measured.row.measure
    if measure == "peak":
        return f"{value:.1f} MB"
    if measure == "rate":
        return f"{value:.0f}"
    if value >= 1:
        return f"{value:.2f} s"
    return f"{value * 1000:.1f} ms" if value >= 0.01 else f"{value * 1e6:.0f} us"


def _other(measured: Measured) -> str:
    if measured.growth:
        return ", ".join(f"{side} {more:+.1f} MB" for side, more in measured.growth.items())
    if not measured.other or measured.row.measure == "peak":
        return ""
    ratio = series.spread(series.ratios(measured.other["ours"], measured.other["boto3"])).median
    return f"{'CPU' if measured.row.measure == 'wall' else 'wall, HTTP'} {ratio:.3f}"


def _core(measured: Measured) -> str:
    if "core" not in measured.main:
        return "cannot" if "core" in measured.failed else ""
    of_boto3 = series.spread(measured.main["boto3"]).median
    ratio = f"{series.spread(measured.main['core']).median / of_boto3:.1f}"
    if "core" not in measured.other or measured.row.measure != "cpu":
        return ratio
    over_http = series.spread(measured.other["core"]).median
    return f"{ratio} ({over_http / series.spread(measured.other['boto3']).median:.1f})"


def table(lines: Sequence[Line]) -> Table:
    """Return the table for a terminal."""
    shown = Table(box=box.SIMPLE_HEAD, title="ours beside raw boto3")
    for heading in HEADINGS:
        shown.add_column(heading, justify="left" if heading in {"task", "measure"} else "right")
    for each in lines:
        reached = "[green]yes[/]" if each.reached else "[red]no[/]"
        shown.add_row(*_cells(each, reached), style=None)
    return shown


def _cells(each: Line, reached: str) -> tuple[str, ...]:
    return (
        each.title,
        each.measure,
        each.boto3,
        each.ours,
        each.ratio,
        each.spread,
        each.goal,
        reached,
        each.other,
        each.core,
    )


def page(
    lines: Sequence[Line],
    failed: Mapping[str, str],
    fits: Sequence[plot.Fit],
    versions: Mapping[str, str],
    core: str,
) -> str:
    """Return the text of RESULTS.md."""
    rows = [_cells(each, "yes" if each.reached else "**no**") for each in lines]
    about = ", ".join(f"{name} {version}" for name, version in versions.items())
    machine = f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores"
    parts = [
        "# Results\n",
        "<!-- Written by `make bench`. -->\n",
        f"{machine}; {about}. {core}\n",
        _INTRODUCTION,
        _markdown(HEADINGS, rows),
        _READING,
    ]
    if failed:
        reasons = "\n".join(f"- {title}: {reason}" for title, reason in failed.items())
        parts.append(f"What sagemaker-core cannot do:\n\n{reasons}\n")
    if fits:
        parts += ["## Cost against work\n", f"![Cost against work]({plot.FILE.name})\n"]
        parts.append(_markdown(plot.HEADINGS, [plot.cells(fit) for fit in fits]))
        parts.append(
            "The last columns show the largest distance of a point from the line. Time is CPU time"
            " with HTTP stubbed: the median share of a point in its round, times the median of the"
            " rounds.\n"
        )
    return "\n".join(parts)


_INTRODUCTION = """\
All sides run in turn, round after round, each in a separate process. All but the row with threads
use one processor. The table shows the median of the ratios of all rounds, and their middle half:
a machine drifts, and both sides of a round drift alike. For a call, the measure is CPU time, with
the HTTP layer stubbed below botocore. For a whole process it is wall time, from its start to the
response of a service on a loopback port.
"""

_READING = """\
*The other measure* is the ratio of wall time over loopback HTTP for a call. A large part of it is
the time of the loopback and the server, the same for both sides. For a whole process it is CPU
time, and for the listing the memory that the last 99 % add.

*core* is sagemaker-core, over HTTP in parentheses. It describes each resource that it creates and
each item that it lists, so a listing takes as many calls as items. Its listing is measured over
200 items and multiplied.

Every call builds its input: dicts for boto3, shapes with every constraint and rule checked for
ours. Responses are dicts there and models here. A variant has every member that fits pools of
instances and that sagemaker-core can send. The training job has every member that may be set
together. Its description has every member.
"""


def _markdown(headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(map(str, each))} |" for each in lines) + "\n"
