"""Pydantic's ``BaseModel`` as a person who uses a shape needs it, for checkers.

A checker that reads Pydantic's own source for it takes half as long again over a program, and an
editor a fifth of a second longer over every answer. What is left out here is there at run time.
"""

from collections.abc import Callable, Generator, Iterator, Mapping
from typing import Any, ClassVar, Literal

from pydantic_core import CoreSchema, SchemaSerializer
from typing_extensions import Self

def ConfigDict(**options: Any) -> Any:
    """Pydantic's configuration of a model."""

class BaseModel:
    """A Pydantic model: https://docs.pydantic.dev/latest/api/base_model/."""

    model_config: ClassVar[Any]
    model_fields: ClassVar[Any]
    """Pydantic's ``FieldInfo`` of every field, by name."""

    __pydantic_complete__: ClassVar[bool]
    __pydantic_core_schema__: ClassVar[CoreSchema]
    __pydantic_fields__: ClassVar[dict[str, Any]]
    __pydantic_serializer__: ClassVar[SchemaSerializer]
    __pydantic_validator__: ClassVar[Any]  # a SchemaValidator, once there is one
    __pydantic_fields_set__: set[str]
    __pydantic_private__: dict[str, Any] | None

    @property
    def model_fields_set(self) -> set[str]:
        """The names of the fields that were given."""

    def model_dump(
        self,
        *,
        mode: str = "python",
        include: Any = None,
        exclude: Any = None,
        context: Any = None,
        by_alias: bool | None = None,
        exclude_unset: bool = False,
        exclude_defaults: bool = False,
        exclude_none: bool = False,
        exclude_computed_fields: bool = False,
        round_trip: bool = False,
        warnings: bool | Literal["none", "warn", "error"] = True,
        fallback: Callable[[Any], Any] | None = None,
        serialize_as_any: bool = False,
        polymorphic_serialization: bool | None = None,
    ) -> dict[str, Any]:
        """A dictionary of the fields."""

    def model_dump_json(
        self,
        *,
        indent: int | None = None,
        ensure_ascii: bool = False,
        include: Any = None,
        exclude: Any = None,
        context: Any = None,
        by_alias: bool | None = None,
        exclude_unset: bool = False,
        exclude_defaults: bool = False,
        exclude_none: bool = False,
        exclude_computed_fields: bool = False,
        round_trip: bool = False,
        warnings: bool | Literal["none", "warn", "error"] = True,
        fallback: Callable[[Any], Any] | None = None,
        serialize_as_any: bool = False,
        polymorphic_serialization: bool | None = None,
    ) -> str:
        """JSON of the fields; ``to_json`` is what the AWS command line takes."""

    @classmethod
    def model_json_schema(
        cls,
        by_alias: bool | None = None,
        ref_template: str = ...,
        schema_generator: type[Any] = ...,
        mode: Literal["serialization", "validation"] = "validation",
        *,
        union_format: Literal["any_of", "primitive_type_array"] = "any_of",
    ) -> dict[str, Any]:
        """The JSON schema of the shape."""

    @classmethod
    def model_construct(cls, _fields_set: set[str] | None = None, **values: Any) -> Self:
        """Build without any check."""

    @classmethod
    def model_validate(cls, obj: Any, **options: Any) -> Self:
        """Build from a mapping; names may be documented or Python's."""

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        """Build from JSON; names may be documented or Python's."""

    @classmethod
    def model_validate_strings(cls, obj: Any, **options: Any) -> Self:
        """Build from a mapping of strings."""

    @classmethod
    def model_rebuild(cls, **options: Any) -> bool | None:
        """Finish the model now; it happens by itself when it is needed."""

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy, with these members replaced."""

    def __copy__(self) -> Self: ...
    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self: ...
    def __iter__(self) -> Generator[tuple[str, Any]]: ...
    @classmethod
    def __pydantic_init_subclass__(cls, **options: Any) -> None: ...
    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]: ...
