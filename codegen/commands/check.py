"""``check``: fail if a generated file on disk differs from the generator's output."""

from __future__ import annotations

import argparse

from codegen.build import build_committed
from codegen.output import differences

NAME = "check"
HELP = "generate into memory and fail on any difference"

_LINES = 12
_FILES = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = "Generate into memory and compare: a changed, missing or stale file fails."


def run(_arguments: argparse.Namespace) -> int:
    changes = [
        difference
        for folder, files in build_committed()
        for difference in differences(folder, files)
    ]
    for difference in changes[:_FILES]:
        print(f"{difference.kind}: {difference.path}")
        if difference.kind == "changed":
            print("\n".join(f"    {line}" for line in difference.lines(_LINES)))
    if len(changes) > _FILES:
        print(f"... and {len(changes) - _FILES} more files")
    if changes:
        print(f"{len(changes)} generated files differ; run: python -m codegen generate")
        return 1
    print("the generated files are up to date")
    return 0
