"""Read the JSON of ``facts PAGE --json`` back as a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from codegen.errors import InputError
from codegen.sources.json_text import Json, want_object
from codegen.sources.page import Field, Notice, Operation, Page, Value


def read(document: Json, where: str) -> Page:
    """Return the page; its change blocks are left out, because no comparison reads them."""
    facts = cast("Mapping[str, Any]", want_object(document, where))
    try:
        page = facts["page"]
        return Page(
            where=where,
            sha256=page["sha256"],
            layout=page["layout"],
            service=page["service"],
            full_name=page["full_name"],
            date=page["date"],
            heading=page["announced"],
            operations=tuple(_operation(*item) for item in facts["operations"].items()),
            notices=tuple(Notice(**notice) for notice in facts["notices"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{where}: expected the JSON of `facts PAGE --json`: {error!r}") from None


def _operation(name: str, node: Mapping[str, Any]) -> Operation:
    response = node["response"]
    return Operation(
        name=name,
        method=node["method"],
        line=node["line"],
        status=node["status"],
        request=_value(node["request"]),
        response=None if response is None else _value(response),
        response_shown=node["response_shown"],
    )


def _value(node: Mapping[str, Any]) -> Value:
    element = node.get("item", node.get("value"))
    return Value(
        kind=node["type"],
        line=node["line"],
        fields=tuple(_field(*item) for item in node.get("members", {}).items()),
        element=None if element is None else _value(element),
        values=tuple(node.get("values", ())),
        union=node.get("union", False),
        streaming=node.get("streaming", False),
        list_or_map=node.get("list_or_map", False),
        cut=node.get("cut", False),
    )


def _field(name: str, node: Mapping[str, Any]) -> Field:
    return Field(
        name=name,
        value=_value(node),
        line=node["line"],
        required=node["required"],
        idempotency_token=node.get("idempotency_token", False),
    )
