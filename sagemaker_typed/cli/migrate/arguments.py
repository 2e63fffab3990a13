"""The arguments of calls: documented keywords become fields, dictionaries become shapes."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from sagemaker_typed.cli.migrate.edits import Edit, insert
from sagemaker_typed.core.schema import facts
from sagemaker_typed.core.schema.lookup import find_shape
from sagemaker_typed.core.schema.walk import find_member

if TYPE_CHECKING:
    from sagemaker_typed.cli.migrate.imports import Imports
    from sagemaker_typed.cli.migrate.program import Program
    from sagemaker_typed.core.schema.protocols import AnyShape


class _NoShape(Exception):
    """A value that a type checker would not accept as a shape; ``from_boto`` takes it."""


class NotMovable(Exception):
    """A part of a program that cannot be moved; the message states the reason."""


class Arguments:
    """Writes the arguments of calls for this package."""

    def __init__(self, program: Program, imports: Imports, *, dicts: bool) -> None:
        self._program = program
        self._imports = imports
        self._dicts = dicts

    def fields(self, call: ast.Call, request: type[AnyShape]) -> list[Edit] | None:
        """Return the edits that make keyword arguments fields; ``None`` if ``from_boto`` is needed.

        Raises ``NotMovable`` for arguments that the operation does not have.
        """
        self.check(call, request)
        edits: list[Edit] = []
        try:
            for keyword in call.keywords:
                if keyword.arg is None:
                    return None
                field, member = self._member(request, keyword.arg)
                start = self._program.start(keyword)
                edits.append(Edit(start, (start[0], start[1] + len(keyword.arg)), field))
                edits += self._value(keyword.value, member.kind, request.__package_name__)
        except _NoShape:
            return None
        return edits

    def from_boto(self, call: ast.Call, request: type[AnyShape]) -> list[Edit]:
        """Return the edits that make the arguments one request, with documented names."""
        name = self._imports.name(f"{request.__package_name__}.models", request.__name__)
        first, last = call.keywords[0], call.keywords[-1]
        start, end = self._program.start(first), self._program.end(last)
        if len(call.keywords) == 1 and first.arg is None:
            opening = self._program.start(first.value)
            return [Edit(start, opening, f"{name}.from_boto("), insert(end, ")")]
        edits = [insert(start, f"{name}.from_boto({{")]
        for keyword in call.keywords:
            if keyword.arg is not None:
                at, value = self._program.start(keyword), self._program.start(keyword.value)
                gap = self._program.find(r"\s*=\s*", (at[0], at[1] + len(keyword.arg)), value)
                assert gap is not None  # noqa: S101  # a keyword has an equals sign
                edits.append(Edit(at, gap[1], f'"{keyword.arg}": '))
        return [*edits, insert(end, "})")]

    def check(self, call: ast.Call, request: type[AnyShape]) -> None:
        """Raise ``NotMovable`` for arguments that the operation does not take by name."""
        if call.args:
            raise NotMovable("an argument has no name")
        for keyword in call.keywords:
            if keyword.arg is not None:
                self._member(request, keyword.arg)

    def _member(self, shape: type[AnyShape], documented: str) -> tuple[str, facts.Member]:
        known = find_member(shape, documented)
        if known is None or known[1].documented != documented:
            raise NotMovable(f"{shape.__name__} has no member {documented!r}")
        return known

    def _value(self, node: ast.expr, kind: facts.Kind, package: str) -> list[Edit]:
        """Return the edits of a value; raises ``_NoShape`` if a type checker would refuse it."""
        if isinstance(node, ast.Constant) and node.value is None:
            return []
        match kind:
            case facts.Structure():
                return self._structure(node, find_shape(package, kind.name))
            case facts.List():
                return self._list(node, kind, package)
            case facts.Map():
                return self._map(node, kind, package)
            case facts.Enum():
                return self._enum(node, kind, package)
            case facts.Document():
                raise _NoShape
            case _:
                return []

    def _structure(self, node: ast.expr, shape: type[AnyShape]) -> list[Edit]:
        if not isinstance(node, ast.Dict):
            raise _NoShape
        edits: list[Edit] = []
        for key, value in zip(node.keys, node.values, strict=True):
            if not isinstance(key, ast.Constant) or not isinstance(key.value, str):
                raise _NoShape
            field, member = self._member(shape, key.value)
            end, start = self._program.end(key), self._program.start(value)
            gap = self._program.find(r"^\s*:\s*", end, start)
            if gap is None or (gap[1] != start and not self._dicts):
                raise _NoShape  # a parenthesis or a comment between them
            edits.append(Edit(self._program.start(key), start, f"{field}="))
            edits += self._value(value, member.kind, shape.__package_name__)
        if self._dicts:
            return []
        name = self._imports.name(f"{shape.__package_name__}.models", shape.__name__)
        (line, column), (end_line, end_column) = self._program.start(node), self._program.end(node)
        opening = Edit((line, column), (line, column + 1), f"{name}(")
        closing = Edit((end_line, end_column - 1), (end_line, end_column), ")")
        return [opening, *edits, closing]

    def _list(self, node: ast.expr, kind: facts.List, package: str) -> list[Edit]:
        match node:
            case ast.List(elts=items) | ast.Tuple(elts=items):
                if any(isinstance(item, ast.Starred) for item in items):
                    raise _NoShape
                return [e for item in items for e in self._value(item, kind.item, package)]
            case ast.ListComp(elt=item):
                return self._value(item, kind.item, package)
            case _ if _is_plain(kind.item):
                return []
            case _:
                raise _NoShape

    def _map(self, node: ast.expr, kind: facts.Map, package: str) -> list[Edit]:
        if not isinstance(node, ast.Dict) or None in node.keys:
            if _is_plain(kind.value) and _is_plain(kind.key) and not isinstance(node, ast.Dict):
                return []
            raise _NoShape
        if not _is_plain(kind.key):
            raise _NoShape
        return [e for value in node.values for e in self._value(value, kind.value, package)]

    def _enum(self, node: ast.expr, kind: facts.Enum, package: str) -> list[Edit]:
        match node:
            case ast.Constant():
                return []
            case ast.IfExp(body=ast.Constant(), orelse=ast.Constant()):
                return []
            case _ if self._dicts:
                raise _NoShape
            case _:
                pass
        name = self._imports.name(f"{package}.enums", kind.name)
        start, end = self._program.start(node), self._program.end(node)
        return [insert(start, f"{name}("), insert(end, ")")]


def _is_plain(kind: facts.Kind) -> bool:
    return isinstance(kind, (facts.String, facts.Integer, facts.Float, facts.Boolean))
