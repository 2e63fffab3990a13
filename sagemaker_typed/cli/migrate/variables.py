"""The variables of a program: the places that bind and read each name of each scope."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass(eq=False, slots=True)
class Variable:
    """A name of one scope."""

    name: str
    scope: ast.AST
    stores: list[ast.Name] = field(default_factory=list)
    loads: list[ast.Name] = field(default_factory=list)
    simple: bool = True
    """False if it is bound other than by its name: a parameter, an import, a definition."""


@dataclass(eq=False, slots=True)
class _Scope:
    node: ast.AST
    parent: _Scope | None
    names: dict[str, Variable] = field(default_factory=dict)
    outer: dict[str, str] = field(default_factory=dict)
    """``global`` or ``nonlocal`` by name."""

    def variable(self, name: str) -> Variable:
        return self.names.setdefault(name, Variable(name, self.node))


def variables(tree: ast.Module) -> dict[ast.Name, Variable]:
    """Return the variable of each name."""
    module = _Scope(tree, None)
    bound = dict(_bind(tree, module, module))
    result: dict[ast.Name, Variable] = {}
    for name, scope in bound.items():
        variable = _resolve(name.id, scope, module)
        result[name] = variable
        (variable.loads if isinstance(name.ctx, ast.Load) else variable.stores).append(name)
        variable.simple &= not isinstance(name.ctx, ast.Del)
    return result


def _bind(node: ast.AST, scope: _Scope, module: _Scope) -> Iterator[tuple[ast.Name, _Scope]]:
    """Yield the names below a node with their scopes; note what binds names of a scope."""
    for child in ast.iter_child_nodes(node):
        for name in _other_names(child):
            _binding_scope(name, scope, module).variable(name).simple = False
        match child:
            case ast.Name(ctx=ast.Load()):
                yield child, scope
            case ast.Name(id=name):
                target = scope
                while isinstance(node, ast.NamedExpr) and isinstance(target.node, _COMPREHENSIONS):
                    target = target.parent or module
                _binding_scope(name, target, module).variable(name)
                yield child, target
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                kind = "global" if isinstance(child, ast.Global) else "nonlocal"
                scope.outer.update(dict.fromkeys(names, kind))
            case ast.ClassDef():
                for part in (*child.decorator_list, *child.bases, *child.keywords):
                    yield from _below(part, scope, module)
                inner = _Scope(child, scope)
                for statement in child.body:
                    yield from _below(statement, inner, module)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                yield from _function(child, scope, module)
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                yield from _comprehension(child, scope, module)
            case _:
                yield from _bind(child, scope, module)


def _other_names(node: ast.AST) -> Iterator[str]:
    """Yield the names that a node binds by itself, without a name node."""
    match node:
        case ast.alias():
            yield (node.asname or node.name).partition(".")[0]
        case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
            yield node.name
        case ast.ExceptHandler(name=str(name)) | ast.MatchMapping(rest=str(name)):
            yield name
        case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            yield name
        case _:
            pass


def _below(node: ast.AST, scope: _Scope, module: _Scope) -> Iterator[tuple[ast.Name, _Scope]]:
    holder = ast.Tuple([], ast.Load())
    holder.elts = [cast("ast.expr", node)]
    yield from _bind(holder, scope, module)


def _function(
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, scope: _Scope, module: _Scope
) -> Iterator[tuple[ast.Name, _Scope]]:
    arguments = node.args
    inner = _Scope(node, scope)
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    every += filter(None, (arguments.vararg, arguments.kwarg))
    for each in every:
        inner.variable(each.arg).simple = False
        if each.annotation is not None:
            yield from _below(each.annotation, scope, module)
    for default in (*arguments.defaults, *filter(None, arguments.kw_defaults)):
        yield from _below(default, scope, module)
    if isinstance(node, ast.Lambda):
        yield from _below(node.body, inner, module)
        return
    for part in (*node.decorator_list, *filter(None, [node.returns])):
        yield from _below(part, scope, module)
    for statement in node.body:
        yield from _below(statement, inner, module)


def _comprehension(
    node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp,
    scope: _Scope,
    module: _Scope,
) -> Iterator[tuple[ast.Name, _Scope]]:
    inner = _Scope(node, scope)
    for position, generator in enumerate(node.generators):
        yield from _below(generator.iter, scope if position == 0 else inner, module)
        yield from _below(generator.target, inner, module)
        for condition in generator.ifs:
            yield from _below(condition, inner, module)
    parts = (node.key, node.value) if isinstance(node, ast.DictComp) else (node.elt,)
    for part in parts:
        yield from _below(part, inner, module)


def _binding_scope(name: str, scope: _Scope, module: _Scope) -> _Scope:
    """Return the scope in which a statement of this scope binds a name."""
    kind = scope.outer.get(name)
    if kind == "global":
        return module
    outer = scope.parent
    while kind == "nonlocal" and outer is not None:
        if name in outer.names and isinstance(outer.node, _FUNCTIONS):
            return outer
        outer = outer.parent
    return scope


def _resolve(name: str, scope: _Scope, module: _Scope) -> Variable:
    """Return the variable that a name in a scope stands for."""
    if scope.outer.get(name) == "global":
        return module.variable(name)
    if name in scope.names and name not in scope.outer:
        return scope.names[name]
    outer = scope.parent
    while outer is not None:
        if name in outer.names and not isinstance(outer.node, ast.ClassDef):
            return outer.names[name]
        outer = outer.parent
    return module.variable(name)
