"""Requests of operations that botocore knows and this package may not know yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, cast

from sagemaker_typed.core.schema.facts import Operation
from sagemaker_typed.core.schema.lookup import find_shape, shape_names
from sagemaker_typed.core.suggest import did_you_mean

if TYPE_CHECKING:
    from botocore.client import BaseClient

    from sagemaker_typed.core.schema.facts import Prerequisite
    from sagemaker_typed.core.schema.frozen import FrozenMap
    from sagemaker_typed.core.shapes.shape import Request


class _UntypedRequest:
    """The parts of a ``Request`` that the transport and the consistency policy use."""

    def __init__(self, package: str, operation: Operation, parameters: dict[str, Any]) -> None:
        self.__operation__: Final = operation
        self.__package_name__: Final = package
        self._parameters: Final = parameters

    def to_boto(self) -> dict[str, Any]:
        """Return the keyword arguments for boto3."""
        return self._parameters


def untyped_request(
    client: BaseClient, package: str, operation: str, parameters: Mapping[str, Any]
) -> Request[FrozenMap[str, Any]]:
    """Return a request of documented names that boto3 serializes, checks and parses."""
    methods = {name: method for method, name in client.meta.method_to_api_mapping.items()}
    if operation not in methods:
        import botocore

        raise NotImplementedError(
            f"the installed botocore {botocore.__version__} does not know {operation!r}"
            f"{did_you_mean(operation, methods) or '; a newer boto3 may know it'}"
        )
    prerequisite = _prerequisite(package, f"{operation}Request")
    if prerequisite is not None and not isinstance(parameters.get(prerequisite.member), str):
        prerequisite = None  # boto3 reports the missing name
    facts = Operation(operation, methods[operation], response=None, prerequisite=prerequisite)
    request = cast("object", _UntypedRequest(package, facts, dict(parameters)))
    return cast("Request[FrozenMap[str, Any]]", request)


def _prerequisite(package: str, request: str) -> Prerequisite | None:
    """Return the prerequisite of a request of the package; ``None`` for any other name."""
    if request not in shape_names(package):
        return None
    known: Operation | None = getattr(find_shape(package, request), "__operation__", None)
    return known.prerequisite if known else None
