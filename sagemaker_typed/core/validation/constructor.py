"""The constructor's validator, a quick subset of strict validation.

It checks one shape only: nested shapes were checked by their own constructors. So it loads no shape
that a program does not use, and it is built quickly. Strict validation accepts every value that
this validator accepts. If this validator refuses a value, the constructor asks strict validation,
which accepts the value or reports the errors. Unknown names are ignored; the caller compares the
number of fields set to detect them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from pydantic_core import CoreSchema
from pydantic_core import core_schema as cs
from typing_extensions import override

from sagemaker_typed.core.schema import facts
from sagemaker_typed.core.schema.enum_values import EnumValues
from sagemaker_typed.core.schema.frozen import FrozenMap
from sagemaker_typed.core.schema.lookup import find_shape, loaded_shape
from sagemaker_typed.core.schema.patterns import is_quickly_compiled, whole
from sagemaker_typed.core.validation import strict

if TYPE_CHECKING:
    from pydantic_core import SchemaValidator

    from sagemaker_typed.core.schema.enums import OpenEnum
    from sagemaker_typed.core.schema.protocols import AnyShape

StrictValidator: TypeAlias = "Callable[[type[AnyShape]], SchemaValidator]"


def schema(shape: type[AnyShape], strict_validator: StrictValidator) -> CoreSchema:
    """Return the schema of the constructor's validator for a shape."""
    package = shape.__package_name__

    def kind(kind_: facts.Kind) -> CoreSchema:
        # only list and dict; strict validation handles other sequences and mappings
        if isinstance(kind_, facts.List):
            items = cs.list_schema(
                kind(kind_.item), min_length=kind_.min, max_length=kind_.max, strict=True
            )
            return cs.no_info_after_validator_function(tuple, items)
        if isinstance(kind_, facts.Map):
            key, value = kind(kind_.key), kind(kind_.value)
            pairs = cs.dict_schema(
                key, value, min_length=kind_.min, max_length=kind_.max, strict=True
            )
            return cs.no_info_after_validator_function(FrozenMap, pairs)
        if isinstance(kind_, facts.Structure):
            place = _Place(package, kind_.name, strict_validator)
            check = cs.no_info_plain_validator_function(place.check)
            loaded = loaded_shape(package, kind_.name)
            if loaded is None:
                return check
            # usually, the nested shape exists before the outer one
            return cs.union_schema([cs.is_instance_schema(loaded), check], mode="left_to_right")
        if isinstance(kind_, facts.Enum):
            listed = _Listed(package, kind_.name)
            return cs.no_info_after_validator_function(
                listed.__getitem__, cs.str_schema(strict=True)
            )
        if (
            isinstance(kind_, facts.String)
            and kind_.pattern is not None
            and is_quickly_compiled(kind_.pattern, kind_.engine)
        ):
            return cs.str_schema(
                strict=True,
                min_length=kind_.min,
                max_length=kind_.max,
                pattern=whole(kind_.pattern),
            )
        return strict.scalar(kind_, package)

    return strict.of_members(shape, kind, quick=True)


class _Listed(EnumValues):
    """The members of an enum by value, so that a listed value is found without Python code."""

    __slots__ = ()

    @override
    def __missing__(self, value: str) -> OpenEnum:
        return self.strict(value)


class _Place:
    """A place for a nested shape: it accepts an instance, or validates the value strictly."""

    __slots__ = ("_name", "_package", "_shape", "_strict_validator")

    def __init__(self, package: str, name: str, strict_validator: StrictValidator) -> None:
        self._package = package
        self._name = name
        self._strict_validator = strict_validator
        self._shape: type[AnyShape] | None = None

    def check(self, value: object) -> object:
        shape = self._shape
        if shape is None:
            shape = self._shape = find_shape(self._package, self._name)
        if isinstance(value, shape):
            return value
        return self._strict_validator(shape).validate_python(value)
