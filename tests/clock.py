"""Time that passes when somebody sleeps, or when a request takes its while."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Clock:
    now: float = 1000.0
    each: float = 0.0
    """How long it takes between two looks at the clock."""
    naps: list[float] = field(default_factory=list[float])

    def time(self) -> float:
        self.now += self.each
        return self.now

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.now += seconds
