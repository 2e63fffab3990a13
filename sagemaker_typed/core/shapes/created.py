"""The functions that are called with the class of each shape when it is created.

Hypothesis finds a strategy by the exact class, and a class of this package exists only when a
program has used it.
"""

from __future__ import annotations

from collections.abc import Callable

observers: list[Callable[[type], None]] = []
