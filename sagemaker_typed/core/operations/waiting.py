"""Waits: describes a resource until it reaches a goal, or cannot reach it any more."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar, cast

from botocore.exceptions import ConnectionError as NoConnection
from botocore.exceptions import HTTPClientError, WaiterError
from botocore.parsers import ResponseParserError

from sagemaker_typed.core import logs
from sagemaker_typed.core.errors import ServiceError
from sagemaker_typed.core.operations.error_meanings import says_not_found
from sagemaker_typed.core.operations.related_requests import describing_request
from sagemaker_typed.core.operations.statuses import is_rollback, statuses

if TYPE_CHECKING:
    from sagemaker_typed.core.errors import Difference
    from sagemaker_typed.core.operations.effects import Caller, Sender
    from sagemaker_typed.core.operations.goals import Goal
    from sagemaker_typed.core.operations.log_lines import LogLine
    from sagemaker_typed.core.operations.statuses import State
    from sagemaker_typed.core.shapes.shape import Request, Shape

# the last two mean a response that boto3 cannot read
_NO_RESPONSE = (HTTPClientError, NoConnection, ResponseParserError, UnicodeDecodeError)

ResponseT = TypeVar("ResponseT")
ResponseT_co = TypeVar("ResponseT_co", covariant=True)


@dataclass(frozen=True, kw_only=True)
class WaitPolicy:
    """Timeout, poll interval, backoff and the number of errors to tolerate; times are in seconds.

    The first pause between two polls is ``first_poll``. Each is longer than the one before by the
    factor ``backoff``, up to ``poll``, and then shortened by a random part of up to ``jitter``.
    """

    timeout: float = 86_400.0
    """Longest time to wait; ``math.inf`` for no limit."""

    poll: float = 30.0
    """Longest pause between two polls; a ``Retry-After`` header cannot extend it."""

    first_poll: float = 1.0
    backoff: float = 1.5
    jitter: float = 0.25

    window: float = 30.0
    """Time in which a missing resource or an old status may be a stale read."""

    faults: int = 5
    """Number of consecutive failed polls to tolerate.

    Connection errors, server errors and unreadable responses count. Throttling does not: it is
    tolerated until the timeout.
    """

    sleep: Callable[[float], object] = time.sleep
    """Tests replace this, ``clock`` and ``random`` so that nothing waits."""

    clock: Callable[[], float] = time.monotonic
    random: Callable[[], float] = random.random

    def __post_init__(self) -> None:
        for name in ("timeout", "poll", "first_poll", "window", "faults"):
            if not getattr(self, name) >= 0:
                raise ValueError(f"{name} is {getattr(self, name)}, expected 0 or more")
        if not self.backoff >= 1:
            raise ValueError(f"backoff is {self.backoff}, expected a factor of 1 or more")
        if not 0 <= self.jitter <= 1:
            raise ValueError(f"jitter is {self.jitter}, expected a fraction between 0 and 1")

    def replace(self, *, timeout: float | None = None, poll: float | None = None) -> WaitPolicy:
        """Return the policy with another timeout or poll interval; ``None`` changes nothing."""
        return replace(
            self,
            timeout=self.timeout if timeout is None else timeout,
            poll=self.poll if poll is None else poll,
        )


@dataclass(frozen=True)
class StatusChange(Generic[ResponseT_co]):
    """A poll that showed another status or step than the poll before."""

    status: str | None
    """The status, a member of its enum; ``None`` if the response had none."""

    step: str | None
    """The step of the resource, if the service reports steps."""

    elapsed: float
    """Seconds since the wait began."""

    description: ResponseT_co

    def __str__(self) -> str:
        status = self.status or "no status"
        return f"{status} ({self.step})" if self.step and self.step != status else status


History: TypeAlias = "tuple[StatusChange[Any], ...]"
OnStatus: TypeAlias = "Callable[[StatusChange[ResponseT]], object]"


class _Ended(BaseException):
    """The facts of a wait that did not reach its goal."""

    def __init__(
        self, request: Request[Any], description: Any, history: History, elapsed: float
    ) -> None:
        self.request = request
        self.description = description
        """The last description of the resource; ``None`` if no poll showed it."""
        self.history = history
        """Every change of the status that the wait saw."""
        self.elapsed = elapsed
        # the attributes of botocore's WaiterError
        self.kwargs: Mapping[str, Any]
        self.kwargs = {"name": request.__operation__.name, "reason": str(self)}
        self.last_response: Any = {} if description is None else description.to_boto()
        BaseException.__init__(self, str(self))

    @property
    def status(self) -> str | None:
        """The last status."""
        return self.history[-1].status if self.history else None

    def _changes(self) -> str:
        return " -> ".join(map(str, self.history)) or "never seen"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.request, self.description, self.history, self.elapsed)


class WaitFailed(_Ended, WaiterError):  # pyright: ignore[reportUnsafeMultipleInheritance]  # one `__init__`
    """The resource reached a terminal status that is not the goal; also a ``WaiterError``."""

    def __init__(
        self,
        request: Request[Any],
        description: Any,
        history: History,
        elapsed: float,
        failure_reason: str | None = None,
        differences: tuple[Difference, ...] = (),
    ) -> None:
        self.failure_reason = failure_reason
        """The service's own text, if it gave one."""
        self.differences = differences
        """The members of the update request that the last description does not show."""
        self.log_lines: tuple[LogLine, ...] = ()
        """The last lines of the log, if the wait read it."""
        super().__init__(request, description, history, elapsed)

    @property
    def rolled_back(self) -> bool:
        """True if the wait saw that the service undid a change."""
        return any(is_rollback(change.status) for change in self.history)

    def __str__(self) -> str:
        reason = f": {self.failure_reason}" if self.failure_reason else ""
        if self.rolled_back and not is_rollback(self.status):
            reason = f", after a rollback{reason}"
        if self.differences:
            members = ", ".join(map(str, self.differences))
            reason += f"; the description does not show the update of {members}"
        text = (
            f"{self.request!r}: {self.status}{reason} [{self._changes()} in {self.elapsed:.0f} s]"
        )
        return "\n  ".join([text, *map(str, self.log_lines)])

    def __reduce__(self) -> tuple[Any, ...]:
        kind, arguments = super().__reduce__()
        arguments = (*arguments, self.failure_reason, self.differences)
        return kind, arguments, {"log_lines": self.log_lines}


