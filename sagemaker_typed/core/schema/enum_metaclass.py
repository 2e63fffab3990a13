"""The metaclass of open enums: it lists strings without asking each what kind of member it is.

Python's own takes any value, aliases, descriptors and methods, one name at a time. Instance types
alone are hundreds of strings, and a first answer may bring three enums of them.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from enum import Enum, EnumMeta
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from sagemaker_typed.core.schema.lazy_docs import OF_A_CLASS

_KNOWN = (3, 13)
"""The newest Python whose enums are made as here; a newer one makes them itself."""

IS_KNOWN = sys.version_info[:2] <= _KNOWN

_IS_ORDERED = sys.version_info >= (3, 11)

_OF_EVERY_ENUM = ("__class__", "__doc__", "__members__", "__module__")


class _Body(dict[str, Any]):
    """What stands in the body of a class."""

    @override
    def __setitem__(self, name: str, value: object) -> None:
        if name in self and not name.startswith("_"):
            raise TypeError(f"{name!r} already defined as {self[name]!r}")
        super().__setitem__(name, value)


if TYPE_CHECKING:
    OpenEnumType = EnumMeta
else:

    class OpenEnumType(EnumMeta):  # noqa: D101  # its docstring is its classes'
        # what a person is shown of an enum: its values, and not all that a string can do
        __doc__ = OF_A_CLASS

        @classmethod
        def __prepare__(cls, name: str, bases: tuple[type, ...], **_: Any) -> _Body:
            """Take the body of a class as it comes."""
            return _Body()

        def __new__(
            metacls, name: str, bases: tuple[type, ...], body: Mapping[str, Any], **keywords: Any
        ) -> type:
            """Make an enum: of strings at once, of anything else as Python does."""
            listed = _strings(body) if IS_KNOWN and _is_open_enum(bases) else {}
            namespace = super().__prepare__(name, bases, **keywords)
            for key, value in body.items():
                if key not in listed:
                    namespace[key] = value
            enum = super().__new__(metacls, name, bases, namespace, **keywords)
            _list(enum, listed)
            return enum

        def __dir__(cls) -> list[str]:
            own = (base for base in cls.__mro__ if issubclass(base, Enum) and base is not Enum)
            public = {name for base in own for name in vars(base) if not name.startswith("_")}
            return sorted({*_OF_EVERY_ENUM, *cls.__members__, *public})


def _is_open_enum(bases: tuple[type, ...]) -> bool:
    return len(bases) == 1 and bases[0].__bases__ == (str, Enum)


def _strings(body: Mapping[str, Any]) -> dict[str, str]:
    """The members, where each is a string of its own and nothing else stands in the body."""
    listed = {name: value for name, value in body.items() if name.isupper()}
    if (
        all(type(value) is str for value in listed.values())
        and len(set(listed.values())) == len(listed)
        and all(name in listed or name.startswith("__") for name in body)
    ):
        return listed
    return {}


def _list(enum: Any, listed: Mapping[str, str]) -> None:
    names, by_name, by_value = enum._member_names_, enum._member_map_, enum._value2member_map_
    for name, value in listed.items():
        member = str.__new__(enum, value)
        member._value_ = value
        member._name_ = name
        member.__objclass__ = enum
        if _IS_ORDERED:
            member._sort_order_ = len(names)
        names.append(name)
        by_name[name] = by_value[value] = member
        type.__setattr__(enum, name, member)
