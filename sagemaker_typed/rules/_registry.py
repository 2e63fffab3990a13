"""Finds rules: by id, by operation, and all of them."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from sagemaker_typed.core.schema.lookup import find_shape
from sagemaker_typed.core.schema.suggest import nearest
from sagemaker_typed.rules import _index
from sagemaker_typed.rules._checker import about, innermost, known, of_module

if TYPE_CHECKING:
    from sagemaker_typed.rules._rule import Rule

PACKAGE = "sagemaker_typed"


def get(id: str) -> Rule:
    """The rule of an id; a ``ValueError`` names the nearest where there is none."""
    return next(rule for rule in of_module(known(id)) if rule.id == id)


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, the superseded ones included, by its id."""
    modules = sorted(set(_index.RULES.values()))
    return tuple(sorted((r for name in modules for r in of_module(name)), key=lambda r: r.id))


@cache
def for_operation(operation: str) -> tuple[Rule, ...]:
    """The rules that hold anywhere in an operation's request, the superseded ones included."""
    models = import_module(f"{PACKAGE}.models")
    request = getattr(models, f"{operation}Request", None)
    if request is None:
        names = [name[: -len("Request")] for name in dir(models) if name.endswith("Request")]
        near = ", ".join(map(repr, nearest(operation, names)))
        raise ValueError(f"there is no operation {operation!r}; the nearest: {near}")
    found = {rule.id: rule for shape in within(request.__name__) for rule in _of(shape)}
    return tuple(found[each] for each in sorted(found))


def _of(shape: str) -> tuple[Rule, ...]:
    return (*about(shape), *about(shape, of_list=True))


def within(request: str) -> frozenset[str]:
    """The names of a request and of every shape that it may hold."""
    seen: set[str] = set()
    waiting = [request]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            for member in find_shape(PACKAGE, name).__members__.values():
                held = innermost(member.kind)
                if held is not None:
                    waiting.append(held)
    return frozenset(seen)
