"""The client that generated clients derive from."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, ParamSpec, TypeVar, cast

from typing_extensions import Self

if TYPE_CHECKING:
    import boto3
    from botocore.client import BaseClient
    from botocore.config import Config

    from sagemaker_typed.core.consistency import ConsistencyPolicy
    from sagemaker_typed.core.shape import Request

P = ParamSpec("P")
R = TypeVar("R")
ResponseT = TypeVar("ResponseT")



class _Default(Enum):
    """Stands for an argument that was not given, where ``None`` means something."""

    GIVEN_BY_PACKAGE = "default"

    def __repr__(self) -> str:
        return "..."


_DEFAULT = _Default.GIVEN_BY_PACKAGE

# boto3 documents that creating clients is not safe from many threads at once; using them is.
_creating = threading.Lock()


def operation(request: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a method out of its signature: its arguments become the request of that name.

    All that is wrong with the arguments, missing and unknown names included, is then reported
    together by the request itself.
    """

    def method(declared: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(declared)
        def call(self: ServiceClient, **members: Any) -> Any:
            shape: type[Request[Any]] = getattr(self._models(), request)
            return self.send(shape(**members))

        return cast("Callable[P, R]", call)

    return method


class ServiceClient:
    """A typed client of one AWS service, over a boto3 client.

    Credentials, regions, signing, retries of transient faults and proxies are boto3's, and so is
    what can be configured of them.
    """

    _service: ClassVar[str] = ""
    _package: ClassVar[str] = ""

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
        consistency: ConsistencyPolicy | None | _Default = _DEFAULT,
    ) -> None:
        """Create a boto3 client as ``boto3.client`` does, and call the service through it.

        ``session`` brings credentials, profile and region of its own; ``profile_name`` makes a
        session of that profile; with neither, boto3's default session is used. ``consistency``
        says how long to wait for a resource that is not visible yet; ``None`` turns it off.

        Raises boto3's own errors where the region or the profile is missing.
        """
        import boto3

        if session is not None and profile_name is not None:
            raise ValueError("session and profile_name both say whose credentials to use; give one")
        with _creating:
            if profile_name is not None:
                session = boto3.Session(profile_name=profile_name)
            create: Callable[..., BaseClient] = (session or boto3).client
            client = create(
                self._service, region_name=region_name, endpoint_url=endpoint_url, config=config
            )
        self._wrap(client, consistency)

    @classmethod
    def from_boto3(
        cls, client: BaseClient, *, consistency: ConsistencyPolicy | None | _Default = _DEFAULT
    ) -> Self:
        """Call the service through a boto3 client that exists; it is never changed."""
        service = client.meta.service_model.service_name
        if service != cls._service:
            raise ValueError(f"{cls.__name__} needs a boto3 client of {cls._service!r}, not {service!r}")
        wrapped = cls.__new__(cls)
        wrapped._wrap(client, consistency)
        return wrapped

    def _wrap(self, client: BaseClient, consistency: ConsistencyPolicy | None | _Default) -> None:
        if isinstance(consistency, _Default):
            from sagemaker_typed.core.consistency import ConsistencyPolicy

            consistency = ConsistencyPolicy()
        self._boto3 = client
        self._consistency = consistency

    @property
    def boto3(self) -> BaseClient:
        """The boto3 client underneath."""
        return self._boto3

    def send(self, request: Request[ResponseT]) -> ResponseT:
        """Send a request; the answer has the type that the request names.

        Raises ``sagemaker_typed.errors.ServiceError``, or its subclass for the code, where the
        service refuses, and botocore's own errors where there was no answer.
        """
        reads = request.__operation__.reads
        if reads is None or self._consistency is None:
            return self._send_once(request)
        from sagemaker_typed.core import visibility

        return visibility.call(request, reads, self._consistency, self._send_once)

    def _send_once(self, request: Request[ResponseT], /) -> ResponseT:
        from botocore.exceptions import ClientError
        from botocore.parsers import ResponseParserError

        operation = request.__operation__
        method: Callable[..., dict[str, Any]] = getattr(self._boto3, operation.method)
        try:
            answer = method(**request.to_boto())
        except ClientError as error:
            raise self._error(error) from error
        if operation.response is None:
            return cast("ResponseT", None)
        return cast("ResponseT", getattr(self._models(), operation.response).from_service(answer))

    def _error(self, error: ClientError) -> ServiceError:
        from sagemaker_typed.core.errors import from_client_error

        return from_client_error(error, import_module(f"{self._package}.errors").BY_CODE)

    def _models(self) -> Any:
        return import_module(f"{self._package}.models")

    def __repr__(self) -> str:
        return f"{type(self).__name__}(region_name={self._boto3.meta.region_name!r})"
