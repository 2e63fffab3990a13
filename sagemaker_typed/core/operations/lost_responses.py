"""A creation whose answer was lost: whether what exists now is what it made.

A connection that breaks after the work was done leaves the caller without an answer; whoever asks
again, boto3 or the program, is told that the name is taken.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar, cast

from sagemaker_typed.core import logs
from sagemaker_typed.core.errors import ServiceError, UnreadableResponse
from sagemaker_typed.core.operations.error_meanings import says_already_exists, says_not_found
from sagemaker_typed.core.operations.related_requests import answer, counterpart, differences
from sagemaker_typed.core.schema.lookup import find_shape

if TYPE_CHECKING:
    from sagemaker_typed.core.operations.consistency import ConsistencyPolicy
    from sagemaker_typed.core.operations.sender import Caller
    from sagemaker_typed.core.shapes.shape import Request, Response

T = TypeVar("T")

Lost: TypeAlias = "OrderedDict[Request[Any], None]"
"""What describes the creations whose answers were lost, the latest ones."""

_REMEMBERED = 64


@dataclass(frozen=True)
class Settled(Generic[T]):
    """What a creation was to be answered; ``None`` where it is answered by nothing."""

    answer: T


def settle(
    request: Request[T],
    error: Exception,
    *,
    send: Caller,
    lost: Lost,
    policy: ConsistencyPolicy | None,
) -> Settled[T] | None:
    """What a failed creation was to be answered, or ``None`` where the error stands.

    Where what exists differs from what was to be created, the error says in which members.
    """
    describe = counterpart(request, "Describe")
    if describe is None:
        return None
    if not isinstance(error, ServiceError):
        if _may_be_done(error):
            _remember(lost, describe)
        return None
    if isinstance(error, UnreadableResponse) or error.http_status >= 500:
        _remember(lost, describe)
        return None
    if not says_already_exists(error) or not (describe in lost or _was_repeated(error)):
        return None
    description = _describe(describe, send, policy, error)
    if description is None:
        return None
    name = request.__operation__.name
    error.differences = differences(request, description)
    if error.differences:
        told = "; ".join(map(str, error.differences))
        error.tried = f"[an earlier answer was lost, and what exists is not what was sent: {told}]"
        logs.settling.debug("%s: what exists is another's", name)
        return None
    lost.pop(describe, None)
    logs.settling.debug("%s: the answer was lost; what exists is what was sent", name)
    response = request.__operation__.response
    if response is None:
        return Settled(cast("T", None))
    shape = cast("type[Response]", find_shape(request.__package_name__, response))
    settled = shape.from_service(answer(request, description))
    return Settled(cast("T", settled.with_metadata(description.response_metadata)))


def _may_be_done(error: Exception) -> bool:
    """Whether the request may have arrived though no answer did."""
    from botocore.exceptions import ConnectTimeoutError, HTTPClientError, ProxyConnectionError

    never_left = (ConnectTimeoutError, ProxyConnectionError)
    return isinstance(error, HTTPClientError) and not isinstance(error, never_left)


def _was_repeated(error: ServiceError) -> bool:
    """Whether boto3 sent the request more than once, because it got no answer that it took."""
    metadata: dict[str, Any] = dict(error.response.get("ResponseMetadata", {}))
    return int(metadata.get("RetryAttempts", 0)) > 0


def _remember(lost: Lost, describe: Request[Any]) -> None:
    lost[describe] = None
    lost.move_to_end(describe)
    while len(lost) > _REMEMBERED:
        lost.popitem(last=False)


def _describe(
    describe: Request[Any], send: Caller, policy: ConsistencyPolicy | None, error: ServiceError
) -> Response | None:
    """What exists, once it is visible; ``None`` where it cannot be seen, and the error says so."""
    pause = policy.initial_backoff if policy else 0.0
    left = policy.attempts if policy else 1
    while True:
        left -= 1
        try:
            return cast("Response", send(describe))
        except ServiceError as refused:
            if policy and left and says_not_found(refused):
                policy.sleep(pause)
                pause = min(pause * 2, policy.max_backoff)
                continue
            name = describe.__operation__.name
            error.tried = f"[an earlier answer was lost, and {name} says {refused.code}]"
            return None
