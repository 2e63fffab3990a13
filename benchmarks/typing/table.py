"""Make a table from rounds."""

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
    """A row with its numbers: numbers for each round and side."""

    row: Row
    ours: Sequence[float]
    theirs: Sequence[float]
    processor: float | None

    @property
    def ratio(self) -> float:
        """The ratio of ours to theirs."""
        return _ratio(self.ours, self.theirs)

    def cells(self) -> tuple[str, ...]:
        """Format the cells."""
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
    """Return the measured rows with their numbers."""

    def of(key: str) -> tuple[list[float], list[float]]:
        return [numbers[key] for numbers in ours], [numbers[key] for numbers in theirs]

    def processor(row: Row) -> float | None:
        key = f"{row.key}-cpu"
        return _ratio(*of(key)) if all(key in numbers for numbers in (*ours, *theirs)) else None

    return [Line(row, *of(row.key), processor(row)) for row in rows]


def markdown(measured: Iterable[Line]) -> str:
    """Return the table in Markdown, aligned."""
    cells = [HEAD, *(line.cells() for line in measured)]
    widths = [max(len(text) for text in column) for column in zip(*cells, strict=True)]
    written = [
        " | ".join(text.ljust(width) for text, width in zip(texts, widths, strict=True))
        for texts in cells
    ]
    written.insert(1, " | ".join("-" * width for width in widths))
    return "\n".join(f"| {line} |" for line in written) + "\n"


def _ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Return the median of the ratios of the rounds, in which both sides had the same machine."""
    return statistics.median(series.ratios(ours, theirs))


def _spread(values: Sequence[float], unit: str) -> str:
    """Format the median, and the lowest and highest value."""
    numbers = (statistics.median(values), min(values), max(values))
    median, least, most = (_number(value, unit) for value in numbers)
    return f"{median} ({least} to {most})" if len(values) > 1 else median


def _number(value: float, unit: str) -> str:
    if unit == MILLISECONDS:
        return f"{value * 1000:.0f}"
    return f"{value:.0f}" if unit == MB else f"{value:.2f}"
