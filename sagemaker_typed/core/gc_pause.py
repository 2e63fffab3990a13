"""The garbage collector, made to wait while much is loaded.

Importing botocore and Pydantic makes some hundred thousand objects that stay. The collector would
look through all of them again and again for garbage that is not there, which takes a seventh of the
time from the start of a program to its first answer.
"""

from __future__ import annotations

import gc
import os
import threading


class _Paused:
    """A context in which nothing is collected, in any thread; it may be entered again within."""

    def __init__(self) -> None:
        self._lock = threading.RLock()  # a finalizer may load something while it is held
        self._within = 0
        self._was_enabled = False

    def __enter__(self) -> None:
        with self._lock:
            if not self._within:
                self._was_enabled = gc.isenabled()
                gc.disable()
            self._within += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._within = max(0, self._within - 1)
            if self._within or not self._was_enabled:
                return
            if not gc.get_freeze_count():  # else a program, or Python 3.12, keeps objects there
                # to the oldest generation: the next collection of the youngest passes them by
                gc.freeze()
                gc.unfreeze()
            gc.enable()

    def go_on_in_child(self) -> None:
        """Collect again in a process that was forked while other threads, now gone, were within."""
        self._lock = threading.RLock()
        if self._within:
            self._within = 0
            if self._was_enabled:
                gc.enable()


collector_paused = _Paused()

if hasattr(os, "register_at_fork"):  # not on Windows
    os.register_at_fork(after_in_child=collector_paused.go_on_in_child)
