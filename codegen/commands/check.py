"""``check``: fail where the generated code on disk is not what the generator makes."""

from __future__ import annotations

import argparse

from codegen.build import COMMITTED, build_committed
from codegen.output import differences

NAME = "check"
HELP = "generate into memory and fail on any difference"

_LINES = 12
_FILES = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Generate into memory and compare: a changed, a missing and a left-over file all fail."
    )


def run(_arguments: argparse.Namespace) -> int:
    found = [
        difference
        for one in COMMITTED
        for difference in differences(one.folder, build_committed(one))
    ]
    for difference in found[:_FILES]:
        print(f"{difference.kind}: {difference.path}")
        if difference.kind == "changed":
            print("\n".join(f"    {line}" for line in difference.lines(_LINES)))
    if len(found) > _FILES:
        print(f"... and {len(found) - _FILES} more files")
    if found:
        print(f"{len(found)} generated files differ; run: python -m codegen generate")
        return 1
    print("the generated code is what the generator makes")
    return 0
