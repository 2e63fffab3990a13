"""``generate``: write the package of a service."""

from __future__ import annotations

import argparse
import keyword
import sys
from collections import Counter
from pathlib import Path

from codegen import ir
from codegen.build import COMMITTED, build, build_committed, not_enforced
from codegen.emit.package import Target
from codegen.faults import InputFault
from codegen.sources import service_model
from codegen.tree import Difference, write

NAME = "generate"
HELP = "write the generated code, of this repository or of any service model"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Without options: rewrite sagemaker_typed from the installed botocore. With --source: make"
        " an importable package of its own from a botocore service model, json or rest-json."
    )
    parser.add_argument("--source", metavar="MODEL.json", type=Path, help="service-2.json[.gz]")
    parser.add_argument("--out", metavar="DIR", type=Path, help="where the package's folder goes")
    parser.add_argument("--package", metavar="NAME", help="the package's name, may be dotted")
    parser.add_argument(
        "--service", metavar="NAME", help="what boto3.client() calls it, where the path says not"
    )


def run(arguments: argparse.Namespace) -> int:
    given = [arguments.source, arguments.out, arguments.package]
    if not any([*given, arguments.service]):
        for one in COMMITTED:
            _report(str(one.folder.name), write(one.folder, build_committed(one)))
        return 0
    if not all(given):
        raise InputFault("--source, --out and --package go together")
    package: str = arguments.package
    if not all(_is_name(part) for part in package.split(".")):
        raise InputFault(f"--package {package!r}: not the name of a Python package")
    service = service_model.from_file(arguments.source, name=arguments.service)
    folder: Path = arguments.out.joinpath(*package.split("."))
    _report(str(folder), write(folder, build(service, Target(package=package))))
    _warn(service)
    return 0


def _is_name(part: str) -> bool:
    return part.isidentifier() and not keyword.iskeyword(part)


def _report(where: str, changes: list[Difference]) -> None:
    counts = Counter(change.kind for change in changes)
    said = {"missing": "new", "changed": "changed", "stale": "removed"}
    parts = [f"{counts[kind]} {word}" for kind, word in said.items() if counts[kind]]
    print(f"{where}: {', '.join(parts) if parts else 'nothing changed'}")


def _warn(service: ir.Service) -> None:
    for shape, reason in not_enforced(service).items():
        print(f"warning: the pattern of {shape} is not checked: {reason}", file=sys.stderr)
