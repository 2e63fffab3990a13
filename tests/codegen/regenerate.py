"""Writes the golden packages again: python -m tests.codegen.regenerate."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tests.codegen.packages import SERVICES, generate

PACKAGE: Final = "golden"
GOLDEN: Final = Path(__file__).parent / PACKAGE

if __name__ == "__main__":
    for name, source in SERVICES.items():
        generate(source, GOLDEN.parent, f"{PACKAGE}.{name}")
