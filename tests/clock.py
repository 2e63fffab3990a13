"""A clock whose time passes only when a test sleeps, or reads the clock."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Clock:
    now: float = 1000.0
    each: float = 0.0
    """Seconds that pass at each reading."""
    naps: list[float] = field(default_factory=list[float])

    def time(self) -> float:
        self.now += self.each
        return self.now

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.now += seconds
