"""Reads the values of an enum, which is loaded with the first value."""

from __future__ import annotations

from pydantic_core import PydanticCustomError

from sagemaker_typed.core.schema.enums import OpenEnum
from sagemaker_typed.core.schema.lookup import find_enum


class EnumValues(dict[str, OpenEnum]):
    """The members of an enum by value; any other value becomes an unlisted instance.

    A dict, because pydantic-core looks a value up in one without a step of Python.
    """

    __slots__ = ("_enum", "_name", "_package")

    def __init__(self, package: str, name: str) -> None:
        super().__init__()
        self._package = package
        self._name = name
        self._enum: type[OpenEnum] | None = None

    def __missing__(self, value: str) -> OpenEnum:
        enum = self._enum or self._load()
        return enum.unlisted(value)

    def strict(self, value: object) -> OpenEnum:
        """The member for a listed string; an unlisted instance as it is."""
        if type(value) is str and (listed := self.get(value)) is not None:
            return listed
        enum = self._enum or self._load()
        if type(value) is enum:
            return value
        if isinstance(value, str):
            listed = self.get(value)
            if listed is not None:
                return listed
            if isinstance(value, OpenEnum):  # unlisted on purpose, from the enum of another service
                return enum.unlisted(value.value)
        raise PydanticCustomError(
            "enum",
            "Input should be a listed value of {enum}",
            {"enum": self._name},
        )

    def _load(self) -> type[OpenEnum]:
        enum = find_enum(self._package, self._name)
        self.update(enum._value2member_map_)  # reading `value` of each member is slower
        self._enum = enum
        return enum
