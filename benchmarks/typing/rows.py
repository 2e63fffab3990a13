"""The rows of the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.typing import measuring
from benchmarks.typing.environments import Environment
from benchmarks.typing.sides import Side

Round = Callable[[Side, Environment, Path], dict[str, float]]


@dataclass(frozen=True)
class Row:
    """A number of a round, and its title."""

    key: str
    title: str
    unit: str


MB: Final = "MB"
SECONDS: Final = "s"
MILLISECONDS: Final = "ms"

GROUPS: Final[Mapping[str, tuple[Round, tuple[Row, ...]]]] = {
    "mypy": (
        measuring.mypy,
        (
            Row("mypy-cold", "`mypy --strict`, no cache", SECONDS),
            Row("mypy-cold-memory", "`mypy --strict`, no cache, peak memory", MB),
            Row("mypy-warm", "`mypy --strict`, nothing changed", SECONDS),
            Row("mypy-warm-memory", "`mypy --strict`, nothing changed, peak memory", MB),
            Row("mypy-edited", "`mypy --strict`, one line edited", SECONDS),
            Row("mypy-edited-memory", "`mypy --strict`, one line edited, peak memory", MB),
        ),
    ),
    "basedpyright": (
        measuring.basedpyright,
        (
            Row("basedpyright", "`basedpyright`", SECONDS),
            Row("basedpyright-memory", "`basedpyright`, peak memory", MB),
        ),
    ),
    "editor": (
        measuring.editor,
        (
            Row("methods-first", "completion at `client.`, from opening the file", MILLISECONDS),
            Row("methods", "completion at `client.`, after an edit", MILLISECONDS),
            Row("signature-first", "signature help inside the call, the first", MILLISECONDS),
            Row("signature", "signature help inside the call, after an edit", MILLISECONDS),
            Row(
                "values-first", "completion in the instance type's quotes, the first", MILLISECONDS
            ),
            Row("values", "completion in the instance type's quotes, after an edit", MILLISECONDS),
            Row("hover-method-first", "hover on the method, the first", MILLISECONDS),
            Row("hover-method", "hover on the method, after an edit", MILLISECONDS),
            Row("hover-parameter-first", "hover on a parameter, the first", MILLISECONDS),
            Row("hover-parameter", "hover on a parameter, after an edit", MILLISECONDS),
            Row("diagnostics", "edit, question, and the file checked again", MILLISECONDS),
            Row("server-memory", "language server, peak memory", MB),
        ),
    ),
}
