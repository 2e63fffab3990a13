"""Waiting for a resource: looking at it until it is what was waited for, or cannot become it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar, cast

from botocore.exceptions import ConnectionError as NoConnection
from botocore.exceptions import HTTPClientError

from sagemaker_typed.core import logs
from sagemaker_typed.core.errors import ServiceError, as_kind
from sagemaker_typed.core.operations.error_meanings import says_not_found
from sagemaker_typed.core.operations.statuses import State, Statuses, operations, statuses
from sagemaker_typed.core.schema.enums import OpenEnum
from sagemaker_typed.core.shapes.jmespath import Query, query
from sagemaker_typed.core.suggest import did_you_mean, listed_or_near

if TYPE_CHECKING:
    from sagemaker_typed.core.operations.sender import Caller
    from sagemaker_typed.core.shapes.shape import Request

ResponseT = TypeVar("ResponseT")
ResponseT_co = TypeVar("ResponseT_co", covariant=True)


@dataclass(frozen=True, kw_only=True)
class WaitPolicy:
    """How long to wait, and how often to look. All times are in seconds.

    Between two looks it pauses for ``first_poll`` at first, then longer by the factor ``backoff``
    each time up to ``poll``; each pause is shortened by a random part of up to ``jitter``.
    """

    timeout: float = 86_400.0
    """How long to wait in all; ``math.inf`` for as long as it takes."""

    poll: float = 30.0
    first_poll: float = 1.0
    backoff: float = 1.5
    jitter: float = 0.25

    window: float = 30.0
    """How long a resource may be missing, or seem not to have moved, because a read is stale."""

    faults: int = 5
    """How many connections may fail and server errors occur, one after the other.

    Throttling does not count; it is tolerated until the time is up.
    """

    sleep: Callable[[float], None] = time.sleep
    """Injectable, as are the clock and the chance, so that a test need not wait."""

    clock: Callable[[], float] = time.monotonic
    random: Callable[[], float] = random.random

    def __post_init__(self) -> None:
        for name in ("timeout", "poll", "first_poll", "window", "faults"):
            if not getattr(self, name) >= 0:
                raise ValueError(f"{name} is {getattr(self, name)}, expected 0 or more")
        if not self.backoff >= 1:
            raise ValueError(f"backoff is {self.backoff}, expected a factor of 1 or more")
        if not 0 <= self.jitter <= 1:
            raise ValueError(f"jitter is {self.jitter}, expected a part between 0 and 1")

    def given(self, *, timeout: float | None = None, poll: float | None = None) -> WaitPolicy:
        """The same policy with what a call says itself."""
        return replace(
            self,
            timeout=self.timeout if timeout is None else timeout,
            poll=self.poll if poll is None else poll,
        )


@dataclass(frozen=True)
class StatusChange(Generic[ResponseT_co]):
    """What a look at the resource showed, where it was not what the look before showed."""

    status: str | None
    """The status, a member of its enum; ``None`` where the answer had none."""

    step: str | None
    """The step that the resource is at, where the service tells steps apart."""

    elapsed: float
    """Seconds since the wait began."""

    description: ResponseT_co

    def __str__(self) -> str:
        status = self.status or "no status"
        return f"{status} ({self.step})" if self.step and self.step != status else status


History: TypeAlias = "tuple[StatusChange[Any], ...]"
OnStatus: TypeAlias = "Callable[[StatusChange[ResponseT]], object]"


class _Ended(BaseException):
    """What is known of a wait that did not end well."""

    def __init__(
        self, request: Request[Any], description: Any, history: History, elapsed: float
    ) -> None:
        self.request = request
        self.description = description
        """The last description of the resource; ``None`` where it was never seen."""
        self.history = history
        """Every change of its status that was seen."""
        self.elapsed = elapsed
        super().__init__(str(self))

    @property
    def status(self) -> str | None:
        """The last status seen."""
        return self.history[-1].status if self.history else None

    def _seen(self) -> str:
        return " -> ".join(map(str, self.history)) or "never seen"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.request, self.description, self.history, self.elapsed)


class WaitFailed(_Ended, Exception):  # pyright: ignore[reportUnsafeMultipleInheritance]  # one `__init__`
    """The resource has settled, and not as what was waited for."""

    def __init__(
        self,
        request: Request[Any],
        description: Any,
        history: History,
        elapsed: float,
        failure_reason: str | None = None,
    ) -> None:
        self.failure_reason = failure_reason
        """The service's own words, where it has any."""
        super().__init__(request, description, history, elapsed)

    def __str__(self) -> str:
        reason = f": {self.failure_reason}" if self.failure_reason else ""
        return f"{self.request!r}: {self.status}{reason} [{self._seen()} in {self.elapsed:.0f} s]"

    def __reduce__(self) -> tuple[Any, ...]:
        kind, known = super().__reduce__()
        return kind, (*known, self.failure_reason)


