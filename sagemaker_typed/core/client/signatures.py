"""Signatures of a client's methods with types, built when they are read."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from sagemaker_typed.core.operations.paging import Items
from sagemaker_typed.core.operations.waiting import StatusChange, WaitPolicy
from sagemaker_typed.core.schema.lookup import find_shape
from sagemaker_typed.core.schema.walk import find_member, inner_kind
from sagemaker_typed.core.shapes.pydantic_fields import python_type, signature

if TYPE_CHECKING:
    from sagemaker_typed.core.schema.facts import Operation

Returns: TypeAlias = Literal["response", "response or None", "items"]

# Their parameters are known when the program runs.
_GENERIC: dict[str, Any] = {"change": StatusChange, "listener": Callable, "items": Items}
_CONTROLS: dict[str, Any] = {
    "start_token": str | None,
    "skip": int,
    "limit": int | None,
    "timeout": float | None,
    "poll": float | None,
    "policy": WaitPolicy | None,
    "progress": bool,
}


def typed_signature(
    declared: Callable[..., object], request: str, returns: Returns
) -> inspect.Signature:
    """Return the signature of a method: the types of its request, and of what it returns."""
    package = declared.__module__.rpartition(".")[0]
    shape: Any = find_shape(package, request)
    operation: Operation = shape.__operation__
    response: Any = find_shape(package, operation.response) if operation.response else None
    types = {name: field.annotation for name, field in signature(shape).parameters.items()}
    change = _GENERIC["change"][response]
    listener = _GENERIC["listener"][[change], object] | None
    types = {**_CONTROLS, "on_status": listener, **types}
    plain = inspect.signature(declared)
    parameters = [
        parameter.replace(annotation=types.get(name, inspect.Parameter.empty))
        for name, parameter in plain.parameters.items()
    ]
    if returns == "items":
        response = _GENERIC["items"][_item(response, operation)]
    elif returns == "response or None":
        response = response | None
    return plain.replace(parameters=parameters, return_annotation=response)


def _item(response: Any, operation: Operation) -> Any:
    """Return the type of the items of a listing, which are at a path of documented names."""
    kind: Any = None
    package: str = response.__package_name__
    for name in operation.pagination.items[0].split(".") if operation.pagination else ():
        response = response if kind is None else find_shape(package, kind.name)
        member = find_member(response, name)
        kind = member[1].kind if member else None
    item = inner_kind(kind) if kind else None
    return python_type(item, package) if item else object
