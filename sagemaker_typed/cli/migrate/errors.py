"""Handlers of errors: ``client.exceptions.X`` becomes the class of ``sagemaker_typed.errors``."""

from __future__ import annotations

import ast
from importlib import import_module
from typing import TYPE_CHECKING

from sagemaker_typed.cli.migrate.edits import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sagemaker_typed.cli.migrate.clients import Clients
    from sagemaker_typed.cli.migrate.imports import Imports
    from sagemaker_typed.cli.migrate.program import Program

_CLIENT_ERROR = "ClientError"
_HARMLESS = frozenset({"dict", "format", "int", "len", "list", "print", "range", "repr", "str"})


class Errors:
    """Moves the handlers of errors."""

    def __init__(self, program: Program, clients: Clients, imports: Imports) -> None:
        self._program = program
        self._clients = clients
        self._imports = imports

    def replaced(self, moved: set[ast.Call]) -> Iterator[ast.expr]:
        """Yield the clients in types that ours replace."""
        for node in self._program.nodes:
            if isinstance(node, ast.Try) and self._only_ours(node, moved):
                for handler in node.handlers:
                    for each in ast.walk(handler.type or ast.Tuple([], ast.Load())):
                        match each:
                            case ast.Attribute(
                                value=ast.Attribute(attr="exceptions", value=client)
                            ):
                                if self._ours(each) is not None:
                                    yield client
                            case _:
                                pass

    def edits(self, moved: set[ast.Call]) -> list[Edit]:
        """Return the edits of all handlers around calls that move."""
        edits: list[Edit] = []
        for node in self._program.nodes:
            if isinstance(node, ast.Try):
                only_ours = self._only_ours(node, moved)
                for handler in node.handlers:
                    types = (
                        handler.type.elts
                        if isinstance(handler.type, ast.Tuple)
                        else [handler.type]
                        if handler.type
                        else []
                    )
                    several = isinstance(handler.type, ast.Tuple)
                    for each in types:
                        edits += self._type(each, only_ours=only_ours, several=several)
                    if only_ours:
                        edits += self._codes(handler)
        return edits

    def _codes(self, handler: ast.ExceptHandler) -> list[Edit]:
        """Return the edits of a handler that compares the code of a ``ClientError``."""
        if handler.type is None or handler.name is None:
            return []
        if self._program.text(handler.type).rpartition(".")[2] != _CLIENT_ERROR:
            return []
        edits: list[Edit] = []
        for statement in handler.body:
            for node in ast.walk(statement):
                match node:
                    case ast.Subscript(
                        value=ast.Subscript(
                            value=ast.Attribute(value=ast.Name(id=name) as error, attr="response"),
                            slice=ast.Constant(value="Error"),
                        ),
                        slice=ast.Constant(value="Code" | "Message" as key),
                        ctx=ast.Load(),
                    ) if name == handler.name:
                        end = self._program.end(error)
                        edits.append(Edit(end, self._program.end(node), f".{key.lower()}"))
                    case _:
                        pass
        if edits:
            ours = self._imports.name("sagemaker_typed", "ServiceError")
            start, end = self._program.start(handler.type), self._program.end(handler.type)
            edits.append(Edit(start, end, ours))
        return edits

    def _only_ours(self, node: ast.Try, moved: set[ast.Call]) -> bool:
        """Return whether nothing but moved calls can raise an error of the service."""
        calls = [
            each
            for statement in node.body
            for each in ast.walk(statement)
            if isinstance(each, ast.Call)
        ]
        return all(each in moved or self._is_harmless(each) for each in calls)

    def _is_harmless(self, call: ast.Call) -> bool:
        match call.func:
            case ast.Name(id=name):
                return name in _HARMLESS
            case ast.Attribute(attr="get" | "format" | "join" | "append" | "info" | "debug"):
                return True
            case ast.Attribute(attr="get_paginator" | "get_waiter", value=value):
                return self._clients.service(value) is not None
            case _:
                return False

    def _ours(self, node: ast.Attribute) -> tuple[str, str] | None:
        """Return the module and name of our class for ``client.exceptions.X``."""
        assert isinstance(node.value, ast.Attribute)  # noqa: S101  # the callers match it
        service = self._clients.service(node.value.value)
        if service is None or not hasattr(import_module(f"{service.package}.errors"), node.attr):
            return None
        return f"{service.package}.errors", node.attr

    def _type(self, node: ast.expr, *, only_ours: bool, several: bool) -> list[Edit]:
        match node:
            case ast.Attribute(value=ast.Attribute(attr="exceptions")):
                known = self._ours(node)
            case _:
                return []
        if known is None:
            return []
        ours = self._imports.name(*known)
        start, end = self._program.start(node), self._program.end(node)
        if only_ours:
            return [Edit(start, end, ours)]
        opening, closing = ("", "") if several else ("(", ")")
        return [Edit(start, start, f"{opening}{ours}, "), Edit(end, end, closing)]
