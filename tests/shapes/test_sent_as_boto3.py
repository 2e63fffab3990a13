"""Every blob, timestamp and float that a request can hold is sent as boto3 sends it.

boto3 is the oracle: each value goes through a boto3 client and through ours, and the two HTTP
requests are compared.
"""

from __future__ import annotations

import datetime
import io
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from functools import cache
from importlib import import_module
from random import Random
from typing import Any

import boto3
import botocore
import pytest
from botocore.config import Config
from botocore.exceptions import ParamValidationError

from sagemaker_typed import API_MODEL
from sagemaker_typed.core.client.base import ServiceClient
from tests.shapes.service_values import EXACTLY_ONE, Values, service_model
from tests.transport.wire import Http

pytestmark = pytest.mark.pinned
if botocore.__version__ != API_MODEL.botocore:  # an older one does not have all services
    pytest.skip("needs the pinned botocore", allow_module_level=True)
PACKAGES = {
    "sagemaker": "sagemaker_typed",
    "sagemaker-a2i-runtime": "sagemaker_typed.a2i_runtime",
    "sagemaker-edge": "sagemaker_typed.edge",
    "sagemaker-featurestore-runtime": "sagemaker_typed.featurestore_runtime",
    "sagemaker-geospatial": "sagemaker_typed.geospatial",
    "sagemaker-inference-router-runtime": "sagemaker_typed.inference_router_runtime",
    "sagemaker-metrics": "sagemaker_typed.metrics",
    "sagemaker-runtime": "sagemaker_typed.runtime",
    "sagemakerjobruntime": "sagemaker_typed.job_runtime",
    "sagemakertrainingsessionruntime": "sagemaker_typed.training_session_runtime",
}
KINDS = ("blob", "timestamp", "float", "double")
CREDENTIALS = {"aws_access_key_id": "a", "aws_secret_access_key": "s", "region_name": "eu-west-1"}


class Whole(IntEnum):
    THREE = 3


@dataclass(frozen=True)
class Place:
    """A member of a request, and the way to it from the operation's input."""

    service: str
    operation: str
    path: tuple[str, ...]
    kind: str

    def __str__(self) -> str:
        return f"{self.operation}:{'.'.join(self.path)}"


def places() -> Iterator[Place]:
    """Every blob, timestamp and float member, in the first operation whose input holds it."""
    for service in PACKAGES:
        model = service_model(service)
        seen: set[tuple[str, str]] = set()
        for operation in model.operation_names:
            root = model.operation_model(operation).input_shape
            waiting: list[tuple[Any, tuple[str, ...]]] = [(root, ())] if root else []
            while waiting:
                shape, path = waiting.pop(0)
                for name, member in shape.members.items():
                    if (shape.name, name) in seen:
                        continue
                    seen.add((shape.name, name))
                    inner = innermost(member)
                    if inner.type_name == "structure" and not inner.is_document_type:
                        waiting.append((inner, (*path, name)))
                    elif inner.type_name in KINDS:
                        yield Place(service, operation, (*path, name), inner.type_name)


def innermost(shape: Any) -> Any:
    while shape.type_name in ("list", "map"):
        shape = shape.member if shape.type_name == "list" else shape.value
    return shape


def params(shape: Any, path: tuple[str, ...], value: Any, values: Values) -> Any:
    """A valid value of a shape with ``value`` at the end of the path."""
    if shape.type_name == "list":
        count = max(shape.metadata.get("min", 1), 1)
        return [params(shape.member, path, value, values) for _ in range(count)]
    if shape.type_name == "map":
        return {values.scalar(shape.key): params(shape.value, path, value, values)}
    if not path:
        return value
    is_union = getattr(shape, "is_tagged_union", False)
    rest = {} if is_union else values.structure(shape, fill=0.0)
    if path[0] in (choices := EXACTLY_ONE.get(shape.name, [])):
        rest = {name: rest[name] for name in rest if name not in choices}
    return {**rest, path[0]: params(shape.members[path[0]], path[1:], value, values)}


