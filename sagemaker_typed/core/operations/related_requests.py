"""The requests that describe and delete the resource which a create request creates.

``CreateModel`` has ``DescribeModel`` and ``DeleteModel``, if there are such operations and the
create request has all that they require.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from sagemaker_typed.core.schema.lookup import find_shape

if TYPE_CHECKING:
    from sagemaker_typed.core.shapes.shape import Request

CREATE = "Create"


def related_request(create: Request[Any], verb: str) -> Request[Any] | None:
    """Return the ``Describe`` or ``Delete`` request of a create request; ``None`` without one."""
    members = {
        member.documented: getattr(create, field) for field, member in create.__members__.items()
    }
    return request_for(create.__package_name__, create.__operation__.name, verb, members)


def request_for(
    package: str, operation: str, verb: str, members: Mapping[str, Any]
) -> Request[Any] | None:
    """Return the related request of an operation, from members by their documented names."""
    if not operation.startswith(CREATE):
        return None
    try:
        shape = find_shape(package, f"{verb}{operation.removeprefix(CREATE)}Request")
    except AttributeError:
        return None
    arguments = {
        member.documented: members.get(member.documented) for member in shape.__members__.values()
    }
    required = [member.documented for member in shape.__members__.values() if member.required]
    if not required or any(arguments[documented] is None for documented in required):
        return None
    return cast("Request[Any]", shape(**arguments))
