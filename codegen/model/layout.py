"""Choose the module of each class: a module for each resource that a user of the service knows.

Requests and responses live with their resource. So does a shape that only the operations of that
resource lead to. The rules in ``_owner`` place a shared shape; the first rule that applies decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from codegen.model import ir, naming
from codegen.model.classes import Class, Plan, named, targets
from codegen.model.resources import Words, camel_words, makes, module_name
from codegen.overrides import rows

COMMON = "common"
ERRORS = "errors"

# Approximate limit of a module, in bytes of source; shapes of a larger one are spread.
_LIMIT = 120_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The module of every class and of every enum."""

    models: Mapping[str, str]
    enums: Mapping[str, str]


def layout(plan: Plan, resources: Mapping[str, str]) -> Layout:
    """Choose the module of everything; ``resources`` has the resource of each operation."""
    owners = _owners(plan, resources)
    models = {
        name: resources[cls.operation]
        if cls.operation
        else owners[cls.documented or cls.structure.name]
        for name, cls in plan.classes.items()
    }
    return Layout(
        models=_spread(plan.classes, models),
        enums={name: owners[enum.name] for name, enum in plan.enums.items()},
    )


def _owners(plan: Plan, resources: Mapping[str, str]) -> dict[str, str]:
    """Return the module of every structure and enum, by documented name.

    A shape is placed after everything that mentions it, from the operations down. So a shape that
    only one other shape mentions stays beside it.
    """
    service = plan.service
    fixed = {row["shape"]: row["module"] for row in rows("layout", "shapes", service.name)}
    aside = {row["operation"] for row in rows("layout", "not_an_owner", service.name)}
    homeless = frozenset(resources[name] for name in aside if name in resources)
    modules = frozenset(resources.values())
    mentions = _mentions(plan, resources)
    owners: dict[str, str] = {}
    pending = [
        name for name, shape in service.shapes.items() if isinstance(shape, ir.Structure | ir.Enum)
    ]
    while pending:
        ready = [name for name in pending if mentions[name].shapes <= owners.keys() | {name}]
        # A circle of shapes that mention each other: begin with the one nearest to an operation.
        for name in ready or [min(pending, key=lambda name: (mentions[name].depth, name))]:
            shape = service.shapes[name]
            by = mentions[name]
            near = {owners[other] for other in by.shapes & owners.keys() - {name}}
            near |= {resources[operation] for operation in by.operations}
            uses = frozenset[str]().union(*plan.uses.get(name, {}).values())
            if isinstance(shape, ir.Structure) and shape.exception:
                owners[name] = ERRORS
            elif name in fixed:
                owners[name] = fixed[name]
            elif uses and uses <= aside and (home := _named(name, modules)):
                owners[name] = home
            else:
                owners[name] = _owner(
                    name,
                    users=frozenset(resources[operation] for operation in uses - aside or uses),
                    near=frozenset(near - homeless - {ERRORS} or near),
                    made_of=by.makes,
                    modules=modules,
                )
        pending = [name for name in pending if name not in owners]
    return owners


def _owner(
    name: str,
    *,
    users: frozenset[str],
    near: frozenset[str],
    made_of: frozenset[str],
    modules: frozenset[str],
) -> str:
    """Return the module of a shape by the first rule that applies."""
    # All operations that lead to it, or all shapes that mention it, are in one module.
    for only in (users, near):
        if len(only) == 1:
            return next(iter(only))
    # Its name is nearest to the name of one of the resources that use it.
    words = camel_words(name)
    likeness = {module: _likeness(words, module) for module in users}
    best = max(likeness.values(), default=0)
    alike = [module for module, score in likeness.items() if score == best]
    if best and len(alike) == 1:
        return alike[0]
    # The request that creates one resource has such a member, and no other such request has.
    if len(made_of) == 1:
        return next(iter(made_of))
    return _named(name, modules) or COMMON


def _named(name: str, modules: frozenset[str]) -> str | None:
    """Return the resource that a shape is named after, even if the resource does not use it."""
    words = camel_words(name)
    named = [module for module in modules if _likeness(words, module) % 2]
    return max(named, key=lambda module: (len(module), module), default=None)


def _likeness(words: Words, module: str) -> int:
    """Return twice the number of shared first words, plus 1 if they are the whole module name."""
    own, other = naming.snake("".join(words)).split("_"), module.split("_")
    alike = 0
    while alike < min(len(own), len(other)) and own[alike] == other[alike]:
        alike += 1
    return alike * 2 + (alike == len(other)) if alike else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mentions:
    """The places that mention a shape."""

    shapes: frozenset[str]  # structures whose members lead here with no other structure between
    operations: frozenset[str]  # operations with the shape as input or output
    makes: frozenset[str]  # resources that a request with such a member creates
    depth: int  # arrows between an operation and the shape


def _mentions(plan: Plan, resources: Mapping[str, str]) -> dict[str, _Mentions]:
    service = plan.service
    leads_to = {
        name: tuple(named(service.shapes, targets(shape))) for name, shape in service.shapes.items()
    }
    shapes: dict[str, set[str]] = defaultdict(set)
    for name, shape in service.shapes.items():
        if isinstance(shape, ir.Structure):
            for target in leads_to[name]:
                shapes[target].add(name)
    operations: dict[str, set[str]] = defaultdict(set)
    made_of: dict[str, set[str]] = defaultdict(set)
    for operation in service.operations.values():
        for body in (operation.input, operation.output):
            if body:
                operations[body].add(operation.name)
        if operation.input and makes(operation.name):
            for target in leads_to[operation.input]:
                made_of[target].add(resources[operation.name])
    depth: dict[str, int] = {}
    level, here = 0, sorted(operations)
    while here:
        depth.update(dict.fromkeys(here, level))
        level += 1
        here = sorted({target for name in here for target in leads_to[name]} - depth.keys())
    return {
        name: _Mentions(
            shapes=frozenset(shapes[name]),
            operations=frozenset(operations[name]),
            makes=frozenset(made_of[name]),
            depth=depth.get(name, level),
        )
        for name in service.shapes
    }


def _spread(classes: Mapping[str, Class], models: Mapping[str, str]) -> dict[str, str]:
    """Split modules that are too big: shapes whose names begin alike move out together."""
    spread = dict(models)
    for module in sorted(set(models.values())):
        weight = sum(_weight(classes[name]) for name in models if models[name] == module)
        for length in (1, 2, 3):
            groups: dict[Words, list[str]] = defaultdict(list)
            for name, home in spread.items():
                if home == module and not classes[name].operation:
                    groups[camel_words(name)[:length]].append(name)
            weights = {g: sum(_weight(classes[n]) for n in names) for g, names in groups.items()}
            # A group that is most of the module is split by the next word instead.
            for group in sorted(groups, key=lambda group: (-weights[group], group)):
                if weight > _LIMIT and len(groups[group]) > 7 and weights[group] < _LIMIT:
                    moved = f"{module}_{module_name(group).strip('_')}"
                    spread.update(dict.fromkeys(groups[group], moved))
                    weight -= weights[group]
    return spread


def _weight(cls: Class) -> int:
    return 220 + 95 * len(cls.structure.members)
