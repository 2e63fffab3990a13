"""The client that generated asynchronous clients derive from."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar, cast

from typing_extensions import Self, override

from sagemaker_typed.core.client.logic import DEFAULT, ClientLogic, Default
from sagemaker_typed.core.client.methods import named
from sagemaker_typed.core.transport.adapter import send_with_aiobotocore

if TYPE_CHECKING:
    import boto3
    from botocore.config import Config

    from sagemaker_typed.core.client.logic import DefaultsSource, RequestRules
    from sagemaker_typed.core.operations.consistency import ConsistencyPolicy
    from sagemaker_typed.core.operations.goals import Goal
    from sagemaker_typed.core.operations.paging import AsyncItems, AsyncPages, Items
    from sagemaker_typed.core.operations.waiting import OnStatus, WaitPolicy
    from sagemaker_typed.core.schema.frozen import FrozenMap
    from sagemaker_typed.core.shapes.shape import PaginatedRequest, Request
    from sagemaker_typed.core.transport.adapter import AsyncSend, RawResponse

P = ParamSpec("P")
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)
ResponseT = TypeVar("ResponseT")
ItemT = TypeVar("ItemT")


class AsyncMethod(Generic[P, R_co]):
    """The type of a method of an asynchronous client, for checkers."""

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R_co:
        """Call the operation."""
        raise NotImplementedError


def awaited(
    method: Callable[Concatenate[Any, P], R],
) -> AsyncMethod[P, Coroutine[Any, Any, R]]:
    """Return the asynchronous form of an operation or a waiter of the synchronous client."""
    declared: Any = method

    async def call(self: AsyncServiceClient, *positional: Any, **arguments: Any) -> Any:
        return await declared(self, *positional, **arguments)

    return cast(
        "AsyncMethod[P, Coroutine[Any, Any, R]]",
        named(call, declared, getattr(declared, "__wrapped__", declared)),
    )


def streamed(
    method: Callable[Concatenate[Any, P], Any],
    response: Callable[[], type[R]],  # noqa: ARG001  # pyright: ignore[reportUnusedParameter]
) -> AsyncMethod[P, Coroutine[Any, Any, R]]:
    """Return the asynchronous form of an operation with a stream; ``response`` is its type."""
    return cast("AsyncMethod[P, Coroutine[Any, Any, R]]", awaited(method))


def listed(
    method: Callable[Concatenate[Any, P], Items[R]],
) -> AsyncMethod[P, AsyncItems[R]]:
    """Return the asynchronous form of a listing of the synchronous client."""
    return cast("AsyncMethod[P, AsyncItems[R]]", method)


class AsyncServiceClient(ClientLogic):
    """An asynchronous typed client of one AWS service, over an aiobotocore client.

    ``async with`` opens and closes it. All settings of aiobotocore apply.
    """

    _send_with_aiobotocore: AsyncSend | None = None
    _owns_client: bool = False

    def __init__(
        self,
        *,
        region_name: str | None = None,
        session: Any | boto3.Session | None = None,
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
    ) -> None:
        """Take the arguments of the synchronous client; ``async with`` opens the client.

        ``session`` is an ``AioSession`` of aiobotocore. A ``boto3.Session`` gives its profile, its
        region, and the credentials that it was created with. ``config`` may be an ``AioConfig``.
        A client keeps up to 64 connections; further calls wait for one.
        """
        if session is not None and profile_name is not None:
            raise ValueError("session and profile_name both choose the credentials; give only one")
        super().__init__(None, consistency, rules, defaults)
        optional = {
            "region_name": region_name,
            "endpoint_url": endpoint_url,
            "api_version": api_version,
            "use_ssl": use_ssl,
            "verify": verify,
            "aws_access_key_id": aws_access_key_id,
            "aws_secret_access_key": aws_secret_access_key,
            "aws_session_token": aws_session_token,
            "aws_account_id": aws_account_id,
        }
        self._options: dict[str, Any] = {
            "session": session,
            "profile_name": profile_name,
            "config": config,
            **{name: value for name, value in optional.items() if value is not None},
        }

    @classmethod
    def from_aiobotocore(
        cls,
        client: Any,
        *,
        consistency: ConsistencyPolicy | None | Default = DEFAULT,
        rules: RequestRules | None | Default = DEFAULT,
        defaults: DefaultsSource | None | Default = DEFAULT,
    ) -> Self:
        """Call the service through an open aiobotocore client, which is never changed or closed."""
        service = client.meta.service_model.service_name
        if service != cls._service:
            raise ValueError(
                f"{cls.__name__} needs an aiobotocore client of {cls._service!r}, not {service!r}"
            )
        wrapped = cls(consistency=consistency, rules=rules, defaults=defaults)
        wrapped._use(client, functools.partial(send_with_aiobotocore, client))
        return wrapped

    def _use(self, client: Any, call: AsyncSend) -> None:
        from sagemaker_typed.core.transport import call_log

        self._client = client
        self._send_with_aiobotocore = call_log.logged_async(call)

    @property
    def aiobotocore(self) -> Any:
        """The aiobotocore client underneath; ``None`` before ``async with``."""
        return self._client

    async def __aenter__(self) -> Self:
        if self._client is None:
            from sagemaker_typed.core.transport.sessions import create_async_client

            client, call = await create_async_client(self._service, **self._options)
            self._use(client, call)
            self._owns_client = True
            self._observe_attempts()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections; ``async with`` opens the client again."""
        if self._owns_client:
            client, self._client, self._send_with_aiobotocore = self._client, None, None
            self._owns_client = False
            await client.close()

    @override
    def _drive(self, steps: Coroutine[Any, Any, ResponseT]) -> Coroutine[Any, Any, ResponseT]:
        return steps

    @override
    async def _transmit(self, request: Request[Any]) -> RawResponse:
        send = self._send_with_aiobotocore
        if send is None:
            name = type(self).__name__
            raise RuntimeError(f"the client is not open; use: async with {name}(...) as client")
        try:
            return await send(request)
        except Exception as error:
            typed = self._typed(error)
            if typed is error:
                raise
            raise typed from error

    @override
    async def _request(self, request: Request[ResponseT], /) -> ResponseT:
        return await self.send(request)

    @override
    async def _call(self, function: Callable[..., object], /, *arguments: object) -> None:
        if function is time.sleep:
            function = cast("Callable[..., object]", self._sleep)
        result = function(*arguments)
        if isawaitable(result):
            await result

    def _sleep(self, seconds: float) -> Any:
        """Sleep in the event loop that the engine of the client runs in."""
        from aiobotocore.httpsession import AIOHTTPSession  # pyright: ignore[reportMissingImports]

        engine: Any = getattr(self._client.meta.config, "http_session_cls", AIOHTTPSession)
        if issubclass(engine, AIOHTTPSession):
            import asyncio

            return asyncio.sleep(seconds)
        import anyio  # a dependency of httpx

        return anyio.sleep(seconds)

    async def send(self, request: Request[ResponseT]) -> ResponseT:
        """Send a request, as ``ServiceClient.send`` does."""
        return await self._send(request)

    async def call(
        self, operation: str, parameters: Mapping[str, Any] | None = None
    ) -> FrozenMap[str, Any]:
        """Call an operation that botocore knows, as ``ServiceClient.call`` does."""
        return await self._call_untyped(operation, parameters)

    def pages(
        self,
        request: PaginatedRequest[ResponseT, Any],
        *,
        start_token: str | None = None,
        limit: int | None = None,
    ) -> AsyncPages[ResponseT]:
        """Return an iterator over the pages of a listing, as ``ServiceClient.pages`` does."""
        from sagemaker_typed.core.operations.paging import AsyncPages

        return AsyncPages(request, self._request, start_token=start_token, limit=limit)

    def items(
        self,
        request: PaginatedRequest[Any, ItemT],
        *,
        start_token: str | None = None,
        skip: int = 0,
        limit: int | None = None,
    ) -> AsyncItems[ItemT]:
        """Return an iterator over the items of a listing, as ``ServiceClient.items`` does."""
        from sagemaker_typed.core.operations.paging import AsyncItems

        return AsyncItems(request, self._request, start_token=start_token, skip=skip, limit=limit)

    async def wait(
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
    ) -> ResponseT:
        """Wait for a terminal status, as ``ServiceClient.wait`` does.

        ``on_status`` may be a coroutine function.
        """
        from sagemaker_typed.core.operations import goals

        description = await self._wait_until(
            request,
            functools.partial(goals.until_terminal, until=until),
            timeout=timeout,
            poll=poll,
            policy=policy,
            after=after,
            on_status=on_status,
            progress=progress,
        )
        return cast("ResponseT", description)  # a terminal status was described

    async def wait_gone(
        self,
        request: Request[ResponseT],
        *,
        timeout: float | None = None,
        poll: float | None = None,
        policy: WaitPolicy | None = None,
        on_status: OnStatus[ResponseT] | None = None,
        progress: bool = False,
    ) -> ResponseT | None:
        """Wait until a resource does not exist, as ``ServiceClient.wait_gone`` does."""
        from sagemaker_typed.core.operations import goals

        return await self._wait_until(
            request,
            goals.until_gone,
            timeout=timeout,
            poll=poll,
            policy=policy,
            on_status=on_status,
            progress=progress,
        )

    async def _wait_until(
        self, request: Request[ResponseT], goal: Callable[[str, str], Goal], **options: Any
    ) -> ResponseT | None:
        return await self._wait(request, goal, **options)