def at(shape: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        shape = innermost(shape).members[name]
    return innermost(shape)


def samples(place: Place, shape: Any) -> list[Any]:
    """Values of each form that botocore documents or accepts."""
    low, high = (shape.metadata.get(limit) for limit in ("min", "max"))
    if place.kind == "blob":
        size = max(int(low or 0), 4)
        text = "é" * size
        text = text if high is None or len(text.encode()) <= high else "a" * size
        return [text, text.encode(), bytearray(b"\xff" * size), b"\xfb\xff" * (size // 2)]
    if place.kind == "timestamp":
        zone = datetime.timezone(datetime.timedelta(hours=5, minutes=30))
        return [
            datetime.datetime(2026, 1, 2, 3, 4, 5),  # noqa: DTZ001  # boto3 takes UTC
            datetime.datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=zone),
            *("2026-01-02", "2026-01-02T03:04:05", "2026-01-02T03:04:05.678Z"),
            *("2026-01-02T03:04:05+05:30", "20260102T030405Z", "Fri, 02 Jan 2026 03:04:05 GMT"),
            *("2 January 2026 03:04", "1767322800", "1767322800.25", 1767322800, 1767322800.25, 0),
        ]
    values: list[Any] = [1, 1.5, 0.1, Whole.THREE, Decimal("2.5")]
    values = [v for v in values if (low is None or v >= low) and (high is None or v <= high)]
    values.append(float("nan"))
    if low is None and high is None:
        values += [float("inf"), float("-inf"), 1e300, 10**20]
    return values


@cache
def clients(service: str) -> tuple[Any, Http, ServiceClient, Http]:
    """A boto3 client and ours, each with a stand-in for HTTP."""
    config = Config(retries={"total_max_attempts": 1})
    package = PACKAGES[service]
    classes = vars(import_module(f"{package}.client")).values()
    kind = next(c for c in classes if isinstance(c, type) and c.__module__ == f"{package}.client")
    session = boto3.Session(**CREDENTIALS)
    boto = session.client(service, config=config)
    ours: Any = kind(session=session, config=config, consistency=None, rules=None)
    return boto, Http(boto), ours, Http(ours.boto3)


def sent(http: Http) -> tuple[str, str, object]:
    """The request that was sent: method, URL and body."""
    request = http.sent.pop()
    body = request.body
    return request.method, request.url, body.read() if hasattr(body, "read") else body


PLACES = list(places())


def test_there_are_places_of_every_kind() -> None:
    assert {place.kind for place in PLACES} == set(KINDS)
    assert len(PLACES) > 100


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_the_same_bytes_are_sent(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uuid, "uuid4", lambda: "00000000-0000-4000-8000-000000000000")
    boto, boto_http, ours, our_http = clients(place.service)
    root = service_model(place.service).operation_model(place.operation).input_shape
    models = import_module(f"{PACKAGES[place.service]}.models")
    request = getattr(models, f"{place.operation}Request")

    for value in samples(place, at(root, place.path)):
        arguments = params(root, place.path, value, Values(Random(0)))
        method = getattr(boto, request.__operation__.method)
        try:
            method(**arguments)
        except ParamValidationError:  # refused by this botocore
            assert not isinstance(value, (str, bytes, float, int, datetime.datetime))
            continue

        ours.send(request.from_boto(arguments))

        assert sent(our_http) == sent(boto_http), value


@pytest.mark.parametrize("place", [p for p in PLACES if p.kind == "timestamp"][:3], ids=str)
@pytest.mark.parametrize("value", ["yesterday", "nan", float("inf"), True, [], b"", "2026-13-01"])
def test_what_is_no_timestamp_is_refused_with_its_path(place: Place, value: object) -> None:
    root = service_model(place.service).operation_model(place.operation).input_shape
    models = import_module(f"{PACKAGES[place.service]}.models")
    request = getattr(models, f"{place.operation}Request")
    arguments = params(root, place.path, value, Values(Random(0)))

    with pytest.raises(ValueError, match=rf"{place.path[-1]}: Input should be a datetime"):
        request.from_boto(arguments)


def test_a_file_is_sent_without_being_read_into_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(uuid, "uuid4", lambda: "00000000-0000-4000-8000-000000000000")
    boto, boto_http, ours, our_http = clients("sagemaker-runtime")
    file = io.BytesIO(b"1,2,3\n" * 1000)

    runtime: Any = ours
    runtime.invoke_endpoint(endpoint_name="churn", body=file)
    boto.invoke_endpoint(EndpointName="churn", Body=io.BytesIO(b"1,2,3\n" * 1000))

    assert our_http.sent[-1].body is file
    assert sent(our_http) == sent(boto_http)


class NotATime(datetime.datetime):
    """A stand-in for ``pandas.NaT``: a datetime that does not equal itself."""

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return False

    def __ne__(self, other: object) -> bool:
        return True


def test_not_a_time_is_refused_with_its_path() -> None:
    models = import_module("sagemaker_typed.models")

    with pytest.raises(ValueError, match="CreationTimeAfter: Input should be a datetime"):
        models.ListEndpointsRequest(creation_time_after=NotATime(2026, 1, 1))


def test_a_date_is_its_first_moment_in_utc() -> None:
    models = import_module("sagemaker_typed.models")
    request = models.ListEndpointsRequest(creation_time_after=datetime.date(2026, 1, 2))

    assert request.creation_time_after.isoformat() == "2026-01-02T00:00:00+00:00"


def test_a_view_of_memory_is_sent_as_its_bytes() -> None:
    _, _, ours, our_http = clients("sagemaker-runtime")

    runtime: Any = ours
    runtime.invoke_endpoint(endpoint_name="churn", body=memoryview(b"1,2,3"))

    assert our_http.sent.pop().body == b"1,2,3"
