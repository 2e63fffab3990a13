"""The base classes of every generated model."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from types import GenericAlias
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NoReturn, TypeAlias, TypeVar, cast

from pydantic import BaseModel, ConfigDict
from pydantic_core import SchemaValidator, ValidationError, from_json
from pydantic_core.core_schema import (
    ValidatorFunctionWrapHandler,
    no_info_wrap_validator_function,
)
from typing_extensions import Self

from sagemaker_typed.core.schema import facts
from sagemaker_typed.core.schema.lazy_docs import ClassDoc
from sagemaker_typed.core.schema.lookup import definition_name
from sagemaker_typed.core.schema.walk import field_of
from sagemaker_typed.core.shapes import reprs, serialize
from sagemaker_typed.core.shapes.created import observers
from sagemaker_typed.core.shapes.metaclass import ShapeType
from sagemaker_typed.core.validation import strict
from sagemaker_typed.core.validation.build import (
    constructor_validators,
    core_schema,
    lenient_validator,
    strict_validator,
)

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic_core import CoreSchema

    from sagemaker_typed.core.shapes.response_metadata import ResponseMetadata

ResponseT_co = TypeVar("ResponseT_co", covariant=True)
ItemT_co = TypeVar("ItemT_co", covariant=True)
_ShapeT = TypeVar("_ShapeT", bound="Shape")
_ResponseT = TypeVar("_ResponseT", bound="Response")

JsonValue: TypeAlias = (
    "str | int | float | bool | None | tuple[JsonValue, ...] | Mapping[str, JsonValue]"
)
"""A JSON value, frozen."""


class _ModelFields:
    """Descriptor of ``model_fields``, which are made on first use."""

    def __get__(self, _: object, owner: type[Shape]) -> dict[str, Any]:
        if not owner.__pydantic_fields__:
            from sagemaker_typed.core.shapes import pydantic_fields  # loads Pydantic's own types

            owner.__pydantic_fields__ = pydantic_fields.field_infos(owner)
        return owner.__pydantic_fields__


class _Signature:
    """Descriptor of the signature of a class, which is made on use."""

    def __get__(self, _: object, owner: type[Shape]) -> object:
        from sagemaker_typed.core.shapes import pydantic_fields

        return pydantic_fields.signature(owner)


class _CoreSchema:
    """Descriptor of the core schema of a class.

    It is not stored on the class: ``TypeAdapter`` would use it instead of
    ``__get_pydantic_core_schema__``, and show secrets in its errors.
    """

    def __get__(self, _: object, owner: type[Shape]) -> CoreSchema:
        schema: Any = {**core_schema(owner), **_described(owner)}
        return cast("CoreSchema", schema)


class Shape(BaseModel, metaclass=ShapeType):
    """A structure of the service: a deeply frozen Pydantic model.

    The constructor validates strictly: it checks every documented constraint and reports all
    errors together in a ``pydantic.ValidationError``. ``None`` means that a member is not set.
    Arguments may use the Python or the documented names of the fields.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        ignored_types=(_ModelFields, _Signature),
        protected_namespaces=(),
        ser_json_bytes="base64",
        validate_by_alias=True,
        validate_by_name=True,
    )

    if TYPE_CHECKING:
        __members__: ClassVar[Mapping[str, facts.Member]]
        __documented_name__: ClassVar[str]
        __page_name__: ClassVar[str]
        __package_name__: ClassVar[str]
        __union__: ClassVar[bool]
        __exactly_one__: ClassVar[tuple[str, ...]]
        __lenient_validator__: ClassVar[SchemaValidator]
    else:
        # without annotations, which Pydantic evaluates again for every class derived from here
        __members__ = {}
        __documented_name__ = ""
        __page_name__ = ""
        __package_name__ = ""
        __union__ = False
        __exactly_one__ = ()
        # descriptors that a checker would take for fields
        model_fields = _ModelFields()
        __signature__ = _Signature()

    def __init__(self, /, **members: Any) -> None:  # pyright: ignore[reportMissingSuperCall]
        """Check every member; a ``pydantic.ValidationError`` lists all errors."""
        try:
            constructor_validators[type(self)](members, self_instance=self)
        except ValidationError:
            pass  # strict validation accepts it after all, or reports the errors
        else:
            if len(self.__pydantic_fields_set__) == len(members):  # no unknown names
                return
        try:
            strict_validator(type(self)).validate_python(members, self_instance=self)
        except ValidationError as error:
            refusal = error
        else:
            return
        raise _explain(type(self), refusal)

    # pydantic-core need not call back for every nested shape
    vars(__init__)["__pydantic_base_init__"] = True

    def __init_subclass__(cls, **_: Any) -> None:
        super().__init_subclass__()

    @classmethod
    def __pydantic_init_subclass__(
        cls,
        *,
        shape: str | None = None,
        page: str | None = None,
        union: bool = False,
        exactly_one: tuple[str, ...] = (),
        **_: Any,
    ) -> None:
        if cls.__pydantic_fields__:
            raise TypeError(
                f"cannot add fields to {cls.__name__}: "
                "the members of a shape are defined by the service"
            )
        package, generated, _resource = cls.__module__.rpartition(".models.")
        if generated and not cls.__package_name__:  # a user's subclass inherits it
            cls.__documented_name__ = shape or cls.__name__
            cls.__page_name__ = cls.__documented_name__ if page is None else page
            cls.__package_name__ = package
            cls.__union__ = union
            if exactly_one:
                cls.__exactly_one__ = exactly_one
            setattr(cls, "__doc__", ClassDoc(cls.__doc__ or ""))  # noqa: B010  # no string, for a checker
        for observe in observers:
            observe(cls)

    @classmethod
    def from_boto(cls, mapping: Mapping[str, Any]) -> Self:
        """Build from boto3's keyword arguments: documented names, every constraint checked.

        Raises ``pydantic.ValidationError`` with all errors.
        """
        return cls._read_strictly(mapping)

    def to_boto(self) -> dict[str, Any]:
        """Return the keyword arguments for boto3: the set members under documented names."""
        return serialize.members(self)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Build from JSON as ``aws ... --cli-input-json`` takes it, every constraint checked.

        Bytes are base64. Raises ``pydantic.ValidationError`` with all errors, or with the line
        and column where the text is not JSON.
        """
        try:
            value = from_json(text, allow_inf_nan=True)
        except ValueError as error:
            reason = error
        else:
            return cls._read_strictly(value, context=strict.JSON_CONTEXT)
        from sagemaker_typed.core.validation import messages

        raise messages.invalid_json(cls, reason)

    def to_json(self, *, indent: int | None = None) -> str:
        """Write as JSON for ``aws ... --cli-input-json``."""
        return json.dumps(
            self.to_boto(), default=serialize.to_json_value, ensure_ascii=False, indent=indent
        )

    @classmethod
    def from_service(cls, body: bytes | str | Mapping[str, Any]) -> Self:
        """Read a response of the service: the bytes of its JSON, or the mapping that boto3 returns.

        No constraint is checked. An unknown member is left out, a missing member is ``None``, and
        an unlisted enum value is kept. Raises ``pydantic.ValidationError`` only if ``body`` is
        not JSON or not an object.
        """
        try:
            return _read_leniently(cls, body)
        except ValidationError as error:
            reason = error
        raise _explain(cls, reason)

    @classmethod
    def _read_strictly(cls, value: object, context: Mapping[str, Any] | None = None) -> Self:
        try:
            shape: Self = strict_validator(cls).validate_python(
                value, context=context, by_alias=True, by_name=False
            )
        except ValidationError as error:
            refusal = error
        else:
            return shape
        raise _explain(cls, refusal, documented=True)

    # --- Pydantic's methods ----------------------------------------------------------------------

    @classmethod
    def model_rebuild(cls, **_: Any) -> bool | None:
        """Complete the model now; otherwise that happens on first use."""
        _complete(cls)
        return True

    @classmethod
    def model_construct(cls, _fields_set: set[str] | None = None, **values: Any) -> Self:
        """Build without any check, as Pydantic documents."""
        _complete(cls)
        return super().model_construct(_fields_set, **values)

    @classmethod
    def model_validate(cls, obj: Any, **options: Any) -> Self:
        """Validate strictly; names may be documented or Python's."""
        try:
            return super().model_validate(obj, **options)
        except ValidationError as error:
            refusal = error
        raise _explain(cls, refusal)

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        """Validate JSON strictly; names may be documented or Python's."""
        try:
            return super().model_validate_json(json_data, **options)
        except ValidationError as error:
            refusal = error
        raise _explain(cls, refusal)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with some members replaced; they are checked as in the constructor.

        Names may be documented or Python's.
        """
        copied = super().model_copy(deep=deep)
        if not update:
            return copied
        members = dict(copied.__dict__)
        for name, value in update.items():
            field = field_of(type(self), name)
            if field is not None and field not in update:
                members[field] = value
            else:
                members[name] = value
        return type(self)(**members)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any, /) -> CoreSchema:
        schema: Any = core_schema(cls)
        if schema["type"] == "definitions":
            definitions: Any = {**schema, "schema": _explained(cls, schema["schema"])}
            return cast("CoreSchema", definitions)
        return _explained(cls, schema)

    # --- a value --------------------------------------------------------------------------------

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((type(self), *(self.__dict__.get(name) for name in self.__members__)))

    def __dir__(self) -> list[str]:
        return sorted({*dir(type(self)), *self.__members__})

    if not TYPE_CHECKING:  # a checker would allow an assignment to any name

        def __setattr__(self, name: str, value: object) -> NoReturn:
            raise self._frozen(name)

        def __delattr__(self, name: str) -> NoReturn:
            raise self._frozen(name)

    def _frozen(self, name: str) -> ValidationError:
        return ValidationError.from_exception_data(
            type(self).__name__,
            [{"type": "frozen_instance", "loc": (name,), "input": "..."}],
        )

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        from sagemaker_typed.core.validation import messages

        for name, member in self.__members__.items():
            value = self.__dict__.get(name)
            if value is not None:
                yield name, messages.SECRET if member.sensitive else value

    def __repr__(self) -> str:
        return reprs.format_shape(self)

    def __str__(self) -> str:
        return repr(self)

    def _repr_html_(self) -> str:
        """Return the table that a notebook shows."""
        from sagemaker_typed.core.shapes import html

        return html.table(self)


setattr(Shape, "__pydantic_core_schema__", _CoreSchema())  # noqa: B010  # no schema, for a checker


def _complete(shape: type[Shape]) -> None:
    from sagemaker_typed.core.shapes import pydantic_fields  # loads Pydantic's own types

    pydantic_fields.complete(shape)


def _read_leniently(shape: type[_ShapeT], body: bytes | str | Mapping[str, Any]) -> _ShapeT:
    validator = lenient_validator(shape)
    value: _ShapeT
    if isinstance(body, (bytes, str)):
        try:
            value = validator.validate_json(body or b"{}")
        except ValidationError as error:
            refusal = error
        else:
            return value
        # boto3 reads half a surrogate pair and deep nesting, which pydantic-core refuses
        try:
            body = json.loads(body if isinstance(body, str) else body.decode())
        except (ValueError, RecursionError):
            raise refusal from None
    value = validator.validate_python(body)
    return value


def _explain(
    shape: type[Shape], error: ValidationError, *, documented: bool = False
) -> ValidationError:
    from sagemaker_typed.core.validation import messages  # only an error needs it

    return messages.explain(shape, error, documented=documented)


def _explained(shape: type[Shape], schema: CoreSchema) -> CoreSchema:
    """Return the schema for use in other models.

    Its errors hide secrets, as a shape's own do. Its JSON schema comes from the facts.
    """

    def check(value: object, read: ValidatorFunctionWrapHandler) -> object:
        try:
            return read(value)
        except ValidationError as error:
            refusal = error
        raise _explain(shape, refusal)

    check.__name__ = shape.__name__  # the title of the error shows it
    return no_info_wrap_validator_function(check, schema, **_described(shape))


def _described(shape: type[Shape]) -> dict[str, Any]:
    """Return the parts of a core schema that make its JSON schema a definition."""

    def describe(_: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        from sagemaker_typed.core.schema import json_schema  # few programs need it

        return json_schema.of_shape(shape, handler)

    return {"ref": definition_name(shape), "metadata": {"pydantic_js_functions": [describe]}}


class Request(Shape, Generic[ResponseT_co]):
    """A request as a value that knows the type of its response."""

    if TYPE_CHECKING:
        __operation__: ClassVar[facts.Operation]

    @classmethod
    def __pydantic_init_subclass__(
        cls,
        *,
        operation: str = "",
        method: str = "",
        response: str | None = None,
        errors: tuple[str, ...] = (),
        pagination: facts.Pagination | None = None,
        prerequisite: facts.Prerequisite | None = None,
        **others: Any,
    ) -> None:
        super().__pydantic_init_subclass__(page=operation, **others)
        if operation:
            cls.__operation__ = facts.Operation(
                operation,
                method,
                response=response,
                errors=errors,
                pagination=pagination,
                prerequisite=prerequisite,
            )

    def __class_getitem__(cls, parameters: Any) -> Any:
        # for typing only: Pydantic would create a model for every parameter
        return GenericAlias(cls, parameters)


class PaginatedRequest(Request[ResponseT_co], Generic[ResponseT_co, ItemT_co]):
    """A request whose response is a page of items."""


class Response(Shape):
    """A response of the service, with the metadata of the call."""

    @property
    def response_metadata(self) -> ResponseMetadata:
        """The request id and HTTP data of the call; empty if there was no call."""
        from sagemaker_typed.core.shapes.response_metadata import ResponseMetadata  # rarely used

        metadata: ResponseMetadata | dict[str, Any] | None
        metadata = (self.__pydantic_private__ or {}).get("response_metadata")
        if isinstance(metadata, dict):  # read on first use
            return ResponseMetadata.from_boto(metadata)
        return metadata or ResponseMetadata()

    @classmethod
    def from_service(cls, body: bytes | str | Mapping[str, Any]) -> Self:
        """Read a response; boto3's ``ResponseMetadata`` becomes ``response_metadata``."""
        response = super().from_service(body)
        if isinstance(body, Mapping) and "ResponseMetadata" in body:
            from sagemaker_typed.core.shapes.response_metadata import ResponseMetadata

            return with_metadata(response, ResponseMetadata.from_boto(body["ResponseMetadata"]))
        return response


def read_response(shape: type[_ResponseT], body: bytes, parsed: Mapping[str, Any]) -> _ResponseT:
    """Read the body of a response, with the metadata of the call that boto3 parsed.

    An empty body is an empty response, and an error if the response has a required member.
    """
    if not body and has_required_members(shape):
        from sagemaker_typed.core.validation import messages  # only an error needs it

        raise messages.invalid_json(shape, ValueError("the body is empty"))
    response = _read_leniently(shape, body)
    private = {"response_metadata": parsed.get("ResponseMetadata", {})}
    object.__setattr__(response, "__pydantic_private__", private)
    return response


def has_required_members(response: type[Response]) -> bool:
    """Return whether the service documents that some member is always present."""
    return any(member.required for member in response.__members__.values())


def with_metadata(response: _ResponseT, metadata: ResponseMetadata) -> _ResponseT:
    """Return the same response with other metadata, which equality ignores."""
    copied = response.__copy__()
    object.__setattr__(copied, "__pydantic_private__", {"response_metadata": metadata})
    return copied
