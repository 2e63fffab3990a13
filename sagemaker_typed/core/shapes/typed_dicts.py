"""The ``TypedDict`` of a shape, for programs that evaluate annotations at run time.

Type checkers read the stubs instead, and no other module of the package loads this one.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from importlib import import_module
from types import GenericAlias
from typing import TYPE_CHECKING, Any

from typing_extensions import NotRequired, TypedDict

from sagemaker_typed.core.lazy import unknown
from sagemaker_typed.core.schema import facts
from sagemaker_typed.core.schema.lookup import find_enum, find_shape
from sagemaker_typed.core.shapes.pydantic_fields import PYTHON_TYPES

if TYPE_CHECKING:
    from sagemaker_typed.core.schema.protocols import AnyShape

_SUFFIX = "Dict"
_TYPED_DICT: Any = TypedDict  # its name and keys are known only at run time


def lazy_getattr(module: str) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """Make ``__getattr__`` and ``__dir__`` for the ``dicts`` of a package."""
    package = module.rpartition(".")[0]

    def __dir__() -> list[str]:
        return sorted(
            f"{name}{_SUFFIX}" for name in import_module(f"{package}.models._index").INDEX
        )

    def __getattr__(name: str) -> object:
        known = [] if name.startswith("_") else __dir__()
        if name not in known:
            raise AttributeError(unknown(module, name, known))
        created = typed_dict(find_shape(package, name.removesuffix(_SUFFIX)), module)
        setattr(sys.modules[module], name, created)
        return created

    return __getattr__, __dir__


def typed_dict(shape: type[AnyShape], module: str, inside: tuple[str, ...] = ()) -> Any:
    """Return the ``TypedDict`` of a shape: its members by their documented names."""
    around = (*inside, shape.__name__)

    def annotation(kind: facts.Kind) -> Any:
        match kind:
            case facts.Structure():
                if (
                    kind.name in around
                ):  # a TypedDict that is evaluated at once cannot contain itself
                    return Mapping[str, Any]
                return typed_dict(find_shape(shape.__package_name__, kind.name), module, around)
            case facts.Enum():
                return find_enum(shape.__package_name__, kind.name) | str
            case facts.List():
                return GenericAlias(Sequence, (annotation(kind.item),))
            case facts.Map():
                return GenericAlias(Mapping, (annotation(kind.key), annotation(kind.value)))
            case _:
                return _SIMPLE.get(type(kind), Any)

    entries = {
        member.documented: annotation(member.kind)
        if member.required
        else NotRequired[annotation(member.kind)]
        for member in shape.__members__.values()
    }
    created = _TYPED_DICT(f"{shape.__name__}{_SUFFIX}", entries)
    created.__module__ = module
    return created


_SIMPLE: Mapping[type[facts.Kind], Any] = {
    **PYTHON_TYPES,
    facts.Timestamp: datetime | str,
}
