"""Calls through a boto3 client of our own, without the work that Pydantic has done already.

botocore goes on choosing the endpoint, signing, sending and retrying, and its hooks run as ever.
Objects of the client step aside while a call of ours passes: the serializer takes a body that is
written already, and the parser leaves the body of an answer to the model. What comes out the same
for every call is kept: the endpoint of an operation, and the User-Agent header, which botocore
builds twice a call.

Whoever may look at parameters or at parsed answers must see real ones: ``Stubber``, a program's own
handlers, tracers and mocks that replace a method. While there is such a one, and where a hook is
missing in the installed botocore, calls take the plain path. ``docs/architecture.md`` lists the
hooks.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from types import FunctionType, MethodType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from sagemaker_typed.core.transport import json_body

if TYPE_CHECKING:
    from botocore.client import BaseClient
    from botocore.model import OperationModel

    from sagemaker_typed.core.shapes.shape import Request

_LISTENERS = (
    "provide-client-params",
    "before-parameter-build",
    "before-endpoint-resolution",
    "before-call",
    "before-parse",
    "response-received",
    "needs-retry",
    "after-call",
)
"""The events that show parameters, the request they became, or the parsed answer."""


class Answer(NamedTuple):
    """What came back."""

    parsed: dict[str, Any]
    """What boto3 has read: everything, or no more than ``ResponseMetadata``."""

    body: bytes | None
    """What boto3 has left to be read, if it has."""


Send: TypeAlias = "Callable[[Request[Any]], Answer]"


class _Call:
    """One call that is under way, as the serializer and the parser find it."""

    __slots__ = ("answer", "body", "is_serialized", "operation", "parses", "request")

    def __init__(self, request: Request[Any], body: bytes | None, *, parses: bool) -> None:
        self.request = request
        self.operation: str | None = request.__operation__.name
        """``None`` once the call of somebody else has come between."""
        self.body = body
        """What to send, or ``None`` where boto3 is given the parameters."""
        self.parses = parses
        """Whether the model reads the answer, and boto3 need not."""
        self.is_serialized = False
        self.answer: bytes | None = None


_under_way: ContextVar[_Call | None] = ContextVar("sagemaker_typed call", default=None)


def plain(client: BaseClient, request: Request[Any]) -> Answer:
    """Send a request as any program would."""
    return Answer(_method(client, request)(**request.to_boto()), None)


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


class Transport:
    """The fast path of one client of our own; see ``attach``."""

    def __init__(self, client: Any, emitter: Any) -> None:
        self._client = client
        self._emitter = emitter
        self._make_api_call: object = None
        self._service = client.meta.service_model.service_id.hyphenize()
        self._registrations: object = None
        self._methods: dict[str, object] = {}

    def call(self, request: Request[Any]) -> Answer:
        """Send a request, fast where nobody looks on."""
        operation = request.__operation__
        method = _method(self._client, request)
        is_fast = self._is_unobserved(operation.name, method)
        body = json_body.body(request) if is_fast else None
        call = _Call(request, body, parses=is_fast)
        token = _under_way.set(call)
        try:
            parsed = method(**request.to_boto()) if body is None else method()
        finally:
            _under_way.reset(token)
        if is_fast or len(parsed) <= 1:  # boto3 takes what is not JSON for empty
            return Answer(parsed, call.answer)
        return Answer(parsed, None)

    def _is_unobserved(self, operation: str, method: Callable[..., object]) -> bool:
        """Whether nobody but botocore looks at what is in this call."""
        make_api_call = _function_of(self._client._make_api_call)
        # botocore begins a new cache whenever a handler is registered or taken away
        registrations = self._emitter._lookup_cache
        if registrations is not self._registrations or make_api_call is not self._make_api_call:
            self._methods = {}
            self._registrations = registrations
            self._make_api_call = make_api_call
        function = _function_of(method)
        if operation not in self._methods:
            self._methods[operation] = function if self._is_fast(operation, method) else None
        return function is not None and self._methods[operation] is function

    def _is_fast(self, operation: str, method: object) -> bool:
        return (
            _is_botocores(method)
            and _is_botocores(self._client._make_api_call)
            and _needs_no_parameters(self._client.meta.service_model.operation_model(operation))
            and all(
                _is_botocores(handler)
                for event in _LISTENERS
                for handler in self._emitter._handlers.prefix_search(
                    f"{event}.{self._service}.{operation}"
                )
            )
        )


def attach(made: BaseClient) -> Send:
    """Give a client that was made for us the fast path, where botocore has room for it.

    For every other caller the client stays what it was.
    """
    client: Any = made
    model = client.meta.service_model
    protocol = getattr(model, "resolved_protocol", None) or model.metadata["protocol"]
    if protocol != "json":
        return functools.partial(plain, client)
    # not before there is a client: a program may import this and make none
    from botocore.parsers import create_parser
    from botocore.serialize import create_serializer

    from sagemaker_typed.core.transport import connections, headers, signing

    try:
        emitter = getattr(client.meta.events, "_emitter", client.meta.events)
        serializer = _Serializer(client._serializer, create_serializer("json", False))
        parsers = _Parsers(client._endpoint._response_parser_factory, create_parser("json"))
        _ = client._make_api_call, emitter._lookup_cache, emitter._handlers.prefix_search
    except AttributeError:
        return functools.partial(plain, client)
    features = _features_of_calls()
    client._serializer = serializer
    client._endpoint._response_parser_factory = parsers
    if getattr(client, "_ruleset_resolver", None) is not None:
        client._ruleset_resolver = _Endpoints(client._ruleset_resolver, features)
    _remember_user_agent(client, features)
    connections.install(getattr(client._endpoint, "http_session", None))
    signing.install(getattr(client, "_request_signer", None))
    # as nearly as the signer's own handler, to come before it
    created = f"request-created.{model.service_id.hyphenize()}"
    client.meta.events.register_first(created, headers.take_as_it_is)
    return Transport(client, emitter).call


class _Serializer:
    """Stands before a client's serializer and lets a body pass that is written already."""

    def __init__(self, serializer: Any, without_validation: Any) -> None:
        self._serializer = serializer
        self._without_validation = without_validation
        self._empty: dict[str, dict[str, Any]] = {}

    def serialize_to_request(
        self, parameters: Mapping[str, Any], operation_model: OperationModel
    ) -> Any:
        """Make a request for botocore, which calls this for every call of the client."""
        call = _under_way.get()
        if call is None:
            return self._plain(parameters, operation_model)
        if call.is_serialized:  # a handler calls the service while our call waits
            call.operation = None
            return self._plain(parameters, operation_model)
        call.is_serialized = True
        if call.body is None:
            return self._plain(parameters, operation_model)
        if parameters:  # botocore has drawn a token for who gave none
            given = call.request.to_boto()
            drawn = {name: value for name, value in parameters.items() if name not in given}
            return self._plain({**given, **drawn}, operation_model)
        name = operation_model.name
        empty = self._empty.get(name)
        if empty is None:
            empty = self._without_validation.serialize_to_request({}, operation_model)
            self._empty[name] = empty
        return {**empty, "headers": dict(empty["headers"]), "body": call.body}

    def _plain(self, parameters: Mapping[str, Any], operation_model: OperationModel) -> Any:
        return self._serializer.serialize_to_request(parameters, operation_model)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._serializer, name)


