"""Finds the CloudWatch log streams of a resource.

``sagemaker_typed/data/log_groups.json`` has the log group and the stream names of each resource.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast

from sagemaker_typed.core.errors import ServiceError
from sagemaker_typed.core.operations.effects import run
from sagemaker_typed.core.operations.error_meanings import says_not_found
from sagemaker_typed.core.operations.paging import Items
from sagemaker_typed.core.operations.statuses import statuses
from sagemaker_typed.core.schema.lookup import find_shape
from sagemaker_typed.core.schema.walk import field_of
from sagemaker_typed.core.shapes.jmespath import query
from sagemaker_typed.core.shapes.shape import Shape
from sagemaker_typed.core.suggest import did_you_mean

if TYPE_CHECKING:
    from sagemaker_typed.core.operations.effects import Sender
    from sagemaker_typed.core.shapes.shape import PaginatedRequest, Request

_ROLE = re.compile(r"(?:Request|Response|Summary)$")
_VERB = re.compile(r"^(?:Create|Delete|Describe|Start|Stop|Update)(?=[A-Z])")
_MEMBER = re.compile(r"{(\w+)}")
_ARN = re.compile(r"arn:[\w-]+:[\w-]+:[\w-]*:\d*:(?P<kind>[\w-]+)[/:](?P<name>.+)")


@dataclass(frozen=True)
class LogPlace:
    """A log group, and the streams in it that belong to a resource."""

    group: str
    streams: str
    """A name, for that stream and those below it; with ``*`` at the end, a prefix."""

    @property
    def prefix(self) -> str:
        """The text with which every stream begins."""
        return self.streams.removesuffix("*")

    def has(self, stream: str) -> bool:
        """Return whether a stream belongs to the resource."""
        if self.streams.endswith("*"):
            return stream.startswith(self.prefix)
        return stream == self.streams or stream.startswith(f"{self.streams}/")


def resources(service: str) -> list[str]:
    """Return the resources of a service that write logs, such as ``TrainingJob``."""
    return list(_table(service))


class LogPlaces:
    """The log groups and streams of a resource, and of the resources that are its parts.

    ``target`` is a request, a response or a summary that names the resource.

    Raises ``ValueError`` if the resource writes no logs, or if ``target`` does not name it.
    """

    def __init__(self, service: str, target: Shape, send: Sender) -> None:
        self._table = _table(service)
        self._service = service
        self._send = send
        self._named: dict[Request[Any], Shape] = {}
        resource = _resource(type(target))
        self._targets: list[Shape] = [target]
        self._has_arns = resource not in self._table
        if self._has_arns:
            self._targets = list(_arns(target, self._table))
            if not self._targets:
                hint = did_you_mean(resource, self._table)
                known = hint or f"; resources with logs: {', '.join(self._table)}"
                raise ValueError(
                    f"{type(target).__name__}: no log group is known for {resource}{known}"
                )
        self._describes = [_describe(each) for each in self._targets]

    def __iter__(self) -> Iterator[LogPlace]:
        for target in self._targets:
            yield from self._places(self._description(target) if self._has_arns else target)

    def has_ended(self) -> bool:
        """Return whether the resource is a job that has ended, or exists no more."""
        return all(map(self._is_over, self._describes))

    def _is_over(self, describe: Request[Any]) -> bool:
        facts = statuses(self._service, describe.__operation__.name)
        if facts is None or not facts.completes:
            return False
        try:
            description = run(self._send(describe))
        except ServiceError as error:
            if says_not_found(error):
                return True
            raise
        status = cast("str | None", query(facts.status)(description))
        return facts.state(status) != "under way"

    def _places(self, target: Shape) -> Iterator[LogPlace]:
        row = self._table[_resource(type(target))]
        if "parts" in row:
            for item in Items(_listing(row["parts"], target), self._send):
                if _resource(type(item)) in self._table:
                    yield from self._places(item)
                else:
                    for part in _arns(item, self._table):
                        yield from self._places(self._description(part))
        elif "described" in row:
            description = run(self._send(_describe(target)))
            for each in cast("Any", query(row["described"])(description) or ()):
                group = str(each.log_group_arn).removesuffix(":*").partition(":log-group:")[2]
                yield LogPlace(group, each.log_stream_name)
        else:
            needed = _MEMBER.findall(row["group"] + row["streams"])
            if any(_member(target, name) is None for name in needed):
                target = self._description(_describe(target))
            members = {name: _member(target, name) for name in needed}
            yield LogPlace(row["group"].format(**members), row["streams"].format(**members))

    def _description(self, describe: Any) -> Shape:
        """Return a description, which has the name that an ARN shows in lower case."""
        if describe not in self._named:
            self._named[describe] = cast("Shape", run(self._send(describe)))
        return self._named[describe]


def _resource(shape: type[Shape]) -> str:
    """Return the resource that a request, a response or a summary is about."""
    return _VERB.sub("", _ROLE.sub("", shape.__name__))


def _describe(target: Shape) -> Request[Any]:
    """Return the request that describes a resource.

    The response of a create operation has no name but an ARN, whose last part is the name.
    """
    resource = _resource(type(target))
    describe = find_shape(target.__package_name__, f"Describe{resource}Request")
    if isinstance(target, describe):
        return cast("Request[Any]", target)
    required = [member.documented for member in describe.__members__.values() if member.required]
    values = {name: _member(target, name) for name in required}
    arn = _ARN.fullmatch(str(_member(target, f"{resource}Arn")))
    if len(required) == 1 and arn and values[required[0]] is None:
        values[required[0]] = arn["name"]
    missing = [name for name, value in values.items() if value is None]
    if missing:
        raise ValueError(f"{type(target).__name__} has no {' and no '.join(missing)}")
    return cast("Request[Any]", describe(**values))


def _listing(operation: str, target: Shape) -> PaginatedRequest[Any, Any]:
    """Return the request that lists the parts of a resource."""
    listing = cast("Any", find_shape(target.__package_name__, f"{operation}Request"))
    return cast("PaginatedRequest[Any, Any]", listing(**_describe(target).to_boto()))


def _arns(value: object, table: Mapping[str, Any]) -> Iterator[Request[Any]]:
    """Yield the describe requests of the resources with logs whose ARNs a shape has."""
    if isinstance(value, Shape):
        kinds = {name.lower(): name for name in table}
        for field in value.__members__:
            inner = getattr(value, field)
            arn = _ARN.fullmatch(inner) if isinstance(inner, str) else None
            resource = kinds.get(arn["kind"].replace("-", "")) if arn else None
            if arn and resource:
                describe = find_shape(value.__package_name__, f"Describe{resource}Request")
                (required,) = (m.documented for m in describe.__members__.values() if m.required)
                yield cast("Request[Any]", describe(**{required: arn["name"]}))
            else:
                yield from _arns(inner, table)


def _member(shape: Shape, documented: str) -> Any:
    field = field_of(type(shape), documented)
    return getattr(shape, field) if field else None


@functools.cache
def _table(service: str) -> Mapping[str, dict[str, str]]:
    text = files("sagemaker_typed").joinpath("data/log_groups.json").read_text("utf-8")
    rows: dict[str, dict[str, dict[str, str]]] = json.loads(text)
    return rows.get(service, {})
