"""The client that generated clients derive from."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

from typing_extensions import Self, override

from sagemaker_typed.core.client.logic import DEFAULT, ClientLogic, Default, is_one_call
from sagemaker_typed.core.operations.effects import run
from sagemaker_typed.core.transport.adapter import send_with_boto3

if TYPE_CHECKING:
    from datetime import datetime

    import boto3
    from botocore.client import BaseClient
    from botocore.config import Config

    from sagemaker_typed.core.client.logic import DefaultsSource, RequestRules
    from sagemaker_typed.core.operations.conflicts import OnConflict
    from sagemaker_typed.core.operations.consistency import ConsistencyPolicy
    from sagemaker_typed.core.operations.goals import Goal
    from sagemaker_typed.core.operations.log_lines import LogLine, LogLines
    from sagemaker_typed.core.operations.paging import Items, Pages
    from sagemaker_typed.core.operations.waiting import OnStatus, WaitPolicy
    from sagemaker_typed.core.schema.frozen import FrozenMap
    from sagemaker_typed.core.shapes.shape import PaginatedRequest, Request, Shape
    from sagemaker_typed.core.transport.adapter import RawResponse, Send

ResponseT = TypeVar("ResponseT")
ItemT = TypeVar("ItemT")


class ServiceClient(ClientLogic):
    """A typed client of one AWS service, over a boto3 client.

    boto3 does the credentials, regions, signing, retries of transient errors and proxies. All of
    its settings apply.
    """

    _logs_session: tuple[Any, Any, Any, dict[str, Any]] | None = None

    def __init__(  # pyright: ignore[reportMissingSuperCall]  # `_wrap` calls it
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
        consistency: ConsistencyPolicy | None | Default = DEFAULT,
        rules: RequestRules | None | Default = DEFAULT,
        defaults: DefaultsSource | None | Default = DEFAULT,
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
        a request is sent; ``None`` turns them off. ``defaults`` is a file, a mapping or
        ``Defaults``: members that are filled in below those that the caller gives. Without it, the
        files in the environment variable ``SAGEMAKER_TYPED_DEFAULTS`` are read; ``None`` turns
        that off. ``logs_client`` is a boto3 client of CloudWatch
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
        self._wrap(client, send, consistency, rules, defaults, logs_client)
        own = ("use_ssl", "verify", "aws_access_key_id", "aws_secret_access_key")
        shared = {name: optional[name] for name in (*own, "aws_session_token") if optional[name]}
        self._logs_session = session, profile_name, config, shared
        self._observe_attempts()

    @classmethod
    def from_boto3(
        cls,
        client: BaseClient,
        *,
        consistency: ConsistencyPolicy | None | Default = DEFAULT,
        rules: RequestRules | None | Default = DEFAULT,
        defaults: DefaultsSource | None | Default = DEFAULT,
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
        wrapped._wrap(client, call, consistency, rules, defaults, logs_client)  # noqa: SLF001  # an instance without `__init__`
        return wrapped

    def _wrap(
        self,
        client: BaseClient,
        call: Send,
        consistency: ConsistencyPolicy | None | Default,
        rules: RequestRules | None | Default,
        defaults: DefaultsSource | None | Default,
        logs_client: BaseClient | None,
    ) -> None:
        from sagemaker_typed.core.transport import call_log  # logging, which boto3 has loaded

        super().__init__(client, consistency, rules, defaults)
        self._send_with_boto3 = call_log.logged(call)
        self._given_logs_client = logs_client

    @override
    def _drive(self, steps: Coroutine[Any, Any, ResponseT]) -> ResponseT:
        return run(steps)

    @override
    async def _transmit(self, request: Request[Any]) -> RawResponse:
        return self._send_raw(request)

    def _send_raw(self, request: Request[Any]) -> RawResponse:
        try:
            return self._send_with_boto3(request)
        except Exception as error:
            typed = self._typed(error)
            if typed is error:
                raise
            raise typed from error

    @override
    async def _request(self, request: Request[ResponseT], /) -> ResponseT:
        return self.send(request)

    @override
    async def _call(self, function: Callable[..., object], /, *arguments: object) -> None:
        function(*arguments)

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
        region = self._client.meta.region_name
        self._given_logs_client = create_logs_client(
            session, profile_name, region_name=region, config=config, **options
        )
        return self._given_logs_client

    @property
    def boto3(self) -> BaseClient:
        """The boto3 client underneath."""
        boto3_client: BaseClient = self._client
        return boto3_client

    def close(self) -> None:
        """Close the connections of the boto3 client; a later call opens new ones."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def send(
        self,
        request: Request[ResponseT],
        *,
        on_conflict: OnConflict = "error",
        policy: WaitPolicy | None = None,
    ) -> ResponseT:
        """Send a request, and return the response in the type that the request declares.

        ``on_conflict="wait"`` waits while the resource refuses the request because another change
        is in progress, and sends it again after the end of that change, within ``policy``.

        Raises ``pydantic.ValidationError`` if the request breaks a documented rule. Raises
        ``sagemaker_typed.errors.ServiceError``, or its subclass for the error code, if the service
        reports an error. Raises botocore's own errors if there was no response.
        """
        if on_conflict != "error":
            return run(self._send_when_settled(request, on_conflict, policy))
        if not is_one_call(request) or self._defaults is not None:
            return run(self._send(request))
        if self._rules is not None:
            self._rules.check(request)
        return self._read(request, self._send_raw(request))

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
        return run(self._call_untyped(operation, parameters))

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

        return Pages(request, self._request, start_token=start_token, limit=limit)

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

        return Items(request, self._request, start_token=start_token, skip=skip, limit=limit)

    def wait(
        self,
        request: Request[ResponseT],
        *,
        until: str | Sequence[str] | None = None,
        timeout: float | None = None,
        poll: float | None = None,
        policy: WaitPolicy | None = None,
        after: Request[Any] | None = None,
        on_status: OnStatus[ResponseT] | None = None,
        progress: bool = False,
        logs: bool = False,
        on_log: Callable[[LogLine], object] | None = None,
    ) -> ResponseT:
        """Describe a resource until its status is terminal, and return the last description.

        ``until`` names the statuses to wait for; the default is ready or completed. ``after`` is
        the update request that was sent: the wait ends when the description shows its members.
        Right after an update by this client, a description may be old: it is not the end unless it
        shows the update, for up to ``policy.window`` seconds.

        ``on_status`` is called with every change of the status. ``progress`` shows the changes on
        the terminal (needs the extra ``progress``). ``on_log`` is called with every line of the
        resource's log meanwhile; ``logs`` writes the lines to the standard output. ``timeout`` and
        ``poll`` replace those of ``policy``, in seconds.

        Raises ``WaitFailed`` if the resource reaches another terminal status, if the service rolled
        a change back, or if the description does not show what ``after`` asked for. Raises
        ``WaitTimeout`` after the timeout, and ``ResourceNotFound`` if the resource does not exist.
        """
        from sagemaker_typed.core.operations import goals

        goal = functools.partial(goals.until_terminal, until=until)
        options: dict[str, Any] = {"on_status": on_status, "progress": progress, "after": after}
        options |= {"timeout": timeout, "poll": poll, "policy": policy}
        if not logs and on_log is None:
            description = self._wait_until(request, goal, **options)
        else:
            from sagemaker_typed.core.operations import log_lines

            lines = self.logs(request, policy=policy)
            with log_lines.LogFeed(lines, on_log or log_lines.write_line) as feed:
                description = self._wait_until(request, goal, feed=feed, **options)
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
        from sagemaker_typed.core.operations import goals

        return self._wait_until(
            request,
            goals.until_gone,
            timeout=timeout,
            poll=poll,
            policy=policy,
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
        from sagemaker_typed.core.operations.waiting import WaitPolicy

        places = LogPlaces(self._service, target, self._request)
        return LogLines(
            places,
            self._logs_client,
            start_token=start_token,
            start_time=start_time,
            tail=tail,
            limit=limit,
            has_ended=places.has_ended if follow else None,
            policy=self._paced(policy or WaitPolicy(timeout=math.inf, poll=5.0)),
        )

    def _wait_until(
        self, request: Request[ResponseT], goal: Callable[[str, str], Goal], **options: Any
    ) -> ResponseT | None:
        return run(self._wait(request, goal, **options))
