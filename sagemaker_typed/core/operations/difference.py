"""Where what exists is not what was to be created."""

from __future__ import annotations

from typing import NamedTuple

from sagemaker_typed.core.shapes import reprs


class Difference(NamedTuple):
    """A member that is not the same in what was to be created and in what exists."""

    path: str
    """In documented names, such as ``ProductionVariants[0].InstanceType``."""

    wanted: object
    exists: object

    def __str__(self) -> str:
        return f"{self.path}: wanted {_short(self.wanted)}, exists {_short(self.exists)}"


def _short(value: object) -> str:
    text = reprs.format_inline(value)
    return text if len(text) <= 120 else f"{text[:117]}..."
