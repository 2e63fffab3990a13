"""A program, with the facts that a move needs: text, parents, variables and clients."""

from __future__ import annotations

import ast
import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sagemaker_typed.cli.boto3_code import clients
from sagemaker_typed.cli.boto3_code.clients import Client, Part
from sagemaker_typed.cli.migrate.variables import variables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sagemaker_typed.cli.boto3_code.services import Service
    from sagemaker_typed.cli.boto3_code.source_code import SourceCode, Span
    from sagemaker_typed.cli.migrate.edits import Place
    from sagemaker_typed.cli.migrate.variables import Variable
    from sagemaker_typed.core.schema import facts


class Program:
    """One Python file or notebook."""

    def __init__(self, code: SourceCode, *, notebook: bool) -> None:
        self.code = code
        self.notebook = notebook
        self.analysis = clients.analyse(code)
        self.nodes = list(ast.walk(code.tree))
        self.parents: dict[ast.AST, ast.AST] = {
            child: node for node in self.nodes for child in ast.iter_child_nodes(node)
        }
        self._variables = variables(code.tree)

    def parent(self, node: ast.AST) -> ast.AST | None:
        """Return the node around a node."""
        return self.parents.get(node)

    def around(self, node: ast.AST) -> Iterator[ast.AST]:
        """Yield the nodes around a node, the nearest first."""
        while (outer := self.parents.get(node)) is not None:
            yield outer
            node = outer

    def variable(self, node: ast.AST | None) -> Variable | None:
        """Return the variable that a name reads or binds."""
        return self._variables.get(node) if isinstance(node, ast.Name) else None

    def client(self, node: ast.AST | None) -> Service | None:
        """Return the service of an expression that is certainly a boto3 client."""
        if not isinstance(node, ast.expr):
            return None
        meaning = self.analysis.meanings.get(self.span(node))
        return meaning.service if isinstance(meaning, Client) and meaning.certain else None

    def part(self, node: ast.expr) -> facts.Kind | None:
        """Return the fact about an expression that is certainly a part of a response."""
        meaning = self.analysis.meanings.get(self.span(node))
        return meaning.kind if isinstance(meaning, Part) and meaning.certain else None

    @cached_property
    def is_typed(self) -> bool:
        """True if a strict type checker could accept the program: each function is annotated."""
        if self.notebook:
            return False
        functions = (ast.FunctionDef, ast.AsyncFunctionDef)
        return all(node.returns for node in self.nodes if isinstance(node, functions))

    # --- text ------------------------------------------------------------------------------------

    def span(self, node: Any) -> Span:
        """Return the place of an expression, a statement or a keyword."""
        return self.code.span(node)

    def start(self, node: Any) -> Place:
        """Return the place where a node begins."""
        span = self.span(node)
        return span.line, span.column

    def end(self, node: Any) -> Place:
        """Return the place behind a node."""
        span = self.span(node)
        return span.end_line, span.end_column

    def text(self, node: Any) -> str:
        """Return the code of a node."""
        return self.between(self.start(node), self.end(node))

    def between(self, start: Place, end: Place) -> str:
        """Return the code between two places."""
        lines = self.code.lines[start[0] - 1 : end[0]]
        if len(lines) < 2:
            return lines[0][start[1] : end[1]] if lines else ""
        return "\n".join([lines[0][start[1] :], *lines[1:-1], lines[-1][: end[1]]])

    def is_alone(self, statement: ast.stmt) -> bool:
        """Return whether a statement has its lines for itself; a comment may follow."""
        (line, column), (end_line, end) = self.start(statement), self.end(statement)
        lines = self.code.lines
        after = lines[end_line - 1][end:].strip()
        return not lines[line - 1][:column].strip() and (not after or after.startswith("#"))

    def find(self, pattern: str, start: Place, end: Place) -> tuple[Place, Place] | None:
        """Return the place of the first match of a pattern between two places."""
        text = self.between(start, end)
        match = re.search(pattern, text)
        if match is None:
            return None
        return _behind(start, text[: match.start()]), _behind(start, text[: match.end()])


def _behind(start: Place, text: str) -> Place:
    line, column = start
    newlines = text.count("\n")
    if not newlines:
        return line, column + len(text)
    return line + newlines, len(text) - text.rfind("\n") - 1
