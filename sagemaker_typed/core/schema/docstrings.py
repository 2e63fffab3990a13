"""What ``help`` shows of shapes, methods and enums, made of their facts when somebody asks.

A generated module keeps one sentence and a link of each; the rest is told from here, in the words
of the stubs, so that importing a model costs nothing for it.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator
from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING, Any

from sagemaker_typed.core.schema import descriptions, facts
from sagemaker_typed.core.schema.lookup import find_shape

if TYPE_CHECKING:
    from sagemaker_typed.core.client.base import ServiceClient
    from sagemaker_typed.core.schema.protocols import AnyShape

_WIDTH = 76  # of a terminal's 80 columns, less what pydoc puts before each line
_FEW = 40  # values of an enum that have a line each


def of_class(owner: type[Any], own: str) -> str:
    """The docstring of a shape or an enum."""
    return of_enum(owner, own) if issubclass(owner, Enum) else of_shape(owner, own)


def of_shape(shape: type[AnyShape], own: str) -> str:
    """A shape's docstring: its own, for a request what its method's says, and every field."""
    paragraphs = _paragraphs(own)
    if (operation := getattr(shape, "__operation__", None)) is not None:
        paragraphs += _of_operation(shape, operation)
    if shape.__members__:
        paragraphs.append(descriptions.section("Attributes", fields(shape)))
    return _text(paragraphs)


def fields(shape: type[AnyShape]) -> dict[str, str]:
    """Each field in a sentence."""
    return {name: field(shape, member) for name, member in shape.__members__.items()}


def field(shape: type[AnyShape], member: facts.Member) -> str:
    """A field in a sentence."""
    return descriptions.field(
        member.documented,
        descriptions.kind(shape.__package_name__, member.kind),
        required=member.required,
        token=member.idempotency_token,
        deprecated=member.deprecated,
    )


def of_enum(enum: type[Enum], own: str) -> str:
    """An enum's docstring: its own, and every value."""
    values = enum.__members__
    if not values:
        return own
    if len(values) <= _FEW:
        lines = [f"    {name} = {member.value!r}" for name, member in values.items()]
        listed = "\n".join(["Values:", *lines])
    else:
        listed = f"Values: {', '.join(sorted(member.value for member in values.values()))}."
    return _text([*_paragraphs(own), listed])


def of_method(package: str, request: str, own: str, parameters: Iterable[str]) -> str:
    """A method's docstring: its own, and every parameter."""
    members = fields(find_shape(package, request))
    told = {name: members.get(name) or descriptions.CONTROLS[name] for name in parameters}
    return _text([*_paragraphs(own), *([descriptions.section("Args", told)] if told else [])])


def _of_operation(request: type[AnyShape], operation: facts.Operation) -> Iterator[str]:
    """How a request is sent, and what the method that sends it says of errors and relatives."""
    client = _client(request.__package_name__)
    yield f"Sent by ``{client.__name__}.{operation.method}``, and by ``send``."
    declared = inspect.unwrap(getattr(client, operation.method))
    for paragraph in _paragraphs(declared.__doc__ or ""):
        if re.match("(Raises|Waiters|Related):", paragraph):
            yield paragraph


def _client(package: str) -> type[ServiceClient]:
    """The client of a generated package."""
    module = import_module(f"{package}.client")
    found: type[ServiceClient] = next(
        one
        for one in vars(module).values()
        if isinstance(one, type) and one.__module__ == module.__name__
    )
    return found


def _paragraphs(docstring: str) -> list[str]:
    """The paragraphs of a docstring, each statement of them in a line."""
    paragraphs = inspect.cleandoc(docstring).split("\n\n")
    return [re.sub(r"\n(?!\w+: )", " ", paragraph) for paragraph in paragraphs]


def _text(paragraphs: list[str]) -> str:
    return "\n\n".join("\n".join(descriptions.wrap(one, _WIDTH)) for one in paragraphs if one)
