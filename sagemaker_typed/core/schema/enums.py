"""Enums that accept unlisted values from the service."""

from __future__ import annotations

from enum import Enum, EnumMeta
from typing import TYPE_CHECKING, Any, cast

from typing_extensions import Self

from sagemaker_typed.core.schema.lazy_docs import OF_A_CLASS, ClassDoc
from sagemaker_typed.core.suggest import listed_or_near

_OF_EVERY_ENUM = ("__class__", "__doc__", "__members__", "__module__")

if TYPE_CHECKING:
    OpenEnumType = EnumMeta
else:

    class OpenEnumType(EnumMeta):  # noqa: D101  # its docstring is that of its classes
        __doc__ = OF_A_CLASS

        def __dir__(cls) -> list[str]:
            """List the values and the methods of an open enum, not all that a string can do."""
            own = (base for base in cls.__mro__ if issubclass(base, Enum) and base is not Enum)
            public = {name for base in own for name in vars(base) if not name.startswith("_")}
            return sorted({*_OF_EVERY_ENUM, *cls.__members__, *public})


class OpenEnum(str, Enum, metaclass=OpenEnumType):
    """A documented set of strings that may grow after this package was released.

    Members are strings. ``Status("Nope")`` raises ``ValueError``. A value in a response that is
    newer than the package becomes an unlisted instance; ``unlisted`` creates such an instance.
    """

    if TYPE_CHECKING:  # for mypy, the value of a narrowed member would be Any

        @property
        def value(self) -> str:
            """The string."""
            return str(self)

    def __init_subclass__(cls, **others: Any) -> None:
        super().__init_subclass__(**others)
        setattr(cls, "__doc__", ClassDoc(cls.__doc__ or ""))  # noqa: B010  # no string, for a checker

    @classmethod
    def unlisted(cls, value: str) -> Self:
        """Return an instance for a value that this package does not list, or the listed member."""
        listed = cls._value2member_map_.get(value)
        if listed is not None:
            return cast("Self", listed)  # the map holds this class's members
        instance = str.__new__(cls, value)
        instance._name_ = value
        instance._value_ = value
        return instance

    @property
    def is_listed(self) -> bool:
        """True if this package lists the value."""
        return self._value_ in type(self)._value2member_map_

    @classmethod
    def _missing_(cls, value: object) -> Any:
        hint = listed_or_near(value, cls._value2member_map_)
        raise ValueError(f"{value!r} is not a listed {cls.__name__}{hint}")

    def __str__(self) -> str:
        return str.__str__(self)

    def __format__(self, spec: str) -> str:
        return str.__format__(self, spec)

    def __repr__(self) -> str:
        if self.is_listed:
            return f"{type(self).__name__}.{self._name_}"
        return f"{type(self).__name__}.unlisted({self._value_!r})"

    # Enum hashes a member's name and a string its value; equal objects need equal hashes.
    __hash__ = str.__hash__

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce_ex__(self, protocol: object) -> tuple[Any, ...]:
        return type(self).unlisted, (self._value_,)
