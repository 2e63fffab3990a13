"""The results of following a program: calls of SageMaker's clients, and misused names."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from sagemaker_typed.cli.boto3_code.values import (
    UNKNOWN,
    Client,
    DictRecord,
    Heap,
    Paginator,
    Part,
    Value,
    Waiter,
)

if TYPE_CHECKING:
    from sagemaker_typed.cli.boto3_code.services import Service
    from sagemaker_typed.core.shapes.shape import Request

CallKind: TypeAlias = Literal["operation", "pages", "waiter"]
MisuseCode: TypeAlias = Literal[
    "positional", "response_key", "unknown_method", "unknown_paginator", "unknown_waiter"
]


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a client's operation, of a paginator or of a waiter."""

    node: ast.Call
    statement: ast.stmt | None
    kind: CallKind
    service: Service
    method: str
    request: type[Request[object]]
    arguments: DictRecord
    heap: Heap
    certain: bool


@dataclass(frozen=True, slots=True)
class Misuse:
    """A name that boto3 does not know: a method, paginator, waiter or key of a response."""

    node: ast.AST
    statement: ast.stmt | None
    code: MisuseCode
    name: str
    service: Service
    of: str = ""
    """The method that is called, or the shape that lacks the key."""


@dataclass(slots=True)
class Results:
    """The calls and misuses of a program, and the values of its expressions."""

    calls: list[Call] = field(default_factory=list)
    misuses: list[Misuse] = field(default_factory=list)
    values: dict[ast.expr, Value] = field(default_factory=dict)
    """The clients, paginators, waiters and parts of responses, by their expressions."""


class Reporter:
    """Collects results while statements are followed that count."""

    def __init__(self, results: Results) -> None:
        self._results = results
        self.statement: ast.stmt | None = None
        """The statement that is followed."""
        self.silent = 0
        """More than zero while nothing is noted: statements are followed twice, or should fail."""
        self.tolerant = 0
        """More than zero while the program expects that a key is missing."""

    def note(self, node: ast.expr, value: Value) -> None:
        """Note the value of an expression if it has to do with a client."""
        if self.silent or not isinstance(value, (Client, Paginator, Waiter, Part)):
            return
        values = self._results.values
        values[node] = value if values.get(node, value) == value else UNKNOWN

    def misuse(
        self, node: ast.AST, code: MisuseCode, name: str, service: Service, of: str = ""
    ) -> None:
        """Note a name that boto3 does not know."""
        if not self.silent and not (self.tolerant and code == "response_key"):
            misuse = Misuse(node, self.statement, code, name, service, of)
            self._results.misuses.append(misuse)

    def call(
        self,
        kind: CallKind,
        service: Service,
        method: str,
        node: ast.Call,
        keywords: DictRecord,
        heap: Heap,
        *,
        certain: bool = True,
    ) -> None:
        """Note a call with its arguments, as they are now."""
        request = service.request(method)
        if self.silent or request is None:
            return
        if node.args and not isinstance(node.args[0], ast.Starred):
            self.misuse(node.args[0], "positional", method, service)
            return
        now = Heap(heap.records)
        self._results.calls.append(
            Call(node, self.statement, kind, service, method, request, keywords, now, certain)
        )
