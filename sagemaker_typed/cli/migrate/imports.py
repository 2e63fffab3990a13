"""The imports of a moved program: new names, and names that nothing uses any more."""

from __future__ import annotations

import ast
import re
from importlib.util import find_spec
from typing import TYPE_CHECKING

from sagemaker_typed.cli.migrate.edits import Edit, insert
from sagemaker_typed.cli.problems import UsageError

if TYPE_CHECKING:
    from sagemaker_typed.cli.migrate.program import Program

_EXTRA = "sagemaker-typed migrate needs libcst: pip install 'sagemaker-typed[migrate]'"


def require_libcst() -> None:
    """Raise ``UsageError`` if libcst is not installed."""
    if find_spec("libcst") is None:
        raise UsageError(_EXTRA)


class Imports:
    """The names that moved code needs, under names that the program does not use otherwise."""

    def __init__(self, program: Program) -> None:
        self._taken = _names(program)
        self._notebook = program.notebook
        self._needed: dict[tuple[str, str], str] = {}

    def name(self, module: str, name: str) -> str:
        """Return the name under which the program has a name of a module."""
        imported = self._taken.get(name, {(module, name)})
        alias = name if imported == {(module, name)} else f"Typed{name}"
        return self._needed.setdefault((module, name), alias)

    def unused(self, name: str) -> str:
        """Return a name that the program does not use."""
        return f"{name}_" if name in self._taken else name

    def keep(self, text: str) -> None:
        """Forget the names that the moved text does not use."""
        words = set(re.findall(r"\w+", text))
        if not self._notebook:
            words = {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}
        self._needed = {key: alias for key, alias in self._needed.items() if alias in words}

    def add(self, text: str) -> str:
        """Return the text of a Python file with the new imports, without unused ones of boto3."""
        import libcst
        from libcst.codemod import CodemodContext
        from libcst.codemod.visitors import AddImportsVisitor, RemoveImportsVisitor

        context = CodemodContext()
        for (module, name), alias in sorted(self._needed.items()):
            AddImportsVisitor.add_needed_import(
                context, module, name, alias if alias != name else None
            )
        tree = libcst.parse_module(text)
        for module, imported in _of_boto3(text):
            RemoveImportsVisitor.remove_unused_import(context, module, imported)
        tree = AddImportsVisitor(context).transform_module(tree)
        return RemoveImportsVisitor(context).transform_module(tree).code

    def edit_of_notebook(self, program: Program) -> list[Edit]:
        """Return the edit that adds the new imports before the first import of a notebook."""
        by_module: dict[str, list[str]] = {}
        for (module, name), alias in sorted(self._needed.items()):
            shown = name if alias == name else f"{name} as {alias}"
            by_module.setdefault(module, []).append(shown)
        lines = [
            f"from {module} import {', '.join(names)}\n" for module, names in by_module.items()
        ]
        body = [node for node in program.code.tree.body if not _is_future(node)]
        imports = (node for node in body if isinstance(node, (ast.Import, ast.ImportFrom)))
        first = next(imports, body[0])
        return [insert((first.lineno, 0), "".join(lines))] if lines else []


def _is_future(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"


def _names(program: Program) -> dict[str, set[tuple[str, str]]]:
    """Return the names of a program, with the imports that bind them."""
    names: dict[str, set[tuple[str, str]]] = {}
    for node in program.nodes:
        match node:
            case ast.ImportFrom(module=str(module)):
                for alias in node.names:
                    names.setdefault(alias.asname or alias.name, set()).add((module, alias.name))
            case ast.Import():
                for alias in node.names:
                    root = alias.name.partition(".")[0]
                    names.setdefault(alias.asname or root, set()).add((alias.name, ""))
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                names.setdefault(name, set()).add(("", name))
            case (
                ast.FunctionDef(name=name)
                | ast.AsyncFunctionDef(name=name)
                | ast.ClassDef(name=name)
            ):
                names.setdefault(name, set()).add(("", name))
            case _:
                pass
    return names


def _of_boto3(text: str) -> list[tuple[str, str | None]]:
    """Return the imports that may be unused after a move, except those with a comment."""
    imports: list[tuple[str, str | None]] = []
    lines = text.splitlines()
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, (ast.Import, ast.ImportFrom)) or "#" in lines[node.lineno - 1]:
            continue
        if isinstance(node, ast.Import):
            imports += [(each.name, None) for each in node.names if _is_boto3(each.name)]
        elif node.module and _is_boto3(node.module):
            imports += [(node.module, each.name) for each in node.names if each.name != "*"]
    return imports


def _is_boto3(module: str) -> bool:
    root = module.partition(".")[0]
    return root in {"boto3", "botocore"} or root.startswith(("mypy_boto3", "types_boto3"))
