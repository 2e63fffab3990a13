"""Compares a create or update request with the description of an existing resource.

``sagemaker_typed/data/counterparts.json`` lists the members that a description calls otherwise. A
place that ends with ``[]`` has all items, while the request may have some.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from sagemaker_typed.core.errors import Difference
from sagemaker_typed.core.schema.lookup import find_shape
from sagemaker_typed.core.schema.walk import field_of
from sagemaker_typed.core.shapes.jmespath import query
from sagemaker_typed.core.shapes.shape import Shape
from sagemaker_typed.core.validation import messages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sagemaker_typed.core.shapes.shape import Request

_CREATION_TIMES = ("CreationTime", "CreatedAt", "CreateDate")
_MISSING = object()


def differences(create: Request[Any], description: Shape) -> tuple[Difference, ...]:
    """Return the members in which a resource differs from its create or update request.

    Members that the service adds are no differences. Members that the description does not show,
    such as tags, are not compared.
    """
    return tuple(_differing(create, description))


def expected_response(create: Request[Any], description: Shape) -> dict[str, Any]:
    """Return the response of a create request, as far as the description shows its members."""
    response = create.__operation__.response
    if response is None:
        return {}
    members = find_shape(create.__package_name__, response).__members__.values()
    shown = {m.documented: _shown(create, description, m.documented) for m in members}
    return {name: value for name, value in shown.items() if value not in (None, _MISSING)}


def creation_time(create: Request[Any], description: Shape) -> datetime | None:
    """Return the time at which the resource was created; ``None`` if it is not described."""
    times = (_shown(create, description, documented) for documented in _CREATION_TIMES)
    return next((time for time in times if time not in (None, _MISSING)), None)


def _shown(create: Request[Any], description: Shape, documented: str) -> Any:
    """Return the described value of a member of the create request or of its response."""
    elsewhere = _renamed(create.__operation__.name).get(documented)
    if elsewhere is not None:
        return query(elsewhere)(description)
    for shape in (description, *_parts(description)):
        field = field_of(type(shape), documented)
        if field is not None:
            return getattr(shape, field)
    return _MISSING


def _parts(description: Shape) -> Iterator[Shape]:
    """Yield the structures of a description that has nothing else, such as ``Workteam``."""
    values = [getattr(description, name) for name in description.__members__]
    structures = [value for value in values if isinstance(value, Shape)]
    if len(structures) == sum(value is not None for value in values):
        yield from structures


@functools.cache
def _renamed(operation: str) -> Mapping[str, str]:
    text = files("sagemaker_typed").joinpath("data/counterparts.json").read_text("utf-8")
    tables: dict[str, dict[str, dict[str, str]]] = json.loads(text)
    return {
        name: place for rows in tables.values() for name, place in rows.get(operation, {}).items()
    }


def _differing(create: Request[Any], description: Shape) -> Iterator[Difference]:
    for name, member in create.__members__.items():
        wanted = getattr(create, name)
        if wanted is None or member.idempotency_token:
            continue
        exists = _shown(create, description, member.documented)
        if exists is not _MISSING:
            if isinstance(wanted, tuple) and _is_part(create, member.documented):
                exists = _matching(wanted, exists)
            yield from _compare(wanted, exists, member.documented, secret=member.sensitive)
    for place, elsewhere in _renamed(create.__operation__.name).items():
        if "." in place:
            inner, exists = query(place)(create), query(elsewhere)(description)
            if inner is not None and exists is not None:
                yield from _compare(inner, exists, place, secret=False)


def _is_part(request: Request[Any], documented: str) -> bool:
    """Return whether a list of an update request may have some of the described items only."""
    return _renamed(request.__operation__.name).get(documented, "").endswith("[]")


def _matching(wanted: tuple[object, ...], exists: object) -> object:
    """Return the described items that match wanted items, filled up with others."""
    if not isinstance(exists, tuple) or len(exists) <= len(wanted):
        return exists
    left = list(exists)
    for item in wanted:
        match = next((o for o in left if not any(_compare(item, o, "", secret=False))), left[0])
        left.remove(match)
    return tuple(item for item in exists if item not in left)


def _compare(wanted: object, exists: object, where: str, *, secret: bool) -> Iterator[Difference]:
    if isinstance(wanted, Shape) and isinstance(exists, Shape):
        for name, member in wanted.__members__.items():
            value = getattr(wanted, name)
            field = field_of(type(exists), member.documented)
            if value is not None and field is not None:
                place = f"{where}.{member.documented}"
                hidden = secret or member.sensitive
                yield from _compare(value, getattr(exists, field), place, secret=hidden)
    elif isinstance(wanted, tuple) and isinstance(exists, tuple) and len(wanted) == len(exists):
        pairs = zip(wanted, _in_order_of(wanted, exists), strict=True)
        for index, (item, other) in enumerate(pairs):
            yield from _compare(item, other, f"{where}[{index}]", secret=secret)
    elif isinstance(wanted, Mapping) and isinstance(exists, Mapping):
        for key, value in wanted.items():
            yield from _compare(value, exists.get(key), f"{where}[{key!r}]", secret=secret)
    elif not _same(wanted, exists):
        values = (messages.SECRET, messages.SECRET) if secret else (wanted, exists)
        yield Difference(where, *values)


def _in_order_of(wanted: tuple[object, ...], exists: tuple[object, ...]) -> list[object]:
    """Return the existing items in the order in which they match, because many lists are sets."""
    left = list(exists)
    ordered: list[object] = [None] * len(wanted)
    unmatched: list[int] = []
    for index, item in enumerate(wanted):
        match = next((o for o in left if not any(_compare(item, o, "", secret=False))), None)
        if match is None:
            unmatched.append(index)
        else:
            left.remove(match)
            ordered[index] = match
    for index, other in zip(unmatched, left, strict=True):
        ordered[index] = other
    return ordered


def _same(wanted: object, exists: object) -> bool:
    if wanted == exists:
        return True
    if exists is None:
        return not wanted  # descriptions seldom show false, 0 and empty values
    if isinstance(wanted, str) and isinstance(exists, str) and exists.startswith("arn:"):
        # the request has the name, the description the ARN
        return exists.endswith((f"/{wanted}", f":{wanted}"))
    return False
