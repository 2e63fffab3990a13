"""The parts of a generated shape that the lower rooms of ``core`` use.

``Shape`` itself is defined above them, in ``core.shapes``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from typing_extensions import Self

if TYPE_CHECKING:
    from sagemaker_typed.core.schema import facts


class AnyShape(Protocol):
    """A structure, request or response of a generated package."""

    __members__: ClassVar[Mapping[str, facts.Member]]
    """The members by the names of their fields."""
    __documented_name__: ClassVar[str]
    """The name of the structure in the service model."""
    __page_name__: ClassVar[str]
    """The name of AWS's page about the shape; empty for details of an error."""
    __package_name__: ClassVar[str]
    """The generated package that the shape belongs to."""
    __union__: ClassVar[bool]
    """True for a union: exactly one member may be set."""
    __exactly_one__: ClassVar[tuple[str, ...]]
    """The documented names of members of which exactly one may be set."""
    __pydantic_complete__: ClassVar[bool]
    __pydantic_validator__: ClassVar[Any]
    __lenient_validator__: ClassVar[Any]

    def __init__(self, /, **members: Any) -> None: ...

    @classmethod
    def from_service(cls, body: Mapping[str, Any], /) -> Self:
        """Read a response leniently."""
        ...
