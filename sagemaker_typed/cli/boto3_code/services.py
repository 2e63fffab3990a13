"""The services that the package covers, with boto3's names of their methods."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, NamedTuple

import sagemaker_typed
from sagemaker_typed.cli.names import PACKAGE, fold
from sagemaker_typed.core.schema.lookup import find_shape, shape_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sagemaker_typed.core.schema.protocols import AnyShape
    from sagemaker_typed.core.shapes.shape import Request

_SUFFIX = "Request"
_ORIGIN = "_api_model.py"

OTHER_METHODS = frozenset(
    {
        "can_paginate",
        "close",
        "exceptions",
        "generate_presigned_url",
        "get_paginator",
        "get_waiter",
        "meta",
        "waiter_names",
    }
)
"""The attributes of every boto3 client that are no operations."""


class Service(NamedTuple):
    """A service: its name in boto3, and the package of its shapes."""

    name: str
    package: str

    def request(self, method: str) -> type[Request[object]] | None:
        """Return the request of an operation by its method in boto3; ``None`` for another name."""
        name = _requests(self.package).get(fold(method))
        if name is None:
            return None
        from sagemaker_typed.core.shapes.shape import Request

        shape = find_shape(self.package, name)
        if not issubclass(shape, Request) or shape.__operation__.method != method:
            return None
        return shape

    def response(self, request: type[Request[object]]) -> type[AnyShape] | None:
        """Return the shape of an operation's response; ``None`` if it has no members."""
        name = request.__operation__.response
        return None if name is None else find_shape(self.package, name)

    def methods(self) -> list[str]:
        """Return boto3's names of the operations, and of its other methods."""
        from botocore import xform_name

        names = [name.removesuffix(_SUFFIX) for name in _requests(self.package).values()]
        operations = [xform_name(name) for name in names]
        return [*filter(self.request, operations), *OTHER_METHODS]

    def waiters(self) -> Mapping[str, str]:
        """Return the waiters of the installed botocore, each with the method that it calls."""
        from botocore import xform_name

        waiters = _definitions(self.name, "waiters-2").get("waiters", {})
        return {xform_name(name): xform_name(each["operation"]) for name, each in waiters.items()}

    def pages(self) -> frozenset[str]:
        """Return the methods for which the installed botocore has a paginator."""
        from botocore import xform_name

        return frozenset(
            map(xform_name, _definitions(self.name, "paginators-1").get("pagination", {}))
        )


@cache
def _definitions(service: str, kind: str) -> dict[str, Any]:
    """Return a file of the installed botocore about a service; empty if it has none."""
    from botocore.exceptions import DataNotFoundError, UnknownServiceError
    from botocore.loaders import Loader

    try:
        loaded: dict[str, Any] = Loader().load_service_model(service, kind)
    except (DataNotFoundError, UnknownServiceError):
        return {}
    return loaded


@cache
def _requests(package: str) -> dict[str, str]:
    names = [name for name in shape_names(package) if name.endswith(_SUFFIX)]
    return {fold(name.removesuffix(_SUFFIX)): name for name in names}


SAGEMAKER = Service("sagemaker", PACKAGE)


def find_service(name: str) -> Service | None:
    """Return the service with this name in boto3; ``None`` if the package does not cover it."""
    if name == SAGEMAKER.name:
        return SAGEMAKER
    return _others().get(name) if name.startswith(SAGEMAKER.name) else None


@cache
def _others() -> dict[str, Service]:
    services: dict[str, Service] = {}
    for module in iter_modules(sagemaker_typed.__path__):
        if module.ispkg and Path(sagemaker_typed.__path__[0], module.name, _ORIGIN).exists():
            package = f"{PACKAGE}.{module.name}"
            name = import_module(f"{package}._api_model").API_MODEL.service
            services[name] = Service(name, package)
    return services
