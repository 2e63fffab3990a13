"""Strict validation of input that is known in part, such as a request in the text of a program.

An ``Unknown`` satisfies every constraint, unless its type is known and wrong. A ``PartialDict``
may have more keys than it shows, and a ``PartialList`` more items or fewer, so nothing is missing
there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic_core import CoreSchema, ErrorDetails
from pydantic_core import core_schema as cs

from sagemaker_typed.core.schema import facts
from sagemaker_typed.core.validation import strict

if TYPE_CHECKING:
    from sagemaker_typed.core.schema.protocols import AnyShape
    from sagemaker_typed.core.validation.schema_graph import SchemaGraph


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that is not known, and its type if that is known."""

    type: type | None = None


class PartialDict(dict[Any, Any]):
    """A dict that may have more keys."""

    __slots__ = ()


class PartialList(list[Any]):
    """A list that may have more items, or fewer."""

    __slots__ = ()


def is_known(value: object) -> bool:
    """Return whether every part of a value is known."""
    if isinstance(value, (Unknown, PartialDict, PartialList)):
        return False
    if isinstance(value, Mapping):
        return all(map(is_known, value.values()))
    return not isinstance(value, list) or all(map(is_known, value))


def known(value: Any) -> Any:
    """Return a value without its unknown members; an unknown item of a list becomes ``{}``."""
    if isinstance(value, Mapping):
        return {key: known(item) for key, item in value.items() if not isinstance(item, Unknown)}
    if isinstance(value, list):
        return [{} if isinstance(item, Unknown) else known(item) for item in value]
    return value


def forget_unknown(shape: Any, value: Mapping[str, Any]) -> None:
    """Delete from a shape, read from the known parts of a value, every member that is not known.

    A rule that needs such a member then raises ``AttributeError``.
    """
    members = vars(shape)
    for field, member in shape.__members__.items():
        part = value.get(member.documented)
        if part is None:
            if isinstance(value, PartialDict) and member.documented not in value:
                members.pop(field, None)
        elif not is_known(part) and not _forget_inside(members.get(field), part):
            members.pop(field, None)


def _forget_inside(inner: Any, part: object) -> bool:
    """Delete what is not known inside of a member; return whether all of it was a member."""
    if isinstance(part, Mapping) and hasattr(inner, "__members__"):
        forget_unknown(inner, part)
        return True
    if isinstance(part, PartialList) or not isinstance(part, list):
        return False
    if not isinstance(inner, tuple) or len(inner) != len(part):
        return False
    if not all(hasattr(item, "__members__") for item in inner):
        return False
    for item, known_part in zip(inner, part, strict=True):
        forget_unknown(item, known_part if isinstance(known_part, Mapping) else PartialDict())
    return True


def is_certain(details: ErrorDetails) -> bool:
    """Return whether an error holds whatever the unknown parts are."""
    part: object = details["input"]
    match details["type"]:
        case "missing":
            return not isinstance(part, PartialDict)
        case "too_short":
            return not isinstance(part, (PartialDict, PartialList))
        case "union":
            few = details.get("ctx", {}).get("given") == "none"
            return not (few and isinstance(part, PartialDict))
        case _:
            return True


def model(shape: type[AnyShape], graph: SchemaGraph, reference: str | None) -> CoreSchema:
    """Return the schema of one shape that may be known in part."""

    def inner(kind: facts.Kind) -> CoreSchema:
        schema = strict.of_kind(kind, graph, inner)
        return cs.no_info_wrap_validator_function(_or_unknown(kind), schema)

    return strict.of_members(shape, inner, reference)


_TYPES: dict[type[facts.Kind], tuple[type, ...]] = {
    facts.Blob: (str, bytes),
    facts.Boolean: (bool,),
    facts.Enum: (str,),
    facts.Float: (int, float),
    facts.Integer: (int,),
    facts.List: (),
    facts.Map: (),
    facts.String: (str,),
    facts.Structure: (),
    facts.Timestamp: (str, int, float),
}


def _or_unknown(kind: facts.Kind) -> cs.NoInfoWrapValidatorFunction:
    types = _TYPES.get(type(kind))

    def check(value: object, read: cs.ValidatorFunctionWrapHandler) -> object:
        if type(value) is Unknown and (
            value.type is None or types is None or issubclass(value.type, types)
        ):
            return value
        return read(value)

    return check
