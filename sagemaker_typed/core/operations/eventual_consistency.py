"""Waiting out the moment in which one part of the service does not see another's resource yet.

CreateEndpoint reads an endpoint configuration that CreateEndpointConfig has just made, and may be
told that there is none. Which operations have this trouble, and which answer means it, is said by
``prerequisite`` of their requests.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from sagemaker_typed.core import logs
from sagemaker_typed.core.errors import AccessDeniedException, ServiceError
from sagemaker_typed.core.schema.lookup import find_shape

if TYPE_CHECKING:
    from tenacity import RetryCallState

    from sagemaker_typed.core.operations.consistency import ConsistencyPolicy
    from sagemaker_typed.core.operations.sender import Caller
    from sagemaker_typed.core.schema.facts import Prerequisite
    from sagemaker_typed.core.shapes.shape import Request

T = TypeVar("T")


def call(
    request: Request[T], prerequisite: Prerequisite, policy: ConsistencyPolicy, send: Caller
) -> T:
    """Send a request that reads another resource, once that resource is visible.

    Describes the resource first, then sends the request; either is repeated while its answer is
    "not visible yet". Any other answer is final at once, except that a caller who may not
    describe goes on without.
    """
    import tenacity  # only here, and it is not quick to import

    visit = _Visit(request, prerequisite, policy, send)
    retrying = tenacity.Retrying(
        sleep=policy.sleep,
        retry=tenacity.retry_if_exception(visit.is_not_visible_yet),
        wait=visit.pause,
        stop=visit.is_over,
        reraise=True,
    )
    try:
        return retrying(visit.attempt)
    except ServiceError as error:
        if visit.is_not_visible_yet(error):
            error.tried = visit.summary()
        raise


class _Visit(Generic[T]):
    """One call's attempts."""

    def __init__(
        self,
        request: Request[T],
        prerequisite: Prerequisite,
        policy: ConsistencyPolicy,
        send: Caller,
    ) -> None:
        self._request = request
        self._prerequisite = prerequisite
        self._policy = policy
        self._send = send
        self._describe = _describe(request, prerequisite)
        self._seen = False
        self._describes = 0
        self._calls = 0
        self._started = policy.clock()

    def attempt(self) -> T:
        if not self._seen:
            self._describes += 1
            # describing is a courtesy, and a caller may be allowed the call alone
            with contextlib.suppress(AccessDeniedException):
                self._send(self._describe)
            self._seen = True
        self._calls += 1
        return self._send(self._request)

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
        logs.consistency.debug("%s: not visible yet, again in %.1f s", name, pause)
        return pause

    def is_over(self, state: RetryCallState) -> bool:
        return state.attempt_number >= self._policy.attempts or self._left() <= 0

    def _left(self) -> float:
        return self._policy.total_time - (self._policy.clock() - self._started)

    def summary(self) -> str:
        elapsed = self._policy.clock() - self._started
        return (
            f"[tried for {elapsed:.1f} s: {self._prerequisite.describe} {_times(self._describes)}, "
            f"{self._request.__operation__.name} {_times(self._calls)}; a resource that was made "
            f"a moment ago and one that never existed look alike]"
        )


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _describe(request: Request[T], prerequisite: Prerequisite) -> Request[object]:
    """The request that shows the resource which ``request`` names."""
    field = next(
        name
        for name, member in request.__members__.items()
        if member.documented == prerequisite.member
    )
    describe = find_shape(request.__package_name__, f"{prerequisite.describe}Request")
    return cast("Request[object]", describe(**{prerequisite.member: getattr(request, field)}))
