"""The base classes of every generated model, for checkers.

A checker of a user's program reads this file, and not what the runtime imports.
"""

from collections.abc import Mapping
from typing import Any, ClassVar, Generic, TypeAlias, TypeVar

from pydantic import BaseModel
from typing_extensions import Self

from sagemaker_typed.core.schema import facts
from sagemaker_typed.core.shapes.metaclass import ShapeType
from sagemaker_typed.core.shapes.response_metadata import ResponseMetadata

ResponseT_co = TypeVar("ResponseT_co", covariant=True)
ItemT_co = TypeVar("ItemT_co", covariant=True)

JsonValue: TypeAlias = (
    str | int | float | bool | None | tuple[JsonValue, ...] | Mapping[str, JsonValue]
)
"""A JSON value, frozen."""

class Shape(BaseModel, metaclass=ShapeType):
    """A structure of the service: a deeply frozen Pydantic model.

    The constructor validates strictly: it checks every documented constraint and reports all
    errors together in a ``pydantic.ValidationError``. ``None`` means that a member is not set.
    Arguments may use the Python or the documented names of the fields.
    """

    __members__: ClassVar[Mapping[str, facts.Member]]
    __documented_name__: ClassVar[str]
    __page_name__: ClassVar[str]
    __package_name__: ClassVar[str]
    __union__: ClassVar[bool]
    __exactly_one__: ClassVar[tuple[str, ...]]
    __lenient_validator__: ClassVar[Any]

    def __init__(self, /, **members: Any) -> None: ...
    @classmethod
    def from_boto(cls, mapping: Mapping[str, Any]) -> Self:
        """Build from boto3's keyword arguments: documented names, every constraint checked.

        Raises ``pydantic.ValidationError`` with all errors.
        """

    def to_boto(self) -> dict[str, Any]:
        """Return the keyword arguments for boto3: the set members under documented names."""

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Build from JSON as ``aws ... --cli-input-json`` takes it, every constraint checked.

        Bytes are base64. Raises ``pydantic.ValidationError`` with all errors, or with the line
        and column where the text is not JSON.
        """

    def to_json(self, *, indent: int | None = None) -> str:
        """Write as JSON for ``aws ... --cli-input-json``."""

    @classmethod
    def from_service(cls, body: bytes | str | Mapping[str, Any]) -> Self:
        """Read a response of the service: the bytes of its JSON, or the mapping that boto3 returns.

        No constraint is checked. An unknown member is left out, a missing member is ``None``, and
        an unlisted enum value is kept. Raises ``pydantic.ValidationError`` only if ``body`` is
        not JSON or not an object.
        """

    def __hash__(self) -> int: ...

class Request(Shape, Generic[ResponseT_co]):
    """A request as a value that knows the type of its response."""

    __operation__: ClassVar[facts.Operation]

class PaginatedRequest(Request[ResponseT_co], Generic[ResponseT_co, ItemT_co]):
    """A request whose response is a page of items."""

class Response(Shape):
    """A response of the service, with the metadata of the call."""

    @property
    def response_metadata(self) -> ResponseMetadata:
        """The request id and HTTP data of the call; empty if there was no call."""

    @classmethod
    def from_service(cls, body: bytes | str | Mapping[str, Any]) -> Self:
        """Read a response; boto3's ``ResponseMetadata`` becomes ``response_metadata``."""

_ResponseT = TypeVar("_ResponseT", bound=Response)

def read_response(
    shape: type[_ResponseT], body: bytes, parsed: Mapping[str, Any]
) -> _ResponseT: ...
def has_required_members(response: type[Response]) -> bool: ...
def with_metadata(response: _ResponseT, metadata: ResponseMetadata) -> _ResponseT: ...
