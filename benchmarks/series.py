"""Medians of many rounds, and their spread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True, slots=True)
class Spread:
    """A median and the middle half of what was measured."""

    median: float
    low: float
    high: float


def spread(values: Sequence[float]) -> Spread:
    """The median and the quartiles; of few values, the least and the greatest."""
    if len(values) < 4:
        return Spread(median(values), min(values), max(values))
    low, middle, high = quantiles(values, n=4, method="inclusive")
    return Spread(middle, low, high)


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> list[float]:
    """Round by round: the clock of a shared machine drifts, and both sides of a round drift."""
    return [mine / other for mine, other in zip(ours, theirs, strict=True)]


def steadied(rounds: Sequence[Sequence[float]]) -> list[float]:
    """Several things measured together in each round, without the machine's drift between rounds.

    Of each thing the median of its share in its round, times what a round took in the median.
    """
    whole = median(sum(each) for each in rounds)
    shares = zip(*([took / sum(each) for took in each] for each in rounds), strict=True)
    return [whole * median(share) for share in shares]


def line(xs: Sequence[float], ys: Sequence[float]) -> tuple[float, float, float]:
    """The line of least squares: intercept, slope, and how far off it the worst point is.

    Distances count as a part of what was measured, for so does a machine's noise: without that, a
    large point a little off would put the line far beside the small ones.
    """
    weights = [1 / took**2 for took in ys]
    x, y = (_mean(values, weights) for values in (xs, ys))
    slope = _mean([(a - x) * (b - y) for a, b in zip(xs, ys, strict=True)], weights) / _mean(
        [(a - x) ** 2 for a in xs], weights
    )
    start = y - slope * x
    return start, slope, max(abs(b / (start + slope * a) - 1) for a, b in zip(xs, ys, strict=True))


def _mean(values: Sequence[float], weights: Sequence[float]) -> float:
    return sum(v * w for v, w in zip(values, weights, strict=True)) / sum(weights)
