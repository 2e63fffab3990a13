"""Real clients whose requests a function of a test replies to, below boto3 and above HTTP."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar, cast

from pydantic_core import ValidationError

from sagemaker_typed.core.client.base import ServiceClient
from sagemaker_typed.core.client.logic import ClientLogic
from sagemaker_typed.core.operations.consistency import ConsistencyPolicy
from sagemaker_typed.core.suggest import quoted
from sagemaker_typed.testing import wire
from sagemaker_typed.testing._operations import PACKAGES
from sagemaker_typed.testing.clock import Clock
from sagemaker_typed.testing.operations import request_named
from sagemaker_typed.testing.script import UnexpectedCall
from sagemaker_typed.testing.session import Hermetic

if TYPE_CHECKING:
    import boto3
    from botocore.awsrequest import AWSPreparedRequest, AWSResponse
    from botocore.model import OperationModel

    from sagemaker_typed.core.shapes.shape import Request

ClientT = TypeVar("ClientT", bound=ClientLogic)

SERVICES: Final = {package: service for service, package in PACKAGES.items()}
"""The name of each service in boto3, by package."""


class Call(NamedTuple):
    """A call under way: botocore's model of the operation, and the parameters."""

    model: OperationModel
    parameters: Mapping[str, Any]

    @property
    def service(self) -> str:
        """The name of the service in boto3."""
        return self.model.service_model.service_name

    def request(self) -> Request[Any]:
        """Return the typed request."""
        shape = request_named(PACKAGES[self.service], self.model.name)
        try:
            return shape.from_boto(self.parameters)
        except ValidationError:  # such as the token of a page, which is sent back unchecked
            return shape.from_service(self.parameters)


current: ContextVar[Call | None] = ContextVar("sagemaker_typed_testing_call", default=None)
"""The call under way in this thread or task."""


def note_call(params: Mapping[str, Any], model: OperationModel, **_: object) -> None:
    """Handle ``provide-client-params``: keep the parameters for later events of the call."""
    current.set(Call(model, dict(params)))


class Clients:
    """The clients of a test, of which ``create`` makes one of each kind."""

    def __init__(self, create: Callable[[type[Any]], ClientLogic]) -> None:
        self._create: Final = create
        self._by_kind: Final[dict[type[ClientLogic], ClientLogic]] = {}
        self._creating: Final = threading.Lock()  # boto3 cannot create two clients at once

    def client_of(self, kind: type[ClientT]) -> ClientT:
        """Return the client of a kind. Raises ``TypeError`` if it is no class of clients."""
        _check_client_class(kind)
        with self._creating:
            if kind not in self._by_kind:
                self._by_kind[kind] = self._create(kind)
            return cast("ClientT", self._by_kind[kind])

    def close(self) -> None:
        """Close the synchronous clients; ``async with`` closes the others."""
        for client in self._by_kind.values():
            if isinstance(client, ServiceClient):
                client.close()


class StubbedClients(Clients):
    """Clients on a clock; ``reply`` gets their requests.

    It returns documented members, a ``Failure``, ``Raw`` bytes or an exception.
    """

    def __init__(
        self, reply: Callable[[Request[Any]], Any], *, region_name: str, attempts: int = 1
    ) -> None:
        super().__init__(self._stubbed)
        self.clock: Final[Clock] = Clock()
        self._hermetic: Final = Hermetic(region_name, attempts)
        self.session: Final[boto3.Session] = self._hermetic.session
        self._reply_to: Final = reply
        self._ids: Final = itertools.count(1)
        self._listen(self.session.events, self._stand_in)

    def _stubbed(self, kind: type[Any]) -> ClientLogic:
        if issubclass(kind, ServiceClient):
            return on_clock(kind, self.clock, session=self.session)
        session = self._hermetic.asynchronous()
        self._listen(session.get_component("event_emitter"), self._stand_in_for_aiobotocore)
        client: ClientLogic = on_clock(kind, self.clock, session=session)
        return client

    def _listen(self, events: Any, stand_in: Callable[..., object]) -> None:
        events.register_first("provide-client-params", note_call)
        events.register_first("before-send", stand_in)

    def check(self, request: type[Request[Any]], reply: Any) -> None:
        """Raise an error for a reply that cannot be written as a response."""
        if not isinstance(reply, Exception):
            service = SERVICES[request.__package_name__]
            wire.http(self._hermetic.operation_model(service, request.__operation__.name), reply)

    def _stand_in(self, request: AWSPreparedRequest, **_: object) -> AWSResponse:
        """Handle ``before-send``: respond in the place of the service."""
        return self._response(request).response(str(request.url), self._request_id())

    def _stand_in_for_aiobotocore(self, request: AWSPreparedRequest, **_: object) -> Any:
        return self._response(request).async_response(str(request.url), self._request_id())

    def _request_id(self) -> str:
        return f"00000000-0000-0000-0000-{next(self._ids):012d}"

    def _response(self, request: AWSPreparedRequest) -> wire.Http:
        call = current.get()
        if call is None or call.service not in PACKAGES:
            raise UnexpectedCall(
                f"{request.method} {request.url}: the kit has no replies for"
                f" {call.service if call else 'it'}; it stands for {quoted(PACKAGES, 'and')}"
            )
        reply = self._reply_to(call.request())
        if isinstance(reply, Exception):
            raise reply
        return wire.http(call.model, reply)


def on_clock(kind: type[ClientT], clock: Clock, **options: Any) -> ClientT:
    """Return a client whose waits pass on a clock."""
    paced = {"_paced": lambda _, policy: clock.wait(policy)}
    create: Any = type(kind.__name__, (kind,), paced)
    policy = clock.consistency(ConsistencyPolicy())
    return cast("ClientT", create(consistency=policy, **options))


def _check_client_class(kind: object) -> None:
    if not (isinstance(kind, type) and issubclass(kind, ClientLogic)):
        raise TypeError(f"expected a client class such as SageMakerClient, not {kind!r}")
