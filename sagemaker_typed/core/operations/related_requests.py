"""The requests that describe and delete the resource which a create request creates.

``CreateModel`` has ``DescribeModel`` and ``DeleteModel``, if there are such operations and the
create request has all that they require.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from sagemaker_typed.core.schema.lookup import find_shape

if TYPE_CHECKING:
    from sagemaker_typed.core.shapes.shape import Request

CREATE = "Create"
_CHANGE = re.compile(r"^(?:Create|Delete|Start|Stop|Update)(?=[A-Z])")


def related_request(create: Request[Any], verb: str) -> Request[Any] | None:
    """Return the ``Describe`` or ``Delete`` request of a create request; ``None`` without one."""
    members = {
        member.documented: getattr(create, field) for field, member in create.__members__.items()
    }
    return request_for(create.__package_name__, create.__operation__.name, verb, members)


def request_for(
    package: str, operation: str, verb: str, members: Mapping[str, Any]
) -> Request[Any] | None:
    """Return the related request of an operation, from members by their documented names.

    ``None`` if the members do not name a resource, or not as the related request takes it.
    """
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
    try:
        return cast("Request[Any]", shape(**arguments))
    except ValueError:  # the two operations state different limits of a member
        return None


def describing_request(request: Request[Any]) -> Request[Any] | None:
    """Return the request that describes the resource which a request changes; ``None`` without one.

    ``UpdateEndpointWeightsAndCapacities`` changes the resource of ``DescribeEndpoint``: words are
    left out at the end until there is such an operation.
    """
    words = re.findall(
        r"[A-Z]+(?![a-z])|[A-Z][a-z0-9]+", _CHANGE.sub("", request.__operation__.name)
    )
    if not _CHANGE.match(request.__operation__.name):
        return None
    members = {
        member.documented: getattr(request, field) for field, member in request.__members__.items()
    }
    for count in range(len(words), 0, -1):
        describe = request_for(
            request.__package_name__, CREATE + "".join(words[:count]), "Describe", members
        )
        if describe is not None:
            return describe
    return None
