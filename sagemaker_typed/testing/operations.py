"""The operations of all services, as a test names them."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any, cast

from botocore import xform_name

from sagemaker_typed.core.schema.lookup import find_shape, shape_names
from sagemaker_typed.core.shapes.shape import Request, Response
from sagemaker_typed.core.suggest import did_you_mean
from sagemaker_typed.testing._operations import PACKAGES

_END = "Request"


def request_class(operation: object) -> type[Request[Any]]:
    """Return the request of an operation, from its method name or from the class itself.

    Raises ``ValueError`` with the nearest names for an unknown name.
    """
    if isinstance(operation, type) and issubclass(operation, Request):
        if not hasattr(operation, "__operation__"):
            raise ValueError(f"{operation.__name__} is no request of an operation")
        return operation
    for package in PACKAGES.values():
        name = _requests(package).get(cast("str", operation))
        if name is not None:
            return cast("type[Request[Any]]", find_shape(package, name))
    methods = [method for package in PACKAGES.values() for method in _requests(package)]
    raise ValueError(
        f"no SageMaker service has an operation {operation!r}{did_you_mean(operation, methods)}"
    )


def request_named(package: str, operation: str) -> type[Request[Any]]:
    """Return the request of an operation from its documented name."""
    return cast("type[Request[Any]]", find_shape(package, f"{operation}{_END}"))


def response_class(request: type[Request[Any]]) -> type[Response] | None:
    """Return the class of the response; ``None`` for an operation without one."""
    name = request.__operation__.response
    return (
        None if name is None else cast("type[Response]", find_shape(request.__package_name__, name))
    )


@functools.cache
def _requests(package: str) -> Mapping[str, str]:
    """Return the names of all requests of a package, by method."""
    names = (name for name in shape_names(package) if name.endswith(_END))
    return {xform_name(name.removesuffix(_END)): name for name in names}