class WaitTimeout(_Ended, TimeoutError):  # pyright: ignore[reportUnsafeMultipleInheritance]  # one `__init__`
    """The time is up; the resource goes on by itself."""

    def __str__(self) -> str:
        return f"{self.request!r}: not settled after {self.elapsed:.0f} s [{self._seen()}]"


class WaitInterrupted(_Ended, KeyboardInterrupt):  # pyright: ignore[reportUnsafeMultipleInheritance]  # one `__init__`
    """Somebody interrupted the wait; the resource was left alone and goes on by itself."""

    def __str__(self) -> str:
        return (
            f"{self.request!r}: the wait was interrupted after {self.elapsed:.0f} s; the resource"
            f" was left alone and goes on [{self._seen()}]"
        )


@dataclass(frozen=True, kw_only=True)
class Goal:
    """What is waited for: what each answer means, and where it says so."""

    judge: Callable[[object], State]
    judge_error: Callable[[ServiceError], State | None] = lambda _: None
    status: Query
    step: Query | None = None
    reason: Query | None = None
    gone: bool = False
    """Whether it is the absence of the resource that is waited for."""

    patient: bool = False
    """Whether a failure may be an old state, read from before the change that is waited for."""


Acceptor: TypeAlias = "tuple[str, str, str | None, str | int | bool]"
"""A state, a matcher, its argument and what it expects, as waiters of service models have them."""


def settled(service: str, operation: str, until: str | Sequence[str] | None = None) -> Goal:
    """The goal that the resource is ready; or, with ``until``, that it has one of these statuses.

    Raises ``ValueError`` where the operation shows no status, or the status is no listed one.
    """
    facts = _facts(service, operation)
    status = query(facts.status)
    wanted = None if until is None else _listed(facts, [until] if isinstance(until, str) else until)

    def judge(answer: object) -> State:
        state = facts.state(cast("str | None", status(answer)))
        if wanted is None:
            return state
        if status(answer) in wanted:
            return "success"
        return "failure" if state == "success" else state

    return Goal(
        judge=judge,
        status=status,
        step=query(facts.step) if facts.step else None,
        reason=query(facts.reason) if facts.reason else None,
        patient=wanted is not None,
    )


def gone(service: str, operation: str) -> Goal:
    """The goal that the resource is no more."""
    facts = statuses(service, operation)
    status = query(facts.status) if facts else lambda _: None

    def judge(answer: object) -> State:
        seen = str(status(answer) or "").lower().replace("_", "")
        if seen in ("deleted", "deletecompleted"):
            return "success"
        return "failure" if "fail" in seen else "under way"

    reason = query(facts.reason) if facts and facts.reason else None
    return Goal(judge=judge, status=status, reason=reason, gone=True, patient=True)


def modelled(service: str, operation: str, acceptors: Sequence[Acceptor]) -> Goal:
    """The goal of a waiter of the service model."""
    facts = statuses(service, operation)
    looks_at = next((argument for _, _, argument, _ in acceptors if argument), None)
    status = query(facts.status if facts else looks_at) if facts or looks_at else lambda _: None
    ends_by_error = any(
        state == "success" and matcher == "error" for state, matcher, _, _ in acceptors
    )

    def judge(answer: object) -> State:
        for state, matcher, argument, expected in acceptors:
            if matcher != "error" and _matches(answer, matcher, argument, expected):
                return _STATES[state]
        return "under way"

    def judge_error(error: ServiceError) -> State | None:
        for state, matcher, _, expected in acceptors:
            if matcher == "error" and expected in (error.code, True):
                return _STATES[state]
            if matcher == "status" and expected == error.http_status:
                return _STATES[state]
        return None

    return Goal(
        judge=judge,
        judge_error=judge_error,
        status=status,
        step=query(facts.step) if facts and facts.step else None,
        reason=query(facts.reason) if facts and facts.reason else None,
        gone=ends_by_error,
        patient=ends_by_error,
    )


_STATES: dict[str, State] = {"success": "success", "failure": "failure", "retry": "under way"}


def wait(
    request: Request[ResponseT],
    send: Caller,
    goal: Goal,
    policy: WaitPolicy,
    *,
    package: str,
    on_status: OnStatus[ResponseT] | None = None,
    progress: bool = False,
) -> ResponseT | None:
    """Look until the goal is reached; the last description, ``None`` where none was ever seen."""
    if not progress:
        return _Wait(request, send, goal, policy, package, on_status).run()
    from sagemaker_typed.core.operations.progress import Display  # rich is an extra

    with Display(request) as display:

        def tell(change: StatusChange[ResponseT]) -> None:
            display.show(change)
            if on_status:
                on_status(change)

        return _Wait(request, send, goal, policy, package, tell).run()


