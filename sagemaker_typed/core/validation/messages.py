"""Error messages about input that a shape refuses.

Pydantic finds the errors. This module adds to each its path in documented and in Python names and
the nearest valid choice, and removes secrets.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError, ValidationError

from sagemaker_typed.core.schema import facts
from sagemaker_typed.core.schema.lookup import find_enum, find_shape
from sagemaker_typed.core.schema.walk import (
    find_member,
    inner_kind,
    nested_structures,
    structure_in,
)
from sagemaker_typed.core.suggest import did_you_mean, listed_or_near, quoted

if TYPE_CHECKING:
    from sagemaker_typed.core.schema.protocols import AnyShape

MOST_SUGGESTIONS = 20
"""Errors of one refusal that get a suggestion: to find a near name takes milliseconds."""

SECRET = "**********"  # noqa: S105  # the opposite of one
"""Replaces the value of a sensitive member."""


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
    package: str


def _locate(shape: type[AnyShape], loc: tuple[int | str, ...]) -> _Location:
    python: list[int | str] = []
    documented = ""
    owner: type[AnyShape] | None = None
    kind: facts.Kind | None = facts.Structure(shape.__name__)
    secret = False
    for part in loc:
        if isinstance(kind, facts.Structure):
            owner = find_shape(shape.__package_name__, kind.name)
            name, member = find_member(owner, str(part)) or (str(part), None)
            python.append(name)
            documented += ("." if documented else "") + (member.documented if member else name)
            kind = member.kind if member else None
            secret = secret or (member is not None and member.sensitive)
            continue
        python.append(part)
        if part == "[key]":
            continue
        documented += f"[{part!r}]"
        kind = None if kind is None else inner_kind(kind)
        secret = secret or bool(getattr(kind, "sensitive", False))
    return _Location(tuple(python), documented, owner, kind, secret, shape.__package_name__)


def _format_error(
    details: ErrorDetails, place: _Location, *, documented: bool, suggests: bool
) -> InitErrorDetails:
    problem = details["msg"]
    kind: Any = details["type"]  # Pydantic declares a literal, and accepts any string
    if kind == "extra_forbidden" and place.owner is not None:
        name = str(details["loc"][-1])
        problem = f"{place.owner.__name__} has no member {name!r}"
        if suggests:
            problem += _belongs(name, place.owner, details["input"], documented=documented)
    elif kind == "tuple_type":
        kind, problem = "list_type", "Input should be a list"
    elif kind == "enum" and suggests and isinstance(place.kind, facts.Enum):
        problem += listed_or_near(details["input"], find_enum(place.package, place.kind.name))
    context = {**details.get("ctx", {}), "documented_path": place.documented, "problem": problem}
    message = "{documented_path}: {problem}" if place.documented else "{problem}"
    return InitErrorDetails(
        type=PydanticCustomError(kind, message, context),
        loc=place.python,
        input=_redact(details, place),
    )


def _belongs(name: str, owner: type[AnyShape], value: object, *, documented: bool) -> str:
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
    places = {shape.__name__: None for shape in nested_structures(owner) if find_member(shape, name)}
    if not places:
        places = {operation: None for operation in related_operations(owner, name)}
    return f"; it is a member of {quoted(places, 'or')}" if places else ""


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
    name = None if place.kind is None else structure_in(place.kind)
    holds = name is not None and _holds_secrets(find_shape(place.package, name))
    return SECRET if holds else value


@functools.cache
def _holds_secrets(shape: type[AnyShape]) -> bool:
    shapes = [shape, *nested_structures(shape)]
    return any(member.sensitive for each in shapes for member in each.__members__.values())
