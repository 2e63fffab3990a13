"""``ls``: resources as a table, or as JSON."""

from __future__ import annotations

import json
import sys
from datetime import datetime, timezone
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from sagemaker_typed.cli.account import call_service, reasons
from sagemaker_typed.cli.names import fold, operation_names, quoted, request_of
from sagemaker_typed.cli.problems import UsageError
from sagemaker_typed.cli.terminal import ago, printable
from sagemaker_typed.core.operations.statuses import statuses
from sagemaker_typed.core.schema import facts
from sagemaker_typed.core.schema.walk import find_member
from sagemaker_typed.core.shapes.shape import PaginatedRequest, Shape
from sagemaker_typed.core.suggest import did_you_mean
from sagemaker_typed.core.validation import messages

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from rich.table import Table
    from rich.text import Text

    from sagemaker_typed.client import SageMakerClient
    from sagemaker_typed.core.shapes.shape import Request

_SCALARS = (facts.Boolean, facts.Enum, facts.Float, facts.Integer, facts.String, facts.Timestamp)
_COLOURS = {"success": "green", "failure": "bold red", "under way": "yellow"}


def run(arguments: argparse.Namespace) -> int:
    """Print the first items of a listing."""
    arguments.request = _request(arguments.resource, arguments.members)
    if not arguments.json:
        _rich("table")
    return call_service(arguments, _print)


def _print(client: SageMakerClient, arguments: argparse.Namespace) -> None:
    items = list(islice(client.items(arguments.request), arguments.limit + 1))
    shown = items[: arguments.limit]
    if arguments.json:
        rows = [json.loads(item.to_json()) if isinstance(item, Shape) else item for item in shown]
        sys.stdout.write(f"{json.dumps(rows, indent=2, default=str)}\n")
        return
    console = _rich("console").Console(file=sys.stdout, highlight=False)
    if shown:
        console.print(_table(shown))
    else:
        sys.stderr.write("no items\n")
    if len(items) > len(shown):
        sys.stderr.write(f"only the first {len(shown)} are shown; --limit shows more\n")


def _request(resource: str, members: Sequence[str]) -> PaginatedRequest[Any, Any]:
    listings = {fold(name): name for name in operation_names() if name.startswith("List")}
    name = listings.get(f"list{fold(resource)}") or listings.get(f"list{fold(resource)}s")
    if name is None:
        near = did_you_mean(f"List{resource}", listings.values()).replace("List", "")
        raise UsageError(f"no operation lists {quoted(resource)}{near}")
    shape = request_of(name)
    values = dict(_value(shape, each) for each in members)
    try:
        request = shape(**values)
    except ValueError as error:
        raise UsageError(reasons(error)) from None
    if not isinstance(request, PaginatedRequest):
        raise UsageError(f"{name} returns no pages")
    return request


def _value(shape: type[Request[object]], argument: str) -> tuple[str, object]:
    name, equals, text = argument.partition("=")
    match = find_member(shape, name)
    if not equals or match is None:
        known = [member.documented for member in shape.__members__.values()]
        hint = did_you_mean(name, known) or f"; members: {', '.join(known)}"
        raise UsageError(f"{quoted(argument)}: expected MEMBER=VALUE{hint}")
    member = match[1]
    if isinstance(member.kind, facts.Integer) and text.lstrip("-").isdecimal():
        return member.documented, int(text)
    if isinstance(member.kind, facts.Boolean) and text in ("true", "false"):
        return member.documented, text == "true"
    return member.documented, text


def _table(items: Sequence[object]) -> Table:
    """Return the table of the members that at least one item has, without nested ones."""
    table: Table = _rich("table").Table(box=None, header_style="bold", pad_edge=False)
    first = items[0]
    if not isinstance(first, Shape):
        table.add_column("value")
        for item in items:
            table.add_row(_text(printable(str(item))))
        return table
    shapes = cast("Sequence[Shape]", items)
    columns = _columns(type(first), shapes)
    for field in columns:
        is_name = field.endswith(("name", "id", "arn", "status"))
        table.add_column(field, overflow="fold" if is_name else "ellipsis", no_wrap=not is_name)
    now = datetime.now(timezone.utc)
    for item in shapes:
        table.add_row(*(_cell(item, field, now) for field in columns))
    return table


def _columns(shape: type[Shape], items: Sequence[Shape]) -> list[str]:
    scalars = [
        field
        for field, member in shape.__members__.items()
        if isinstance(member.kind, _SCALARS)
        and any(getattr(item, field, None) is not None for item in items)
    ]
    short = [field for field in scalars if not field.endswith("_arn")]
    has_name = any(field.endswith(("_name", "_id", "name")) for field in short)
    chosen = short if has_name else scalars
    return sorted(chosen, key=lambda field: (not field.endswith("name"), "status" not in field))


def _cell(item: Shape, field: str, now: datetime) -> str | Text:
    value = getattr(item, field, None)
    if value is None:
        return ""
    if item.__members__[field].sensitive:
        return _text(messages.SECRET, "dim")
    if isinstance(value, datetime):
        return _text(ago(value, now))
    text = printable(str(getattr(value, "value", value)))
    return _text(text, _colour(type(item), field, text))


def _colour(item: type[Shape], field: str, text: str) -> str:
    if not field.endswith("status"):
        return ""
    resource = item.__name__.removesuffix("Summary").removesuffix("Details")
    known = statuses("sagemaker", f"Describe{resource}")
    return _COLOURS[known.state(text)] if known else ""


def _text(text: str, style: str = "") -> Text:
    styled: Text = _rich("text").Text(text, style=style)
    return styled


def _rich(module: str) -> Any:
    try:
        return import_module(f"rich.{module}")
    except ImportError:
        raise UsageError(
            "a table needs rich: pip install 'sagemaker-typed[progress]'; --json needs nothing"
        ) from None
