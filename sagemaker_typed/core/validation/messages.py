"""Error messages about input that a shape refuses.

Pydantic finds the errors. This module adds to each its path in documented and in Python names and
the nearest valid choice, and removes secrets.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError, ValidationError

from sagemaker_typed.core.schema import facts, paths
from sagemaker_typed.core.schema.lookup import find_enum, find_shape, shape_names
from sagemaker_typed.core.schema.walk import (
    find_member,
    nested_structures,
    structure_in,
)
from sagemaker_typed.core.suggest import did_you_mean, listed_or_near, quoted

if TYPE_CHECKING:
    from sagemaker_typed.core.schema.protocols import AnyShape

MOST_SUGGESTIONS = 20
"""Errors of one refusal that get a suggestion: to find a near name takes milliseconds."""

SECRET = "**********"  # noqa: S105  # a placeholder
"""Replaces the value of a sensitive member."""


_KEY = "[key]"  # ends Pydantic's location of an error in the key of a map
_REQUEST = "Request"


def explain(
    shape: type[AnyShape], error: ValidationError, *, documented: bool = False
) -> ValidationError:
    """Return the same errors with paths in documented and in Python names.

    ``documented`` means that only documented names were accepted.
    """
    return ValidationError.from_exception_data(
        shape.__name__,
        [
            _format_error(
                details,
                _locate(shape, details["loc"]),
                documented=documented,
                suggests=position < MOST_SUGGESTIONS,
            )
            for position, details in enumerate(error.errors(include_url=False))
        ],
    )


def invalid_json(shape: type[AnyShape], error: ValueError) -> ValidationError:
    """Return the error for text that is not JSON; it does not contain the text."""
    return ValidationError.from_exception_data(
        shape.__name__,
        [InitErrorDetails(type="json_invalid", ctx={"error": str(error)}, input="...")],
    )


@dataclass(frozen=True)
class _Location:
    """The place of an error, and the facts about it."""

    python: tuple[int | str, ...]
    documented: str
    owner: type[AnyShape] | None  # the shape that has this member
    kind: facts.Kind | None
    secret: bool
    root: type[AnyShape]


def _locate(shape: type[AnyShape], loc: tuple[int | str, ...]) -> _Location:
    is_key = bool(loc) and loc[-1] == _KEY
    steps = list(paths.locate(shape, loc[:-1] if is_key else loc))
    python = tuple(step.python for step in steps)
    documented = paths.write(paths.Step(step.documented, step.is_member) for step in steps)
    owner = next((step.owner for step in reversed(steps) if step.owner), None)
    kind = steps[-1].kind if steps else None
    secret = any(_is_secret(step) for step in steps)
    return _Location(
        (*python, _KEY) if is_key else python,
        documented,
        owner,
        kind,
        secret,
        shape,
    )


def _is_secret(step: paths.Located) -> bool:
    if step.member is not None:
        return step.member.sensitive
    return bool(getattr(step.kind, "sensitive", False))


def _format_error(
    details: ErrorDetails, place: _Location, *, documented: bool, suggests: bool
) -> InitErrorDetails:
    problem = details["msg"]
    kind: Any = details["type"]  # Pydantic declares a literal, and accepts any string
    if kind == "extra_forbidden" and place.owner is not None:
        name = str(details["loc"][-1])
        problem = f"{place.owner.__name__} has no member {name!r}"
        if suggests:
            problem += _belongs(name, place.owner, documented=documented)
    elif kind == "tuple_type":
        kind, problem = "list_type", "Input should be a list"
    elif kind == "enum" and suggests and isinstance(place.kind, facts.Enum):
        problem += listed_or_near(
            details["input"], find_enum(place.root.__package_name__, place.kind.name)
        )
    context = {**details.get("ctx", {}), "documented_path": place.documented, "problem": problem}
    message = "{documented_path}: {problem}" if place.documented else "{problem}"
    return InitErrorDetails(
        type=PydanticCustomError(kind, message, context),
        loc=place.python,
        input=_redact(details, place),
    )


def _belongs(name: str, owner: type[AnyShape], *, documented: bool) -> str:
    """Return the end of a message about an unknown member: the name or the place it belongs to."""
    member = find_member(owner, name)
    if member is not None and not documented:  # so it was given before, under its other name
        return f"; {member[0]!r} and {member[1].documented!r} are the same member: give one of them"
    if documented or name[:1].isupper():
        names = [each.documented for each in owner.__members__.values()]
    else:
        names = list(owner.__members__)
    if hint := did_you_mean(name, names):
        return hint
    for candidates in (nested_structures(owner), _related_requests(owner)):
        places = dict.fromkeys(each.__name__ for each in candidates if find_member(each, name))
        if places:
            names = [place.removesuffix(_REQUEST) for place in places]
            return f"; it belongs to {quoted(names[:3], 'or')}"
    return ""


def _related_requests(owner: type[AnyShape]) -> Iterator[type[AnyShape]]:
    """Yield the requests whose operation has a longer or shorter name than this one's.

    ``CreateEndpoint`` and ``CreateEndpointConfig`` are related. No other request is loaded.
    """
    if not owner.__name__.endswith(_REQUEST):
        return
    own = owner.__name__.removesuffix(_REQUEST)
    for name in shape_names(owner.__package_name__):
        other = name.removesuffix(_REQUEST)
        if (
            name.endswith(_REQUEST)
            and other != own
            and (other.startswith(own) or own.startswith(other))
        ):
            yield find_shape(owner.__package_name__, name)


def _redact(details: ErrorDetails, place: _Location) -> object:
    """Return the input without secrets, and without anything that holds one."""
    value: object = details["input"]
    if place.secret:
        return SECRET
    if details["type"] == "json_invalid":
        return "..."
    if details["type"] == "missing":  # a missing member has no value; show the present ones
        return sorted(map(str, value)) if isinstance(value, Mapping) else None
    if details["type"] == "extra_forbidden" and place.owner is not None:
        return SECRET if _holds_secrets(place.owner) else value
    inner = place.root if not place.python else _structure(place)
    return SECRET if inner is not None and _holds_secrets(inner) else value


def _structure(place: _Location) -> type[AnyShape] | None:
    name = None if place.kind is None else structure_in(place.kind)
    return None if name is None else find_shape(place.root.__package_name__, name)


@functools.cache
def _holds_secrets(shape: type[AnyShape]) -> bool:
    shapes = [shape, *nested_structures(shape)]
    return any(member.sensitive for each in shapes for member in each.__members__.values())
