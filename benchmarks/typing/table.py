"""From rounds to a table."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks import series
from benchmarks.typing.rows import MB, MILLISECONDS, Row

GOAL: Final = 1.0
HEAD: Final = (
    "",
    "unit",
    "sagemaker_typed",
    "types-boto3-sagemaker",
    "ratio",
    "of CPU time",
    "goal",
    "",
)


@dataclass(frozen=True)
class Line:
    """A row with its numbers: one a round, of both sides."""

    row: Row
    ours: Sequence[float]
    theirs: Sequence[float]
    processor: float | None

    @property
    def ratio(self) -> float:
        """Ours by theirs."""
        return _ratio(self.ours, self.theirs)

    def cells(self) -> tuple[str, ...]:
        """As text."""
        return (
            self.row.title,
            self.row.unit,
            _spread(self.ours, self.row.unit),
            _spread(self.theirs, self.row.unit),
            f"{self.ratio:.2f}",
            "" if self.processor is None else f"{self.processor:.2f}",
            f"< {GOAL:.1f}",
            "met" if self.ratio < GOAL else "missed",
        )


def lines(
    rows: Iterable[Row],
    ours: Sequence[Mapping[str, float]],
    theirs: Sequence[Mapping[str, float]],
) -> list[Line]:
    """The rows that were measured, each with its numbers."""

    def of(key: str) -> tuple[list[float], list[float]]:
        return [one[key] for one in ours], [one[key] for one in theirs]

    def processor(row: Row) -> float | None:
        key = f"{row.key}-cpu"
        return _ratio(*of(key)) if all(key in one for one in (*ours, *theirs)) else None

    return [Line(row, *of(row.key), processor(row)) for row in rows]


def markdown(measured: Iterable[Line]) -> str:
    """The table, aligned for reading as it stands."""
    cells = [HEAD, *(line.cells() for line in measured)]
    widths = [max(len(text) for text in column) for column in zip(*cells, strict=True)]
    written = [
        " | ".join(text.ljust(width) for text, width in zip(texts, widths, strict=True))
        for texts in cells
    ]
    written.insert(1, " | ".join("-" * width for width in widths))
    return "\n".join(f"| {line} |" for line in written) + "\n"


def _ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Taken inside each round, where both sides had the same machine; then the median."""
    return statistics.median(series.ratios(ours, theirs))


def _spread(values: Sequence[float], unit: str) -> str:
    """The median, and the least and the most."""
    numbers = (statistics.median(values), min(values), max(values))
    median, least, most = (_number(value, unit) for value in numbers)
    return f"{median} ({least} to {most})" if len(values) > 1 else median


def _number(value: float, unit: str) -> str:
    if unit == MILLISECONDS:
        return f"{value * 1000:.0f}"
    return f"{value:.0f}" if unit == MB else f"{value:.2f}"
