"""Who sends a request, as those see it who send one several times."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from sagemaker_typed.core.shapes.shape import Request

T = TypeVar("T")


class Caller(Protocol):
    """Sends one request once."""

    def __call__(self, request: Request[T], /) -> T:
        """The answer to the request."""
        ...
