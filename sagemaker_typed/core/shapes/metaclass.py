"""The metaclass of shapes: it makes a class of facts without looking for fields in it.

Pydantic reads the annotations, decorators and private attributes of each class, and imports all of
its own types for that. A class of facts has none of them, and what Pydantic would note of it is
what it notes of any such class, so ``Shape`` has it for all. A class of a user's own is Pydantic's.
"""

from __future__ import annotations

from abc import ABCMeta
from typing import TYPE_CHECKING, Any

from pydantic.version import VERSION

from sagemaker_typed.core.schema.facts import Member
from sagemaker_typed.core.schema.lazy_docs import OF_A_CLASS
from sagemaker_typed.core.shapes.pydantic_model import BaseModel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sagemaker_typed.core.shapes.shape import Shape

_ROOTS = f"{__package__}.shape"
"""The module of ``Shape`` and of what else generated classes derive from."""

_KNOWN = (2, 14)
"""The newest Pydantic whose metaclass notes what is noted here; a newer one makes all classes."""

IS_KNOWN = tuple(int(part) for part in VERSION.split(".")[:2]) <= _KNOWN

_ANNOTATIONS = ("__annotations__", "__annotate__", "__annotate_func__")

_SHOWN = ("__class__", "__doc__", "__init__", "__module__")


class Unbuilt:
    """Stands for what Pydantic keeps on a finished class, and finishes it when it is asked for."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, _: object, owner: type[Shape]) -> object:
        from sagemaker_typed.core.shapes import pydantic_fields

        pydantic_fields.complete(owner)
        return vars(owner)[self._name]


if TYPE_CHECKING:
    ShapeType = type
else:

    class ShapeType(type(BaseModel)):  # noqa: D101  # its docstring is its classes'
        # what a person is shown of a shape: neither Pydantic's insides nor what it gave up
        __doc__ = OF_A_CLASS

        @classmethod
        def __prepare__(cls, name: str, bases: tuple[type, ...], **keywords: Any) -> dict[str, Any]:
            """Take the body of a class; Pydantic's own way looks for validators given twice."""
            return {} if _are_roots(bases) else super().__prepare__(name, bases, **keywords)

        def __new__(
            mcs, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **keywords: Any
        ) -> type:
            """Make a class, with or without Pydantic's search for fields."""
            members = {key: value for key, value in namespace.items() if type(value) is Member}
            for key in members:
                del namespace[key]
            derives_from_roots = _are_roots(bases)
            if derives_from_roots:
                namespace["__members__"] = members
            is_root = namespace.get("__module__") == _ROOTS
            if not (IS_KNOWN and (is_root or (derives_from_roots and _has_no_more(namespace)))):
                return super().__new__(mcs, name, bases, namespace, **keywords)
            shape = ABCMeta.__new__(mcs, name, bases, namespace)
            if is_root:
                _note(shape)
            super(shape, shape).__pydantic_init_subclass__(**keywords)
            return shape

        def __dir__(cls) -> list[str]:
            return [
                name
                for name in super().__dir__()
                if (name in _SHOWN or not name.startswith("_")) and not _is_deprecated(cls, name)
            ]


def _are_roots(bases: tuple[type, ...]) -> bool:
    return all(base.__module__ == _ROOTS for base in bases)


def _has_no_more(namespace: Mapping[str, object]) -> bool:
    """Whether a class is made of facts alone, now that its members are taken out."""
    return all(name.startswith("__") for name in namespace) and not any(
        namespace.get(name) for name in _ANNOTATIONS
    )


def _note(shape: Any) -> None:
    """Note of a class without fields what Pydantic notes of it."""
    shape.__class_vars__ = set()
    shape.__private_attributes__ = {}
    shape.__pydantic_complete__ = False
    shape.__pydantic_computed_fields__ = {}
    shape.__pydantic_custom_init__ = False
    shape.__pydantic_extra_info__ = None
    shape.__pydantic_fields__ = {}
    shape.__pydantic_generic_metadata__ = {
        "origin": None,
        "args": (),
        "parameters": getattr(shape, "__parameters__", ()),
    }
    shape.__pydantic_post_init__ = None
    shape.__pydantic_setattr_handlers__ = {}


def _is_deprecated(shape: type[Shape], name: str) -> bool:
    from inspect import getattr_static

    found = getattr_static(shape, name, None)
    return hasattr(getattr(found, "__func__", found), "__deprecated__")
