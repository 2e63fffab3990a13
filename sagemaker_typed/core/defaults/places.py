"""The members of the requests that create resources, to which general defaults apply."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple, cast

from sagemaker_typed.core.schema import facts
from sagemaker_typed.core.schema.lookup import find_shape, shape_names
from sagemaker_typed.core.schema.walk import nested_structures, structure_in

if TYPE_CHECKING:
    from sagemaker_typed.core.schema.protocols import AnyShape
    from sagemaker_typed.core.shapes.shape import Request

CREATING = ("Create", "Import", "Register", "Start")
"""The first words of operations that create resources. Only by its own name has another operation
defaults: an update would change a resource that exists."""


class Place(NamedTuple):
    """A member of a structure."""

    owner: type[AnyShape]
    member: facts.Member
    owner_names: frozenset[str]
    """The documented names of the structure, and of the members that hold it."""

    @property
    def names(self) -> set[str]:
        """The documented name of the member, and that of the structure that it holds."""
        kind = self.member.kind
        own = {kind.name} if isinstance(kind, facts.Structure) else set[str]()
        return {self.member.documented, *own}


def creates(request: type[Request[object]]) -> bool:
    """Return whether general defaults apply to a request."""
    return request.__operation__.name.startswith(CREATING)


_SUFFIX = "Request"


@cache
def operations(package: str) -> dict[str, str]:
    """Return the names of operations by the same names in lower case, without imports of models."""
    names = (name.removesuffix(_SUFFIX) for name in shape_names(package) if name.endswith(_SUFFIX))
    return {name.lower(): name for name in names}


def find_operation(package: str, name: str) -> type[Request[object]] | None:
    """Return the request of an operation, by its documented name or its method's."""
    known = operations(package).get(name.replace("_", "").lower())
    shape = None if known is None else find_shape(package, known + _SUFFIX)
    # a structure may have such a name too
    return cast("type[Request[object]]", shape) if hasattr(shape, "__operation__") else None


@cache
def places(package: str) -> tuple[Place, ...]:
    """Return every member of the requests that create resources, and of the structures inside."""
    names: dict[type[AnyShape], set[str]] = {}
    for name in operations(package).values():
        request = find_operation(package, name) if name.startswith(CREATING) else None
        if request is not None:
            names.setdefault(request, set()).add(request.__operation__.name)
            for shape in (request, *nested_structures(request)):
                names.setdefault(shape, set()).update({shape.__name__, shape.__documented_name__})
    for shape in [*names]:
        for member in shape.__members__.values():
            inner = structure_in(member.kind)
            if inner is not None:
                names[find_shape(package, inner)].add(member.documented)
    return tuple(
        Place(shape, member, frozenset(known))
        for shape, known in names.items()
        for member in shape.__members__.values()
    )
