"""Reports the attempts of a create call whose response may be lost, by botocore's events."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from botocore.client import BaseClient
    from botocore.model import OperationModel

_KEY = "sagemaker_typed.create"


class Attempts(NamedTuple):
    """The attempts of one create call."""

    operation: str
    body: object
    """The request body as botocore sends it."""
    started: float
    """The time of the first attempt, in seconds since the epoch."""


Listener: TypeAlias = "Callable[[Attempts, Exception | None, dict[str, Any] | None], object]"


def observe(client: BaseClient, listener: Listener) -> None:
    """Call ``listener`` after each attempt of a create call that got no response, or a 5xx one.

    The state of a call is kept in botocore's own context of that call.
    """

    def before_call(
        model: OperationModel, params: dict[str, Any], context: dict[str, Any], **_: Any
    ) -> None:
        if model.name.startswith("Create"):
            context[_KEY] = Attempts(model.name, params["body"], time.time())

    def response_received(
        context: dict[str, Any],
        exception: Exception | None = None,
        response_dict: dict[str, Any] | None = None,
        parsed_response: dict[str, Any] | None = None,
        **_: Any,
    ) -> None:
        attempts = context.get(_KEY)
        if attempts is not None and (not response_dict or response_dict["status_code"] >= 500):
            listener(attempts, exception, parsed_response)

    service = client.meta.service_model.service_id.hyphenize()
    client.meta.events.register_last(f"before-call.{service}", before_call)
    client.meta.events.register(f"response-received.{service}", response_received)
