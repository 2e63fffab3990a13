"""Handlers of errors: ``client.exceptions.X`` becomes the class of ``sagemaker_typed.errors``."""

from __future__ import annotations

import ast
from importlib import import_module
from typing import TYPE_CHECKING

from sagemaker_typed.cli.migrate.edits import Edit

if TYPE_CHECKING:
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

    def _type(self, node: ast.expr, *, only_ours: bool, several: bool) -> list[Edit]:
        match node:
            case ast.Attribute(attr=name, value=ast.Attribute(attr="exceptions", value=client)):
                pass
            case _:
                return []
        service = self._clients.service(client)
        if service is None or not hasattr(import_module(f"{service.package}.errors"), name):
            return []
        ours = self._imports.name(f"{service.package}.errors", name)
        if only_ours:
            return [Edit(self._program.start(node), self._program.end(node), ours)]
        # the edit of the client itself may add `.boto3` behind it
        start, end = self._program.start(node), self._program.end(node)
        opening, closing = ("", "") if several else ("(", ")")
        return [Edit(start, start, f"{opening}{ours}, "), Edit(end, end, closing)]
