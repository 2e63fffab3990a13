"""``generate``: write the package of a service."""

from __future__ import annotations

import argparse
import keyword
import sys
from collections import Counter
from pathlib import Path

from codegen.build import ROOT, build, build_committed, not_enforced
from codegen.commands.facts import notice_text
from codegen.emit.context import Target
from codegen.errors import InputError
from codegen.model import ir
from codegen.output import FileDifference, write
from codegen.sources import loading

NAME = "generate"
HELP = "write the generated code, of this repository or of any document"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Without options: rewrite the generated files of this repository from the installed"
        " botocore. With --source: write an importable package from a botocore service model"
        " (json or rest-json), or from a page of documentation."
    )
    parser.add_argument("--source", metavar="DOCUMENT", help=loading.EXPECTED)
    parser.add_argument(
        "--out",
        metavar="DIR",
        type=Path,
        help="the folder to put the package in; without --package, the package's own folder",
    )
    parser.add_argument("--package", metavar="NAME", help="the dotted name of the package")
    parser.add_argument(
        "--service",
        metavar="NAME",
        help="the service's name in boto3.client(), if the path does not contain it",
    )


def run(arguments: argparse.Namespace) -> int:
    options = [arguments.source, arguments.out, arguments.package]
    if not any([*options, arguments.service]):
        for folder, files in build_committed():
            _report(str(folder.relative_to(ROOT)), write(folder, files))
        return 0
    if arguments.source is None or arguments.out is None:
        raise InputError("--source and --out need each other")
    package, folder = _package(arguments.out, arguments.package)
    document = loading.load(arguments.source, service=arguments.service)
    service = document.service
    _report(str(folder), write(folder, build(service, Target(package=package))))
    _warn(service)
    if document.page is not None:
        for notice in document.page.notices:
            print(f"note: {notice_text(notice)}", file=sys.stderr)
    return 0


def _package(out: Path, name: str | None) -> tuple[str, Path]:
    """The package's name and its folder."""
    package = out.resolve().name if name is None else name
    if not all(_is_name(part) for part in package.split(".")):
        option = f"--out {out}" if name is None else "--package"
        raise InputError(f"{option}: {package!r} is not the name of a Python package")
    return package, out if name is None else out.joinpath(*package.split("."))


def _is_name(part: str) -> bool:
    return part.isidentifier() and not keyword.iskeyword(part)


def _report(where: str, changes: list[FileDifference]) -> None:
    counts = Counter[str](change.kind for change in changes)
    words = {"missing": "new", "changed": "changed", "stale": "removed"}
    parts = [f"{counts[kind]} {word}" for kind, word in words.items() if counts[kind]]
    print(f"{where}: {', '.join(parts) if parts else 'nothing changed'}")


def _warn(service: ir.Service) -> None:
    for shape, reason in not_enforced(service).items():
        print(f"warning: the pattern of {shape} is not checked: {reason}", file=sys.stderr)
