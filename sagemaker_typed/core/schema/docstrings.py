"""The docstrings of shapes and enums, built from their facts when they are read.

A generated module has one sentence for each class. The rest is written here, in the
words of the stubs, so that importing models does not cost it.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING, Any

from sagemaker_typed.core.api_model import reference
from sagemaker_typed.core.schema import descriptions, facts

if TYPE_CHECKING:
    from sagemaker_typed.core.schema.protocols import AnyShape

_WIDTH = 76  # of a terminal's 80 columns, less what pydoc puts before each line
_FEW = 40  # values of an enum that have a line each


def of_class(owner: type[Any], own: str) -> str:
    """The docstring of a shape or an enum."""
    return of_enum(owner, own) if issubclass(owner, Enum) else of_shape(owner, own)


def of_shape(shape: type[AnyShape], own: str) -> str:
    """A shape's docstring: its own, its page, the notes of a request's method, and every field."""
    paragraphs = summary(shape, own)
    if (operation := getattr(shape, "__operation__", None)) is not None:
        paragraphs += _of_operation(shape, operation)
    if shape.__members__:
        paragraphs.append(descriptions.section("Attributes", fields(shape)))
    return _text(paragraphs)


def summary(shape: type[AnyShape], own: str) -> list[str]:
    """The paragraphs of a shape's docstring that do not describe its members."""
    package = shape.__package_name__
    pages = import_module(f"{package}._api_model").API_MODEL.documentation
    generated = next(base for base in shape.__mro__ if base.__module__.startswith(f"{package}."))
    return [
        *_role(shape, own),
        *_paragraphs(own),
        *descriptions.documented_as(shape.__documented_name__, generated.__name__),
        *reference(pages, shape.__page_name__),
    ]


def _role(shape: type[AnyShape], own: str) -> list[str]:
    """The sentence about a request or a response; a response has no docstring of its own."""
    operation: facts.Operation | None = getattr(shape, "__operation__", None)
    if operation is not None:
        return [descriptions.request(operation.name, operation.response)]
    return [] if own else [descriptions.response(shape.__page_name__)]


def fields(shape: type[AnyShape]) -> dict[str, str]:
    """A sentence for each field."""
    return {name: field(shape, member) for name, member in shape.__members__.items()}


def field(shape: type[AnyShape], member: facts.Member) -> str:
    """The sentence that describes a field."""
    return descriptions.field(
        member.documented,
        descriptions.kind(shape.__package_name__, member.kind),
        required=member.required,
        token=member.idempotency_token,
        deprecated=member.deprecated,
    )


def of_enum(enum: type[Enum], own: str) -> str:
    """An enum's docstring: its own and every value."""
    values = enum.__members__
    if not values:
        return own
    if len(values) <= _FEW:
        lines = [f"    {name} = {member.value!r}" for name, member in values.items()]
        listed = "\n".join(["Values:", *lines])
    else:
        listed = f"Values: {', '.join(sorted(member.value for member in values.values()))}."
    return _text([*_paragraphs(own), listed])


def _of_operation(request: type[AnyShape], operation: facts.Operation) -> Iterator[str]:
    """The method of a request, and that method's paragraph about errors and related methods."""
    client = _client(request.__package_name__)
    yield f"Sent by ``{client.__name__}.{operation.method}``, and by ``send``."
    declared = inspect.unwrap(getattr(client, operation.method))
    for paragraph in _paragraphs(declared.__doc__ or ""):
        if re.match("(Raises|Waiters|Related):", paragraph):
            yield paragraph


def _client(package: str) -> type[Any]:
    """The client of a generated package."""
    module = import_module(f"{package}.client")
    client: type[Any] = next(
        value
        for value in vars(module).values()
        if isinstance(value, type) and value.__module__ == module.__name__
    )
    return client


def _paragraphs(docstring: str) -> list[str]:
    """The paragraphs of a docstring, unwrapped."""
    if not docstring:
        return []
    paragraphs = inspect.cleandoc(docstring).split("\n\n")
    return [re.sub(r"\n(?!\w+: )", " ", paragraph) for paragraph in paragraphs]


def _text(paragraphs: list[str]) -> str:
    wrapped = (descriptions.wrap(paragraph, _WIDTH) for paragraph in paragraphs if paragraph)
    return "\n\n".join("\n".join(lines) for lines in wrapped)
