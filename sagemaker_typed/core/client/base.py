"""The client that generated clients derive from."""

from __future__ import annotations

import functools
import time
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar, cast

from typing_extensions import Self

from sagemaker_typed.core.schema.lookup import find_shape
from sagemaker_typed.core.transport.adapter import send_with_boto3

if TYPE_CHECKING:
    from datetime import datetime

    import boto3
    from botocore.client import BaseClient
    from botocore.config import Config
    from botocore.exceptions import ClientError

    from sagemaker_typed.core.errors import ServiceError
    from sagemaker_typed.core.operations.consistency import ConsistencyPolicy
    from sagemaker_typed.core.operations.log_lines import LogLines
    from sagemaker_typed.core.operations.lost_responses import Unconfirmed
    from sagemaker_typed.core.operations.paging import Items, Pages
    from sagemaker_typed.core.operations.sender import Sender
    from sagemaker_typed.core.operations.waiting import OnStatus, WaitPolicy
    from sagemaker_typed.core.schema.frozen import FrozenMap
    from sagemaker_typed.core.shapes.shape import PaginatedRequest, Request, Response, Shape
    from sagemaker_typed.core.transport.adapter import RawResponse, Send

ResponseT = TypeVar("ResponseT")
ItemT = TypeVar("ItemT")


class _Default(Enum):
    """The default of an argument for which ``None`` has a meaning of its own."""

    GIVEN_BY_PACKAGE = "default"

    def __repr__(self) -> str:
        return "..."


_DEFAULT = _Default.GIVEN_BY_PACKAGE


class RequestRules(Protocol):
    """Rules that are checked before a request is sent, such as ``RulePolicy``."""

    def check(self, request: Any, /) -> None:
        """Warn of broken rules, or raise ``pydantic.ValidationError``."""

    def explain(self, shape: Any, members: Any, refusal: Any, /) -> ValueError:
        """Add the broken rules to the refusal of a request."""
        ...


