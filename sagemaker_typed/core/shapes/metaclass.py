"""The metaclass of shapes: Pydantic's own, with the members of a shape kept apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from sagemaker_typed.core.schema.facts import Member
from sagemaker_typed.core.schema.lazy_docs import OF_A_CLASS

_SHOWN = ("__class__", "__doc__", "__init__", "__module__")

if TYPE_CHECKING:
    ShapeType = type
else:

    class ShapeType(type(BaseModel)):  # noqa: D101  # its docstring is that of its classes
        __doc__ = OF_A_CLASS

        def __new__(
            mcs, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **keywords: Any
        ) -> type:
            """Create a class; its facts about members become ``__members__``."""
            members = {key: value for key, value in namespace.items() if type(value) is Member}
            for key in members:
                del namespace[key]
            if members:
                namespace["__members__"] = members
            deferred = {"defer_build": True, **keywords}
            shape = super().__new__(mcs, name, bases, namespace, **deferred)
            # only of the class itself: a TypeAdapter is built at once, as its caller expects
            shape.model_config.pop("defer_build")
            if "__pydantic_core_schema__" in vars(shape):
                # Pydantic's placeholder would hide the descriptor that ``Shape`` has.
                del shape.__pydantic_core_schema__
            return shape

        def __dir__(cls) -> list[str]:
            """List what a user calls: neither Pydantic's insides nor its deprecated methods."""
            return [
                name
                for name in super().__dir__()
                if (name in _SHOWN or not name.startswith("_")) and not _is_deprecated(cls, name)
            ]


def _is_deprecated(shape: type, name: str) -> bool:
    from inspect import getattr_static

    attribute = getattr_static(shape, name, None)
    return hasattr(getattr(attribute, "__func__", attribute), "__deprecated__")
