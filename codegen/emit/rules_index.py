"""The index of the prose rules: the module of each rule, by id and by shape.

The runtime loads only the modules of rules that the index names for a request. The rules are read
from their modules; the shapes come from the plan, so generated code is not imported.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from codegen.emit.context import HEADER
from codegen.emit.templates import render
from codegen.emit.text import constant
from codegen.errors import InputError
from codegen.model.classes import Plan
from sagemaker_typed import rules
from sagemaker_typed.core.suggest import did_you_mean
from sagemaker_typed.rules._registry import of_module
from sagemaker_typed.rules._rule import Rule

FILE = "rules/_index.py"
"""The path of the index inside the package."""


@cache
def every_rule() -> Mapping[str, tuple[str, Rule]]:
    """Every rule with its module, by id."""
    by_id: dict[str, tuple[str, Rule]] = {}
    for path in sorted(Path(rules.__file__).parent.glob("[!_]*.py")):
        if path.stem == "policy":
            continue
        for rule in of_module(path.stem):
            if rule.id in by_id:
                raise InputError(
                    f"rule {rule.id!r} of {path.name} has the id of a rule in"
                    f" {by_id[rule.id][0]}.py"
                )
            by_id[rule.id] = (path.stem, rule)
    return dict(sorted(by_id.items()))


def rules_index(plan: Plan) -> str:
    """The text of ``rules/_index.py``."""
    shapes: dict[str, dict[str, None]] = defaultdict(dict)
    lists: dict[str, dict[str, None]] = defaultdict(dict)
    for module, rule in every_rule().values():
        for shape in rule.shapes:
            if shape not in plan.classes:
                hint = did_you_mean(shape, plan.classes)
                raise InputError(f"rule {rule.id!r} of {module}.py: no shape {shape!r}{hint}")
            (lists if rule.of_list else shapes)[shape][module] = None
    return render(
        "rules_index.py",
        header=HEADER,
        rules=[(constant(key), constant(module)) for key, (module, _) in every_rule().items()],
        shapes=_by_shape(shapes),
        lists=_by_shape(lists),
        leading=[constant(name) for name in sorted(_leading(plan, set(shapes), set(lists)))],
    )


def _by_shape(modules: Mapping[str, Iterable[str]]) -> list[tuple[str, str]]:
    return [(constant(shape), constant(tuple(of))) for shape, of in sorted(modules.items())]


def _leading(plan: Plan, shapes: set[str], lists: set[str]) -> set[str]:
    """The shapes with rules, and every shape that can hold one of them or a list with rules."""
    holders: dict[str, set[str]] = defaultdict(set)
    for name in plan.classes:
        for nested in plan.holds(name):
            holders[nested].add(name)
    leading = shapes.union(*(holders[name] for name in lists))
    pending = list(leading)
    while pending:
        new = holders[pending.pop()] - leading
        leading |= new
        pending += new
    return leading
