"""Facts about the syntax of a program, which need no following of its statements."""

from __future__ import annotations

import ast
from collections.abc import Sequence
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


class FileFacts:
    """Facts about the syntax of a whole program."""

    def __init__(self, tree: ast.Module) -> None:
        self.has_functions = False
        self.fixtures: dict[str, FunctionNode] = {}
        self.numbers: dict[ast.AST, int] = {}
        self.keys_set: set[object] = set()
        """The keys that the program sets or asks for: a response may have them."""
        self.uses_this_package = False
        for node in ast.walk(tree):
            match node:
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    self.has_functions = True
                    self.numbers[node] = len(self.numbers)
                    if any("fixture" in ast.dump(each) for each in node.decorator_list):
                        self.fixtures[node.name] = node
                case ast.ClassDef():
                    self.numbers[node] = len(self.numbers)
                case ast.Subscript(slice=ast.Constant(value=key), ctx=ast.Store() | ast.Del()):
                    self.keys_set.add(key)
                case ast.Compare(left=ast.Constant(value=key)):
                    self.keys_set.add(key)
                case ast.Call(func=ast.Attribute(attr="update" | "setdefault" | "pop")):
                    self._update(node)
                case ast.ImportFrom(module=str(module)):
                    self.uses_this_package |= module.partition(".")[0] == "sagemaker_typed"
                case ast.Import():
                    roots = {each.name.partition(".")[0] for each in node.names}
                    self.uses_this_package |= "sagemaker_typed" in roots
                case _:
                    pass

    def _update(self, node: ast.Call) -> None:
        self.keys_set.update(keyword.arg for keyword in node.keywords if keyword.arg)
        for argument in node.args:
            if isinstance(argument, ast.Constant):
                self.keys_set.add(argument.value)
            elif isinstance(argument, ast.Dict):
                self.keys_set.update(
                    key.value for key in argument.keys if isinstance(key, ast.Constant)
                )


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
        case ast.Subscript():
            copied: ast.expr = ast.Subscript(node.value, node.slice, ast.Load())
        case ast.Attribute():
            copied = ast.Attribute(node.value, node.attr, ast.Load())
        case _:
            return node
    return ast.copy_location(copied, node)


def assigned(body: Sequence[ast.stmt]) -> tuple[frozenset[str], set[str]]:
    """Return the names that statements assign in their own scope, and those declared global."""
    names: set[str] = set()
    declared: set[str] = set()
    waiting: list[ast.AST] = list(body)
    while waiting:
        node = waiting.pop()
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                names.add(node.name)
                continue
            case ast.Lambda():
                continue
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                names.add(name)
            case ast.ExceptHandler(name=str(name)):
                names.add(name)
            case ast.Global() | ast.Nonlocal():
                declared.update(node.names)
            case ast.Import() | ast.ImportFrom():
                names.update((a.asname or a.name).partition(".")[0] for a in node.names)
            case _:
                pass
        waiting.extend(ast.iter_child_nodes(node))
    return frozenset(names - declared), declared


def changed_by_functions(body: Sequence[ast.stmt]) -> frozenset[str]:
    """Return the names whose values the functions among or inside of statements change."""
    changed: set[str] = set()
    for statement in body:
        for node in ast.walk(statement):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
                changed |= _changed_in(node)
    return frozenset(changed)


def _changed_in(function: ast.AST) -> set[str]:
    changed: set[str] = set()
    for node in ast.walk(function):
        match node:
            case ast.Subscript(ctx=ast.Store() | ast.Del()):
                changed.add(_root(node))
            case ast.Call(func=ast.Attribute(value=owner, attr=name)) if name in _MUTATORS:
                changed.add(_root(owner))
            case ast.Global() | ast.Nonlocal():
                changed.update(node.names)
            case _:
                pass
    return changed


def _root(node: ast.expr) -> str:
    while isinstance(node, (ast.Subscript, ast.Attribute)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
