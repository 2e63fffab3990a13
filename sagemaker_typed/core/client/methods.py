"""Builds the methods of generated clients from their declared signatures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from sagemaker_typed.core.api_model import reference
from sagemaker_typed.core.schema.lookup import find_shape

if TYPE_CHECKING:
    from inspect import Signature

    from sagemaker_typed.core.client.base import ServiceClient
    from sagemaker_typed.core.client.signatures import Returns
    from sagemaker_typed.core.operations.goals import Acceptor
    from sagemaker_typed.core.shapes.shape import PaginatedRequest, Request, Shape

P = ParamSpec("P")
R = TypeVar("R")


def operation(request: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Build a method from its signature: its arguments become the request of that name.

    The request checks all arguments, unknown and missing names included, and reports all errors
    together.
    """

    def method(declared: Callable[P, R]) -> Callable[P, R]:
        package = declared.__module__.rpartition(".")[0]
        declared.__doc__ = _with_page(declared.__doc__ or "", package, request)

        def call(self: ServiceClient, **members: object) -> object:
            shape = cast("type[Request[object]]", find_shape(package, request))
            try:
                checked = shape(**members)
            except ValueError as invalid:
                error = invalid
            else:
                return self.send(checked)
            filled = self._filled(shape, members)  # pyright: ignore[reportPrivateUsage]  # a method of the class
            if filled is not None:
                return self.send(filled)
            raise self._explain(shape, members, error)  # pyright: ignore[reportPrivateUsage]  # a method of the class

        return named(call, declared, Declared(declared, request, "response"))

    return method


def listing(request: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Build a method from its signature: it returns the items of every page of that request."""

    def method(declared: Callable[P, R]) -> Callable[P, R]:
        package = declared.__module__.rpartition(".")[0]
        declared.__doc__ = _with_page(declared.__doc__ or "", package, request, _LISTING_DOC)

        def call(self: ServiceClient, **arguments: Any) -> object:
            shape = cast("type[PaginatedRequest[object, object]]", find_shape(package, request))
            controls = _split(arguments, ("start_token", "skip", "limit"), shape)
            listing = self._request_of(shape, arguments)  # pyright: ignore[reportPrivateUsage]  # a method of the class
            return self.items(listing, **controls)

        return named(call, declared, Declared(declared, request, "items"))

    return method


def waiter(
    request: str, *, delay: int, attempts: int, acceptors: Sequence[Acceptor]
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Build a method from its signature: it sends that request until an acceptor matches."""
    ends_by_error = any(state == "success" and by == "error" for state, by, _, _ in acceptors)
    returns: Returns = "response or None" if ends_by_error else "response"

    def method(declared: Callable[P, R]) -> Callable[P, R]:
        package = declared.__module__.rpartition(".")[0]
        declared.__doc__ = _with_page(declared.__doc__ or "", package, request, _WAITER_DOC)

        def call(self: ServiceClient, **arguments: Any) -> object:
            from sagemaker_typed.core.operations import goals, waiting

            shape = cast("type[Request[object]]", find_shape(package, request))
            controls = ("timeout", "poll", "policy", "on_status", "progress")
            options = _split(arguments, controls, shape)
            options["policy"] = options.get("policy") or waiting.WaitPolicy(
                timeout=delay * attempts, poll=delay
            )
            goal = partial(goals.until_accepted, acceptors=acceptors)
            describe = self._request_of(shape, arguments)  # pyright: ignore[reportPrivateUsage]  # a method of the class
            return self._wait_until(describe, goal, **options)  # pyright: ignore[reportPrivateUsage]  # a method of the class

        return named(call, declared, Declared(declared, request, returns))

    return method


class Declared:
    """A declared method, whose signature takes its types from the facts when somebody reads it."""

    __slots__ = ("__wrapped__", "_request", "_returns")

    def __init__(self, declared: Callable[..., object], request: str, returns: Returns) -> None:
        self.__wrapped__ = declared
        self._request = request
        self._returns: Returns = returns

    @property
    def __signature__(self) -> Signature:
        from sagemaker_typed.core.client.signatures import typed_signature

        return typed_signature(self.__wrapped__, self._request, self._returns)


def named(
    call: Callable[..., object],
    declared: Callable[P, R],
    wrapped: Callable[..., object] | Declared,
) -> Callable[P, R]:
    """Give ``call`` the name and docstring of the declared method, and ``wrapped``'s signature.

    ``functools.wraps`` takes five times as long, and a client has five hundred methods.
    """
    call.__name__ = declared.__name__
    call.__qualname__ = declared.__qualname__
    call.__module__ = declared.__module__
    call.__doc__ = declared.__doc__
    call.__dict__["__wrapped__"] = wrapped
    return cast("Callable[P, R]", call)


_LISTING_DOC = " ``start_token``, ``skip`` and ``limit`` as in ``items``."
_WAITER_DOC = " ``timeout``, ``poll``, ``policy``, ``on_status`` and ``progress`` as in ``wait``."


def _with_page(doc: str, package: str, request: str, controls: str = "") -> str:
    """Return the docstring of a method with its page and the class of its parameters."""
    pages = import_module(f"{package}._api_model").API_MODEL.documentation
    more = reference(pages, request.removesuffix("Request"))
    margin = " " * 8 if "\n        " in doc else ""  # Python 3.13 removes it
    paragraphs = [*more, f"Parameters: the fields of ``models.{request}``.{controls}"]
    return f"\n\n{margin}".join([doc.rstrip(), *paragraphs])


def _split(arguments: dict[str, Any], names: Sequence[str], shape: type[Shape]) -> dict[str, Any]:
    """Remove and return the arguments of these names, unless they are members of the request."""
    return {
        name: arguments.pop(name)
        for name in names
        if name in arguments and name not in shape.__members__
    }
