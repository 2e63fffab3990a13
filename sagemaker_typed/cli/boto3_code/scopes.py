"""The scopes of a program, and facts about one part that another part uses."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from sagemaker_typed.cli.boto3_code.names import HOOK_CLASS
from sagemaker_typed.cli.boto3_code.values import (
    UNKNOWN,
    Class,
    Client,
    Const,
    Function,
    Heap,
    Hook,
    Instance,
    Method,
    Module,
    Other,
    Paginator,
    Part,
    Session,
    State,
    Value,
    Waiter,
    is_none,
    join_values,
)

if TYPE_CHECKING:
    from sagemaker_typed.cli.boto3_code import syntax

KeyT = TypeVar("KeyT")


class Scope:
    """A module, class or function."""

    def __init__(
        self,
        node: ast.AST,
        names: syntax.Names,
        parent: Scope | None,
        of_class: Class | None = None,
    ) -> None:
        self.node = node
        self.names = names
        self.parent = parent
        self.of_class = of_class
        self.bindings: dict[str, Value] = {}
        """The values that each name of the scope is bound to, joined."""
        self.functions: dict[syntax.FunctionNode, Class | None] = {}
        self.end = State()

    @property
    def is_class(self) -> bool:
        """True for the body of a class, whose names its functions do not see."""
        return isinstance(self.node, ast.ClassDef)


_LASTING = (
    Class,
    Client,
    Const,
    Function,
    Hook,
    Instance,
    Module,
    Other,
    Paginator,
    Part,
    Session,
    Waiter,
)


def lasting(value: Value) -> Value:
    """Return a value as another scope sees it, which does not have the heap of its own."""
    return value if isinstance(value, _LASTING) else UNKNOWN


@dataclass(slots=True)
class Summary:
    """Facts about functions and classes: the first pass collects them for the second."""

    returns: dict[ast.AST, Value] = field(default_factory=dict)
    yields: dict[ast.AST, Value] = field(default_factory=dict)
    attributes: dict[tuple[int, str], Value] = field(default_factory=dict)
    """The values stored in attributes, by the number of the class and the name."""
    bodies: dict[int, dict[str, Value]] = field(default_factory=dict)
    bases: dict[int, tuple[Value, ...]] = field(default_factory=dict)
    globals: dict[str, Value] = field(default_factory=dict)
    """The values that functions bind global names to."""

    def set_attribute(self, of: Class, name: str, value: Value) -> None:
        """Note a value that is stored in an attribute of the instances of a class."""
        _add(self.attributes, (of.number, name), lasting(value))

    def set_global(self, name: str, value: Value) -> None:
        """Note a value that a function binds a global name to."""
        _add(self.globals, name, lasting(value))

    def returned(self, values: list[Value]) -> Value:
        """Return what a function may return, apart from ``None``."""
        results: dict[str, Value] = {}
        for value in values:
            if not is_none(value):
                _add(results, "", lasting(value))
        return results.get("", UNKNOWN)

    def ancestors(self, of: Class) -> Iterator[Value]:
        """Yield a class and its bases."""
        seen: set[int] = set()
        waiting: list[Value] = [of]
        while waiting:
            each = waiting.pop(0)
            if isinstance(each, Class):
                if each.number in seen:
                    continue
                seen.add(each.number)
                waiting += self.bases.get(each.number, ())
            yield each

    def is_hook(self, of: Class) -> bool:
        """Return whether a class is a SageMaker hook of Airflow."""
        return any(
            isinstance(each, Module) and each.name.endswith(HOOK_CLASS)
            for each in self.ancestors(of)
        )

    def attribute(self, owner: Instance | Class, name: str) -> Value:
        """Return an attribute; a property is the ``Method`` that computes it."""
        of = owner.of if isinstance(owner, Instance) else owner
        for each in self.ancestors(of):
            if not isinstance(each, Class):
                return Method(Hook(), name) if self.is_hook(of) else UNKNOWN
            body = self.bodies.get(each.number, {}).get(name)
            stored = self.attributes.get((each.number, name))
            if isinstance(body, Function):
                return body
            if stored is not None:
                return stored if body is None else lasting(join_values(body, stored, Heap()))
            if body is not None:
                # a subclass in another file may have another constant
                changes = isinstance(body, Const) and isinstance(owner, Instance)
                return UNKNOWN if changes else lasting(body)
        return UNKNOWN


def _add(to: dict[KeyT, Value], key: KeyT, value: Value) -> None:
    known = to.get(key)
    to[key] = value if known is None else join_values(known, value, Heap())
