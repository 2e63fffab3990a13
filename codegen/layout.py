"""Which module a class lives in: one module for each resource that a user of the service knows.

The resources come from the operations' names. A verb is taken off each (``CreateEndpointConfig``),
what is created or begun is a resource, and every other operation goes to the resource that its
noun mentions. A shape that the operations of one resource alone lead to lives with it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from codegen import ir, naming
from codegen.plan import Plan, targets
from codegen.tables import rows

COMMON = "common"
ERRORS = "errors"

# A noun that one of these goes with is a thing of its own, not an aspect of another.
_MAKES = frozenset({"Create", "Import", "Register"})
# These begin something; it is a resource if it can be looked at afterwards.
_BEGINS = frozenset({"Start", "Run", "Submit", "Request"})
_LOOKS = frozenset({"Describe", "Get"})
_BATCH = frozenset({"Batch", "Bulk", "Admin"})

Words: TypeAlias = "tuple[str, ...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The module of every class and enum, and the resource of every operation."""

    models: Mapping[str, str]
    enums: Mapping[str, str]
    resources: Mapping[str, str]


def layout(plan: Plan) -> Layout:
    """Decide where everything lives."""
    resources = resources_of(plan.service)
    owners = _owners(plan, resources)
    return Layout(
        models={
            name: resources[one.operation]
            if one.operation
            else owners[one.documented or one.structure.name]
            for name, one in plan.classes.items()
        },
        enums={name: owners[enum.name] for name, enum in plan.enums.items()},
        resources=resources,
    )


# The order in which a person meets the operations of a resource.
_ORDER = (
    *("Create", "Register", "Import", "Add", "Put", "Start", "Run", "Submit", "Invoke", "Send"),
    *("Describe", "Get", "List", "Search", "Query", "Update", "Extend", "Retry"),
    *("Stop", "Cancel", "Deregister", "Remove", "Delete"),
)


def in_order(operations: Iterable[str]) -> tuple[str, ...]:
    """Operations in the order of a resource's life."""
    rank = {verb: n for n, verb in enumerate(_ORDER)}
    return tuple(sorted(operations, key=lambda name: (rank.get(_split(name)[0], len(rank)), name)))


