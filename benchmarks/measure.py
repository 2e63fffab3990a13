"""The rows, measured: all sides in turn, round after round."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Final

from benchmarks import processes, programs, series
from benchmarks.processes import Failed, Worker
from benchmarks.programs import Task
from benchmarks.rows import Measure, Row

BOTH: Final = ("boto3", "ours")
_LINES: Final[Mapping[str, Callable[[Task], str]]] = {
    "boto3": programs.boto3,
    "ours": programs.ours,
    "core": programs.sagemaker_core,
}
_THREADS: Final = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How often and how long everything is measured."""

    cold: int
    warm: int
    long: int
    threads: int
    core: int
    slice: float
    """Seconds that a side runs before it is the other's turn."""


FULL: Final = Effort(cold=15, warm=31, long=3, threads=9, core=3, slice=0.08)
QUICK: Final = Effort(cold=5, warm=9, long=1, threads=3, core=1, slice=0.02)

Series = dict[str, list[float]]
"""What each side took, round by round: seconds, megabytes or calls a second."""


@dataclass(slots=True)
class Measured:
    """What was found out about one row."""

    row: Row
    main: Series = field(default_factory=dict)
    """By the row's own measure."""
    other: Series = field(default_factory=dict)
    """Wall time over HTTP for a call, CPU time for a whole process."""
    growth: dict[str, float] = field(default_factory=dict)
    """Of a listing: megabytes more at its end than after 1,000 items."""
    failed: dict[str, str] = field(default_factory=dict)
    """Why a side cannot do it."""


def measure(
    rows: Sequence[Row],
    pythons: Mapping[str, str],
    effort: Effort,
    say: Callable[[str], None],
) -> Iterator[Measured]:
    """Measure rows, those of whole processes first."""
    with ExitStack() as stack:
        url = stack.enter_context(processes.service())
        whole: dict[tuple[str, str], list[Mapping[str, float]]] = {}
        for row in rows:
            if row.cold:
                say(row.title)
                yield _cold(row, pythons, url, effort, whole)
        warm = [row for row in rows if row.task]
        if not warm:
            return
        stubbed, over_http = (
            {
                side: stack.enter_context(Worker(side, python, address))
                for side, python in pythons.items()
            }
            for address in (None, url)
        )
        for row in warm:
            say(row.title)
            if row.key == "threads":
                yield _threads(row, pythons, url, effort)
            elif row.key == "listing":
                yield _listing(row, stubbed, pythons, effort)
            else:
                measured = Measured(row)
                measured.main = _warm(row, stubbed, "cpu", effort, measured.failed)
                measured.other = _warm(row, over_http, "wall", effort, measured.failed)
                yield measured


def _cold(
    row: Row,
    pythons: Mapping[str, str],
    url: str,
    effort: Effort,
    whole: dict[tuple[str, str], list[Mapping[str, float]]],
) -> Measured:
    """Of several programs, the one whose ratio is the worst."""
    found: list[Measured] = []
    for what in row.cold:
        measured = Measured(row)
        if (what, "ours") not in whole:
            _run_whole(what, pythons, url, effort, whole, measured.failed)
        for side in pythons:
            runs = whole.get((what, side))
            if runs:
                measured.main[side] = [run[row.measure] for run in runs]
                measured.other[side] = [run["cpu"] for run in runs]
        found.append(measured)
    return max(found, key=lambda each: max(each.main["ours"]) / max(each.main["boto3"]))


def _run_whole(
    what: str,
    pythons: Mapping[str, str],
    url: str,
    effort: Effort,
    whole: dict[tuple[str, str], list[Mapping[str, float]]],
    failed: dict[str, str],
) -> None:
    for side in BOTH:
        processes.whole(side, pythons[side], what, url)  # so that all is compiled, and in memory
    for turn in range(effort.cold):
        for side in _in_turn(turn):
            run = processes.whole(side, pythons[side], what, url)
            whole.setdefault((what, side), []).append(run)
    if "core" in pythons:
        try:
            for _ in range(effort.core + 1):
                run = processes.whole("core", pythons["core"], what, url)
                whole.setdefault((what, "core"), []).append(run)
            del whole[what, "core"][0]
        except Failed as reason:
            failed["core"] = str(reason)


