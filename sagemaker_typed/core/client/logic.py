"""The logic of a client, written once for the synchronous and the asynchronous client."""

from __future__ import annotations

import functools
import os
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Coroutine, Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeAlias, TypeVar, cast

from sagemaker_typed.core.defaults import ENVIRONMENT
from sagemaker_typed.core.schema.lookup import find_shape

if TYPE_CHECKING:
    from botocore.client import BaseClient

    from sagemaker_typed.core.defaults.defaults import Defaults
    from sagemaker_typed.core.errors import ServiceError
    from sagemaker_typed.core.operations.consistency import ConsistencyPolicy
    from sagemaker_typed.core.operations.effects import Sender
    from sagemaker_typed.core.operations.goals import Goal
    from sagemaker_typed.core.operations.log_lines import LogFeed
    from sagemaker_typed.core.operations.lost_responses import Unconfirmed
    from sagemaker_typed.core.operations.waiting import OnStatus, WaitPolicy
    from sagemaker_typed.core.schema.frozen import FrozenMap
    from sagemaker_typed.core.shapes.shape import Request, Response
    from sagemaker_typed.core.transport.adapter import RawResponse

ResponseT = TypeVar("ResponseT")
RequestT = TypeVar("RequestT", bound="Request[Any]")


class Default(Enum):
    """The default of an argument for which ``None`` has a meaning of its own."""

    GIVEN_BY_PACKAGE = "default"

    def __repr__(self) -> str:
        return "..."


DEFAULT = Default.GIVEN_BY_PACKAGE

_CHANGES = (
    *("Add", "Associate", "Attach", "Create", "Delete", "Import", "Register", "Start", "Stop"),
    "Update",
)
_REMEMBERED = 64


class RequestRules(Protocol):
    """Rules that are checked before a request is sent, such as ``RulePolicy``."""

    def check(self, request: Any, /) -> None:
        """Warn of broken rules, or raise ``pydantic.ValidationError``."""

    def explain(self, shape: Any, members: Any, refusal: Any, /) -> ValueError:
        """Add the broken rules to the refusal of a request."""
        ...


DefaultsSource: TypeAlias = "str | os.PathLike[str] | Mapping[str, Any] | Defaults"
"""Defaults of a client: a file, a mapping, or ``Defaults``."""