class WaitTimeout(_Ended, WaiterError, TimeoutError):  # pyright: ignore[reportUnsafeMultipleInheritance]  # one `__init__`
    """The timeout is over; the resource was left alone. Also a ``WaiterError``."""

    def __str__(self) -> str:
        return (
            f"{self.request!r}: no terminal status after {self.elapsed:.0f} s [{self._changes()}]"
        )


class WaitInterrupted(_Ended, KeyboardInterrupt):  # pyright: ignore[reportUnsafeMultipleInheritance]  # one `__init__`
    """A ``KeyboardInterrupt`` ended the wait; the resource was left alone."""

    def __str__(self) -> str:
        return (
            f"{self.request!r}: the wait was interrupted after {self.elapsed:.0f} s; the resource"
            f" was left alone [{self._changes()}]"
        )


def after_update(
    goal: Goal,
    service: str,
    describe: Request[Any],
    update: Request[Any],
    *,
    must_apply: bool,
) -> Goal:
    """Return a goal that is reached when a description shows the change of an update request.

    Raises ``ValueError`` if the update changes another resource.
    """
    from sagemaker_typed.core.operations.difference import differences  # few waits compare

    if describing_request(update) != describe:
        raise ValueError(f"after is {update!r}, expected a request that changes {describe!r}")
    facts = statuses(service, describe.__operation__.name)

    def unapplied(description: object) -> tuple[Difference, ...]:
        if facts and facts.state(cast("str | None", goal.status(description))) == "under way":
            return ()
        return differences(update, cast("Shape", description))

    return replace(goal, unapplied=unapplied, must_apply=must_apply)


async def wait(
    request: Request[ResponseT],
    send: Sender,
    call: Caller,
    goal: Goal,
    policy: WaitPolicy,
    *,
    on_status: OnStatus[ResponseT] | None = None,
    progress: bool = False,
) -> ResponseT | None:
    """Poll until the goal is reached.

    Returns the last description; ``None`` if no poll showed the resource.
    """
    check_display(on_status, progress=progress)
    if not progress:
        return await _Wait(request, send, call, goal, policy, on_status).run()
    from sagemaker_typed.core.operations.progress import Display  # rich is an extra

    with Display(request) as display:
        display.metrics = goal.metrics

        def show(change: StatusChange[ResponseT]) -> object:
            display.show(change)
            return on_status and on_status(change)

        return await _Wait(request, send, call, goal, policy, show).run()


def check_display(on_status: object, *, progress: bool) -> None:
    """Raise an error, before any request is sent, if a wait could not report its progress."""
    if on_status is not None and not callable(on_status):
        raise TypeError(f"on_status is a {type(on_status).__name__}, expected a callable")
    if progress:
        import_module("sagemaker_typed.core.operations.progress")


