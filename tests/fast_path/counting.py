"""How many functions a call enters: the same number on every machine, however busy it is.

``python -m tests.fast_path.counting`` shows them; ``--record`` keeps them in ``calls.json``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from benchmarks import programs, stub
from benchmarks.programs import Task

RECORD = Path(__file__).with_name("calls.json")
TOLERATED = 0.10

PAGES = 20
HOT: Mapping[str, Task] = {
    "create, one variant": Task(programs.CREATE, 1),
    "create, ten variants": Task(programs.CREATE, 10),
    "create a training job": Task(programs.CREATE_JOB),
    "describe an endpoint": Task(programs.DESCRIBE),
    "describe a training job": Task(programs.DESCRIBE_JOB),
    "a page of 100": Task(programs.PAGE, 100),
    "a page of a listing": Task(programs.LISTING, PAGES),
}
"""What is counted; of the listing, the count is shared out among its pages."""


@dataclass(frozen=True)
class Count:
    """How many functions a call enters, of Python and of C."""

    ours: int
    """Functions of this package, and those that they call."""
    all: int
    """With what botocore does for the call."""


def counts() -> dict[str, Count]:
    """Count every path once, in a client that has done it before."""
    return {name: _counted(task) for name, task in HOT.items()}


def _counted(task: Task) -> Count:
    from sagemaker_typed import SageMakerClient, models

    line = programs.ours(task)
    client = SageMakerClient(region_name="eu-west-1")
    stub.attach(client.boto3)
    names = {name: getattr(models, name) for name in programs.names(line)}
    call: Callable[[], object] = eval(f"lambda: {line}", {"client": client, **names})
    for _ in range(3):  # what is made once is made, and what is kept is kept
        call()
    with _every_call() as are_ours:
        call()
    pages = PAGES if task.name == programs.LISTING else 1
    return Count(sum(are_ours) // pages, len(are_ours) // pages)


@contextmanager
def _every_call() -> Iterator[list[bool]]:
    """For each function that is entered, whether this package has a part in it."""
    entered: list[bool] = []

    def note(frame: Any, event: str, _: Any) -> None:
        if event == "c_call":
            entered.append(_is_ours(frame))
        # which comprehensions are functions depends on the version of Python
        elif event == "call" and not frame.f_code.co_name.endswith("comp>"):
            entered.append(_is_ours(frame) or _is_ours(frame.f_back))

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield entered
    finally:
        sys.setprofile(before)


def _is_ours(frame: Any) -> bool:
    return frame is not None and frame.f_globals.get("__name__", "").startswith("sagemaker_typed")


def recorded() -> dict[str, Count]:
    """What was counted when it was last kept."""
    kept: dict[str, dict[str, int]] = json.loads(RECORD.read_text(encoding="utf-8"))
    return {name: Count(**count) for name, count in kept.items()}


def changed(now: Mapping[str, Count], before: Mapping[str, Count]) -> list[str]:
    """What has become of the paths whose count has changed by more than is tolerated."""
    told: list[str] = []
    for name in {**before, **now}:
        for whose in ("ours", "all"):
            count, kept = (getattr(each.get(name), whose, 0) for each in (now, before))
            if abs(count - kept) > TOLERATED * kept:
                better = "better; record it, so that it stays so" if count < kept else "worse"
                told.append(f"{name}, {whose}: {count} calls, {kept} recorded: {better}")
    return told


def main() -> None:
    """Show what is counted, and keep it if asked to."""
    environment = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing"}
    with mock.patch.dict("os.environ", environment):
        now = counts()
    for name, count in now.items():
        print(f"{name}: {count.ours} calls of ours, {count.all} in all")  # noqa: T201  # a command
    if "--record" in sys.argv[1:]:
        kept = {name: asdict(count) for name, count in now.items()}
        RECORD.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
    elif told := changed(now, recorded()):
        sys.exit("\n".join(told))


if __name__ == "__main__":
    main()