class ClientLogic(ABC):
    """The logic of a client. Its coroutines await the effects of each kind of client.

    The effects are ``_transmit``, ``_request`` and ``_call``.
    """

    _service: ClassVar[str] = ""
    _package: ClassVar[str] = ""

    def __init_subclass__(cls, *, service: str = "", package: str = "", **others: Any) -> None:
        super().__init_subclass__(**others)
        if service:
            cls._service = service
            cls._package = package or cls.__module__.rpartition(".")[0]

    def __init__(
        self,
        client: BaseClient | None,
        consistency: ConsistencyPolicy | None | Default,
        rules: RequestRules | None | Default,
        defaults: DefaultsSource | None | Default = DEFAULT,
    ) -> None:
        if isinstance(rules, Default):
            rules = self._default_rules()
        self._defaults: Defaults | None = None
        stated = None if isinstance(defaults, Default) else defaults
        if stated is not None or (defaults is DEFAULT and ENVIRONMENT in os.environ):
            from sagemaker_typed.core.defaults.defaults import of_client

            self._defaults = of_client(stated, self._package)
        self._client: Any = client
        self._given_consistency = consistency
        self._rules = rules
        self._unconfirmed: Unconfirmed = {}
        self._updates: dict[Request[Any], tuple[Request[Any], float]] = {}
        """The latest updates, by the requests that describe their resources, and their times."""
        self._observed = False

    def _observe_attempts(self) -> None:
        """Remember the create requests whose response may be lost."""
        from sagemaker_typed.core.transport import attempts

        note = functools.partial(_note_attempt, self._unconfirmed, self._package)
        attempts.observe(self._client, note)
        self._observed = True

    def _default_rules(self) -> RequestRules | None:
        """Return the default rules of the service; ``None`` without rules."""
        return None

    @property  # Up to Python 3.11, functools.cached_property holds a lock.
    def _consistency(self) -> ConsistencyPolicy | None:
        """The limits of the wait for visibility, created on use: few operations wait."""
        if isinstance(self._given_consistency, Default):
            from sagemaker_typed.core.operations.consistency import ConsistencyPolicy

            return ConsistencyPolicy()
        return self._given_consistency

    @abstractmethod
    def _drive(self, steps: Coroutine[Any, Any, ResponseT]) -> Any:
        """Return the result of a coroutine, or what the caller awaits for it."""

    @abstractmethod
    async def _transmit(self, request: Request[Any]) -> RawResponse:
        """Send a request once; an error of the service has the class of its code."""

    @abstractmethod
    async def _request(self, request: Request[ResponseT], /) -> ResponseT:
        """Send a request with the public method ``send``, which a subclass may replace."""

    @abstractmethod
    async def _call(self, function: Callable[..., object], /, *arguments: object) -> None:
        """Call a function of a policy or of the user."""

    @property
    def defaults(self) -> Defaults:
        """The defaults of the client; empty if it has none."""
        if self._defaults is not None:
            return self._defaults
        from sagemaker_typed.core.defaults.defaults import Defaults

        return Defaults(package=self._package)

    async def _send(self, request: Request[ResponseT]) -> ResponseT:
        """Send a request with its defaults, and settle a create request with a lost response."""
        if self._defaults is not None:
            request = self._defaults.fill(request)
        started = time.time()
        try:
            return await self._send_unreconciled(request)
        except Exception as error:
            if not _creates(request):
                from sagemaker_typed.core.operations import conflicts

                conflicts.note_conflict(error)
                raise
            from sagemaker_typed.core.operations import lost_responses

            reconciled = await lost_responses.reconcile(
                request,
                error,
                started=started,
                send=self._send_once,
                call=self._call,
                unconfirmed=self._unconfirmed,
                observed=self._observed,
                policy=self._consistency,
            )
            if reconciled is None:
                raise
            return reconciled.response

    async def _send_when_settled(
        self, request: Request[ResponseT], on_conflict: str, policy: WaitPolicy | None
    ) -> ResponseT:
        """Send a request, after other changes of its resource have ended."""
        if on_conflict != "wait":
            raise ValueError(f"on_conflict is {on_conflict!r}, expected 'error' or 'wait'")
        from sagemaker_typed.core.operations import conflicts, waiting

        policy = self._paced(policy or waiting.WaitPolicy())
        return await conflicts.send_when_settled(
            request, self._service, policy, self._send, self._call
        )

    async def _create(self, request: Request[ResponseT]) -> ResponseT:
        """Send a create request with its defaults; an existing resource is always an error."""
        if self._defaults is not None:
            request = self._defaults.fill(request)
        return await self._send_unreconciled(request)

    async def _send_unreconciled(self, request: Request[ResponseT]) -> ResponseT:
        """Send a request; an existing resource of a create request is always an error."""
        if self._rules is not None:
            self._rules.check(request)
        response = await self._send_when_visible(request, self._send_once)
        if self._unconfirmed:
            from sagemaker_typed.core.operations import lost_responses

            lost_responses.forget(self._unconfirmed, request)
        if request.__operation__.name.startswith("Update"):
            self._remember_update(request)
        return response

    def _remember_update(self, update: Request[Any]) -> None:
        """Remember an update for a wait, whose first description may be older than the update."""
        from sagemaker_typed.core.operations.related_requests import describing_request

        describe = describing_request(update)
        if describe is not None:
            self._updates.pop(describe, None)
            self._updates[describe] = update, time.monotonic()
            for oldest in list(self._updates)[:-_REMEMBERED]:
                self._updates.pop(oldest, None)

    async def _send_when_visible(self, request: Request[ResponseT], send: Sender) -> ResponseT:
        """Send a request after the resources that it names, and its role, are visible."""
        policy = self._consistency
        if policy is None:
            return await send(request)
        error: Exception | None = None
        if request.__operation__.prerequisite is None:
            try:
                return await send(request)
            except Exception as failure:  # noqa: BLE001  # the next function raises the others
                error = failure
        from sagemaker_typed.core.operations import consistency

        return await consistency.send_when_visible(
            request, self._service, policy, send, self._call, error
        )

    async def _call_untyped(
        self, operation: str, parameters: Mapping[str, Any] | None
    ) -> FrozenMap[str, Any]:
        from sagemaker_typed.core.client.untyped import untyped_request

        request = untyped_request(self._client, self._package, operation, parameters or {})
        return await self._send_when_visible(request, self._send_untyped)

    async def _wait(
        self,
        request: Request[ResponseT],
        find_goal: Callable[[str, str], Goal],
        *,
        timeout: float | None = None,
        poll: float | None = None,
        policy: WaitPolicy | None = None,
        after: Request[Any] | None = None,
        on_status: OnStatus[ResponseT] | None = None,
        progress: bool = False,
        feed: LogFeed | None = None,
    ) -> ResponseT | None:
        """Describe a resource until it reaches the goal of its service and operation."""
        from sagemaker_typed.core.operations import waiting

        policy = self._paced(policy or waiting.WaitPolicy()).replace(timeout=timeout, poll=poll)
        if feed is not None:
            policy = feed.between_polls(policy)
        goal = find_goal(self._service, request.__operation__.name)
        latest = self._updates.pop(request, None) if self._updates else None
        if after is not None:
            goal = waiting.after_update(goal, self._service, request, after, must_apply=True)
        elif latest is not None and time.monotonic() - latest[1] < policy.window:
            goal = waiting.after_update(goal, self._service, request, latest[0], must_apply=False)
        return await waiting.wait(
            request,
            self._request,
            self._call,
            goal,
            policy,
            on_status=on_status,
            progress=progress,
        )

    def _paced(self, policy: WaitPolicy) -> WaitPolicy:
        """Return the policy of a wait; a client for tests replaces its clock."""
        return policy

    def _request_of(self, shape: type[RequestT], members: dict[str, Any]) -> RequestT:
        """Return the request of these arguments, with its defaults if it needs them."""
        try:
            return shape(**members)
        except ValueError as invalid:
            error = invalid
        filled = self._filled(shape, members)
        if filled is None:
            raise error
        return filled

    def _filled(self, shape: type[RequestT], members: dict[str, object]) -> RequestT | None:
        """Return the request of refused arguments with its defaults; ``None`` without defaults.

        Raises ``pydantic.ValidationError`` if the request is refused even so.
        """
        filled = None if self._defaults is None else self._defaults.fill_members(shape, members)
        if filled is None:
            return None
        try:
            return shape(**filled)
        except ValueError as invalid:
            error = invalid
        raise self._explain(shape, filled, error)

    def _explain(
        self, shape: type[Request[Any]], members: dict[str, object], error: ValueError
    ) -> ValueError:
        """Return the validation error of a request, extended by the rules that it breaks."""
        from pydantic_core import ValidationError

        if self._rules is None or not isinstance(error, ValidationError):
            return error
        return self._rules.explain(shape, members, error)

    async def _send_untyped(self, request: Request[ResponseT], /) -> ResponseT:
        """Send a request once; the response is boto3's, frozen."""
        from sagemaker_typed.core.schema.frozen import freeze

        parsed = (await self._transmit(request)).parsed
        if _is_unreadable(parsed):
            raise self._unreadable(request.__operation__.name, parsed)
        return cast("ResponseT", freeze(parsed))

    async def _send_once(self, request: Request[ResponseT], /) -> ResponseT:
        return self._read(request, await self._transmit(request))

    def _read(self, request: Request[ResponseT], raw: RawResponse) -> ResponseT:
        operation = request.__operation__
        if operation.response is None:
            return cast("ResponseT", None)
        response = cast("type[Response]", find_shape(self._package, operation.response))
        if raw.body is None:
            if _is_unreadable(raw.parsed, response):
                raise self._unreadable(operation.name, raw.parsed)
            return cast("ResponseT", response.from_service(raw.parsed))
        from sagemaker_typed.core.shapes.shape import read_response  # loads Pydantic

        try:
            return cast("ResponseT", read_response(response, raw.body, raw.parsed))
        except ValueError as error:
            from pydantic_core import ValidationError

            if not isinstance(error, ValidationError):
                raise
            reason = error.errors(include_url=False, include_input=False)[0]["msg"]
        raise self._unreadable(operation.name, raw.parsed, reason)

    def _typed(self, error: Exception) -> Exception:
        """Return the typed error of an error of the service; any other error as it is."""
        from botocore.exceptions import ClientError

        if not isinstance(error, ClientError):
            return error
        from sagemaker_typed.core.errors import error_class
        from sagemaker_typed.core.operations.error_meanings import as_not_found

        kind = error_class(self._package, error.response.get("Error", {}).get("Code", ""))
        return as_not_found(kind(error.response, error.operation_name), self._package)

    def _unreadable(
        self, operation: str, parsed: dict[str, Any], reason: str = "not JSON"
    ) -> ServiceError:
        from sagemaker_typed.core.errors import UnreadableResponse

        metadata = parsed["ResponseMetadata"]
        kind = metadata["HTTPHeaders"].get("content-type", "")
        received = f"a response of type {kind!r}" if "json" not in kind else reason
        error = {
            "Code": UnreadableResponse.documented_code,
            "Message": f"expected a JSON object, got {received}",
        }
        return UnreadableResponse({"Error": error, "ResponseMetadata": metadata}, operation)

    def __repr__(self) -> str:
        region = self._client and self._client.meta.region_name
        return f"{type(self).__name__}(region_name={region!r})"


def is_one_call(request: Request[Any]) -> bool:
    """Return True if a request only reads: nothing waits for it, and no response can be lost."""
    return not request.__operation__.name.startswith(_CHANGES)


def _creates(request: Request[Any]) -> bool:
    return request.__operation__.name.startswith("Create")


def _note_attempt(unconfirmed: Unconfirmed, package: str, *attempt: Any) -> None:
    from sagemaker_typed.core.operations import lost_responses  # few responses are lost

    lost_responses.note_attempt(unconfirmed, package, *attempt)


def _is_unreadable(parsed: dict[str, Any], response: type[Response] | None = None) -> bool:
    """Return whether boto3 dropped a body that is not JSON, or required members have no body.

    boto3 returns an empty response then. It does so for every body that it cannot read, so one
    that is labelled JSON cannot be told from an empty object.
    """
    if len(parsed) > 1:
        return False
    headers = parsed.get("ResponseMetadata", {}).get("HTTPHeaders", {})
    kind = headers.get("content-type", "")
    if headers.get("content-length") == "0":
        from sagemaker_typed.core.shapes.shape import has_required_members  # loads Pydantic

        return response is not None and has_required_members(response)
    return bool(kind) and "json" not in kind
