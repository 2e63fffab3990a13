"""The operations that a test can script: the package of each service, and all methods."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from codegen.emit.client import in_method_order
from codegen.emit.context import HEADER
from codegen.emit.templates import render
from codegen.emit.text import constant
from codegen.errors import InputError
from codegen.model import ir, naming

FILE = "testing/_operations.py"
"""The path of the module inside the package."""


def testing_operations(services: Mapping[str, ir.Service]) -> str:
    """The text of the module, from the services by the name of their package."""
    methods = [
        naming.method_name(operation)
        for service in services.values()
        for operation in in_method_order(service)
    ]
    repeated = [method for method, count in Counter(methods).items() if count > 1]
    if repeated:
        raise InputError(f"two services have a method {repeated[0]!r}; a script needs one")
    return render(
        "testing_operations.py",
        header=HEADER,
        packages=[
            (constant(service.name), constant(package)) for package, service in services.items()
        ],
        methods=[constant(method) for method in methods],
    )
