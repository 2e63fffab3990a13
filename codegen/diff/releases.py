"""The public interface of each release, as a file: ``releases/<version>.json.gz``.

A clone may lack the tags of releases, so the repository keeps their interfaces. A file has the
sources that a type checker reads, without docstrings and without the bodies of functions.
"""

from __future__ import annotations

import ast
import gzip
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from typing_extensions import override

FOLDER: Final = "releases"
_SUFFIX: Final = ".json.gz"


def path_of(root: Path, version: str) -> Path:
    """Return the path of the interface of a release."""
    return root / FOLDER / f"{version}{_SUFFIX}"


def versions(root: Path) -> list[str]:
    """Return the versions whose interfaces are kept."""
    return [path.name.removesuffix(_SUFFIX) for path in (root / FOLDER).glob(f"*{_SUFFIX}")]


def read(path: Path) -> dict[str, str]:
    """Return the sources that a file has, by path."""
    files: dict[str, str] = json.loads(gzip.decompress(path.read_bytes()))
    return files


def write(path: Path, files: Mapping[str, str]) -> None:
    """Write the interface of these sources. The same sources give the same bytes."""
    stripped = {
        name: ast.unparse(_Strip().visit(ast.parse(text)))
        for name, text in sorted(files.items())
        if f"{name}i" not in files  # a checker reads the stub
    }
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(gzip.compress(json.dumps(stripped).encode("ascii"), mtime=0))


class _Strip(ast.NodeTransformer):
    """Removes docstrings and the bodies of functions."""

    @override
    def visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            node.body = [_ELLIPSIS]
        elif isinstance(node, ast.ClassDef | ast.Module):
            node.body = list(_without_text(node.body)) or [_ELLIPSIS]
        return self.generic_visit(node)


_ELLIPSIS: Final = ast.Expr(ast.Constant(...))


def _without_text(body: Iterable[ast.stmt]) -> Iterable[ast.stmt]:
    for statement in body:
        match statement:
            case ast.Expr(value=ast.Constant()):
                pass
            case _:
                yield statement