class _Wait(Generic[ResponseT]):
    """One wait, from its first look to its last."""

    def __init__(
        self,
        request: Request[ResponseT],
        send: Caller,
        goal: Goal,
        policy: WaitPolicy,
        package: str,
        on_status: OnStatus[ResponseT] | None,
    ) -> None:
        self._request = request
        self._send = send
        self._goal = goal
        self._policy = policy
        self._package = package
        self._on_status = on_status
        self._last: ResponseT | None = None
        self._history: list[StatusChange[ResponseT]] = []
        self._problem: Exception | None = None  # why the last look showed nothing
        self._faults = 0
        self._pause = min(policy.first_poll, policy.poll)
        self._started = policy.clock()

    def run(self) -> ResponseT | None:
        try:
            while self._look() == "under way":
                self._sleep()
        except KeyboardInterrupt as interrupt:
            raise WaitInterrupted(*self._so_far()) from interrupt
        return self._last

    def _look(self) -> State:
        try:
            answer = self._send(self._request)
        except ServiceError as error:
            return self._refused(error)
        except (HTTPClientError, NoConnection) as error:
            return self._fault(error)
        self._problem, self._faults = None, 0
        self._last = answer
        self._note(answer)
        state = self._goal.judge(answer)
        if state == "failure" and not self._may_be_stale():
            raise WaitFailed(*self._so_far(), self._reason(answer))
        return "under way" if state == "failure" else state

    def _refused(self, error: ServiceError) -> State:
        state = self._goal.judge_error(error)
        missing = says_not_found(error)
        if state == "success" or (missing and self._goal.gone):
            return "success"
        if missing:
            if self._elapsed() < self._policy.window:
                self._problem = error
                return "under way"
            raise self._missing(error) from error
        if state == "under way" or error.throttling:
            self._problem = error
            return "under way"
        if error.retryable:
            return self._fault(error)
        raise error

    def _fault(self, error: Exception) -> State:
        self._faults += 1
        self._problem = error
        if self._faults > self._policy.faults:
            raise error
        logs.waiting.debug("%s: %s", self._request.__operation__.name, type(error).__name__)
        return "under way"

    def _missing(self, error: ServiceError) -> ServiceError:
        """The error as a ResourceNotFound, whichever way the service put it."""
        known: dict[str, type[ServiceError]] = import_module(f"{self._package}.errors").BY_CODE
        kind = known.get("ResourceNotFound") or known.get("ResourceNotFoundException")
        error.tried = f"[missing for {self._elapsed():.1f} s]"
        return as_kind(error, kind) if kind else error

    def _note(self, answer: ResponseT) -> None:
        goal = self._goal
        status = cast("str | None", goal.status(answer))
        step = cast("str | None", goal.step(answer)) if goal.step else None
        last = self._history[-1] if self._history else None
        if last and (last.status, last.step) == (status, step):
            return
        change = StatusChange(status, step, self._elapsed(), answer)
        self._history.append(change)
        name = self._request.__operation__.name
        logs.waiting.debug("%s: %s after %.1f s", name, change, change.elapsed)
        if self._on_status:
            self._on_status(change)

    def _may_be_stale(self) -> bool:
        return (
            self._goal.patient
            and len({change.status for change in self._history}) == 1
            and self._elapsed() < self._policy.window
        )

    def _reason(self, answer: ResponseT) -> str | None:
        found = self._goal.reason(answer) if self._goal.reason else None
        return "; ".join(map(str, found)) if isinstance(found, tuple) else cast("str | None", found)

    def _sleep(self) -> None:
        policy = self._policy
        left = policy.timeout - self._elapsed()
        if left <= 0:
            raise WaitTimeout(*self._so_far()) from self._problem
        pause = self._pause * (1 - policy.jitter * policy.random())
        self._pause = min(policy.poll, self._pause * policy.backoff)
        if isinstance(self._problem, ServiceError) and self._problem.throttling:
            pause = max(pause, self._problem.retry_after or 0.0)
        policy.sleep(min(pause, left))

    def _elapsed(self) -> float:
        return self._policy.clock() - self._started

    def _so_far(self) -> tuple[Request[Any], Any, History, float]:
        return self._request, self._last, tuple(self._history), self._elapsed()


def _facts(service: str, operation: str) -> Statuses:
    facts = statuses(service, operation)
    if facts is None:
        hint = did_you_mean(operation, operations(service))
        raise ValueError(f"{operation} shows no status that could be waited for{hint}")
    return facts


def _listed(facts: Statuses, until: Sequence[str]) -> frozenset[str]:
    """The statuses waited for; a plain string that nothing lists is a mistake."""
    known = facts.success | facts.failure | facts.under_way
    for status in until:
        if status not in known and not isinstance(status, OpenEnum):
            hint = listed_or_near(status, sorted(known))
            raise ValueError(f"until: {status!r} is not a listed status{hint}")
    return frozenset(until)


def _matches(
    answer: object, matcher: str, argument: str | None, expected: str | int | bool
) -> bool:
    if matcher == "status":
        metadata = getattr(answer, "response_metadata", None)
        return getattr(metadata, "http_status_code", None) == expected
    found = query(argument or "")(answer)
    if matcher == "path":
        return found == expected
    values = found if isinstance(found, tuple) else ()
    matching = [value == expected for value in values]
    return any(matching) if matcher == "pathAny" else bool(matching) and all(matching)
