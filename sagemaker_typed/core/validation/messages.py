"""What a person is told about input that a shape refuses.

Pydantic finds the faults; here each gets its place in documented and in Python names and the
nearest valid choice, and secrets are taken out.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError, ValidationError

from sagemaker_typed.core.schema import facts
from sagemaker_typed.core.schema.lookup import find_shape
from sagemaker_typed.core.schema.suggest import nearest
from sagemaker_typed.core.validation.schema_graph import structures_in, uses

if TYPE_CHECKING:
    from sagemaker_typed.core.shapes.shape import Shape

SECRET = "**********"  # noqa: S105  # the opposite of one
"""Stands in for the value of a sensitive member."""


def explain(
    shape: type[Shape], error: ValidationError, *, documented: bool = False
) -> ValidationError:
    """The same faults, told in the service's and in Python's names.

    ``documented`` says that only documented names were welcome.
    """
    faults = error.errors(include_url=False)
    return ValidationError.from_exception_data(
        shape.__name__,
        [_told(fault, _locate(shape, fault["loc"]), documented) for fault in faults],
    )


def invalid_json(shape: type[Shape], error: ValueError) -> ValidationError:
    """The refusal of text that is not JSON; the text stays out of it."""
    return ValidationError.from_exception_data(
        shape.__name__,
        [InitErrorDetails(type="json_invalid", ctx={"error": str(error)}, input="...")],
    )


def repeat(fault: ErrorDetails) -> InitErrorDetails:
    """A fault that was told already, to be told again among others."""
    kind: Any = fault["type"]  # Pydantic asks for a literal, and any string will do
    message: Any = fault["msg"]
    again = PydanticCustomError(kind, message, fault.get("ctx"))
    return InitErrorDetails(type=again, loc=fault["loc"], input=fault["input"])


@dataclass(frozen=True)
class _Place:
    """Where a fault is, and what stands there."""

    python: tuple[int | str, ...]
    documented: str
    owner: type[Shape] | None  # the shape whose member this is
    kind: facts.Kind | None
    secret: bool
    package: str


def _locate(shape: type[Shape], loc: tuple[int | str, ...]) -> _Place:
    python: list[int | str] = []
    documented = ""
    owner: type[Shape] | None = None
    kind: facts.Kind | None = facts.Structure(shape.__name__)
    secret = False
    for part in loc:
        if isinstance(kind, facts.Structure):
            owner = find_shape(shape.__package_name__, kind.name)
            name, member = _member(owner, str(part))
            python.append(name)
            documented += ("." if documented else "") + (member.documented if member else name)
            kind = member.kind if member else None
            secret = secret or (member is not None and member.sensitive)
            continue
        python.append(part)
        if part == "[key]":
            continue
        documented += f"[{part!r}]"
        kind = getattr(kind, "item", None) or getattr(kind, "value", None)
        secret = secret or bool(getattr(kind, "sensitive", False))
    return _Place(tuple(python), documented, owner, kind, secret, shape.__package_name__)


def _member(shape: type[Shape], name: str) -> tuple[str, facts.Member | None]:
    for python, member in shape.__members__.items():
        if name in (python, member.documented):
            return python, member
    return name, None


def _told(fault: ErrorDetails, place: _Place, documented: bool) -> InitErrorDetails:
    problem = fault["msg"]
    context: dict[str, Any] = dict(fault.get("ctx", {}))
    if fault["type"] == "extra_forbidden" and place.owner is not None:
        problem, near = _unknown(str(fault["loc"][-1]), place.owner, documented)
        context["nearest"] = near
    context |= {"documented_path": place.documented, "problem": problem}
    message = "{documented_path}: {problem}" if place.documented else "{problem}"
    kind: Any = fault["type"]  # Pydantic asks for a literal, and any string will do
    return InitErrorDetails(
        type=PydanticCustomError(kind, message, context),
        loc=place.python,
        input=_shown(fault, place),
    )


def _unknown(name: str, owner: type[Shape], documented: bool) -> tuple[str, list[str]]:
    if documented or name[:1].isupper():
        near = nearest(name, [member.documented for member in owner.__members__.values()])
    else:
        near = nearest(name, owner.__members__)
    hint = f"; did you mean {' or '.join(map(repr, near))}?" if near else ""
    return f"{owner.__name__} has no member {name!r}{hint}", near


def _shown(fault: ErrorDetails, place: _Place) -> object:
    """The input as it may be shown: no secret, and nothing that holds one."""
    value: object = fault["input"]
    if place.secret:
        return SECRET
    if fault["type"] == "json_invalid":
        return "..."
    if fault["type"] == "missing":  # what is missing has no value; say what was there instead
        return sorted(map(str, value)) if isinstance(value, Mapping) else None
    if fault["type"] == "extra_forbidden" and place.owner is not None:
        return SECRET if _holds_secrets(place.owner) else value
    names = () if place.kind is None else structures_in(place.kind)
    package = place.package
    return SECRET if any(_holds_secrets(find_shape(package, name)) for name in names) else value


@functools.cache
def _holds_secrets(shape: type[Shape]) -> bool:
    shapes = [shape, *(find_shape(shape.__package_name__, name) for name in uses(shape))]
    return any(member.sensitive for each in shapes for member in each.__members__.values())
