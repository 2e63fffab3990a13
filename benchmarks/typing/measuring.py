"""Measure one round of one SDK: a number for each row of the table."""

from __future__ import annotations

import json
import shutil
import statistics
import sys
import time
from pathlib import Path
from typing import Final

from benchmarks.typing.environments import Environment
from benchmarks.typing.language_server import MARK, start
from benchmarks.typing.processes import Command, Used, run
from benchmarks.typing.sides import TYPED_AT, Side

BIN: Final = Path(sys.executable).parent
# Number of times that a question is repeated, each time after an edit.
AGAIN: Final = 4


def mypy(side: Side, environment: Environment, folder: Path) -> dict[str, float]:
    """Run mypy with an empty cache, again with the same cache, and after an edit of one line."""
    program, cache = folder / side.program, folder / ".mypy_cache"
    shutil.rmtree(cache, ignore_errors=True)
    text = side.text()
    program.write_text(text, encoding="utf-8")
    python = f"--python-executable={environment.python}"
    command: Command = [BIN / "mypy", "--strict", python, f"--cache-dir={cache}", program.name]
    figures: dict[str, float] = {}

    def check(state: str) -> None:
        used = _clean(run(command, folder), side)
        figures[f"mypy-{state}"] = used.wall
        figures[f"mypy-{state}-cpu"] = used.processor
        figures[f"mypy-{state}-memory"] = used.megabytes

    check("cold")
    check("warm")
    program.write_text(text.replace('"churn"', '"churned"', 1), encoding="utf-8")
    check("edited")
    return figures


def basedpyright(side: Side, environment: Environment, folder: Path) -> dict[str, float]:
    """Run the command line, which has no cache."""
    (folder / side.program).write_text(side.text(), encoding="utf-8")
    python = f"--pythonpath={environment.python}"
    command: Command = [BIN / "basedpyright", python, "--outputjson", side.program]
    used = run(command, folder)
    if json.loads(used.output)["summary"]["errorCount"]:
        raise RuntimeError(f"basedpyright with {side.name}:\n{used.output}")
    return {
        "basedpyright": used.wall,
        "basedpyright-cpu": used.processor,
        "basedpyright-memory": used.megabytes,
    }


def editor(side: Side, environment: Environment, folder: Path) -> dict[str, float]:
    """Ask a new server each question once, then repeatedly after edits."""
    text = side.text()
    lines = text.split("\n")
    number = next(i for i, line in enumerate(lines) if line.startswith(TYPED_AT))
    path = folder / side.program
    path.write_text(text, encoding="utf-8")
    command = [BIN / "basedpyright-langserver"]
    with start(command, folder, environment.python) as server:
        opened = (time.perf_counter(), server.processor())
        document = server.open(path, text)
        figures: dict[str, list[float]] = {}
        for turn in range(1 + AGAIN):
            for name, question in side.questions.items():
                # The first includes the loading of libraries; the others start at the edit.
                since = (time.perf_counter(), server.processor()) if figures else opened
                server.retype(document, number, question.typed.replace(MARK, ""))
                answer = server.ask(question.kind, document, number, question.typed.index(MARK))
                key = name if turn else f"{name}-first"
                figures.setdefault(key, []).append(time.perf_counter() - since[0])
                figures.setdefault(f"{key}-cpu", []).append(server.processor() - since[1])
                if question.answer not in json.dumps(answer):
                    raise RuntimeError(f"{question.typed}: unexpected response {answer!r}")
                checked, _ = server.diagnostics(document)
                if turn:
                    figures.setdefault("diagnostics", []).append(checked - since[0])
                # Between two questions the program is complete.
                server.retype(document, number, lines[number])
                server.diagnostics(document)
        memory = server.megabytes()
    return {name: statistics.median(each) for name, each in figures.items()} | {
        "server-memory": memory
    }


def _clean(used: Used, side: Side) -> Used:
    if used.code:
        raise RuntimeError(f"with {side.name}: exit code {used.code}\n{used.output}")
    return used