class _Parsers:
    """Stands before a client's parser factory and leaves the body of an answer unread."""

    def __init__(self, factory: Any, metadata_parser: Any) -> None:
        self._factory = factory
        self._metadata_parser = metadata_parser

    def create_parser(self, protocol: str) -> Any:
        """Make a parser for botocore, which calls this for every answer."""
        call = _under_way.get()
        if call is None or call.operation is None:
            return self._factory.create_parser(protocol)
        return _Parser(call, self._metadata_parser, self._factory, protocol)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._factory, name)


class _Parser:
    """Reads what is said about an answer, and keeps its body."""

    __slots__ = ("_call", "_factory", "_metadata_parser", "_protocol")

    def __init__(self, call: _Call, metadata_parser: Any, factory: Any, protocol: str) -> None:
        self._call = call
        self._metadata_parser = metadata_parser
        self._factory = factory
        self._protocol = protocol

    def parse(self, response: Mapping[str, Any], shape: Any) -> dict[str, Any]:
        """Parse a response as botocore asks for it; its errors stay botocore's."""
        parser = self._metadata_parser
        if response["status_code"] >= 300:
            parser = self._factory.create_parser(self._protocol)
        else:
            self._call.answer = response["body"]
            if self._call.parses:
                shape = None
            else:
                parser = self._factory.create_parser(self._protocol)
        parsed: dict[str, Any] = parser.parse(response, shape)
        return parsed


