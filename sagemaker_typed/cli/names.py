"""Finds operations by their names: CreateModel, create-model and create_model are the same."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sagemaker_typed.cli.problems import UsageError
from sagemaker_typed.cli.terminal import printable
from sagemaker_typed.models._index import INDEX

if TYPE_CHECKING:
    from sagemaker_typed.core.shapes.shape import Request

PACKAGE = "sagemaker_typed"
_SUFFIX = "Request"


def fold(name: str) -> str:
    """Return a name in lower case, without punctuation."""
    return re.sub(r"[^0-9a-z]", "", name.lower())


_OPERATIONS = {
    fold(name.removesuffix(_SUFFIX)): name.removesuffix(_SUFFIX)
    for name in INDEX
    if name.endswith(_SUFFIX)
}


def request_of(operation: str) -> type[Request[object]]:
    """Return the request of an operation in any spelling.

    Raises ``UsageError`` with the nearest operations for an unknown one.
    """
    request = find_request(operation)
    if request is None:
        raise UsageError(f"there is no operation {quoted(operation)}{did_you_mean(operation)}")
    return request


def find_request(operation: str) -> type[Request[object]] | None:
    """Return the request of an operation; ``None`` if no operation has this name."""
    name = _OPERATIONS.get(fold(operation))
    if name is None:
        return None
    from sagemaker_typed.core.schema.lookup import find_shape
    from sagemaker_typed.core.shapes.shape import Request

    shape = find_shape(PACKAGE, name + _SUFFIX)
    # a structure may have such a name too
    return shape if issubclass(shape, Request) else None


def operation_names() -> Iterable[str]:
    """Return the names of operations, and of a few structures that ``find_request`` excludes."""
    return _OPERATIONS.values()


def did_you_mean(operation: str) -> str:
    """The end of a message about an operation that there is not."""
    from sagemaker_typed.core import suggest

    known = [name for name in operation_names() if find_request(name)]
    return suggest.did_you_mean(operation, known)


def operation_in(path: str) -> type[Request[object]] | None:
    """Return the operation that a path names: the file before the folders, the longest name first.

    ``create-model.json``, ``create_model_churn.yaml``, ``churn.create-model.json`` and
    ``create-model/churn.json`` all name CreateModel.
    """
    *folders, file = re.split(r"[\\/]+", path)
    words = re.findall(r"[A-Za-z0-9]+", file.partition(".")[0])
    beginnings = ["".join(words[:count]) for count in range(len(words), 0, -1)]
    for name in [*file.split("."), *beginnings, *reversed(folders)]:
        request = find_request(name) if name else None
        if request is not None:
            return request
    return None


def quoted(name: str) -> str:
    """Return a name in quotes, for a message."""
    return printable(repr(name), 80)
