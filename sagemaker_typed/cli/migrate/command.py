"""``sagemaker-typed migrate``: the files, the differences, and what is left."""

from __future__ import annotations

import ast
import difflib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sagemaker_typed.cli import source
from sagemaker_typed.cli.boto3_code import problems_of, source_code
from sagemaker_typed.cli.migrate.clients import names_used
from sagemaker_typed.cli.migrate.imports import require_libcst
from sagemaker_typed.cli.migrate.moves import Options, Result, migrate
from sagemaker_typed.cli.migrate.program import Program
from sagemaker_typed.cli.problems import UsageError
from sagemaker_typed.core.files.parsed_file import Unreadable

if TYPE_CHECKING:
    import argparse

    from sagemaker_typed.cli.boto3_code.source_code import SourceCode

_REPLACED = ("boto3.client", "boto3.Session", "boto3.session.Session", "boto3")


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    text: str
    code: SourceCode

    @property
    def notebook(self) -> bool:
        return self.path.suffix == source_code.NOTEBOOK


def run(arguments: argparse.Namespace) -> int:
    """Show or write the moved files; the report goes to the standard error."""
    require_libcst()
    files = list(_read(arguments.paths))
    moved = left = changed = 0
    for file, result in migrated(files, dicts=arguments.dicts, asynchronous=arguments.asynchronous):
        moved += result.moved
        left += len(result.left)
        for each in result.left:
            sys.stderr.write(f"{file.path}:{each.line}: left {each.call}: {each.reason}\n")
        if result.text == file.text:
            continue
        changed += 1
        if arguments.write:
            _write(file.path, result.text)
        else:
            sys.stdout.write(_difference(file, result.text))
    verb = "changed" if arguments.write else "would change"
    sys.stderr.write(f"{verb} {changed} of {len(files)} files: {moved} calls moved, {left} left\n")
    return 0


def migrated(
    files: list[_File], *, dicts: bool = False, asynchronous: bool = False
) -> Iterator[tuple[_File, Result]]:
    """Yield each file with its result; a file knows the names that the others use."""
    used = {file.path: frozenset(names_used([file.code.tree])) for file in files}
    replaces = any(_replaces_boto3(file.code.tree) for file in files)
    for file in files:
        if replaces:
            yield file, Result(file.text, 0, ())
            continue
        others = frozenset().union(*(names for path, names in used.items() if path != file.path))
        own = frozenset(_replaced_names(file.code.tree))
        program = Program(file.code, notebook=file.notebook)
        yield file, migrate(program, Options(dicts, asynchronous, others | own))


def migrate_text(
    text: str, *, notebook: bool = False, dicts: bool = False, asynchronous: bool = False
) -> Result:
    """Move the text of one file."""
    name = f"program{source_code.NOTEBOOK if notebook else '.py'}"
    code = problems_of.read(name, text.encode("utf-8"))
    files = [_File(Path(name), text, code)]
    ((_, result),) = migrated(files, dicts=dicts, asynchronous=asynchronous)
    return result


def _replaces_boto3(tree: ast.Module) -> bool:
    """Return whether a test puts something else in the place of boto3."""
    return any(
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and (node.value in _REPLACED[:3] or node.value.endswith(tuple(f".{r}" for r in _REPLACED)))
        for node in ast.walk(tree)
    )


def _replaced_names(tree: ast.Module) -> Iterator[str]:
    """Yield the names that a file has in strings, as ``patch`` takes them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            last = node.value.rpartition(".")[2]
            if last.isidentifier():
                yield last


def _read(names: list[str]) -> Iterator[_File]:
    for name in source.files(names, source.CODE):
        try:
            content = source.content(name)
            code = problems_of.read(name, content)
        except Unreadable as error:
            sys.stderr.write(f"{name}: skipped: {error}\n")
            continue
        if content.decode("utf-8", "replace") != code.text or code.text.startswith("\ufeff"):
            sys.stderr.write(f"{name}: skipped: not plain UTF-8\n")
        else:
            yield _File(Path(name), code.text, code)


def _write(path: Path, text: str) -> None:
    try:
        path.write_bytes(text.encode("utf-8"))
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from None


def _difference(file: _File, text: str) -> str:
    name = file.path.as_posix()
    lines = difflib.unified_diff(
        file.text.splitlines(keepends=True),
        text.splitlines(keepends=True),
        f"a/{name}",
        f"b/{name}",
    )
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)
