"""Requests that a resource refuses while another change of it is in progress."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar

from sagemaker_typed.core import logs
from sagemaker_typed.core.errors import ServiceError
from sagemaker_typed.core.operations.error_meanings import says_in_progress
from sagemaker_typed.core.operations.goals import until_terminal
from sagemaker_typed.core.operations.related_requests import describing_request
from sagemaker_typed.core.operations.statuses import statuses
from sagemaker_typed.core.operations.waiting import WaitFailed, WaitPolicy, WaitTimeout, wait

if TYPE_CHECKING:
    from sagemaker_typed.core.operations.effects import Caller, Sender
    from sagemaker_typed.core.operations.waiting import StatusChange
    from sagemaker_typed.core.shapes.shape import Request

T = TypeVar("T")
OnConflict: TypeAlias = Literal["error", "wait"]


def note_conflict(error: Exception) -> None:
    """Add to the error of a conflict that the client can wait for its end."""
    if isinstance(error, ServiceError) and says_in_progress(error):
        error.add_summary('[another change is in progress; on_conflict="wait" waits for its end]')


async def send_when_settled(
    request: Request[T], service: str, policy: WaitPolicy, send: Sender, call: Caller
) -> T:
    """Send a request; while another change is in progress, wait for its end and send it again.

    Raises the error of the conflict if it lasts longer than the timeout, or if it stays for longer
    than ``policy.window`` although the resource shows no change.
    """
    started = idle = policy.clock()
    pause = policy.first_poll
    while True:
        try:
            return await send(request)
        except ServiceError as error:
            describe = describing_request(request)
            now = policy.clock()
            left = policy.timeout - (now - started)
            if describe is None or not says_in_progress(error) or left <= 0:
                raise
            operation = describe.__operation__.name
            if statuses(service, operation) is None or now - idle > policy.window:
                raise
            logs.waiting.debug("%s: another change is in progress", request.__operation__.name)
            seen: list[StatusChange[Any]] = []
            try:
                await wait(
                    describe,
                    send,
                    call,
                    until_terminal(service, operation),
                    policy.replace(timeout=left),
                    on_status=seen.append,
                )
            except WaitFailed:
                pass  # a change that failed has ended too
            except WaitTimeout as late:
                raise error from late
            if len(seen) > 1:
                idle = policy.clock()
                pause = policy.first_poll
            else:  # the description or the refusal is stale
                await call(policy.sleep, pause)
                pause = min(policy.poll, pause * policy.backoff)
