"""How long to wait out the moment in which a new resource is not visible everywhere yet."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ConsistencyPolicy:
    """How long to go on when a resource is not visible yet.

    Between two attempts it waits a random time up to a limit that doubles from
    ``initial_backoff`` to ``max_backoff`` (full jitter). All times are in seconds.
    """

    attempts: int = 12
    """How often the service may answer "not visible yet" before its answer is final."""

    total_time: float = 30.0
    """How long to go on at most, whatever attempts are left."""

    initial_backoff: float = 0.5
    max_backoff: float = 5.0

    sleep: Callable[[float], None] = time.sleep
    """Injectable, as is the clock, so that a test need not wait."""

    clock: Callable[[], float] = time.monotonic

    def __post_init__(self) -> None:
        if self.attempts < 1:
            raise ValueError(f"attempts is {self.attempts}, expected at least 1")
        for name in ("total_time", "initial_backoff", "max_backoff"):
            if not getattr(self, name) >= 0:
                raise ValueError(f"{name} is {getattr(self, name)}, expected 0 or more seconds")
