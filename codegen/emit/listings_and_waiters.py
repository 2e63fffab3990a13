"""The client's methods beyond one an operation: listings to iterate over, and waits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from codegen.emit.scope import Scope
from codegen.emit.text import constant
from codegen.model import ir, naming

_CLIENT = "sagemaker_typed.core.client.base"
_PAGING = "sagemaker_typed.core.operations.paging"
_WAITING = "sagemaker_typed.core.operations.waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """A parameter that is not the request's but says how to go about it."""

    name: str
    annotation: Callable[[Scope, str], str]  # in a scope, for an answer of this type
    default: str = "None"


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A method that sends one operation's request several times."""

    name: str
    operation: str
    without: tuple[str, ...]  # documented members that are no parameters
    controls: tuple[Control, ...]
    decorator: Callable[[Scope, str], str]  # in a scope, for a request of this name
    answer: Callable[[Scope, str, str], str]  # in a scope, for an answer and an item type
    doc: tuple[str, ...]


def methods(service: ir.Service) -> list[Method]:
    """All of them, listings first, each kind by name."""
    listings = [_listing(one) for one in service.operations.values() if one.paginator]
    waits = [_wait(one) for one in service.waiters.values()]
    return [*sorted(listings, key=_by_name), *sorted(waits, key=_by_name)]


def controls(method: Method, members: Iterable[str]) -> list[Control]:
    """The controls that are left to a method whose request has these fields."""
    taken = set(members)
    return [control for control in method.controls if control.name not in taken]


def _by_name(method: Method) -> str:
    return method.name


def _plain(annotation: str) -> Callable[[Scope, str], str]:
    return lambda _scope, _answer: annotation


_LISTING_CONTROLS = (
    Control(name="start_token", annotation=_plain("str | None")),
    Control(name="skip", annotation=_plain("int"), default="0"),
    Control(name="limit", annotation=_plain("int | None")),
)


def _listing(operation: ir.Operation) -> Method:
    own = naming.method_name(operation.name)
    assert operation.paginator is not None
    return Method(
        name=f"iter_{own.removeprefix('list_')}",
        operation=operation.name,
        without=operation.paginator.input_tokens,
        controls=_LISTING_CONTROLS,
        decorator=lambda scope, request: f"{scope.use(_CLIENT, 'listing')}({constant(request)})",
        answer=lambda scope, _answer, item: f"{scope.use(_PAGING, 'Items')}[{item}]",
        doc=(f"Every item that ``{own}`` lists, page after page.",),
    )


def _on_status(scope: Scope, answer: str) -> str:
    return f"{scope.use(_WAITING, 'OnStatus')}[{answer}] | None"


_WAIT_CONTROLS = (
    Control(name="timeout", annotation=_plain("float | None")),
    Control(name="poll", annotation=_plain("float | None")),
    Control(
        name="policy", annotation=lambda scope, _: f"{scope.use(_WAITING, 'WaitPolicy')} | None"
    ),
    Control(name="on_status", annotation=_on_status),
    Control(name="progress", annotation=_plain("bool"), default="False"),
)


def _wait(waiter: ir.Waiter) -> Method:
    by_error = any(one.matcher == "error" and one.state == "success" for one in waiter.acceptors)
    given = f"delay={waiter.delay}, attempts={waiter.max_attempts}"
    acceptors = constant(
        tuple((one.state, one.matcher, one.argument, one.expected) for one in waiter.acceptors)
    )
    until = _until(waiter.acceptors)
    most = waiter.delay * waiter.max_attempts
    times = f"Looks every {waiter.delay} seconds, for {most} at most"
    return Method(
        name=f"wait_{naming.snake(waiter.name)}",
        operation=waiter.operation,
        without=(),
        controls=_WAIT_CONTROLS,
        decorator=lambda scope, request: (
            f"{scope.use(_CLIENT, 'waiter')}({constant(request)}, {given}, acceptors={acceptors})"
        ),
        answer=lambda _scope, answer, _item: f"{answer} | None" if by_error else answer,
        doc=(
            f"Call ``{waiter.operation}`` until {until}; its last answer.",
            f"{times}, unless ``poll``, ``timeout`` or ``policy`` say otherwise.",
        ),
    )


def _until(acceptors: Sequence[ir.Acceptor]) -> str:
    """What a waiter waits for, in words."""
    listed = [
        f"it refuses with ``{one.expected}``"
        if one.matcher == "error"
        else f"the HTTP status is {one.expected}"
        if one.matcher == "status"
        else f"``{one.argument}`` is ``{one.expected}``"
        for one in acceptors
        if one.state == "success"
    ]
    return " or ".join(listed) or "it fails"
