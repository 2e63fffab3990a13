"""Pydantic's ``BaseModel``, reduced to the methods that users of a shape call, for checkers.

With Pydantic's own source a checker takes 1.5 times as long, and an editor 0.2 seconds more for
each response. The other methods exist at run time.
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
        """The names of the fields that were set."""

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
        """Return a dictionary of the fields."""

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
        """Return JSON of the fields; the AWS command line takes that of ``to_json``."""

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
        """Return the JSON schema of the shape."""

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
        """Complete the model now; otherwise that happens on first use."""

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with these members replaced; names may be documented or Python's."""

    def __copy__(self) -> Self: ...
    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self: ...
    def __iter__(self) -> Generator[tuple[str, Any]]: ...
    @classmethod
    def __pydantic_init_subclass__(cls, **options: Any) -> None: ...
    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]: ...