def related(service: ir.Service, resources: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The operations on the same resource itself, for each operation."""
    verbs: dict[Words, set[str]] = defaultdict(set)
    for name in service.operations:
        verb, noun = _split(name)
        verbs[noun].add(verb)
    itself: dict[str, list[str]] = defaultdict(list)
    for name, module in resources.items():
        if _module(_singular(_split(name)[1], verbs) or ("",)) == module:
            itself[module].append(name)
    return {
        name: in_order(other for other in itself[module] if other != name)
        for name, module in resources.items()
    }


def resources_of(service: ir.Service) -> dict[str, str]:
    """The resource, as a module name, that each operation is about."""
    split = {name: _split(name) for name in service.operations}
    verbs: dict[Words, set[str]] = defaultdict(set)
    for verb, noun in split.values():
        verbs[noun].add(verb)
    singular = {noun: _singular(noun, verbs) for noun in verbs}
    for noun, one in singular.items():
        if one != noun:
            verbs[one] |= verbs[noun]
    made = _made(verbs)
    fixed = {row["operation"]: row["module"] for row in rows("layout", "operations", service.name)}
    return {
        name: fixed.get(name) or _module(_resource(singular[noun], made) or (verb,))
        for name, (verb, noun) in split.items()
    }


def _split(operation: str) -> tuple[str, Words]:
    """The verb of an operation and the words of its noun, without a version: ``JobV2``."""
    parts = _camel(operation) or (operation,)
    if parts[0] in _BATCH and len(parts) > 2:
        parts = parts[1:]
    if len(parts) > 2 and re.fullmatch(r"[Vv]\d+", parts[-1]):
        parts = parts[:-1]
    return parts[0], parts[1:]


def _camel(name: str) -> Words:
    """The words of a name, cut where the snake case of it is."""
    lengths = [len(word) for word in naming.snake(name).split("_")]
    words: list[str] = []
    rest = name.replace("_", "")
    for length in lengths:
        words.append(rest[:length])
        rest = rest[length:]
    return tuple(word for word in words if word)


def _singular(noun: Words, verbs: Mapping[Words, set[str]]) -> Words:
    """The noun that is not only listed: ``CodeRepositories`` is ``CodeRepository``."""
    if not noun:
        return noun
    *head, last = noun
    endings = (
        ("ies", "y"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("sses", "ss"),
        ("xes", "x"),
        ("s", ""),
    )
    candidates = [
        (*head, last.removesuffix(plural) + one)
        for plural, one in endings
        if last.endswith(plural) and last != plural
    ]
    known = [candidate for candidate in candidates if candidate in verbs]
    if known or last.endswith(("ss", "us", "is")):
        return known[0] if known else noun
    return candidates[0] if candidates else noun


def _made(verbs: Mapping[Words, set[str]]) -> frozenset[Words]:
    """The nouns that are resources of their own."""
    certain = {
        noun
        for noun, used in verbs.items()
        if noun and (used & _MAKES or (used & _BEGINS and used & _LOOKS))
    }
    # What can be made and nothing else, of something that is made, is an aspect of that:
    # `CreatePresignedDomainUrl` is about a domain.
    made = {
        noun
        for noun in certain
        if len(verbs[noun]) > 1 or not any(_mentions(noun, other) for other in certain - {noun})
    }
    # What can be looked at, and belongs to nothing that is made.
    seen = {
        noun
        for noun, used in verbs.items()
        if noun and used & _LOOKS and not any(_mentions(noun, other) for other in made)
    }
    inner = {noun for noun in seen if any(noun[: len(o)] == o for o in seen - {noun})}
    return frozenset(made | seen - inner)


def _resource(noun: Words, made: frozenset[Words]) -> Words:
    """The resource that a noun is, begins with, ends with or mentions, in this order."""
    if noun in made:
        return noun
    for mentions in (
        lambda other: noun[: len(other)] == other,
        lambda other: noun[-len(other) :] == other,
        lambda other: _mentions(noun, other),
    ):
        found = [other for other in made if mentions(other)]
        if found:
            return max(found, key=lambda other: (len(other), other))
    return noun


def _mentions(noun: Words, other: Words) -> bool:
    one = _one(noun)
    return any(one[at : at + len(other)] == other for at in range(len(noun) - len(other) + 1))


def _one(noun: Words) -> Words:
    """``PipelineExecutionSteps``: the plural may stand before a preposition too."""
    return tuple(re.sub(r"(?<=[a-z]{2})s$", "", word) for word in noun)


def _module(noun: Words) -> str:
    return naming.field_name("".join(word[:1].upper() + word[1:] for word in noun))


def _owners(plan: Plan, resources: Mapping[str, str]) -> dict[str, str]:
    """The module of every structure and enum, by documented name.

    From the operations down: a shape is placed once everything that mentions it has been, so that
    what hangs on one shape only stays beside it, wherever that is.
    """
    service = plan.service
    fixed = {row["shape"]: row["module"] for row in rows("layout", "shapes", service.name)}
    aside = {row["operation"] for row in rows("layout", "owns_nothing", service.name)}
    homeless = frozenset(resources[name] for name in aside if name in resources)
    modules = frozenset(resources.values())
    mentioned_by = _mentioned_by(plan)
    owners: dict[str, str] = {}
    pending = [
        name for name, shape in service.shapes.items() if isinstance(shape, ir.Structure | ir.Enum)
    ]
    while pending:
        ready = [n for n in pending if mentioned_by[n].shapes <= owners.keys() | {n}]
        # A circle of shapes that mention each other: begin with the one nearest to an operation.
        for name in ready or [min(pending, key=lambda n: (mentioned_by[n].depth, n))]:
            shape = service.shapes[name]
            by = mentioned_by[name]
            near = {owners[other] for other in by.shapes & owners.keys() - {name}}
            near |= {resources[operation] for operation in by.operations}
            uses = frozenset[str]().union(*plan.uses.get(name, {}).values())
            users = frozenset(resources[operation] for operation in uses - aside or uses)
            if isinstance(shape, ir.Structure) and shape.exception:
                owners[name] = ERRORS
            else:
                owners[name] = fixed.get(name) or _owner(
                    name,
                    users,
                    near - homeless - {ERRORS} or near,
                    _direct(plan, by, resources),
                    modules,
                )
        pending = [name for name in pending if name not in owners]
    return owners


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mentions:
    shapes: frozenset[str]  # structures whose members lead here with no other structure between
    operations: frozenset[str]  # operations that this is the input or the output of
    depth: int


def _mentioned_by(plan: Plan) -> dict[str, _Mentions]:
    service = plan.service
    shapes: dict[str, set[str]] = defaultdict(set)
    for name, shape in service.shapes.items():
        if isinstance(shape, ir.Structure):
            for target in _next(service, name):
                shapes[target].add(name)
    operations: dict[str, set[str]] = defaultdict(set)
    for operation in service.operations.values():
        for body in (operation.input, operation.output):
            if body:
                operations[body].add(operation.name)
    depth: dict[str, int] = {}
    level, here = 0, sorted(operations)
    while here:
        depth.update(dict.fromkeys(here, level))
        level += 1
        here = sorted({n for name in here for n in _next(service, name)} - depth.keys())
    return {
        name: _Mentions(
            shapes=frozenset(shapes[name]),
            operations=frozenset(operations[name]),
            depth=depth.get(name, level),
        )
        for name in service.shapes
    }


def _next(service: ir.Service, name: str) -> Iterator[str]:
    """The structures and enums that a shape leads to, through lists and maps."""
    pending, seen = list(targets(service.shapes[name])), set[str]()
    while pending:
        target = pending.pop()
        if target in seen:
            continue
        seen.add(target)
        shape = service.shapes[target]
        if isinstance(shape, ir.Structure | ir.Enum):
            yield target
        else:
            pending.extend(targets(shape))


def _direct(plan: Plan, by: _Mentions, resources: Mapping[str, str]) -> frozenset[str]:
    """The resources that are made of it: a request that makes one has a member of this shape."""
    return frozenset(
        resources[operation.name]
        for operation in plan.service.operations.values()
        if operation.input in by.shapes and _split(operation.name)[0] in _MAKES
    )


def _owner(
    name: str,
    users: frozenset[str],
    near: frozenset[str] | set[str],
    made_of: frozenset[str],
    modules: frozenset[str],
) -> str:
    """The module of one shape, by the first rule that knows."""
    if len(users) == 1:
        return next(iter(users))
    if len(near) == 1:
        return next(iter(near))
    own = naming.snake(name).split("_")
    likeness = {module: _likeness(own, module.split("_")) for module in users}
    best = max(likeness.values(), default=0)
    alike = [module for module, score in likeness.items() if score == best]
    if best and len(alike) == 1:
        return alike[0]
    if len(made_of) == 1:
        return next(iter(made_of))
    named = [module for module in modules if _likeness(own, module.split("_")) % 2]
    return max(named, key=len) if named else COMMON


def _likeness(own: list[str], module: list[str]) -> int:
    """How many words two names begin with alike; a whole resource's name counts for more."""
    alike = 0
    while alike < min(len(own), len(module)) and own[alike] == module[alike]:
        alike += 1
    return alike * 2 + (alike == len(module)) if alike else 0
