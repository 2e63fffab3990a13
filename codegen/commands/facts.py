"""``facts PAGE``: print the facts of a documentation page, as a tree to read or as JSON."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import asdict
from typing import Final, TypeAlias

from codegen.sources.changes import as_json, as_text
from codegen.sources.loading import PAGE, load_page
from codegen.sources.page import Field, Notice, Operation, Page, Value, counts, trees

NAME: Final = "facts"
HELP: Final = "print the facts of a documentation page"
_SHOWN_VALUES: Final = 3

Json: TypeAlias = "dict[str, object]"


def add_arguments(parser: ArgumentParser) -> None:
    parser.description = (
        "Print the facts of a documentation page: operations, changes, every member with its type,"
        " values and marker, and the places where the page contradicts itself or breaks off."
    )
    parser.add_argument("page", metavar="PAGE", help=PAGE)
    parser.add_argument("--json", action="store_true", help="every fact, for programs")


def run(arguments: Namespace) -> int:
    page = load_page(arguments.page)
    if arguments.json:
        print(json.dumps(to_json(page), indent=1))
    else:
        print("\n".join(to_text(page)))
    return 0


def to_json(page: Page) -> Json:
    return {
        "page": {
            "layout": page.layout,
            "service": page.service,
            "full_name": page.full_name,
            "date": page.date,
            "sha256": page.sha256,
            "announced": dict(page.heading),
        },
        "counts": asdict(counts(page)),
        "operations": {operation.name: _operation(operation) for operation in page.operations},
        "notices": [asdict(notice) for notice in page.notices],
    }


def _operation(operation: Operation) -> Json:
    return {
        "method": operation.method,
        "status": operation.status,
        "line": operation.line,
        "request": _value(operation.request),
        "response": None if operation.response is None else _value(operation.response),
        "response_shown": operation.response_shown,
        "changes": [
            {"sides": list(block.sides), "line": block.line, "change": as_json(block.change)}
            for block in operation.changes
        ],
    }


def _value(value: Value) -> Json:
    node: Json = {"type": value.kind, "line": value.line}
    if value.kind in ("structure", "event-stream"):
        node["members"] = {field.name: _field(field) for field in value.fields}
    if value.element is not None:
        node["value" if value.kind == "map" else "item"] = _value(value.element)
    if value.values:
        node["values"] = list(value.values)
    flags = ("union", "streaming", "list_or_map", "cut")
    node.update((flag, True) for flag in flags if getattr(value, flag))
    return node


def _field(field: Field) -> Json:
    node = {**_value(field.value), "line": field.line, "required": field.required}
    if field.idempotency_token:
        node["idempotency_token"] = True
    return node


def to_text(page: Page) -> Iterator[str]:
    count = counts(page)
    title = ", ".join(part for part in (page.full_name or page.service, page.date) if part)
    yield f"{title} ({page.layout} page)"
    announced = " and ".join(f"{n} {status}" for status, n in page.heading.items() if n)
    yield (
        f"{count.operations} operations{announced and f' ({announced} announced)'}, "
        f"{count.members} members, {count.values} enum values, {count.required} required markers"
    )
    for operation in page.operations:
        yield ""
        yield from _operation_text(operation)
    if page.notices:
        yield ""
        yield f"{len(page.notices)} notices"
        yield from (f"  {notice_text(notice)}" for notice in page.notices)


def notice_text(notice: Notice) -> str:
    return f"line {notice.line}: {notice.path and f'{notice.path}: '}{notice.text} [{notice.kind}]"


def _operation_text(operation: Operation) -> Iterator[str]:
    status = f" ({operation.status})" if operation.status else ""
    yield f"{operation.name}{status}, line {operation.line}"
    for block in operation.changes:
        yield f"  changes ({' and '.join(block.sides) or 'side unknown'}), line {block.line}"
        yield from (f"    {line}" for line in as_text(block.change).splitlines())
    for side, tree in trees(operation):
        yield f"  {side}"
        yield from _members_text(tree, "    ")
    if operation.response is None:
        yield f"  {'returns nothing' if operation.response_shown else 'response not shown'}"


def _members_text(value: Value, indent: str) -> Iterator[str]:
    for field in value.fields:
        marker = ", required" if field.required else ""
        yield f"{indent}{field.name}: {_type_text(field.value)}{marker}"
        yield from _members_text(_innermost(field.value), indent + "  ")


def _type_text(value: Value) -> str:
    cut = " (the page breaks off)" if value.cut else ""
    if value.kind == "enum":
        shown = " | ".join(value.values[:_SHOWN_VALUES])
        more = len(value.values) - _SHOWN_VALUES
        return f"{shown}{f' | {more} more' if more > 0 else ''}{cut}"
    if value.element is None:
        return f"{value.kind}{', union' if value.union else ''}{cut}"
    kind = "list or map" if value.list_or_map else value.kind
    return f"{kind} of {_type_text(value.element)}{cut}"


def _innermost(value: Value) -> Value:
    while value.element is not None:
        value = value.element
    return value
