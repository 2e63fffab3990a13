"""The methods of boto3's clients, paginators, waiters and responses."""

from __future__ import annotations

import ast
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from sagemaker_typed.cli.boto3_code.services import OTHER_METHODS, Service, find_service
from sagemaker_typed.cli.boto3_code.values import (
    UNKNOWN,
    Client,
    Const,
    DictRecord,
    Heap,
    Other,
    Paginator,
    Part,
    Value,
    Waiter,
)
from sagemaker_typed.core.schema import facts
from sagemaker_typed.core.schema.lookup import find_shape
from sagemaker_typed.core.suggest import did_you_mean

if TYPE_CHECKING:
    from sagemaker_typed.cli.boto3_code.results import Reporter

_METADATA = "ResponseMetadata"
_COMPOSED = (facts.List, facts.Map, facts.Structure)


def made_client(arguments: list[Value], keywords: DictRecord, *, sure: bool) -> Value:
    """Return the client that a call with the name of a service makes.

    ``sure`` means that the function makes clients of every service.
    """
    entry = keywords.entries.get("service_name")
    name = entry.value if entry is not None else (arguments or [UNKNOWN])[0]
    if isinstance(name, Const) and isinstance(name.value, str):
        service = find_service(name.value)
        if service is not None or sure:
            return Client(service)
    return UNKNOWN


def check_method(reporter: Reporter, node: ast.Attribute, client: Client) -> None:
    """Report an attribute that a client does not have."""
    name, service = node.attr, client.service
    if service is None or not client.certain or not isinstance(node.ctx, ast.Load):
        return
    if name in OTHER_METHODS or name.startswith("_") or service.request(name) is not None:
        return
    reporter.misuse(node, "unknown_method", name, service)


def call_client(
    reporter: Reporter,
    client: Client,
    name: str,
    node: ast.Call,
    arguments: list[Value],
    keywords: DictRecord,
    heap: Heap,
) -> Value:
    """Report a call of a method of a client, and return its result."""
    service = client.service
    if service is None:
        return UNKNOWN
    if name in {"get_paginator", "get_waiter"}:
        key = "operation_name" if name == "get_paginator" else "waiter_name"
        entry = keywords.entries.get(key)
        wanted = entry.value if entry is not None else (arguments or [UNKNOWN])[0]
        if isinstance(wanted, Const) and isinstance(wanted.value, str):
            return _helper(reporter, name, service, wanted, certain=client.certain)
        return UNKNOWN
    if service.request(name) is None or not (client.certain or _looks_like_boto3(node)):
        return UNKNOWN
    reporter.call("operation", service, name, node, keywords, heap, certain=client.certain)
    return response(service, name, certain=client.certain)


def _helper(
    reporter: Reporter, method: str, service: Service, wanted: Const, *, certain: bool
) -> Value:
    name = wanted.value
    if method == "get_paginator":
        if name in service.pages():
            return Paginator(service, name)
        if certain:
            reporter.misuse(wanted.node, "unknown_paginator", name, service)
    else:
        if name in service.waiters():
            return Waiter(service, name)
        if certain:
            reporter.misuse(wanted.node, "unknown_waiter", name, service)
    return UNKNOWN


def _looks_like_boto3(node: ast.Call) -> bool:
    """Return whether a call has boto3's names of members, so that a guess may be right."""
    named = [keyword.arg for keyword in node.keywords if keyword.arg]
    return bool(named) and not node.args and all(name[:1].isupper() for name in named)


def call_paginator(
    reporter: Reporter,
    owner: Paginator,
    name: str,
    node: ast.Call,
    keywords: DictRecord,
    heap: Heap,
) -> Value:
    """Report a call of a method of a paginator, and return its result."""
    if owner.pages:
        if name == "build_full_result":
            return response(owner.service, owner.operation)
        return UNKNOWN
    if name != "paginate":
        return UNKNOWN
    reporter.call("pages", owner.service, owner.operation, node, keywords, heap)
    return replace(owner, pages=True)


def call_waiter(
    reporter: Reporter, waiter: Waiter, name: str, node: ast.Call, keywords: DictRecord, heap: Heap
) -> None:
    """Report a call of a method of a waiter."""
    if name == "wait":
        method = waiter.service.waiters()[waiter.name]
        reporter.call("waiter", waiter.service, method, node, keywords, heap)


def response(service: Service, method: str, *, certain: bool = True) -> Value:
    """Return the response of an operation."""
    request = service.request(method)
    name = None if request is None else request.__operation__.response
    return UNKNOWN if name is None else Part(service, _structure(name), certain)


@cache
def _structure(name: str) -> facts.Structure:
    """Return the same fact for the same name, so that equal responses are equal."""
    return facts.Structure(name)


def item_of_response(
    reporter: Reporter,
    owner: Part,
    key: Value,
    keys_set: set[object],
    *,
    has_default: bool = False,
) -> Value:
    """Return an item of a part of a response; report a key that it never has.

    ``keys_set`` are the keys that the program sets itself. With a default, only a key that is
    nearly the name of a member is reported.
    """
    kind = owner.kind
    if isinstance(kind, facts.List):
        return replace(owner, kind=kind.item)
    if isinstance(kind, facts.Map):
        return replace(owner, kind=kind.value)
    if not isinstance(kind, facts.Structure) or not isinstance(key, Const):
        return UNKNOWN
    shape = find_shape(owner.service.package, kind.name)
    for member in shape.__members__.values():
        if member.documented == key.value:
            is_composed = isinstance(member.kind, _COMPOSED)
            return replace(owner, kind=member.kind) if is_composed else UNKNOWN
    name = key.value
    if not isinstance(name, str) or name == _METADATA or name in keys_set:
        return UNKNOWN
    names = [member.documented for member in shape.__members__.values()]
    if not has_default or did_you_mean(name, names):
        reporter.misuse(key.node, "response_key", name, owner.service, kind.name)
    return UNKNOWN


def call_response(
    reporter: Reporter, part: Part, name: str, arguments: list[Value], keys_set: set[object]
) -> Value:
    """Return the result of a method of a part of a response."""
    if name == "get" and arguments:
        has_default = len(arguments) > 1
        return item_of_response(reporter, part, arguments[0], keys_set, has_default=has_default)
    if name == "copy":
        return part
    if name == "values" and isinstance(part.kind, facts.Map):
        return replace(part, kind=facts.List(part.kind.value))
    return Other() if name in {"items", "keys"} else UNKNOWN