def _warm(
    row: Row,
    workers: Mapping[str, Worker],
    measure: Measure,
    effort: Effort,
    failed: dict[str, str],
) -> Series:
    if row.task is None:
        return {}
    lines = {side: _LINES[side](row.task) for side in workers}
    took: Series = {side: [] for side in BOTH}
    often = {side: _number(workers[side], lines[side], effort.slice, measure) for side in BOTH}
    for turn in range(effort.warm):
        for side in _in_turn(turn):
            run = workers[side].run(lines[side], number=often[side])
            took[side].append(run[measure] / often[side])
    if "core" in workers:
        try:
            number = _number(workers["core"], lines["core"], effort.slice)
            took["core"] = [
                workers["core"].run(lines["core"], number=number)[measure] / number
                for _ in range(effort.core)
            ]
        except Failed as reason:
            failed["core"] = str(reason)
    return took


def _listing(
    row: Row, workers: Mapping[str, Worker], pythons: Mapping[str, str], effort: Effort
) -> Measured:
    measured = Measured(row)
    if row.task is None:
        return measured
    short = Task(row.task.name, 10)
    for side in BOTH:
        with Worker(side, pythons[side], None) as fresh:
            before = fresh.run(_LINES[side](short), number=1)["peak"]
            run = fresh.run(_LINES[side](row.task), number=1)
            measured.growth[side] = run["peak"] - before
            measured.main[side] = [run["cpu"]]
    for turn in range(1, effort.long):
        for side in _in_turn(turn):
            run = workers[side].run(_LINES[side](row.task), number=1)
            measured.main[side].append(run["cpu"])
    if "core" in workers and row.of_core:
        try:
            line = _LINES["core"](row.of_core)
            times = row.task.size / row.of_core.size
            measured.main["core"] = [
                workers["core"].run(line, number=1)["cpu"] * times for _ in range(effort.core + 1)
            ][1:]
        except Failed as reason:
            measured.failed["core"] = str(reason)
    return measured


def _threads(row: Row, pythons: Mapping[str, str], url: str, effort: Effort) -> Measured:
    measured = Measured(row)
    if row.task is None:
        return measured
    with ExitStack() as stack:
        workers = {
            side: stack.enter_context(Worker(side, pythons[side], url, anywhere=True))
            for side in BOTH
        }
        measured.main = _rates(row.task, workers, effort)
    return measured


def _rates(task: Task, workers: Mapping[str, Worker], effort: Effort) -> Series:
    lines = {side: _LINES[side](task) for side in BOTH}
    number = max(4, _number(workers["boto3"], lines["boto3"], effort.slice * 20) // _THREADS)
    rates: Series = {side: [] for side in BOTH}
    for side in BOTH:
        workers[side].run(lines[side], number=2, threads=_THREADS)  # every line is open
    for turn in range(effort.threads):
        for side in _in_turn(turn):
            run = workers[side].run(lines[side], number=number, threads=_THREADS)
            rates[side].append(number * _THREADS / run["wall"])
    return rates


def _number(worker: Worker, line: str, seconds: float, measure: Measure = "wall") -> int:
    """How often a line runs in so many seconds."""
    worker.run(line, number=2)
    count = 8
    while True:
        took = worker.run(line, number=count)[measure]
        if took > seconds / 4:
            return max(1, round(count * seconds / took))
        count *= 4


def _in_turn(turn: int) -> Sequence[str]:
    return BOTH if turn % 2 else BOTH[::-1]


GROWING: Final[Mapping[str, Sequence[Task]]] = {
    "variants in a request": [Task(programs.CREATE, n) for n in (1, 2, 4, 6, 8, 10)],
    "items in a page": [Task(programs.PAGE, n) for n in (10, 20, 40, 60, 80, 100)],
    "pages in a listing": [Task(programs.LISTING, n) for n in (1, 2, 4, 8, 12, 16)],
}


def growth(
    pythons: Mapping[str, str], effort: Effort
) -> Mapping[str, Mapping[str, list[tuple[int, float]]]]:
    """Seconds of CPU time by amount of work."""
    found: dict[str, dict[str, list[tuple[int, float]]]] = {}
    with ExitStack() as stack:
        workers = {side: stack.enter_context(Worker(side, pythons[side], None)) for side in BOTH}
        for work, tasks in GROWING.items():
            often = {
                (side, task): _number(workers[side], _LINES[side](task), effort.slice, "cpu")
                for side in BOTH
                for task in tasks
            }
            rounds: dict[str, list[list[float]]] = {side: [] for side in BOTH}
            for turn in range(max(3, effort.warm // 2)):
                for side in _in_turn(turn):
                    rounds[side].append([])
                    for task in tasks:
                        number = often[side, task]
                        run = workers[side].run(_LINES[side](task), number=number)
                        rounds[side][-1].append(run["cpu"] / number)
            sizes = [task.size for task in tasks]
            found[work] = {
                side: list(zip(sizes, series.steadied(rounds[side]), strict=True)) for side in BOTH
            }
    return found
