"""Stubs below the client and above HTTP, for tests of programs that call SageMaker."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar, overload

from typing_extensions import Self

from sagemaker_typed.client import SageMakerClient
from sagemaker_typed.testing.clients import ClientT, StubbedClients
from sagemaker_typed.testing.operations import request_class
from sagemaker_typed.testing.replies import Failure, Raw
from sagemaker_typed.testing.responses import Partial, checked
from sagemaker_typed.testing.script import Line, Script, place_of_caller
from sagemaker_typed.testing.session import REGION

if TYPE_CHECKING:
    import boto3

    from sagemaker_typed.core.shapes.shape import Request, Response
    from sagemaker_typed.testing._operations import OperationName
    from sagemaker_typed.testing.clock import Clock

RequestT = TypeVar("RequestT", bound="Request[Any]")

OtherReply: TypeAlias = "Mapping[str, object] | Failure | Raw | Exception | None"
"""A reply that is no shape: documented members, an error, bytes, or an error without a response."""


class StubbedSageMaker:
    """A script of replies in the place of SageMaker and its other services.

    ``client`` is a real client: checks, rules, waits and errors are real. Nothing is sent, no
    credentials are read, and waits and retries take no time. Each reply serves one request, in the
    order of the script for each operation. Leaving the context raises ``UnexpectedCall`` for a
    request without a reply, and ``UnusedReplies`` for replies that are left, unless
    ``allow_unused`` is true. Several threads may call.

    A call that waits for a resource to be visible first describes it. That request needs a reply
    only if the script has replies for it; otherwise the resource is visible.

    ``attempts`` is the number of boto3's attempts of a call; each attempt needs a reply.
    """

    def __init__(
        self, *, allow_unused: bool = False, attempts: int = 1, region_name: str = REGION
    ) -> None:
        if attempts < 1:
            raise ValueError(f"attempts is {attempts}, expected 1 or more")
        self.allow_unused: bool = allow_unused
        """True lets the test end with replies that were not used."""
        self._script: Final = Script()
        self._stubbed: Final = StubbedClients(
            self._scripted, region_name=region_name, attempts=attempts
        )
        self.clock: Final[Clock] = self._stubbed.clock
        """The clock of the clients: it passes when a wait pauses."""
        self.session: Final[boto3.Session] = self._stubbed.session
        """The boto3 session of the clients. A client of boto3 from it gets the same replies."""

    @property
    def client(self) -> SageMakerClient:
        """The client of SageMaker."""
        return self.client_of(SageMakerClient)

    def client_of(self, kind: type[ClientT]) -> ClientT:
        """Return the client of a service, such as ``SageMakerRuntimeClient``."""
        return self._stubbed.client_of(kind)

    @property
    def requests(self) -> list[Request[Any]]:
        """The requests that arrived, in order, as the values that the program sent."""
        return self._script.requests

    def respond(
        self,
        operation: OperationName | type[Request[Any]],
        reply: Response | OtherReply = None,
        /,
        **members: object,
    ) -> Line:
        """Script the reply to one request of an operation.

        ``operation`` is the method, such as ``"describe_endpoint"``, or the request class.
        ``members`` are members of the response; the rest is valid. A required member with the name
        of a member of the request has its value. Otherwise ``reply`` is a whole response, a mapping
        of documented names that is sent as it is, a ``Failure``, ``Raw`` bytes, or an exception for
        a call without a response. A streaming body takes bytes, text, a list of parts, a mapping
        for JSON, or ``Broken``. A stream of events takes a list of events, or ``Broken``.

        Raises ``ValueError`` for an unknown operation, ``TypeError`` for a wrong reply and
        ``pydantic.ValidationError`` for wrong members.
        """
        request = request_class(operation)
        if reply is not None and members:
            raise TypeError("give either a whole reply or members, not both")
        if reply is not None:
            whole = checked(request, reply)
            return self._script_line(request, lambda _: whole, whole)
        partial = Partial(request, members)
        return self._script_line(request, partial.complete, partial.complete())

    def fail(
        self,
        operation: OperationName | type[Request[Any]],
        error: str | Failure | Exception,
        message: str = "",
        /,
        *,
        http_status: int | None = None,
        headers: Mapping[str, str] | None = None,
        **members: object,
    ) -> Line:
        """Script an error for one request of an operation.

        ``error`` is the error code of the service, or an exception for a call without a response,
        such as ``botocore.exceptions.ConnectionClosedError``. ``members`` are other members of
        the error.

        Raises ``ValueError`` for an unknown operation, and for a misspelt code.
        """
        if isinstance(error, str):
            error = Failure(
                error, message, http_status=http_status, headers=headers or {}, members=members
            )
        elif message or http_status or headers or members:
            raise TypeError("the message and all else are arguments of the failure")
        return self.respond(operation, error)

    @overload
    def on(
        self, operation: OperationName, handler: Callable[[Any], Response | OtherReply], /
    ) -> Line: ...

    @overload
    def on(
        self, operation: type[RequestT], handler: Callable[[RequestT], Response | OtherReply], /
    ) -> Line: ...

    def on(self, operation: Any, handler: Callable[[Any], Any], /) -> Line:
        """Script a function that replies to every request for which no other reply is left.

        It gets the typed request and returns what ``respond`` takes; ``None`` stands for any valid
        response. It may be called by several threads.
        """
        request = request_class(operation)
        _check_handler(handler)
        anything = Partial(request, {})

        def reply(sent: Request[Any]) -> Any:
            result = handler(sent)
            return anything.complete(sent) if result is None else checked(request, result)

        return self._script_line(request, reply, anything.complete()).always()

    def verify(self) -> None:
        """Raise an error for unexpected calls, and for replies that were not used."""
        self._script.verify(allow_unused=self.allow_unused)

    def close(self) -> None:
        """Close the clients."""
        self._stubbed.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
        if error is None:
            self.verify()

    def _script_line(
        self, request: type[Request[Any]], handler: Callable[[Request[Any]], Any], sample: Any
    ) -> Line:
        """Add a line. Write a sample of its replies, because an error now names that line."""
        self._stubbed.check(request, sample)
        return self._script.add(Line(request, handler, place_of_caller()))

    def _scripted(self, sent: Request[Any]) -> Any:
        line = self._script.next_line(sent)
        return (line.handler if line else Partial(type(sent), {}).complete)(sent)


def _check_handler(handler: object) -> None:
    if not callable(handler):
        raise TypeError(f"expected a function of the request, got a {type(handler).__name__}")
