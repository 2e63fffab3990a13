"""Find the resources that an operation names, and that must exist before it is called.

A member ``<Resource>Name``, ``<Resource>Arn`` or ``<Resource>Id`` anywhere in a request names a
resource if ``Describe<Resource>`` exists. Rows of ``codegen/data/consistency.toml`` are exceptions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from codegen.model import ir
from codegen.overrides import rows

_WRITES = re.compile(r"^(?:Add|Associate|Attach|Create|Import|Register|Start|Update)(?=[A-Z])")
_NAME = re.compile(r"^(\w+?)(?:Name|Arn|Id)s?$")


def references(service: ir.Service) -> Mapping[str, tuple[str, ...]]:
    """Return the resources that each operation names, in alphabetical order."""
    excluded = {
        (row["operation"], row["member"])
        for row in rows("consistency", "not_references", service.name)
    }
    resources: dict[str, set[str]] = {}
    for operation in service.operations:
        for member, resource in named(service, operation):
            if (operation, member) not in excluded:
                resources.setdefault(operation, set()).add(resource)
    for row in rows("consistency", "references", service.name):
        resources.setdefault(row["operation"], set()).add(row["resource"])
    return {operation: tuple(sorted(resources[operation])) for operation in sorted(resources)}


def named(service: ir.Service, operation: str) -> Iterator[tuple[str, str]]:
    """Yield the members of a request that name another resource, and that resource."""
    verb = _WRITES.match(operation)
    request = service.operations[operation].input
    if verb is None or request is None:
        return
    subject = operation[verb.end() :]
    for depth, member in _members(service, request, (), 0):
        name = _NAME.match(member)
        resource = name[1] if name else ""
        # UpdateClusterSoftware changes a cluster, so its ClusterName is no reference
        is_changed = verb[0] == "Update" and subject.startswith(resource)
        is_own = depth == 0 and (resource == subject or is_changed)
        if f"Describe{resource}" in service.operations and not is_own:
            yield member, resource


def _members(
    service: ir.Service, shape: str, above: tuple[str, ...], depth: int
) -> Iterator[tuple[int, str]]:
    described = service.shapes[shape]
    while isinstance(described, ir.List | ir.Map):
        described = service.shapes[
            described.member if isinstance(described, ir.List) else described.value
        ]
    if isinstance(described, ir.Structure) and described.name not in above:
        for member in described.members:
            if isinstance(service.shapes[member.shape], ir.Scalar):
                yield depth, member.name
            yield from _members(service, member.shape, (*above, described.name), depth + 1)
