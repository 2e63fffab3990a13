"""Names as people write them: CreateModel, create-model and create_model are one operation."""

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
    """A name without what its spellings differ in."""
    return re.sub(r"[^0-9a-z]", "", name.lower())


_OPERATIONS = {
    fold(name.removesuffix(_SUFFIX)): name.removesuffix(_SUFFIX)
    for name in INDEX
    if name.endswith(_SUFFIX)
}


def request_of(operation: str) -> type[Request[object]]:
    """The request of an operation, however it is spelt; a ``UsageError`` names the nearest."""
    found = find_request(operation)
    if found is None:
        raise UsageError(f"there is no operation {quoted(operation)}{did_you_mean(operation)}")
    return found


def find_request(operation: str) -> type[Request[object]] | None:
    """The request of an operation; ``None`` where there is none of that name."""
    name = _OPERATIONS.get(fold(operation))
    if name is None:
        return None
    from sagemaker_typed.core.schema.lookup import find_shape
    from sagemaker_typed.core.shapes.shape import Request

    found = find_shape(PACKAGE, name + _SUFFIX)
    # a structure may be called so too
    return found if issubclass(found, Request) else None


def operation_names() -> Iterable[str]:
    """What operations are called; a structure may be among them, ``find_request`` knows."""
    return _OPERATIONS.values()


def did_you_mean(operation: str) -> str:
    """The end of a message about an operation that there is not."""
    from sagemaker_typed.core import suggest

    known = [name for name in operation_names() if find_request(name)]
    return suggest.did_you_mean(operation, known)


def operation_in(path: str) -> type[Request[object]] | None:
    """The operation that a path names, the file before the folders and the longest name first.

    ``create-model.json``, ``create_model_churn.yaml``, ``churn.create-model.json`` and
    ``create-model/churn.json`` all name CreateModel.
    """
    *folders, file = re.split(r"[\\/]+", path)
    words = re.findall(r"[A-Za-z0-9]+", file.partition(".")[0])
    beginnings = ["".join(words[:count]) for count in range(len(words), 0, -1)]
    for name in [*file.split("."), *beginnings, *reversed(folders)]:
        found = find_request(name) if name else None
        if found is not None:
            return found
    return None


def quoted(name: str) -> str:
    """A name in a message."""
    return printable(repr(name), 80)
