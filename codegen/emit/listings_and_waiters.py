"""The client's derived methods: listings to iterate over, and waiters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from codegen.emit import runtime
from codegen.emit.scope import Scope
from codegen.emit.text import constant
from codegen.model import ir, naming


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """A parameter of the method itself, not of its request."""

    name: str
    annotation: Callable[[Scope, str], str]  # in a scope, for a response of this type
    default: str = "None"


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A method that sends one operation's request several times."""

    name: str
    operation: str
    without: tuple[str, ...]  # documented members that are not parameters
    controls: tuple[Control, ...]
    decorator: Callable[[Scope, str], str]  # in a scope, for a request of this name
    result: Callable[[Scope, str, str], str]  # in a scope, for a response and an item type
    doc: tuple[str, ...]


def methods(service: ir.Service) -> list[Method]:
    """All derived methods: listings first, each kind by name."""
    listings = [
        _listing(operation)
        for operation in service.operations.values()
        if operation.paginator and operation.paginator.result_keys
    ]
    waiters = [_waiter(waiter) for waiter in service.waiters.values()]
    return [*sorted(listings, key=_by_name), *sorted(waiters, key=_by_name)]


def controls(method: Method, members: Iterable[str]) -> list[Control]:
    """The controls of a method whose names its request does not use."""
    taken = set(members)
    return [control for control in method.controls if control.name not in taken]


def _by_name(method: Method) -> str:
    return method.name


def _always(annotation: str) -> Callable[[Scope, str], str]:
    return lambda _scope, _response: annotation


_LISTING_CONTROLS = (
    Control(name="start_token", annotation=_always("str | None")),
    Control(name="skip", annotation=_always("int"), default="0"),
    Control(name="limit", annotation=_always("int | None")),
)


def _listing(operation: ir.Operation) -> Method:
    method = naming.method_name(operation.name)
    assert operation.paginator is not None
    return Method(
        name=f"iter_{method.removeprefix('list_')}",
        operation=operation.name,
        without=operation.paginator.input_tokens,
        controls=_LISTING_CONTROLS,
        decorator=lambda scope, request: f"{scope.use(*runtime.LISTING)}({constant(request)})",
        result=lambda scope, _response, item: f"{scope.use(*runtime.ITEMS)}[{item}]",
        doc=(f"Iterate over every item that ``{method}`` lists, on all pages.",),
    )


def _on_status(scope: Scope, response: str) -> str:
    return f"{scope.use(*runtime.ON_STATUS)}[{response}] | None"


_WAITER_CONTROLS = (
    Control(name="timeout", annotation=_always("float | None")),
    Control(name="poll", annotation=_always("float | None")),
    Control(name="policy", annotation=lambda scope, _: f"{scope.use(*runtime.WAIT_POLICY)} | None"),
    Control(name="on_status", annotation=_on_status),
    Control(name="progress", annotation=_always("bool"), default="False"),
)


def _waiter(waiter: ir.Waiter) -> Method:
    by_error = any(
        acceptor.matcher == "error" and acceptor.state == "success" for acceptor in waiter.acceptors
    )
    times = f"delay={waiter.delay}, attempts={waiter.max_attempts}"
    acceptors = constant(
        tuple((a.state, a.matcher, a.argument, a.expected) for a in waiter.acceptors)
    )
    goal = _goal(waiter.acceptors)
    timeout = waiter.delay * waiter.max_attempts
    defaults = f"Polls every {waiter.delay} seconds, for at most {timeout} seconds"
    return Method(
        name=f"wait_{naming.snake(waiter.name)}",
        operation=waiter.operation,
        without=(),
        controls=_WAITER_CONTROLS,
        decorator=lambda scope, request: (
            f"{scope.use(*runtime.WAITER)}({constant(request)}, {times}, acceptors={acceptors})"
        ),
        result=lambda _scope, response, _item: f"{response} | None" if by_error else response,
        doc=(
            f"Call ``{waiter.operation}`` until {goal}. Return the last response.",
            f"{defaults}, unless ``poll``, ``timeout`` or ``policy`` override it.",
        ),
    )


def _goal(acceptors: Sequence[ir.Acceptor]) -> str:
    """The condition that ends a wait, in words."""
    conditions = [
        f"it fails with ``{acceptor.expected}``"
        if acceptor.matcher == "error"
        else f"the HTTP status is {acceptor.expected}"
        if acceptor.matcher == "status"
        else f"``{acceptor.argument}`` is ``{acceptor.expected}``"
        for acceptor in acceptors
        if acceptor.state == "success"
    ]
    return " or ".join(conditions) or "it fails"
