"""``docs``: build the documentation site, guide and reference."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from codegen.build import ROOT
from codegen.errors import InputError
from codegen.site.build import tune_search, write

NAME: Final = "docs"
HELP: Final = "build the documentation site, with a reference made from the service model"
SITE: Final = ROOT / "site"
_BUILDER: Final = "zensical"
_STYLED: Final = re.compile(r"\x1b\[[0-9;]*m")


def add_arguments(parser: ArgumentParser) -> None:
    parser.description = (
        "Write the reference, and build it with the guide in docs/ into site/. A link that leads"
        " nowhere, and any other warning, fails."
    )
    parser.add_argument(
        "--pages",
        metavar="DIR",
        type=Path,
        help="only write what the site is built from, into this folder",
    )


def run(arguments: Namespace) -> int:
    if arguments.pages is not None:
        print(f"wrote {write(ROOT, arguments.pages)}")
        return 0
    if find_spec(_BUILDER) is None or find_spec("yaml") is None:
        raise InputError(
            f"the site is built with {_BUILDER}, which is not installed here: run make docs"
            " (Python 3.11 or newer)"
        )
    config = write(ROOT, ROOT / "build" / "docs")
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", _BUILDER, "build", "--strict", "--clean", "-f", str(config)],
        check=False,
        capture_output=True,
        text=True,
    )
    output = _STYLED.sub("", done.stdout + done.stderr).partition("Traceback (most recent")[0]
    if done.returncode or "Warning" in output:
        print(output.strip(), file=sys.stderr)
        print("error: the site is not built, for the reasons above", file=sys.stderr)
        return 1
    tune_search(config.parent / "site" / "search.json")
    shutil.rmtree(SITE, ignore_errors=True)
    shutil.move(config.parent / "site", SITE)
    print("built site/index.html")
    return 0
