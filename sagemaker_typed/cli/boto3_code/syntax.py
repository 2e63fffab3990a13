"""Facts about the syntax of a program, which need no following of its statements."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TypeAlias

FunctionNode: TypeAlias = "ast.FunctionDef | ast.AsyncFunctionDef"

_MUTATORS = frozenset(
    {
        "append",
        "clear",
        "extend",
        "insert",
        "pop",
        "popitem",
        "remove",
        "reverse",
        "setdefault",
        "sort",
        "update",
    }
)
_PACKAGE = "sagemaker_typed"


@dataclass(slots=True)
class Names:
    """The names in the body of a scope, a loop or a ``try``."""

    assigned: set[str] = field(default_factory=set)
    """The names that it assigns in the scope that it is part of."""
    declared: set[str] = field(default_factory=set)
    """The names that it declares global or nonlocal."""
    changes: set[str] = field(default_factory=set)
    """The names whose values it changes itself."""
    changed: set[str] = field(default_factory=set)
    """The names whose values the functions in it change."""


class FileFacts(ast.NodeVisitor):
    """Facts about the syntax of a whole program, from one walk."""

    def __init__(self) -> None:
        self.names: dict[ast.AST, Names] = {}
        """The names of each module, class, function, loop and ``try``."""
        self.numbers: dict[ast.AST, int] = {}
        """A number for each function and class."""
        self.fixtures: dict[str, FunctionNode] = {}
        self.keys_set: set[object] = set()
        """The keys that the program sets or asks for: a response may have them."""
        self.uses_this_package = False
        self.has_functions = False
        self._open: list[Names] = []
        """The scope that is walked, and the loops and ``try`` around in it."""

    def generic_visit(self, node: ast.AST) -> None:
        """Visit the nodes inside of a node, as ``ast`` does, but quickly."""
        for name in node._fields:
            value = getattr(node, name, None)
            if isinstance(value, ast.AST):
                self.visit(value)
            elif isinstance(value, list):
                for item in value:
                    if isinstance(item, ast.AST):
                        self.visit(item)

    def _assign(self, name: str) -> None:
        for names in self._open:
            names.assigned.add(name)

    def _scope(self, node: ast.AST) -> None:
        names = self.names[node] = Names()
        outer, self._open = self._open, [names]
        self.generic_visit(node)
        self._open = outer
        names.assigned -= names.declared
        for each in outer:
            each.changed |= names.changed | names.changes

    def visit_Module(self, node: ast.Module) -> None:
        self._scope(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.numbers[node] = len(self.numbers)
        self._assign(node.name)
        self._scope(node)

    def visit_FunctionDef(self, node: FunctionNode) -> None:
        self.has_functions = True
        self.numbers[node] = len(self.numbers)
        self._assign(node.name)
        if any("fixture" in names_in(each) for each in node.decorator_list):
            self.fixtures[node.name] = node
        self._scope(node)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._scope(node)

    def visit_For(self, node: ast.AST) -> None:
        """Walk over a loop or ``try``, whose names belong to the scope around as well."""
        names = self.names[node] = Names()
        self._open.append(names)
        self.generic_visit(node)
        self._open.pop()

    visit_AsyncFor = visit_For
    visit_Try = visit_For
    visit_TryStar = visit_For
    visit_While = visit_For

    def visit_Name(self, node: ast.Name) -> None:
        if not isinstance(node.ctx, ast.Load):
            self._assign(node.id)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        if not isinstance(node.ctx, ast.Load):
            if isinstance(node.slice, ast.Constant):
                self.keys_set.add(node.slice.value)
            self._change(node)
        self.generic_visit(node)

    def _change(self, node: ast.expr) -> None:
        """Note that the value of a name changes."""
        while isinstance(node, (ast.Subscript, ast.Attribute)):
            node = node.value
        if isinstance(node, ast.Name):
            self._open[0].changes.add(node.id)

    def visit_Call(self, node: ast.Call) -> None:
        function = node.func
        if isinstance(function, ast.Attribute) and function.attr in _MUTATORS:
            self._change(function.value)
            self.keys_set.update(keyword.arg for keyword in node.keywords)
            for argument in node.args:
                if isinstance(argument, ast.Constant):
                    self.keys_set.add(argument.value)
                elif isinstance(argument, ast.Dict):
                    self.keys_set.update(
                        key.value for key in argument.keys if isinstance(key, ast.Constant)
                    )
        self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> None:
        if isinstance(node.left, ast.Constant):
            self.keys_set.add(node.left.value)
        self.generic_visit(node)

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        if node.name:
            self._assign(node.name)
        self.generic_visit(node)

    def visit_Global(self, node: ast.Global | ast.Nonlocal) -> None:
        for names in self._open:
            names.declared.update(node.names)
            names.changes.update(node.names)

    visit_Nonlocal = visit_Global

    def visit_Import(self, node: ast.Import | ast.ImportFrom) -> None:
        module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
        for alias in node.names:
            self._assign((alias.asname or alias.name).partition(".")[0])
            root = (module or alias.name).partition(".")[0]
            self.uses_this_package |= root == _PACKAGE

    visit_ImportFrom = visit_Import

    def visit_Constant(self, node: ast.Constant) -> None:
        """Skip a node without names."""


def is_property(node: FunctionNode) -> bool:
    """Return whether a function is a property of its class."""
    names = {dotted(each).rpartition(".")[2] for each in node.decorator_list}
    return bool(names & {"cached_property", "property"})


def dotted(node: ast.AST | None) -> str:
    """Return a name with its attributes, ``a.b.c``; other expressions are empty."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def names_in(node: ast.AST | None) -> set[str]:
    """Return the names and attributes in an expression."""
    if node is None:
        return set()
    return {
        each.id if isinstance(each, ast.Name) else each.attr
        for each in ast.walk(node)
        if isinstance(each, (ast.Name, ast.Attribute))
    }


def as_load(node: ast.expr) -> ast.expr:
    """Return a target of an assignment as an expression that reads it."""
    match node:
        case ast.Name():
            copied: ast.expr = ast.Name(node.id, ast.Load())
        case ast.Subscript():
            copied = ast.Subscript(node.value, node.slice, ast.Load())
        case ast.Attribute():
            copied = ast.Attribute(node.value, node.attr, ast.Load())
        case _:
            return node
    return ast.copy_location(copied, node)
