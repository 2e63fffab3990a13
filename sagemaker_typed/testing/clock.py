"""A clock for tests: its time passes only when something sleeps."""

from __future__ import annotations

import dataclasses
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sagemaker_typed.core.operations.consistency import ConsistencyPolicy
    from sagemaker_typed.core.operations.waiting import WaitPolicy


@dataclass
class Clock:
    """A clock whose time passes when something sleeps, and by ``each`` when it is read.

    Times are in seconds. Several threads may use a clock.
    """

    now: float = 1000.0
    each: float = 0.0
    """Seconds that pass at each reading."""
    naps: list[float] = field(default_factory=list[float])
    """The pauses so far, in order."""
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    def time(self) -> float:
        """Return the time."""
        with self._lock:
            self.now += self.each
            return self.now

    def sleep(self, seconds: float) -> None:
        """Note a pause, and let its time pass at once."""
        with self._lock:
            self.naps.append(seconds)
            self.now += seconds

    def consistency(self, policy: ConsistencyPolicy) -> ConsistencyPolicy:
        """Return the policy on this clock, unless it has a clock or a sleep of its own."""
        usual = type(policy)()
        if (policy.sleep, policy.clock) != (usual.sleep, usual.clock):
            return policy
        return dataclasses.replace(policy, sleep=self.sleep, clock=self.time)

    def wait(self, policy: WaitPolicy) -> WaitPolicy:
        """Return the policy on this clock, unless it has a clock or a sleep of its own.

        The pauses are not random.
        """
        usual = type(policy)()
        if (policy.sleep, policy.clock) != (usual.sleep, usual.clock):
            return policy
        chance = (lambda: 0.0) if policy.random == usual.random else policy.random
        return dataclasses.replace(policy, sleep=self.sleep, clock=self.time, random=chance)
