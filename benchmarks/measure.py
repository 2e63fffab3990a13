"""Measure the rows: all sides in turn, round after round."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Final

from benchmarks import processes, programs, series
from benchmarks.processes import Failed, Worker
from benchmarks.programs import Task
from benchmarks.rows import Row

BOTH: Final = ("boto3", "ours")
_LINES: Final[Mapping[str, Callable[[Task], str]]] = {
    "boto3": programs.boto3,
    "ours": programs.ours,
    "core": programs.sagemaker_core,
}
_THREADS: Final = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """The number and the length of the measurements."""

    cold: int
    warm: int
    processes: int
    """The rounds of each side, for each measure of a call."""
    long: int
    threads: int
    core: int
    slice: float
    """Seconds that a side runs before the other."""


FULL: Final = Effort(cold=21, warm=36, processes=4, long=3, threads=9, core=3, slice=0.06)
QUICK: Final = Effort(cold=5, warm=8, processes=2, long=1, threads=3, core=1, slice=0.02)

Series = dict[str, list[float]]
"""Results of each side, by round: seconds, megabytes or calls a second."""


@dataclass(slots=True)
class Measured:
    """The results of one row."""

    row: Row
    main: Series = field(default_factory=dict)
    """The row's measure."""
    other: Series = field(default_factory=dict)
    """Wall time over HTTP for a call, CPU time for a whole process."""
    growth: dict[str, float] = field(default_factory=dict)
    """For a listing: growth of memory after 1,000 items, in megabytes."""
    failed: dict[str, str] = field(default_factory=dict)
    """The reason of a side that cannot do it."""


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
        core: dict[str | None, Worker] = {}  # takes seconds to start
        for row in rows:
            if row.task is None:
                continue
            say(row.title)
            if "core" in pythons and not core:
                for address in (None, url):
                    worker = Worker("core", pythons["core"], address)
                    core[address] = stack.enter_context(worker)
            if row.key == "threads":
                yield _threads(row, row.task, pythons, url, effort)
            elif row.key == "listing":
                yield _listing(row, row.task, pythons, effort, core.get(None))
            else:
                measured = Measured(row)
                for address, cost in ((None, "cpu"), (url, "wall")):
                    took = _warm(row.task, pythons, address, cost, effort)
                    _with_core(took, row.task, core.get(address), cost, effort, measured.failed)
                    if address is None:
                        measured.main = took
                    else:
                        measured.other = took
                yield measured


def _cold(
    row: Row,
    pythons: Mapping[str, str],
    url: str,
    effort: Effort,
    whole: dict[tuple[str, str], list[Mapping[str, float]]],
) -> Measured:
    """Return the program with the worst ratio."""
    results: list[Measured] = []
    for what in row.cold:
        measured = Measured(row)
        if (what, "ours") not in whole:
            _run_whole(what, pythons, url, effort, whole, measured.failed)
        for side in pythons:
            runs = whole.get((what, side))
            if runs:
                measured.main[side] = [run[row.measure] for run in runs]
                measured.other[side] = [run["cpu"] for run in runs]
        results.append(measured)
    return max(results, key=lambda each: max(each.main["ours"]) / max(each.main["boto3"]))


def _run_whole(
    what: str,
    pythons: Mapping[str, str],
    url: str,
    effort: Effort,
    whole: dict[tuple[str, str], list[Mapping[str, float]]],
    failed: dict[str, str],
) -> None:
    for side in BOTH:
        processes.whole(side, pythons[side], what, url)  # compile and load the files
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
    task: Task, pythons: Mapping[str, str], url: str | None, cost: str, effort: Effort
) -> Series:
    """Measure a call, round by round.

    A process may be lucky or not with where its memory lies, so there are several of each side.
    """
    lines = {side: _LINES[side](task) for side in BOTH}
    took: Series = {side: [] for side in BOTH}
    for _ in range(effort.processes):
        with ExitStack() as stack:
            workers = {side: stack.enter_context(Worker(side, pythons[side], url)) for side in BOTH}
            often = {side: _number(workers[side], lines[side], effort.slice, cost) for side in BOTH}
            for turn in range(max(1, effort.warm // effort.processes)):
                for side in _in_turn(turn):
                    run = workers[side].run(lines[side], number=often[side])
                    took[side].append(run[cost] / often[side])
    return took


def _with_core(
    took: Series,
    task: Task,
    worker: Worker | None,
    cost: str,
    effort: Effort,
    failed: dict[str, str],
) -> None:
    if worker is None:
        return
    line = _LINES["core"](task)
    try:
        number = _number(worker, line, effort.slice)
        took["core"] = [worker.run(line, number=number)[cost] / number for _ in range(effort.core)]
    except Failed as reason:
        failed["core"] = str(reason)


def _listing(
    row: Row, task: Task, pythons: Mapping[str, str], effort: Effort, core: Worker | None
) -> Measured:
    measured = Measured(row)
    measured.main = {side: [] for side in BOTH}
    short = Task(task.name, 10)
    for turn in range(effort.long):
        for side in _in_turn(turn):
            with Worker(side, pythons[side], None) as worker:
                before = worker.run(_LINES[side](short), number=1)["peak"]
                run = worker.run(_LINES[side](task), number=1)
            measured.main[side].append(run["cpu"])
            more = run["peak"] - before
            measured.growth[side] = max(more, measured.growth.get(side, more))
    if core and row.of_core:
        try:
            line = _LINES["core"](row.of_core)
            times = task.size / row.of_core.size
            measured.main["core"] = [
                core.run(line, number=1)["cpu"] * times for _ in range(effort.core + 1)
            ][1:]
        except Failed as reason:
            measured.failed["core"] = str(reason)
    return measured


def _threads(
    row: Row, task: Task, pythons: Mapping[str, str], url: str, effort: Effort
) -> Measured:
    measured = Measured(row, main={side: [] for side in BOTH})
    lines = {side: _LINES[side](task) for side in BOTH}
    with ExitStack() as stack:
        workers = {
            side: stack.enter_context(Worker(side, pythons[side], url, anywhere=True))
            for side in BOTH
        }
        number = max(4, _number(workers["boto3"], lines["boto3"], effort.slice * 20) // _THREADS)
        for side in BOTH:
            workers[side].run(lines[side], number=2, threads=_THREADS)  # open every connection
        for turn in range(effort.threads):
            for side in _in_turn(turn):
                run = workers[side].run(lines[side], number=number, threads=_THREADS)
                measured.main[side].append(number * _THREADS / run["wall"])
    return measured


def _number(worker: Worker, line: str, seconds: float, cost: str = "wall") -> int:
    """Return how often a line runs in so many seconds."""
    worker.run(line, number=2)
    count = 8
    while True:
        took = worker.run(line, number=count)[cost]
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
    """Return the seconds of CPU time by amount of work."""
    results: dict[str, dict[str, list[tuple[int, float]]]] = {}
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
            results[work] = {
                side: list(zip(sizes, series.steadied(rounds[side]), strict=True)) for side in BOTH
            }
    return results