class _Endpoints:
    """Stands before a client's endpoint rules and keeps what they say of an operation.

    They look at region, settings and parameters, and our calls have no parameters for them.
    """

    def __init__(self, resolver: Any, features: Callable[[], object]) -> None:
        self._resolver = resolver
        self._features = features
        self._known: dict[str, Any] = {}

    def construct_endpoint(
        self, operation_model: OperationModel, call_args: Any, request_context: Any
    ) -> Any:
        """Find the endpoint for botocore, which asks for it on every call."""
        call = _under_way.get()
        if call is None or call.body is None or call.is_serialized:
            return self._resolver.construct_endpoint(operation_model, call_args, request_context)
        name = operation_model.name
        endpoint = self._known.get(name)
        if endpoint is None:
            before = self._features()
            endpoint = self._resolver.construct_endpoint(
                operation_model, call_args, request_context
            )
            if self._features() == before:  # else the rules have something to say in the User-Agent
                self._known[name] = endpoint
        return endpoint

    def __getattr__(self, name: str) -> Any:
        return getattr(self._resolver, name)


def _features_of_calls() -> Callable[[], object]:
    """What botocore has noted of this call for the User-Agent, so as to be compared."""
    try:
        from botocore.context import get_context
    except ImportError:  # before 1.36, where every call has the same header
        return lambda: None

    def features() -> object:
        context = get_context()
        return None if context is None else frozenset(context.features)

    return features


def _remember_user_agent(client: Any, features: Callable[[], object]) -> None:
    """Build the User-Agent header anew only when something in it has changed."""
    creator = getattr(client, "_user_agent_creator", None)
    if creator is None:
        return
    build: Callable[[], str] = creator.to_string
    config = client.meta.config
    built: dict[object, str] = {}

    def to_string() -> str:
        known = (
            features(),
            config.user_agent,
            config.user_agent_extra,
            config.user_agent_appid,
        )
        header = built.get(known)
        if header is None:
            header = built[known] = build()
        return header

    creator.to_string = to_string


def _function_of(method: object) -> object:
    # a wrapper of a method may look like one, and is of another type
    return method.__func__ if type(method) is MethodType else None


def _is_botocores(handler: object) -> bool:
    """Whether what is called is botocore's own, and all that it wraps."""
    function = _function_of(handler) or handler
    if not isinstance(function, FunctionType):  # an object that can be called
        return _is_of_botocore(type(function).__module__)
    while isinstance(function, FunctionType):
        if not _is_of_botocore(function.__globals__["__name__"]):
            return False
        function = getattr(function, "__wrapped__", None)
    return True


def _is_of_botocore(module: str) -> bool:
    if module == "sagemaker_typed.core.transport.attempts":
        return True
    return module.startswith("botocore.") and module != "botocore.stub"


def _needs_no_parameters(operation: OperationModel) -> bool:
    """Whether botocore uses the parameters of an operation for its body alone."""
    return not (
        operation.has_event_stream_input
        or operation.has_event_stream_output
        or operation.has_streaming_input
        or operation.has_streaming_output
        or operation.endpoint
        or operation.http_checksum
        or getattr(operation, "context_parameters", None)
        or getattr(operation, "operation_context_parameters", None)
    )
