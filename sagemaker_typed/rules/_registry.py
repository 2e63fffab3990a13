"""Finds rules: by id, by shape, by operation, and all of them."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from sagemaker_typed.core.schema.walk import nested_structures
from sagemaker_typed.core.suggest import did_you_mean
from sagemaker_typed.rules import _index
from sagemaker_typed.rules._rule import Rule

PACKAGE = "sagemaker_typed"


def get(id: str) -> Rule:
    """Return the rule with this id.

    Raises ``ValueError`` with the nearest ids if no rule has it.
    """
    module = _index.RULES.get(id)
    # A new rule is missing in the index until the index is generated again.
    for rule in of_module(module) if module else all_rules():
        if rule.id == id:
            return rule
    raise ValueError(f"no rule has the id {id!r}{did_you_mean(id, _index.RULES)}")


def require(id: str) -> None:
    """Raise ``ValueError`` if no rule has this id; loads no rule that the index knows."""
    if id not in _index.RULES:
        get(id)


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule by its id, the superseded ones included."""
    modules = sorted(set(_index.RULES.values()))
    return tuple(sorted((r for name in modules for r in of_module(name)), key=lambda r: r.id))


def of_module(name: str) -> tuple[Rule, ...]:
    """Return the rules of one module of this package, in the order of their definition."""
    module = import_module(f"{PACKAGE}.rules.{name}")
    return tuple(value for value in vars(module).values() if isinstance(value, Rule))


def about(shape: str, *, of_list: bool = False) -> tuple[Rule, ...]:
    """Return the rules about a shape, or about a list of it; loads their modules."""
    modules = (_index.LISTS if of_list else _index.SHAPES).get(shape, ())
    return tuple(
        rule
        for module in modules
        for rule in of_module(module)
        if rule.of_list == of_list and shape in rule.shapes
    )


@cache
def for_operation(operation: str) -> tuple[Rule, ...]:
    """Return the rules about anything in an operation's request, the superseded ones included.

    Raises ``ValueError`` with the nearest operations if the service has none with this name.
    """
    models = import_module(f"{PACKAGE}.models")
    request = getattr(models, f"{operation}Request", None)
    if request is None:
        names = [name.removesuffix("Request") for name in dir(models) if name.endswith("Request")]
        hint = did_you_mean(operation, names)
        raise ValueError(f"there is no operation {operation!r}{hint}")
    shapes = {shape.__name__ for shape in (request, *nested_structures(request))}
    rules = {rule.id: rule for shape in shapes for rule in _of(shape)}
    return tuple(rule for _, rule in sorted(rules.items()))


def _of(shape: str) -> tuple[Rule, ...]:
    return (*about(shape), *about(shape, of_list=True))
