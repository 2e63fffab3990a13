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
"""Megabytes; a page of objects is one, and an allocator keeps some more."""

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
    "what",
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
    """What was measured, in words."""
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
    """The rows for a terminal."""
    made = Table(box=box.SIMPLE_HEAD, title="ours beside raw boto3")
    for heading in HEADINGS:
        made.add_column(heading, justify="left" if heading in {"what", "measure"} else "right")
    for each in lines:
        reached = "[green]yes[/]" if each.reached else "[red]no[/]"
        made.add_row(*_cells(each, reached), style=None)
    return made


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
    """RESULTS.md."""
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
            "How far the worst point is off the straight line through all of them stands beside it."
            " Time is CPU time with HTTP stubbed: the median of a point's share in its round, times"
            " what a round took in the median.\n"
        )
    return "\n".join(parts)


_INTRODUCTION = """\
All sides run in turn, round after round, in processes of their own, and but for the threads on one
processor. A ratio is taken within each round and the median of the rounds is shown, with the middle
half of them beside it: a machine drifts, and both sides of a round drift alike. Calls are CPU time
with the HTTP layer stubbed below botocore, everything else being real; whole processes are time on
the clock, from their start to the answer of a service on a loopback port.
"""

_READING = """\
*The other measure* is the ratio of wall time over loopback HTTP for a call (a large part of it is
the loopback's and the server's, and the same for both), of CPU time for a whole process, and for
the listing the memory that its last 99 % add. *core* is sagemaker-core, over HTTP in parentheses:
its `create` describes what it has made, its lists describe every item, so a page or a listing of
it is as many calls as it has items; its listing is measured over 200 items and multiplied.

Every call makes its input anew: dicts for boto3, shapes with every constraint and rule checked for
ours. Answers are dicts there and models here. A variant carries every member that goes with pools
of instances and that sagemaker-core can send, the training job every member that may be set
together, its description every member there is.
"""


def _markdown(headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(map(str, each))} |" for each in lines) + "\n"
