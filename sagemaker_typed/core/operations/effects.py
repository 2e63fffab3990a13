"""The effects of pages, waits, retries and deployments, and the driver of the synchronous client.

Their logic is written once, as coroutines that do no I/O: they await a ``Sender`` and a ``Caller``.
Those of the synchronous client never suspend, so ``run`` finishes a coroutine without an event
loop. The asynchronous client awaits the same coroutines.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from sagemaker_typed.core.shapes.shape import Request

T = TypeVar("T")


class Sender(Protocol):
    """Sends one request once, and returns its response."""

    async def __call__(self, request: Request[T], /) -> T:
        """Return the response, or raise the error of the service or of botocore."""
        ...


class Caller(Protocol):
    """Calls a function of a policy or of the user: to sleep, or to report a status."""

    async def __call__(self, function: Callable[..., object], /, *arguments: object) -> None:
        """Call the function, and wait for its end."""
        ...


def run(steps: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine that never suspends, and return its result."""
    try:
        steps.send(None)
    except StopIteration as end:
        result: T = end.value
        return result
    steps.close()
    raise RuntimeError("an effect of the synchronous client waited for an event loop")
