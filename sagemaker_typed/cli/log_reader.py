"""``logs``: the CloudWatch log lines of a resource."""

from __future__ import annotations

import json
import sys
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from sagemaker_typed.cli.account import call_service, reasons
from sagemaker_typed.cli.names import PACKAGE, fold, quoted
from sagemaker_typed.cli.problems import UsageError
from sagemaker_typed.cli.terminal import painter, printable
from sagemaker_typed.core.operations.log_places import resources
from sagemaker_typed.core.schema.lookup import find_shape
from sagemaker_typed.core.suggest import did_you_mean

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from sagemaker_typed.client import SageMakerClient
    from sagemaker_typed.core.operations.log_lines import LogLine
    from sagemaker_typed.core.shapes.shape import Request

_COLOURS = ("cyan", "green", "magenta", "yellow", "blue")
_LONGEST = 256 * 1024  # an event of CloudWatch Logs has no more bytes
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def run(arguments: argparse.Namespace) -> int:
    """Print the lines of a resource, and with ``--follow`` those that come."""
    arguments.target = _target(arguments.resource, arguments.name)
    arguments.start_time = _start(arguments.since) if arguments.since else None
    return call_service(arguments, _print)


def _print(client: SageMakerClient, arguments: argparse.Namespace) -> None:
    lines = client.logs(
        arguments.target,
        start_time=arguments.start_time,
        tail=arguments.tail,
        follow=arguments.follow,
    )
    _write(lines, as_json=arguments.json)


def _write(lines: Iterable[LogLine], *, as_json: bool) -> None:
    paint = painter(sys.stdout)
    is_terminal = sys.stdout.isatty()
    colours: dict[str, str] = {}
    for line in lines:
        if as_json:
            row = {"timestamp": line.timestamp.isoformat(), "stream": line.stream}
            text = json.dumps({**row, "message": line.message})
        else:
            colour = colours.setdefault(line.stream, _COLOURS[len(colours) % len(_COLOURS)])
            message = printable(line.message, _LONGEST) if is_terminal else line.message
            time = f"{line.timestamp:%Y-%m-%dT%H:%M:%SZ}"
            text = f"{paint('dim', time)} {paint(colour, line.instance)}  {message}"
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()


def _target(resource: str, name: str) -> Request[Any]:
    known = resources("sagemaker")
    kinds = {fold(each): each for each in known}
    kind = kinds.get(fold(resource)) or kinds.get(fold(resource).removesuffix("s"))
    if kind is None:
        shown = [_dashed(each) for each in known]
        hint = did_you_mean(resource, shown) or f"; known: {', '.join(shown)}"
        raise UsageError(f"no logs are known for {quoted(resource)}{hint}")
    describe: Any = find_shape(PACKAGE, f"Describe{kind}Request")
    required = [member.documented for member in describe.__members__.values() if member.required]
    names = name.split("/") if len(required) > 1 else [name]
    if len(names) != len(required):
        raise UsageError(f"{resource} needs {'/'.join(required)} as its NAME; got {quoted(name)}")
    try:
        request: Request[Any] = describe(**dict(zip(required, names, strict=True)))
    except ValueError as error:
        raise UsageError(reasons(error)) from None
    return request


def _dashed(resource: str) -> str:
    describe: Any = find_shape(PACKAGE, f"Describe{resource}Request")
    method: str = describe.__operation__.method
    return method.removeprefix("describe_").replace("_", "-")


def _start(since: str) -> datetime:
    """Return the time of ``30m``, ``2h``, ``1d`` ago, or of an ISO timestamp."""
    now = datetime.now(timezone.utc)
    if since[-1:] in _UNITS and since[:-1].isdecimal():
        return now - timedelta(**{_UNITS[since[-1]]: int(since[:-1])})
    try:
        time = datetime.fromisoformat(since.replace("Z", "+00:00"))
    except ValueError:
        raise UsageError(f"--since is {quoted(since)}, expected 30m, 2h, 1d or a time") from None
    return time.astimezone(timezone.utc)
