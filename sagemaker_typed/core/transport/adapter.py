"""One call through boto3: parameters to a response.

A call goes through boto3 on one of two paths.

* The long path: boto3 receives the parameters, serializes them and parses the response.
* The short path, for clients that this package created: Pydantic has already checked the request.
  A handler of ``before-call`` sets the body, and a handler of ``before-parse`` keeps the body of
  the response for the model. boto3 does everything else: endpoints, signing, sending and retries.

A call takes the short path only if botocore alone handles the events that show parameters or
responses, and if no method on the path is replaced. So any observer of a call (``Stubber``, a
handler, a tracer, a mock) sees the same as with boto3.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextvars import ContextVar, copy_context
from types import FunctionType, MethodType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from sagemaker_typed.core.transport import json_body

if TYPE_CHECKING:
    from botocore.client import BaseClient
    from botocore.model import OperationModel

    from sagemaker_typed.core.shapes.shape import Request

_WATCHED = (
    "provide-client-params",
    "before-parameter-build",
    "before-endpoint-resolution",
    "before-call",
    "before-parse",
    "response-received",
    "needs-retry",
    "after-call",
)
"""The events that show parameters, the body of the request, or the response."""


class RawResponse(NamedTuple):
    """A response before a model has read it."""

    parsed: dict[str, Any]
    """boto3's parsed response: all of it, or its ``ResponseMetadata`` alone."""

    body: bytes | None
    """The body for the model to read; ``None`` if boto3 has parsed it."""


Send: TypeAlias = "Callable[[Request[Any]], RawResponse]"
AsyncSend: TypeAlias = "Callable[[Request[Any]], Awaitable[RawResponse]]"


class _Call:
    """One call under way, for the handlers that botocore calls meanwhile."""

    __slots__ = ("body", "is_interrupted", "is_sent", "response")

    def __init__(self, body: bytes | None) -> None:
        self.body = body
        """The body to send on the short path; ``None`` on the long path."""
        self.is_sent = False
        self.is_interrupted = False
        """True once another call of the same boto3 client has begun inside this one."""
        self.response: bytes | None = None
        """The body of the response, where boto3 read nothing of it."""


_current: ContextVar[_Call | None] = ContextVar("sagemaker_typed_call", default=None)


async def send_with_aiobotocore(client: Any, request: Request[Any]) -> RawResponse:
    """Send a request on the long path, as any program would."""
    return RawResponse(await _awaitable(_method(client, request)(**request.to_boto())), None)


def send_with_boto3(client: BaseClient, request: Request[Any]) -> RawResponse:
    """Send a request on the long path, as any program would."""
    return RawResponse(_method(client, request)(**request.to_boto()) or {}, None)


def _method(client: Any, request: Request[Any]) -> Callable[..., dict[str, Any]]:
    operation = request.__operation__
    method: Callable[..., dict[str, Any]] | None = getattr(client, operation.method, None)
    if method is None:
        import botocore

        raise NotImplementedError(
            f"the installed botocore {botocore.__version__} does not know {operation.name}; "
            f"a newer boto3 does: pip install --upgrade boto3"
        )
    return method


class Adapter:
    """Sends the requests of one boto3 client that this package made."""

    def __init__(
        self, client: Any, *, checks_parameters: bool, is_asynchronous: bool = False
    ) -> None:
        self._client = client
        self._service = client.meta.service_model.service_id.hyphenize()
        self._unobserved: tuple[object, dict[str, bool]] = (None, {})
        """botocore's registrations, and by operation, whether botocore alone sees a call then."""
        events = client.meta.events
        events.register_first(f"before-call.{self._service}", _set_body)
        events.register_last("before-parse", _keep_body)
        events.register_last(
            "after-call", _keep_unread_body_async if is_asynchronous else _keep_unread_body
        )
        if checks_parameters:
            events.register_last("before-parameter-build", _check_parameters)

    def send(self, request: Request[Any]) -> RawResponse:
        """Send a request on the short path if there is no observer, else on the long path."""
        call, method, arguments = self._begin(request)
        # Whatever interrupts the call, the caller's context never holds it.
        return _raw_response(call, copy_context().run(_run, call, method, arguments))

    async def send_async(self, request: Request[Any]) -> RawResponse:
        """Send a request as ``send`` does, through an aiobotocore client."""
        call, method, arguments = self._begin(request)
        token = _current.set(call)
        try:
            return _raw_response(call, await _awaitable(method(**arguments)))
        finally:
            _current.reset(token)

    def _begin(
        self, request: Request[Any]
    ) -> tuple[_Call, Callable[..., dict[str, Any]], dict[str, Any]]:
        """Return the call, boto3's method, and its arguments on the chosen path."""
        method = _method(self._client, request)
        body = (
            json_body.write(request)
            if self._is_unobserved(request.__operation__.name, method)
            else None
        )
        return _Call(body), method, request.to_boto() if body is None else {}

    def _is_unobserved(self, operation: str, method: object) -> bool:
        """Return whether botocore alone sees the parameters and the response of a call."""
        client = self._client
        try:
            emitter = getattr(client.meta.events, "_emitter", client.meta.events)
            # botocore starts a new cache when a handler is registered or unregistered.
            registrations = emitter._lookup_cache
            handlers = emitter._handlers
            if not (_is_known(method) and _is_known(client._make_api_call)):
                return False
        except AttributeError:  # a botocore with other names: always the long path
            return False
        # Other threads read one tuple, so registrations never meet the verdicts on older ones.
        seen, verdicts = self._unobserved
        if registrations is not seen:
            verdicts = {}
            self._unobserved = registrations, verdicts
        known = verdicts.get(operation)
        if known is None:
            known = verdicts[operation] = _has_short_path(
                client.meta.service_model.operation_model(operation)
            ) and not any(self._observers(handlers, operation))
        return known

    def _observers(self, handlers: Any, operation: str) -> Iterator[object]:
        """Yield the handlers of other code that see the parameters or the response."""
        for event in _WATCHED:
            for handler in handlers.prefix_search(f"{event}.{self._service}.{operation}"):
                if not _is_known(handler):
                    yield handler

    def long_path_reason(self, operation: str, method: str) -> str:
        """Return why the calls of an operation take the long path; empty for the short path."""
        function = getattr(self._client, method)
        if self._is_unobserved(operation, function):
            return ""
        try:
            emitter = getattr(self._client.meta.events, "_emitter", self._client.meta.events)
            observers = list(self._observers(emitter._handlers, operation))
            replaced = (function, self._client._make_api_call)
        except AttributeError:
            return "this botocore keeps its handlers elsewhere"
        observers += [each for each in replaced if not _is_known(each)]
        if observers:
            return f"observed by {', '.join(sorted(map(_describe, observers)))}"
        return "botocore needs the parameters of this operation"