class _Wait(Generic[ResponseT]):
    """One wait, from its first poll to its last."""

    def __init__(
        self,
        request: Request[ResponseT],
        send: Sender,
        call: Caller,
        goal: Goal,
        policy: WaitPolicy,
        on_status: OnStatus[ResponseT] | None,
    ) -> None:
        self._request = request
        self._send = send
        self._call = call
        self._goal = goal
        self._policy = policy
        self._on_status = on_status
        self._last: ResponseT | None = None
        self._history: list[StatusChange[ResponseT]] = []
        self._problem: Exception | None = None  # the error of the last poll
        self._reason: str | None = None  # the last one that was described
        self._errors = 0
        self._pause = min(policy.first_poll, policy.poll)
        self._started = policy.clock()

    async def run(self) -> ResponseT | None:
        try:
            while await self._poll() == "under way":
                await self._sleep()
        except KeyboardInterrupt as interrupt:
            raise WaitInterrupted(*self._so_far()) from interrupt
        return self._last

    async def _poll(self) -> State:
        try:
            response = await self._send(self._request)
        except ServiceError as error:
            return self._after_error(error)
        except _NO_RESPONSE as error:
            return self._tolerate(error)
        self._problem, self._errors = None, 0
        self._last = response
        await self._note(response)
        self._reason = self._reason_of(response) or self._reason
        state = self._goal.judge(response)
        if state == "success":
            return self._confirm(response)
        if state == "failure" and not self._may_be_stale():
            raise WaitFailed(*self._so_far(), self._reason_of(response))
        return "under way"

    def _confirm(self, response: ResponseT) -> State:
        """Return the state of a resource whose status is the goal.

        The service may have undone a change, or the description may be older than the change.
        """
        goal = self._goal
        rolled_back = any(is_rollback(change.status) for change in self._history[:-1])
        if rolled_back and not goal.gone and not is_rollback(self._history[-1].status):
            raise WaitFailed(*self._so_far(), self._reason)
        is_first = len(self._history) == 1
        if goal.unapplied is None or not (goal.must_apply or is_first):
            return "success"
        differences = goal.unapplied(response)
        if not differences:
            return "success"
        since = self._elapsed() - self._history[-1].elapsed
        if since < self._policy.window:
            name = self._request.__operation__.name
            logs.waiting.debug("%s: no sign of the update after %.1f s", name, since)
            return "under way"
        if goal.must_apply:
            raise WaitFailed(*self._so_far(), self._reason, differences)
        return "success"

    def _after_error(self, error: ServiceError) -> State:
        state = self._goal.judge_error(error)
        missing = says_not_found(error)
        if state == "success" or (missing and self._goal.gone):
            return "success"
        if missing:
            if self._elapsed() < self._policy.window:
                self._problem = error
                return "under way"
            error.add_summary(f"[missing for {self._elapsed():.1f} s]")
            raise error
        if state == "under way" or error.throttling:
            self._problem = error
            return "under way"
        if error.retryable:
            return self._tolerate(error)
        raise error

    def _tolerate(self, error: Exception) -> State:
        self._errors += 1
        self._problem = error
        if self._errors > self._policy.faults:
            raise error
        logs.waiting.debug("%s: %s", self._request.__operation__.name, type(error).__name__)
        return "under way"

    async def _note(self, response: ResponseT) -> None:
        goal = self._goal
        status = cast("str | None", goal.status(response))
        step = cast("str | None", goal.step(response)) if goal.step else None
        last = self._history[-1] if self._history else None
        if last and (last.status, last.step) == (status, step):
            return
        change = StatusChange(status, step, self._elapsed(), response)
        self._history.append(change)
        name = self._request.__operation__.name
        logs.waiting.debug("%s: %s after %.1f s", name, change, change.elapsed)
        if self._on_status:
            await self._call(self._on_status, change)

    def _may_be_stale(self) -> bool:
        return (
            self._goal.patient
            and len({change.status for change in self._history}) == 1
            and self._elapsed() < self._policy.window
        )

    def _reason_of(self, response: ResponseT) -> str | None:
        reason = self._goal.reason(response) if self._goal.reason else None
        if isinstance(reason, tuple):
            return "; ".join(map(str, reason))
        return cast("str | None", reason)

    async def _sleep(self) -> None:
        policy = self._policy
        left = policy.timeout - self._elapsed()
        if left <= 0:
            raise WaitTimeout(*self._so_far()) from self._problem
        pause = self._pause * (1 - policy.jitter * policy.random())
        self._pause = min(policy.poll, self._pause * policy.backoff)
        if isinstance(self._problem, ServiceError) and self._problem.throttling:
            pause = max(pause, min(self._problem.retry_after or 0.0, policy.poll))
        await self._call(policy.sleep, min(pause, left))

    def _elapsed(self) -> float:
        return self._policy.clock() - self._started

    def _so_far(self) -> tuple[Request[Any], Any, History, float]:
        return self._request, self._last, tuple(self._history), self._elapsed()