class ServiceClient:
    """A typed client of one AWS service, over a boto3 client.

    boto3 does the credentials, regions, signing, retries of transient errors and proxies. All of
    its settings apply.
    """

    _service: ClassVar[str] = ""
    _package: ClassVar[str] = ""
    _logs_session: tuple[Any, Any, Any, dict[str, Any]] | None = None

    def __init_subclass__(cls, *, service: str = "", **others: Any) -> None:
        super().__init_subclass__(**others)
        if service:
            cls._service = service
            cls._package = cls.__module__.rpartition(".")[0]

    def __init__(
        self,
        *,
        region_name: str | None = None,
        session: boto3.Session | None = None,
        profile_name: str | None = None,
        endpoint_url: str | None = None,
        config: Config | None = None,
        api_version: str | None = None,
        use_ssl: bool | None = None,
        verify: bool | str | None = None,
        aws_access_key_id: str | None = None,
        aws_secret_access_key: str | None = None,
        aws_session_token: str | None = None,
        aws_account_id: str | None = None,
        consistency: ConsistencyPolicy | None | _Default = _DEFAULT,
        rules: RequestRules | None | _Default = _DEFAULT,
        logs_client: BaseClient | None = None,
    ) -> None:
        """Create a boto3 client as ``boto3.client`` does, and call the service through it.

        ``session`` has its own credentials, profile and region. ``profile_name`` creates a session
        with that profile. Without either, the client uses boto3's default session. ``region_name``,
        ``endpoint_url``, ``config``, ``api_version``, ``use_ssl``, ``verify`` and the credentials
        have the same meaning as in ``boto3.client``. A client keeps up to 64 connections, not
        boto3's 10, unless ``config`` or the session sets another number.

        ``consistency`` limits the wait for a resource that is not visible yet; ``None`` turns the
        wait off. ``rules`` selects the rules from the documentation's prose that are checked before
        a request is sent; ``None`` turns them off. ``logs_client`` is a boto3 client of CloudWatch
        Logs for ``logs``; by default the session creates one when it is needed.

        Raises boto3's own errors if the region or the profile is missing.
        """
        if session is not None and profile_name is not None:
            raise ValueError("session and profile_name both choose the credentials; give only one")
        from sagemaker_typed.core.transport.sessions import create_client

        optional = {
            "api_version": api_version,
            "use_ssl": use_ssl,
            "verify": verify,
            "aws_access_key_id": aws_access_key_id,
            "aws_secret_access_key": aws_secret_access_key,
            "aws_session_token": aws_session_token,
            "aws_account_id": aws_account_id,
        }
        client, send = create_client(
            self._service,
            session=session,
            profile_name=profile_name,
            config=config,
            region_name=region_name,
            endpoint_url=endpoint_url,
            # An old boto3 does not accept all of them.
            **{name: value for name, value in optional.items() if value is not None},
        )
        self._wrap(client, send, consistency, rules, logs_client)
        own = ("use_ssl", "verify", "aws_access_key_id", "aws_secret_access_key")
        shared = {name: optional[name] for name in (*own, "aws_session_token") if optional[name]}
        self._logs_session = session, profile_name, config, shared
        from sagemaker_typed.core.transport import attempts

        note = functools.partial(_note_attempt, self._unconfirmed, self._package)
        attempts.observe(client, note)
        self._observed = True

    @classmethod
    def from_boto3(
        cls,
        client: BaseClient,
        *,
        consistency: ConsistencyPolicy | None | _Default = _DEFAULT,
        rules: RequestRules | None | _Default = _DEFAULT,
        logs_client: BaseClient | None = None,
    ) -> Self:
        """Call the service through an existing boto3 client, which is never changed.

        ``logs`` needs ``logs_client``, a boto3 client of CloudWatch Logs.
        """
        service = client.meta.service_model.service_name
        if service != cls._service:
            raise ValueError(
                f"{cls.__name__} needs a boto3 client of {cls._service!r}, not {service!r}"
            )
        wrapped = cls.__new__(cls)
        call = functools.partial(send_with_boto3, client)
        wrapped._wrap(client, call, consistency, rules, logs_client)  # noqa: SLF001  # an instance without `__init__`
        return wrapped

    def _wrap(
        self,
        client: BaseClient,
        call: Send,
        consistency: ConsistencyPolicy | None | _Default,
        rules: RequestRules | None | _Default,
        logs_client: BaseClient | None,
    ) -> None:
        if isinstance(rules, _Default):
            rules = self._default_rules()
        self._boto3 = client
        self._given_consistency = consistency
        self._rules = rules
        from sagemaker_typed.core.transport import (
            call_log,  # logging, which boto3 has loaded by now
        )

        self._call = call_log.logged(call)
        self._unconfirmed: Unconfirmed = {}
        self._observed = False
        self._given_logs_client = logs_client

    def _default_rules(self) -> RequestRules | None:
        """Return the default rules of the service; ``None`` without rules."""
        return None

    @property  # Up to Python 3.11, functools.cached_property holds a lock.
    def _consistency(self) -> ConsistencyPolicy | None:
        """The limits of the wait for visibility, created on use: few operations wait."""
        if isinstance(self._given_consistency, _Default):
            from sagemaker_typed.core.operations.consistency import ConsistencyPolicy

            return ConsistencyPolicy()
        return self._given_consistency

    @property
    def _logs_client(self) -> Any:
        """The boto3 client of CloudWatch Logs, created on first use."""
        if self._given_logs_client is not None:
            return self._given_logs_client
        if self._logs_session is None:
            raise ValueError(
                "a client that wraps a boto3 client does not know its session;"
                ' give logs_client=boto3.client("logs")'
            )
        from sagemaker_typed.core.transport.logs_client import create_logs_client

        session, profile_name, config, options = self._logs_session
        region = self._boto3.meta.region_name
        self._given_logs_client = create_logs_client(
            session, profile_name, region_name=region, config=config, **options
        )
        return self._given_logs_client

    @property
    def boto3(self) -> BaseClient:
        """The boto3 client underneath."""
        return self._boto3

    def close(self) -> None:
        """Close the connections of the boto3 client; a later call opens new ones."""
        self._boto3.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def send(self, request: Request[ResponseT]) -> ResponseT:
        """Send a request, and return the response in the type that the request declares.

        Raises ``pydantic.ValidationError`` if the request breaks a documented rule. Raises
        ``sagemaker_typed.errors.ServiceError``, or its subclass for the error code, if the service
        reports an error. Raises botocore's own errors if there was no response.
        """
        started = time.time()
        try:
            return self._send_unreconciled(request)
        except Exception as error:
            if not request.__operation__.name.startswith("Create"):
                raise
            from sagemaker_typed.core.operations import lost_responses

            reconciled = lost_responses.reconcile(
                request,
                error,
                started=started,
                send=self._send_once,
                unconfirmed=self._unconfirmed,
                observed=self._observed,
                policy=self._consistency,
            )
            if reconciled is None:
                raise
            return reconciled.response

    def _send_unreconciled(self, request: Request[ResponseT]) -> ResponseT:
        """Send a request; an existing resource of a create request is always an error."""
        if self._rules is not None:
            self._rules.check(request)
        response = self._send_when_visible(request, self._send_once)
        if self._unconfirmed:
            from sagemaker_typed.core.operations import lost_responses

            lost_responses.forget(self._unconfirmed, request)
        return response

    def _send_when_visible(self, request: Request[ResponseT], send: Sender) -> ResponseT:
        """Send a request after the resource that it reads is visible."""
        prerequisite = request.__operation__.prerequisite
        if prerequisite is None or self._consistency is None:
            return send(request)
        from sagemaker_typed.core.operations import consistency

        return consistency.send_when_visible(request, prerequisite, self._consistency, send)

    def call(
        self, operation: str, parameters: Mapping[str, Any] | None = None
    ) -> FrozenMap[str, Any]:
        """Call an operation that botocore knows and this package may not know yet.

        ``operation`` and ``parameters`` have the documented names. boto3 checks the parameters;
        this package does not, because it would refuse a member that is newer than the package.
        Returns boto3's response, frozen: maps refuse changes, and lists are tuples. Its key
        ``ResponseMetadata`` has the request id. Log records, and the wait for a resource to be
        visible, are those of ``send``.

        Raises ``NotImplementedError`` if the installed botocore does not know the operation, and
        ``botocore.exceptions.ParamValidationError`` for wrong parameters. The other errors are
        those of ``send``.
        """
        from sagemaker_typed.core.client.untyped import untyped_request

        request = untyped_request(self._boto3, self._package, operation, parameters or {})
        return self._send_when_visible(request, self._send_untyped)

    def pages(
        self,
        request: PaginatedRequest[ResponseT, Any],
        *,
        start_token: str | None = None,
        limit: int | None = None,
    ) -> Pages[ResponseT]:
        """Return an iterator over the pages of a listing; each page is requested when needed.

        ``limit`` is the largest number of pages. After the limit or an error, ``next()`` on the
        same iterator continues. A new listing continues with the iterator's ``token`` as its
        ``start_token``.
        """
        from sagemaker_typed.core.operations.paging import Pages

        return Pages(request, self.send, start_token=start_token, limit=limit)

    def items(
        self,
        request: PaginatedRequest[Any, ItemT],
        *,
        start_token: str | None = None,
        skip: int = 0,
        limit: int | None = None,
    ) -> Items[ItemT]:
        """Return an iterator over the items of a listing, with at most one page in memory.

        ``limit`` is the largest number of items. After the limit or an error, ``next()`` on the
        same iterator continues. A new listing continues with the iterator's ``token`` as its
        ``start_token`` and with the iterator's ``skip``.
        """
        from sagemaker_typed.core.operations.paging import Items

        return Items(request, self.send, start_token=start_token, skip=skip, limit=limit)

    def wait(
        self,
        request: Request[ResponseT],
        *,
        until: str | Sequence[str] | None = None,
        timeout: float | None = None,
        poll: float | None = None,
        policy: WaitPolicy | None = None,
        on_status: OnStatus[ResponseT] | None = None,
        progress: bool = False,
    ) -> ResponseT:
        """Describe a resource until its status is terminal, and return the last description.

        ``until`` names the statuses to wait for; the default is ready or completed. ``on_status``
        is called with every change of the status. ``progress`` shows the changes on the terminal
        (needs the extra ``progress``). ``timeout`` and ``poll`` replace those of ``policy``, in
        seconds.

        Raises ``WaitFailed`` if the resource reaches another terminal status, ``WaitTimeout`` after
        the timeout, and ``ResourceNotFound`` if the resource does not exist.
        """
        from sagemaker_typed.core.operations import goals, waiting

        description = waiting.wait(
            request,
            self.send,
            goals.until_terminal(self._service, request.__operation__.name, until),
            (policy or waiting.WaitPolicy()).replace(timeout=timeout, poll=poll),
            on_status=on_status,
            progress=progress,
        )
        return cast("ResponseT", description)  # a terminal status was described

    def wait_gone(
        self,
        request: Request[ResponseT],
        *,
        timeout: float | None = None,
        poll: float | None = None,
        policy: WaitPolicy | None = None,
        on_status: OnStatus[ResponseT] | None = None,
        progress: bool = False,
    ) -> ResponseT | None:
        """Describe a resource until it does not exist, and return its last description.

        Returns ``None`` if no description showed the resource. The arguments and the errors are
        those of ``wait``.
        """
        from sagemaker_typed.core.operations import goals, waiting

        return waiting.wait(
            request,
            self.send,
            goals.until_gone(self._service, request.__operation__.name),
            (policy or waiting.WaitPolicy()).replace(timeout=timeout, poll=poll),
            on_status=on_status,
            progress=progress,
        )

    def logs(
        self,
        target: Shape,
        *,
        follow: bool = False,
        start_token: str | None = None,
        start_time: datetime | None = None,
        tail: int | None = None,
        limit: int | None = None,
        policy: WaitPolicy | None = None,
    ) -> LogLines:
        """Return an iterator over the CloudWatch log lines of a resource, ordered by time.

        ``target`` is a request, a response or a summary that names the resource, such as
        ``DescribeTrainingJobRequest``, ``CreateTrainingJobResponse`` or ``TrainingJobSummary``; a
        pipeline execution has the lines of its steps. At most one page of each log stream is in
        memory. A log group that does not exist yet has no lines.

        With ``follow``, the iterator waits for more lines until the job has ended; for a resource
        that stays in service, until the ``timeout`` of ``policy``, which is endless by default.
        ``start_time`` skips older lines, and ``tail`` all but the last lines that exist. ``limit``
        is the largest number of lines. After the end or an error, ``next()`` on the same iterator
        continues; a new one continues with its ``token`` as ``start_token``.

        Raises ``ValueError`` if the resource writes no logs, ``TimeoutError`` after the timeout,
        and ``AccessDeniedException`` without permission to read the log.
        """
        from sagemaker_typed.core.operations.log_lines import LogLines
        from sagemaker_typed.core.operations.log_places import LogPlaces

        places = LogPlaces(self._service, target, self.send)
        return LogLines(
            places,
            self._logs_client,
            start_token=start_token,
            start_time=start_time,
            tail=tail,
            limit=limit,
            has_ended=places.has_ended if follow else None,
            policy=policy,
        )

    def _explain(
        self, shape: type[Request[Any]], members: dict[str, object], error: ValueError
    ) -> ValueError:
        """Return the validation error of a request, extended by the rules that it breaks."""
        from pydantic_core import ValidationError

        if self._rules is None or not isinstance(error, ValidationError):
            return error
        return self._rules.explain(shape, members, error)

    def _send_untyped(self, request: Request[ResponseT], /) -> ResponseT:
        """Send a request once; the response is boto3's, frozen."""
        from sagemaker_typed.core.schema.frozen import freeze

        parsed = self._send_raw(request).parsed
        if _is_unreadable(parsed):
            raise self._unreadable(request.__operation__.name, parsed)
        return cast("ResponseT", freeze(parsed))

    def _send_raw(self, request: Request[Any]) -> RawResponse:
        """Send a request once; an error of the service has the class of its code."""
        try:
            return self._call(request)
        except Exception as error:
            from botocore.exceptions import ClientError

            if not isinstance(error, ClientError):
                raise
            raise self._error(error) from error

    def _send_once(self, request: Request[ResponseT], /) -> ResponseT:
        operation = request.__operation__
        answer = self._send_raw(request)
        if operation.response is None:
            return cast("ResponseT", None)
        response = cast("type[Response]", find_shape(self._package, operation.response))
        if answer.body is None:
            if _is_unreadable(answer.parsed, response):
                raise self._unreadable(operation.name, answer.parsed)
            return cast("ResponseT", response.from_service(answer.parsed))
        from sagemaker_typed.core.shapes.shape import read_response  # loads Pydantic

        try:
            return cast("ResponseT", read_response(response, answer.body, answer.parsed))
        except ValueError as error:
            from pydantic_core import ValidationError

            if not isinstance(error, ValidationError):
                raise
            reason = error.errors(include_url=False, include_input=False)[0]["msg"]
        raise self._unreadable(operation.name, answer.parsed, reason)

    def _error(self, error: ClientError) -> ServiceError:
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
        return f"{type(self).__name__}(region_name={self._boto3.meta.region_name!r})"


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
