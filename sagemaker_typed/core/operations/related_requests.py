"""What belongs to a creation: how to describe and delete what it makes, and how to compare them.

``CreateModel`` has ``DescribeModel`` and ``DeleteModel`` where there are such operations and all
that they need is in the creation's request. Members that the description calls otherwise are in
``sagemaker_typed/data/counterparts.json``.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast

from sagemaker_typed.core.operations.difference import Difference
from sagemaker_typed.core.schema.lookup import find_shape
from sagemaker_typed.core.schema.walk import field_of
from sagemaker_typed.core.shapes.jmespath import query
from sagemaker_typed.core.shapes.shape import Shape
from sagemaker_typed.core.validation import messages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sagemaker_typed.core.shapes.shape import Request

_CREATE = "Create"


def counterpart(create: Request[Any], verb: str) -> Request[Any] | None:
    """The request of another operation on what ``create`` makes; ``None`` where there is none."""
    name = create.__operation__.name
    if not name.startswith(_CREATE):
        return None
    try:
        shape = find_shape(create.__package_name__, f"{verb}{name.removeprefix(_CREATE)}Request")
    except AttributeError:
        return None
    given = {
        member.documented: getattr(create, field)
        for member in shape.__members__.values()
        if (field := field_of(type(create), member.documented))
    }
    needed = [member.documented for member in shape.__members__.values() if member.required]
    if not needed or any(given.get(documented) is None for documented in needed):
        return None
    return cast("Request[Any]", shape(**given))


def differences(create: Request[Any], description: Shape) -> tuple[Difference, ...]:
    """Where what is described is not what was to be created.

    Only what was asked for counts: what the service adds is no difference, and what it does not
    show (tags, mostly) cannot be compared.
    """
    return tuple(_differing(create, description))


def answer(create: Request[Any], description: Shape) -> dict[str, Any]:
    """What the creation would have answered, as far as the description knows, as a mapping."""
    response = create.__operation__.response
    if response is None:
        return {}
    members = find_shape(create.__package_name__, response).__members__.values()
    plain = ((m.documented, shown(create, description, m.documented)) for m in members)
    return {documented: value for documented, value in plain if value is not None}


def shown(create: Request[Any], description: Shape, documented: str) -> object:
    """What the description says of a member of the creation or its answer; ``None`` if nothing."""
    elsewhere = _elsewhere(create.__operation__.name).get(documented)
    if elsewhere is not None:
        return query(elsewhere)(description)
    for shape in (description, *_parts(description)):
        field = field_of(type(shape), documented)
        if field is not None:
            return getattr(shape, field)
    return None


def _parts(description: Shape) -> Iterator[Shape]:
    """The structures of a description that consists of them, such as ``Workteam``."""
    values = [getattr(description, name) for name in description.__members__]
    structures = [value for value in values if isinstance(value, Shape)]
    if len(structures) == sum(value is not None for value in values):
        yield from structures


@functools.cache
def _elsewhere(operation: str) -> Mapping[str, str]:
    text = files("sagemaker_typed").joinpath("data/counterparts.json").read_text("utf-8")
    tables: dict[str, dict[str, dict[str, str]]] = json.loads(text)
    return {
        name: place for rows in tables.values() for name, place in rows.get(operation, {}).items()
    }


def _is_shown(create: Request[Any], description: Shape, documented: str) -> bool:
    if documented in _elsewhere(create.__operation__.name):
        return True
    shapes = (description, *_parts(description))
    return any(field_of(type(shape), documented) is not None for shape in shapes)


def _differing(create: Request[Any], description: Shape) -> Iterator[Difference]:
    for name, member in create.__members__.items():
        wanted = getattr(create, name)
        if wanted is None or member.idempotency_token:
            continue
        if not _is_shown(create, description, member.documented):
            continue
        exists = shown(create, description, member.documented)
        yield from _compare(wanted, exists, member.documented, secret=member.sensitive)


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
        for index, (one, other) in enumerate(pairs):
            yield from _compare(one, other, f"{where}[{index}]", secret=secret)
    elif isinstance(wanted, Mapping) and isinstance(exists, Mapping):
        for key, value in wanted.items():
            yield from _compare(value, exists.get(key), f"{where}[{key!r}]", secret=secret)
    elif not _same(wanted, exists):
        shown_as = (messages.SECRET, messages.SECRET) if secret else (wanted, exists)
        yield Difference(where, *shown_as)


def _in_order_of(wanted: tuple[object, ...], exists: tuple[object, ...]) -> list[object]:
    """The same items in the order in which they match, since many lists are sets in truth."""
    left = list(exists)
    ordered: list[object] = [None] * len(wanted)
    unmatched: list[int] = []
    for index, one in enumerate(wanted):
        match = next((o for o in left if not any(_compare(one, o, "", secret=False))), None)
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
        return not wanted  # false, 0 and empty are seldom shown
    if isinstance(wanted, str) and isinstance(exists, str) and exists.startswith("arn:"):
        # what was named is shown by its ARN
        return exists.endswith((f"/{wanted}", f":{wanted}"))
    return False
