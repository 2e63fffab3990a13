"""Type checking and editing, side by side: python -m benchmarks.typing [--quick] [GROUP ...]."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path
from typing import Final

from benchmarks.typing import table
from benchmarks.typing.environments import Environment
from benchmarks.typing.rows import GROUPS
from benchmarks.typing.sides import OURS, THEIRS

RESULTS: Final = Path(__file__).with_name("RESULTS.md")
SIDES: Final = (OURS, THEIRS)
ROUNDS: Final = 7
QUICK: Final = 2
SHOWN: Final = ("sagemaker-typed", "types-boto3-sagemaker", "types-boto3", "boto3", "pydantic")


def main() -> None:
    """Measure and print the table. Write it to a file if every row was measured."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="typing-") as temporary:
        home = Path(options.environments or temporary).resolve()
        environments = {side.name: _environment(home, side.name) for side in SIDES}
        groups: list[str] = options.groups or list(GROUPS)
        measured: list[table.Line] = []
        for group in groups:
            measured += _measure(group, options.rounds, environments)
        text = _page(measured, options.rounds, environments)
    print(text)
    if groups == list(GROUPS) and not options.quick:
        RESULTS.write_text(text, encoding="utf-8")
        print(f"written to {RESULTS.name}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.typing", description=__doc__)
    parser.add_argument(
        "groups", nargs="*", metavar="GROUP", help=f"what to measure: {', '.join(GROUPS)}; all"
    )
    parser.add_argument("--rounds", type=int, metavar="N", help=f"default {ROUNDS}")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} rounds, nothing written")
    parser.add_argument(
        "--environments",
        metavar="FOLDER",
        help="keep the two environments here, and use them again, with a new wheel",
    )
    options = parser.parse_args()
    if unknown := sorted(set(options.groups) - set(GROUPS)):
        parser.error(f"unknown group {unknown[0]!r}; the groups are {', '.join(GROUPS)}")
    if not sys.platform.startswith("linux"):
        parser.error("memory of a language server is read from /proc, which only Linux has")
    options.groups = [group for group in GROUPS if group in options.groups]
    options.rounds = options.rounds or (QUICK if options.quick else ROUNDS)
    return options


def _environment(home: Path, name: str) -> Environment:
    side = next(side for side in SIDES if side.name == name)
    print(f"installing {name} ...", file=sys.stderr)
    return side.install(home / name)


def _measure(
    group: str, rounds: int, environments: Mapping[str, Environment]
) -> Sequence[table.Line]:
    """Run rounds of both sides, which take turns to be first."""
    measure, rows = GROUPS[group]
    numbers: dict[str, list[dict[str, float]]] = {side.name: [] for side in SIDES}
    for number in range(rounds):
        print(f"{group}: round {number + 1} of {rounds}", file=sys.stderr)
        for side in SIDES if number % 2 else reversed(SIDES):
            with tempfile.TemporaryDirectory(prefix="typing-program-") as folder:
                environment = environments[side.name]
                numbers[side.name].append(measure(side, environment, Path(folder).resolve()))
    return table.lines(rows, numbers[OURS.name], numbers[THEIRS.name])


def _page(
    measured: Sequence[table.Line], rounds: int, environments: Mapping[str, Environment]
) -> str:
    versions_found: dict[str, str] = {}
    for environment in environments.values():
        versions_found |= environment.versions()
    checkers = {name: version(name) for name in ("mypy", "basedpyright")}
    versions = {name: versions_found[name] for name in SHOWN} | checkers
    day = datetime.now(timezone.utc).date().isoformat()
    return f"""# Type checking and editing, beside types-boto3-sagemaker

{table.markdown(measured)}
One task, written with each SDK in a program of sixty lines. Each SDK has a separate environment.
The table shows medians of {rounds} rounds, with the lowest and the highest value. Both sides take
turns. The ratio is the median of the ratios of the rounds. Written on {day} by
`python -m benchmarks.typing`.

Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} processors;
{", ".join(f"{name} {number}" for name, number in versions.items())}.
"""


if __name__ == "__main__":
    main()