def long_path_reason(send: Send, operation: str, method: str) -> str:
    """Return why ``send`` takes the long path for an operation; empty for the short path."""
    adapter = getattr(send, "__self__", None)
    if isinstance(adapter, Adapter):
        return adapter.long_path_reason(operation, method)
    return "the client is not boto3's, or its protocol is not JSON"


def _describe(function: object) -> str:
    """Return the module and the name of a function, or of the class of an object."""
    named: Any = function if hasattr(function, "__qualname__") else type(function)
    return f"{named.__module__}.{named.__qualname__}"


def _run(
    call: _Call, method: Callable[..., dict[str, Any]], arguments: dict[str, Any]
) -> dict[str, Any]:
    _current.set(call)
    return method(**arguments) or {}  # A mock may return nothing.


async def _awaitable(response: Any) -> dict[str, Any]:
    parsed: dict[str, Any] = await response or {}  # A mock may return nothing.
    return parsed


def _raw_response(call: _Call, parsed: dict[str, Any]) -> RawResponse:
    is_unread = call.body is not None or len(parsed) <= 1
    return RawResponse(parsed, call.response if is_unread else None)


def _set_body(params: dict[str, Any], **_: Any) -> None:
    """Handle ``before-call``: set the body, which is written already."""
    call = _current.get()
    if call is None:
        return
    if call.is_sent:
        call.is_interrupted = True
        return
    call.is_sent = True
    if call.body is not None:
        params["body"] = call.body


def _keep_body(response_dict: dict[str, Any], **_: Any) -> None:
    """Handle ``before-parse``: keep the body of a successful response for the model."""
    call = _current.get()
    if call is None or call.body is None or call.is_interrupted:
        return
    if response_dict["status_code"] < 300:
        call.response = response_dict["body"]
        response_dict["body"] = b""


def _keep_unread_body(http_response: Any, parsed: dict[str, Any], **_: Any) -> None:
    """Handle ``after-call``: keep a body that boto3 could not read, and takes for empty."""
    call = _current.get()
    if call is not None and _is_unread(call, http_response, parsed):
        call.response = http_response.content


async def _keep_unread_body_async(http_response: Any, parsed: dict[str, Any], **_: Any) -> None:
    """Handle ``after-call`` of aiobotocore, whose ``content`` is awaited."""
    call = _current.get()
    if call is not None and _is_unread(call, http_response, parsed):
        call.response = await http_response.content


def _is_unread(call: _Call, http_response: Any, parsed: dict[str, Any]) -> bool:
    if call.is_interrupted or call.response is not None or len(parsed) > 1:
        return False
    return http_response.status_code < 300 and getattr(http_response, "raw", None) is not None


def _check_parameters(params: dict[str, Any], model: OperationModel, **_: Any) -> None:
    """Handle ``before-parameter-build``: check parameters as boto3 does, except our own."""
    call = _current.get()
    is_short = call is not None and call.body is not None and not call.is_sent
    if is_short or model.input_shape is None:
        return
    from botocore.exceptions import ParamValidationError
    from botocore.validate import ParamValidator

    report: Any = ParamValidator().validate(params, model.input_shape)
    if report.has_errors():
        raise ParamValidationError(report=report.generate_report())


_TRUSTED = ("botocore.", "aiobotocore.", f"{__package__}.")
_STUBS = ("botocore.stub", "aiobotocore.stub")


def _is_known(handler: object) -> bool:
    """Return whether a callable, and all that it wraps, is botocore's own, or of this package."""
    function = handler.__func__ if type(handler) is MethodType else handler
    if not isinstance(function, FunctionType):  # an object that can be called
        return _is_trusted(type(function).__module__)
    while isinstance(function, FunctionType):
        if not _is_trusted(function.__globals__.get("__name__")):
            return False
        function = getattr(function, "__wrapped__", None)
    return True


def _is_trusted(module: object) -> bool:
    return isinstance(module, str) and module.startswith(_TRUSTED) and module not in _STUBS


def _has_short_path(operation: OperationModel) -> bool:
    """Return whether botocore uses the parameters of an operation for a JSON body alone."""
    service: Any = operation.service_model
    protocol = getattr(service, "resolved_protocol", None) or service.metadata["protocol"]
    return protocol == "json" and not (
        operation.has_event_stream_input
        or operation.has_event_stream_output
        or operation.has_streaming_input
        or operation.has_streaming_output
        or operation.endpoint
        or operation.http_checksum
        or operation.idempotent_members
        or getattr(operation, "context_parameters", None)
        or getattr(operation, "operation_context_parameters", None)
    )
