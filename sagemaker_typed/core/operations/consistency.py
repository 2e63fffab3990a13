"""Eventual consistency: a resource that was just created may not be visible everywhere yet.

CreateEndpoint reads the endpoint configuration that CreateEndpointConfig created a moment before,
and the service may report that it does not exist. ``prerequisite`` on a request names the resource
and the error that means "not visible yet".
"""

from __future__ import annotations

import contextlib
import functools
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from sagemaker_typed.core import logs
from sagemaker_typed.core.errors import AccessDeniedException, ServiceError
from sagemaker_typed.core.schema.lookup import find_shape

if TYPE_CHECKING:
    from tenacity import RetryCallState

    from sagemaker_typed.core.operations.effects import Caller, Sender
    from sagemaker_typed.core.schema.facts import Prerequisite
    from sagemaker_typed.core.shapes.shape import Request

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class ConsistencyPolicy:
    """Limits for retries while a resource is not visible yet.

    The pause between two attempts is random, with a limit that doubles from ``initial_backoff`` to
    ``max_backoff`` (full jitter). All times are in seconds.
    """

    attempts: int = 12
    """Number of "not visible yet" errors after which the error is raised."""

    total_time: float = 30.0
    """Longest time to retry, even if attempts are left."""

    initial_backoff: float = 0.5
    max_backoff: float = 5.0

    sleep: Callable[[float], object] = time.sleep
    """Tests replace this and ``clock`` so that nothing waits."""

    clock: Callable[[], float] = time.monotonic

    def __post_init__(self) -> None:
        if self.attempts < 1:
            raise ValueError(f"attempts is {self.attempts}, expected at least 1")
        for name in ("total_time", "initial_backoff", "max_backoff"):
            if not getattr(self, name) >= 0:
                raise ValueError(f"{name} is {getattr(self, name)}, expected 0 or more seconds")


async def send_when_visible(
    request: Request[T],
    prerequisite: Prerequisite,
    policy: ConsistencyPolicy,
    send: Sender,
    call: Caller,
) -> T:
    """Send a request that reads another resource, after that resource is visible.

    Describes the resource first, then sends the request, and retries either while the error is
    "not visible yet". Raises any other error at once, except that a caller without permission to
    describe skips that step.
    """
    import tenacity  # imported on first use: it is slow to import

    attempts = _Attempts(request, prerequisite, policy, send)
    retrying = tenacity.AsyncRetrying(
        sleep=functools.partial(call, policy.sleep),
        retry=tenacity.retry_if_exception(attempts.is_not_visible_yet),
        wait=attempts.pause,
        stop=attempts.are_over,
        reraise=True,
    )
    try:
        return await retrying(attempts.attempt)
    except ServiceError as error:
        if attempts.is_not_visible_yet(error):
            error.add_summary(attempts.summary())
        raise


class _Attempts(Generic[T]):
    """The attempts of one call."""

    def __init__(
        self,
        request: Request[T],
        prerequisite: Prerequisite,
        policy: ConsistencyPolicy,
        send: Sender,
    ) -> None:
        self._request = request
        self._prerequisite = prerequisite
        self._policy = policy
        self._send = send
        self._describe = _describe(request, prerequisite)
        self._visible = False
        self._describes = 0
        self._calls = 0
        self._started = policy.clock()

    async def attempt(self) -> T:
        if not self._visible:
            self._describes += 1
            # the call itself needs no permission to describe
            with contextlib.suppress(AccessDeniedException):
                await self._send(self._describe)
            self._visible = True
        self._calls += 1
        return await self._send(self._request)

    def is_not_visible_yet(self, error: BaseException) -> bool:
        return (
            isinstance(error, ServiceError)
            and error.code == self._prerequisite.code
            and error.message.startswith(self._prerequisite.message)
        )

    def pause(self, state: RetryCallState) -> float:
        import tenacity

        backoff = tenacity.wait_random_exponential(
            multiplier=self._policy.initial_backoff, max=self._policy.max_backoff
        )
        pause = min(backoff(state), max(0.0, self._left()))
        name = self._request.__operation__.name
        logs.consistency.debug("%s: not visible yet, next attempt in %.1f s", name, pause)
        return pause

    def are_over(self, state: RetryCallState) -> bool:
        return state.attempt_number >= self._policy.attempts or self._left() <= 0

    def _left(self) -> float:
        return self._policy.total_time - (self._policy.clock() - self._started)

    def summary(self) -> str:
        elapsed = self._policy.clock() - self._started
        return (
            f"[tried for {elapsed:.1f} s: {self._prerequisite.describe} "
            f"{_times(self._describes)}, {self._request.__operation__.name} "
            f"{_times(self._calls)}; a resource that is not visible yet and one that does not "
            f"exist cause the same error]"
        )


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _describe(request: Request[T], prerequisite: Prerequisite) -> Request[object]:
    """Build the request that describes the resource which ``request`` names."""
    describe = find_shape(request.__package_name__, f"{prerequisite.describe}Request")
    named = {prerequisite.member: request.to_boto().get(prerequisite.member)}
    return cast("Request[object]", describe(**named))
