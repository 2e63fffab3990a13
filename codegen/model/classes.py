"""Plan the classes of a service: its structures, and a request and response for each operation."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

from codegen.model import ir, naming
from codegen.model.listings import with_listings

Role: TypeAlias = Literal["shape", "request", "response"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Class:
    """A class to emit."""

    name: str
    role: Role
    documented: str | None  # its structure; None if the operation has none
    structure: ir.Structure
    operation: str | None = None


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The classes and enums of a service, and the arrows between them."""

    service: ir.Service
    classes: Mapping[str, Class]  # by class name, sorted
    enums: Mapping[str, ir.Enum]  # by class name, sorted
    class_of: Mapping[str, str]  # the class of a structure's or enum's documented name
    requests: Mapping[str, str]  # the request class of each operation
    responses: Mapping[str, str]  # the response class of each operation that has one

    @cached_property
    def aliases(self) -> Mapping[str, str]:
        """The class of each documented name that is no class name itself."""
        return {
            naming.class_name(documented): name
            for documented, name in self.class_of.items()
            if naming.class_name(documented) != name
            and naming.class_name(documented) not in self.classes
            and naming.class_name(documented) not in self.enums
        }

    @cached_property
    def reach(self) -> Mapping[str, frozenset[str]]:
        """The structures and enums, by documented name, that each shape is or leads to."""
        return _closures(self.service)

    @cached_property
    def uses(self) -> Mapping[str, Mapping[str, frozenset[str]]]:
        """The operations that lead to a documented shape, by their side: input, output or error."""
        users: dict[str, dict[str, set[str]]] = {}
        for operation in self.service.operations.values():
            starts = {"input": [operation.input], "output": [operation.output]}
            for where, names in (*starts.items(), ("error", operation.errors)):
                for name in names:
                    for shape in self.reach[name] if name else ():
                        users.setdefault(shape, {}).setdefault(where, set()).add(operation.name)
        return {
            shape: {where: frozenset(names) for where, names in places.items()}
            for shape, places in users.items()
        }

    def holds(self, name: str) -> Iterator[str]:
        """Yield the classes that the members of a class hold, directly or in lists and maps."""
        starts = (member.shape for member in self.classes[name].structure.members)
        for shape in named(self.service.shapes, starts):
            if isinstance(self.service.shapes[shape], ir.Structure):
                yield self.class_of[shape]

    def mentioned(self, cls: Class) -> Iterator[str]:
        """Yield the classes that the members of a class hold, and the response of a request."""
        if cls.role == "request" and (response := self.responses.get(cls.operation or "")):
            yield response
        yield from self.holds(cls.name)

    def within(self, name: str) -> frozenset[str]:
        """Return a class and all classes inside it, at any depth."""
        return frozenset(after_what_they_use([name], self.holds))

    @cached_property
    def nested(self) -> tuple[str, ...]:
        """The classes that a request holds, each after those that it holds itself."""
        shapes = self.service.shapes
        starts = (
            member.shape
            for name in self.requests.values()
            for member in self.classes[name].structure.members
        )
        return tuple(
            self.class_of[name]
            for name in after_what_they_use(starts, lambda name: sorted(targets(shapes[name])))
            if isinstance(shape := shapes[name], ir.Structure) and not shape.event_stream
        )


def plan(service: ir.Service) -> Plan:
    """Name every class that the service needs."""
    service = with_listings(service)
    structures = {k: v for k, v in service.shapes.items() if isinstance(v, ir.Structure)}
    roots = Counter(
        name
        for operation in service.operations.values()
        for name in (operation.input, operation.output, *operation.errors)
    )
    nested = {target for shape in service.shapes.values() for target in targets(shape)}
    classes: dict[str, Class] = {}
    class_of: dict[str, str] = {}
    requests: dict[str, str] = {}
    responses: dict[str, str] = {}

    for operation in service.operations.values():
        sides: tuple[tuple[Role, str, str | None, dict[str, str]], ...] = (
            ("request", f"{operation.name}Request", operation.input, requests),
            ("response", f"{operation.name}Response", operation.output, responses),
        )
        for role, wanted, documented, index in sides:
            if role == "response" and documented is None:
                continue
            name = naming.class_name(wanted)
            index[operation.name] = name
            classes[name] = Class(
                name=name,
                role=role,
                documented=documented,
                structure=structures[documented] if documented else ir.Structure(name=wanted),
                operation=operation.name,
            )
            # An input that only this operation has is its request; a shared one stays a shape.
            if documented is not None and (
                documented == wanted or (roots[documented] == 1 and documented not in nested)
            ):
                class_of[documented] = name

    for documented, structure in structures.items():
        if documented not in class_of:
            name = _unused(naming.class_name(documented), classes)
            class_of[documented] = name
            classes[name] = Class(
                name=name, role="shape", documented=documented, structure=structure
            )

    enums: dict[str, ir.Enum] = {}
    for documented, shape in service.shapes.items():
        if isinstance(shape, ir.Enum):
            class_of[documented] = _unused(naming.class_name(documented), enums)
            enums[class_of[documented]] = shape

    return Plan(
        service=service,
        classes=dict(sorted(classes.items())),
        enums=dict(sorted(enums.items())),
        class_of=class_of,
        requests=requests,
        responses=responses,
    )


def after_what_they_use(
    names: Iterable[str], uses: Callable[[str], Iterable[str]]
) -> tuple[str, ...]:
    """Return names and everything that they use, each after the names it uses; circles are cut."""
    ordered: dict[str, None] = {}

    def add(name: str, inside: frozenset[str]) -> None:
        if name in ordered or name in inside:
            return
        for used in uses(name):
            add(used, inside | {name})
        ordered[name] = None

    for name in names:
        add(name, frozenset())
    return tuple(ordered)


def targets(shape: ir.Shape) -> Iterator[str]:
    """Yield the shapes that a shape mentions."""
    match shape:
        case ir.Structure():
            for member in shape.members:
                yield member.shape
        case ir.List():
            yield shape.member
        case ir.Map():
            yield shape.key
            yield shape.value
        case ir.Enum() | ir.Scalar():
            return


def named(shapes: Mapping[str, ir.Shape], names: Iterable[str]) -> Iterator[str]:
    """Yield the structures and enums that shapes are, or lead to through lists and maps."""
    pending, seen = deque(names), set[str]()
    while pending:
        name = pending.popleft()
        if name in seen:
            continue
        seen.add(name)
        if isinstance(shapes[name], ir.Structure | ir.Enum):
            yield name
        else:
            pending.extend(targets(shapes[name]))


def _unused(name: str, taken: Mapping[str, object]) -> str:
    while name in taken:
        name = f"{name}Shape"
    return name


def _closures(service: ir.Service) -> dict[str, frozenset[str]]:
    closures: dict[str, frozenset[str]] = {}
    for start in service.shapes:
        seen: set[str] = set()
        pending = [start]
        while pending:
            name = pending.pop()
            if name in seen:
                continue
            if name in closures:
                seen |= closures[name]
                continue
            seen.add(name)
            pending.extend(targets(service.shapes[name]))
        closures[start] = frozenset(seen)
    named = (ir.Structure, ir.Enum)
    return {
        start: frozenset(name for name in names if isinstance(service.shapes[name], named))
        for start, names in closures.items()
    }
