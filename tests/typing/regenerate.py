"""Write the expected output: python -m tests.typing.regenerate."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.typing.checkers import EXPECTED, WORDED, expected, installed, written

if __name__ == "__main__":
    EXPECTED.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary).resolve()
        environment = installed(folder)
        for checker, check in WORDED.items():
            work = folder / checker
            work.mkdir()
            for program, remarks in check(environment, work).items():
                expected(program, checker).write_text(written(remarks), encoding="utf-8")
