"""Cost against work: each side should be a straight line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks import series

FILE = Path(__file__).with_name("growth.svg")
MOST = 0.10
"""Largest relative distance of a point from the line."""

HEADINGS = (
    "work",
    "boto3, us each",
    "ours, us each",
    "ours / boto3",
    "boto3 off the line",
    "ours off the line",
    "linear",
)

Points = list[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Fit:
    """Cost of one more unit of work for each side, in seconds, and the distance from a line."""

    work: str
    boto3: float
    ours: float
    off: tuple[float, float]

    @property
    def is_linear(self) -> bool:
        """Return whether both sides grow in a straight line."""
        return max(self.off) <= MOST


def fits(growth: Mapping[str, Mapping[str, Points]]) -> list[Fit]:
    """Fit a line through the points of each side, for each kind of work."""
    lines: list[Fit] = []
    for work, sides in growth.items():
        (_, boto3, boto3_off), (_, ours, ours_off) = (
            series.line([size for size, _ in points], [took for _, took in points])
            for points in (sides["boto3"], sides["ours"])
        )
        lines.append(Fit(work, boto3, ours, (boto3_off, ours_off)))
    return lines


def cells(fit: Fit) -> tuple[str, ...]:
    """Format a fit."""
    return (
        fit.work,
        f"{fit.boto3 * 1e6:.1f}",
        f"{fit.ours * 1e6:.1f}",
        f"{fit.ours / fit.boto3:.3f}",
        *(f"{off:.1%}" for off in fit.off),
        "yes" if fit.is_linear else "**no**",
    )


def draw(growth: Mapping[str, Mapping[str, Points]]) -> None:
    """Write the picture."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    mpl.rcParams["svg.hashsalt"] = "benchmarks"
    figure = Figure(figsize=(12, 4), layout="constrained")
    for place, (work, sides) in enumerate(growth.items(), 1):
        axes = figure.add_subplot(1, len(growth), place)
        for side, colour in (("boto3", "tab:orange"), ("ours", "tab:blue")):
            sizes = [size for size, _ in sides[side]]
            start, slope, _ = series.line(sizes, [took for _, took in sides[side]])
            axes.plot(sizes, [took * 1e6 for _, took in sides[side]], "o", color=colour)
            axes.plot(
                sizes,
                [(start + slope * size) * 1e6 for size in sizes],
                color=colour,
                label=f"{side}: {slope * 1e6:.0f} us each",
            )
        axes.set_xlabel(work)
        axes.set_ylabel("CPU time, us")
        axes.set_ylim(bottom=0)
        axes.legend()
    figure.savefig(FILE, metadata={"Date": None})
