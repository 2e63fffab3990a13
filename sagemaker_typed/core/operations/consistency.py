"""Eventual consistency: a resource that was just created may not be visible everywhere yet.

CreateEndpoint reads the endpoint configuration that CreateEndpointConfig created a moment before,
and the service may report that it does not exist. ``prerequisite`` on a request names the resource
and the error that means "not visible yet". ``core/operations/visibility.py`` knows the errors of
other operations, and those about roles.
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
from sagemaker_typed.core.operations.visibility import unseen
from sagemaker_typed.core.schema.lookup import find_shape

if TYPE_CHECKING:
    from tenacity import RetryCallState

    from sagemaker_typed.core.operations.effects import Caller, Sender
    from sagemaker_typed.core.operations.visibility import Unseen
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

    roles: bool = True
    """Retries too if the service cannot assume the role; IAM shows a new role some seconds late."""

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
    service: str,
    policy: ConsistencyPolicy,
    send: Sender,
    call: Caller,
    error: Exception | None = None,
) -> T:
    """Send a request that names other resources, after they are visible.

    With a prerequisite, describes that resource first. Retries while an error may mean "not visible
    yet". Raises any other error at once, except that a caller without permission to describe skips
    that step. ``error`` is the error of a first attempt that was made already.
    """
    attempts = _Attempts(request, service, policy, send, error)
    if error is not None and not attempts.is_not_visible_yet(error):
        raise error
    import tenacity  # imported on first use: it is slow to import

    retrying = tenacity.AsyncRetrying(
        sleep=functools.partial(call, policy.sleep),
        retry=tenacity.retry_if_exception(attempts.is_not_visible_yet),
        wait=attempts.pause,
        stop=attempts.are_over,
        reraise=True,
    )
    try:
        return await retrying(attempts.attempt)
    except ServiceError as last:
        if attempts.is_not_visible_yet(last):
            last.add_summary(attempts.summary())
        raise


class _Attempts(Generic[T]):
    """The attempts of one call."""

    def __init__(
        self,
        request: Request[T],
        service: str,
        policy: ConsistencyPolicy,
        send: Sender,
        error: Exception | None,
    ) -> None:
        self._request = request
        self._service = service
        self._prerequisite = request.__operation__.prerequisite
        self._policy = policy
        self._send = send
        self._first_error = error
        self._is_visible = self._prerequisite is None
        self._unseen: Unseen | None = None
        self._describes = 0
        self._calls = 0
        self._started = policy.clock()

    async def attempt(self) -> T:
        if self._prerequisite is not None and not self._is_visible:
            self._describes += 1
            # the call itself needs no permission to describe
            with contextlib.suppress(AccessDeniedException):
                await self._send(_describe(self._request, self._prerequisite))
            self._is_visible = True
        self._calls += 1
        if self._first_error is not None:
            error, self._first_error = self._first_error, None
            raise error
        return await self._send(self._request)

    def is_not_visible_yet(self, error: BaseException) -> bool:
        if not isinstance(error, ServiceError):
            return False
        required = self._prerequisite
        if required and error.code == required.code and error.message.startswith(required.message):
            self._unseen = "resource"
            return True
        self._unseen = unseen(self._service, self._request.__operation__.name, error)
        return self._unseen == "resource" or (self._unseen == "role" and self._policy.roles)

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
        calls = f"{self._request.__operation__.name} {_times(self._calls)}"
        if self._prerequisite is not None:
            calls = f"{self._prerequisite.describe} {_times(self._describes)}, {calls}"
        missing = "cannot be assumed" if self._unseen == "role" else "does not exist"
        return (
            f"[tried for {elapsed:.1f} s: {calls}; a {self._unseen} that is not visible yet and one"
            f" that {missing} cause the same error]"
        )


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _describe(request: Request[T], prerequisite: Prerequisite) -> Request[object]:
    """Build the request that describes the resource which ``request`` names."""
    describe = find_shape(request.__package_name__, f"{prerequisite.describe}Request")
    named = {prerequisite.member: request.to_boto().get(prerequisite.member)}
    return cast("Request[object]", describe(**named))
