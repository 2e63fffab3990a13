"""The rows of the table: tasks, measures and goals."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from benchmarks import programs
from benchmarks.programs import Task

Measure: TypeAlias = Literal["cpu", "wall", "peak", "rate"]
"""CPU time, wall time, peak memory, or calls a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A task, its measure, and the goal as a ratio to boto3."""

    key: str
    title: str
    goal: float
    measure: Measure
    cold: tuple[str, ...] = ()
    """Programs that whole processes run, instead of a task in a warm process."""
    task: Task | None = None
    of_core: Task | None = None
    """A smaller task for sagemaker-core, whose cost is then shown for the size of ``task``."""

    @property
    def more_is_better(self) -> bool:
        """Return whether the goal is a lower bound."""
        return self.measure == "rate"


ROWS = (
    Row(
        key="import",
        title="import, with everything public named",
        goal=0.10,
        measure="wall",
        cold=("import",),
    ),
    Row(
        key="cold-create",
        title="process to first CreateEndpointConfig",
        goal=1.00,
        measure="wall",
        cold=("create",),
    ),
    Row(
        key="cold-describe",
        title="process to first DescribeTrainingJob, read whole",
        goal=1.00,
        measure="wall",
        cold=("describe",),
    ),
    Row(
        key="memory",
        title="peak memory of those processes, the worse",
        goal=1.00,
        measure="peak",
        cold=("create", "describe"),
    ),
    Row(
        key="create-1",
        title="CreateEndpointConfig, one variant",
        goal=0.80,
        measure="cpu",
        task=Task(programs.CREATE, 1),
    ),
    Row(
        key="create-10",
        title="CreateEndpointConfig, ten variants",
        goal=0.70,
        measure="cpu",
        task=Task(programs.CREATE, 10),
    ),
    Row(
        key="create-job",
        title="CreateTrainingJob, every member set",
        goal=0.75,
        measure="cpu",
        task=Task(programs.CREATE_JOB),
    ),
    Row(
        key="describe",
        title="DescribeEndpoint, a small response",
        goal=0.80,
        measure="cpu",
        task=Task(programs.DESCRIBE),
    ),
    Row(
        key="describe-job",
        title="DescribeTrainingJob, every member set",
        goal=0.50,
        measure="cpu",
        task=Task(programs.DESCRIBE_JOB),
    ),
    Row(
        key="page",
        title="a page of 100 endpoints",
        goal=0.18,
        measure="cpu",
        task=Task(programs.PAGE, 100),
    ),
    Row(
        key="listing",
        title="listing 100,000 training jobs, memory flat",
        goal=0.20,
        measure="cpu",
        task=Task(programs.LISTING, 1000),
        of_core=Task(programs.LISTING, 2),
    ),
    Row(
        key="threads",
        title="32 threads on one client",
        goal=1.1,
        measure="rate",
        task=Task(programs.DESCRIBE),
    ),
)


def shortened(row: Row) -> Row:
    """Return the row for ``--quick``: a tenth of the listing."""
    if row.key != "listing" or row.task is None:
        return row
    return replace(
        row,
        title="listing 10,000 training jobs, memory flat",
        task=Task(row.task.name, row.task.size // 10),
        of_core=Task(row.task.name, 1),
    )
