"""The callable that pages, waits and retries use to send a request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from sagemaker_typed.core.shapes.shape import Request

T = TypeVar("T")


class Sender(Protocol):
    """Sends one request once, and returns its response."""

    def __call__(self, request: Request[T], /) -> T:
        """Return the response, or raise the error of the service or of botocore."""
        ...
