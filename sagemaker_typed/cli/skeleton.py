"""``sagemaker-typed skeleton``."""

from __future__ import annotations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def run(given: argparse.Namespace) -> int:
    """Not yet."""
    raise NotImplementedError
