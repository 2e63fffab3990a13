"""The goals of a wait: the meaning of each response and error, and the place of the status."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, cast

from sagemaker_typed.core.operations.statuses import State, Statuses, operations, statuses
from sagemaker_typed.core.schema.enums import OpenEnum
from sagemaker_typed.core.shapes.jmespath import Query, query
from sagemaker_typed.core.suggest import did_you_mean, listed_or_near

if TYPE_CHECKING:
    from sagemaker_typed.core.errors import Difference, ServiceError


@dataclass(frozen=True, kw_only=True)
class Goal:
    """The target of a wait."""

    judge: Callable[[object], State]
    """Classifies a response."""

    judge_error: Callable[[ServiceError], State | None] = lambda _: None
    """Classifies an error; ``None`` leaves it to the wait."""

    status: Query
    step: Query | None = None
    reason: Query | None = None
    metrics: Query | None = None
    gone: bool = False
    """True if the wait ends when the resource no longer exists."""

    patient: bool = False
    """True if a failure may be an old status, read before the change that the wait expects."""

    unapplied: Callable[[object], tuple[Difference, ...]] | None = None
    """Returns the members in which a description does not show the change that was asked for."""

    must_apply: bool = True
    """False if ``unapplied`` only tells an old description, and other members may differ."""


Acceptor: TypeAlias = "tuple[str, str, str | None, str | int | bool]"
"""A state, a matcher, its argument and the expected value, as in waiters of service models."""

_STATES: dict[str, State] = {"success": "success", "failure": "failure", "retry": "under way"}


def until_terminal(service: str, operation: str, until: str | Sequence[str] | None = None) -> Goal:
    """Return the goal that the resource reaches a terminal status, or one of ``until``.

    Raises ``ValueError`` if the operation shows no status, or if a status is not listed.
    """
    facts = _facts(service, operation)
    status = query(facts.status)
    wanted = None if until is None else _listed(facts, [until] if isinstance(until, str) else until)

    def judge(response: object) -> State:
        state = facts.state(cast("str | None", status(response)))
        if wanted is None:
            return state
        if status(response) in wanted:
            return "success"
        return "failure" if state == "success" else state

    return Goal(
        judge=judge,
        status=status,
        step=query(facts.step) if facts.step else None,
        reason=query(facts.reason) if facts.reason else None,
        metrics=query(facts.metrics) if facts.metrics else None,
        patient=wanted is not None,
    )


def until_gone(service: str, operation: str) -> Goal:
    """Return the goal that the resource no longer exists."""
    facts = statuses(service, operation)
    status = query(facts.status) if facts else lambda _: None

    def judge(response: object) -> State:
        text = str(status(response) or "").lower().replace("_", "")
        if text in ("deleted", "deletecompleted"):
            return "success"
        return "failure" if "fail" in text else "under way"

    reason = query(facts.reason) if facts and facts.reason else None
    return Goal(judge=judge, status=status, reason=reason, gone=True, patient=True)


def until_accepted(service: str, operation: str, acceptors: Sequence[Acceptor]) -> Goal:
    """Return the goal of a waiter of the service model."""
    facts = statuses(service, operation)
    argument = next((argument for _, _, argument, _ in acceptors if argument), None)
    status = query(facts.status if facts else argument) if facts or argument else lambda _: None
    ends_by_error = any(
        state == "success" and matcher == "error" for state, matcher, _, _ in acceptors
    )

    def judge(response: object) -> State:
        for state, matcher, argument, expected in acceptors:
            if matcher != "error" and _matches(response, matcher, argument, expected):
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
        metrics=query(facts.metrics) if facts and facts.metrics else None,
        gone=ends_by_error,
        patient=ends_by_error,
    )


def _matches(
    response: object, matcher: str, argument: str | None, expected: str | int | bool
) -> bool:
    if matcher == "status":
        metadata = getattr(response, "response_metadata", None)
        return getattr(metadata, "http_status_code", None) == expected
    value = query(argument or "")(response)
    if matcher == "path":
        return value == expected
    values = value if isinstance(value, tuple) else ()
    matching = [item == expected for item in values]
    return any(matching) if matcher == "pathAny" else bool(matching) and all(matching)


def _facts(service: str, operation: str) -> Statuses:
    facts = statuses(service, operation)
    if facts is None:
        hint = did_you_mean(operation, operations(service))
        raise ValueError(f"{operation} shows no status to wait for{hint}")
    return facts


def _listed(facts: Statuses, until: Sequence[str]) -> frozenset[str]:
    """Return the statuses to wait for, after a check for misspelt ones."""
    known = facts.success | facts.failure | facts.under_way
    if not until:
        raise ValueError("until is empty, expected a status")
    for status in until:
        if status not in known and not isinstance(status, OpenEnum):
            hint = listed_or_near(status, sorted(known))
            raise ValueError(f"until: {status!r} is not a listed status{hint}")
    return frozenset(until)
