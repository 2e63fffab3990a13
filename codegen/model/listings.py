"""Find the listings that botocore has no paginator for.

An operation pages if its request and its response have a ``NextToken``. The only list of the
response has the items. If there are several, a row of ``codegen/data/listings.toml`` names them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from codegen.model import ir
from codegen.overrides import rows

NEXT = "NextToken"  # the name of a member


def with_listings(service: ir.Service) -> ir.Service:
    """Return the service with a paginator for each operation that pages."""
    listed = rows("listings", "listings", service.name)
    known = {row["operation"]: tuple(row["items"]) for row in listed}
    operations = {
        name: replace(
            operation, paginator=operation.paginator or _paginator(service, operation, known)
        )
        for name, operation in service.operations.items()
    }
    return replace(service, operations=operations)


def lists(service: ir.Service, operation: ir.Operation) -> tuple[str, ...]:
    """Return the lists of a response that has a token, as the request does; else nothing."""
    request, response = (_members(service, shape) for shape in (operation.input, operation.output))
    if NEXT not in request or NEXT not in response:
        return ()
    return tuple(name for name, shape in response.items() if isinstance(shape, ir.List))


def _paginator(
    service: ir.Service, operation: ir.Operation, known: Mapping[str, tuple[str, ...]]
) -> ir.Paginator | None:
    names = lists(service, operation)
    if not names:
        return None
    items = known.get(operation.name) or (names if len(names) == 1 else ())
    return ir.Paginator(input_tokens=(NEXT,), output_tokens=(NEXT,), result_keys=items)


def _members(service: ir.Service, name: str | None) -> dict[str, ir.Shape]:
    structure = service.shapes.get(name or "")
    members = structure.members if isinstance(structure, ir.Structure) else ()
    return {member.name: service.shapes[member.shape] for member in members}
