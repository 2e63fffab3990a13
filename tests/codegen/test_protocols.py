"""Every feature of the JSON protocols of AWS, through packages that the generator makes.

The service models are our own. boto3 reads the same models and is the oracle: each call goes
through boto3 and through the generated client, and the two HTTP requests are compared.
"""

from __future__ import annotations

import io
import json
import sys
import uuid
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.session import Session

from tests.codegen.packages import generate
from tests.transport.wire import Http

PACKAGES = "made_for_protocols"
EPOCH = 1767322800
FILE = object()
"""Stands for a file, which each call reads from its beginning."""


def structure(**members: Any) -> dict[str, Any]:
    """A structure; a member is the name of its shape, or all that the model says of it."""
    stated = {n: {"shape": m} if isinstance(m, str) else m for n, m in members.items()}
    return {"type": "structure", "members": stated}


def placed(shape: str, location: str, name: str | None = None, **others: Any) -> dict[str, Any]:
    """A member outside the body."""
    named = {} if name is None else {"locationName": name}
    return {"shape": shape, "location": location, **named, **others}


SHAPES: dict[str, Any] = {
    "String": {"type": "string"},
    "Blob": {"type": "blob"},
    "Stream": {"type": "blob", "streaming": True},
    "Time": {"type": "timestamp"},
    "TimeRfc": {"type": "timestamp", "timestampFormat": "rfc822"},
    "TimeUnix": {"type": "timestamp", "timestampFormat": "unixTimestamp"},
    "Bool": {"type": "boolean"},
    "Double": {"type": "double"},
    "Float": {"type": "float"},
    "Long": {"type": "long"},
    "Strings": {"type": "list", "member": {"shape": "String"}},
    "Blobs": {"type": "list", "member": {"shape": "Blob"}},
    "Times": {"type": "list", "member": {"shape": "Time"}},
    "BlobMap": {"type": "map", "key": {"shape": "String"}, "value": {"shape": "Blob"}},
    "StringMap": {"type": "map", "key": {"shape": "String"}, "value": {"shape": "String"}},
    "StringsMap": {"type": "map", "key": {"shape": "String"}, "value": {"shape": "Strings"}},
    "Inner": structure(A="String", B="String"),
    "Open": {"type": "structure", "members": {}, "document": True},
    "Choice": {**structure(Text="String", Number="Long"), "union": True},
    "Tree": structure(Leaf="String", Branch="Tree", List="Trees", Map="TreeMap"),
    "Trees": {"type": "list", "member": {"shape": "Tree"}},
    "TreeMap": {"type": "map", "key": {"shape": "String"}, "value": {"shape": "Tree"}},
}

# operation: (HTTP method and URI, input structure, traits of the reference, parameters to send)
Operation = tuple[str, dict[str, Any], dict[str, Any], list[dict[str, Any]]]
BODY: dict[str, Operation] = {
    "Scalars": (
        "POST /",
        structure(Name="String", Flag="Bool", Number="Double", Part="Float", Count="Long"),
        {},
        [
            {"Name": "é\U0001f600", "Flag": False, "Count": 2**53},
            {"Number": 1, "Part": 1.5},
            *({"Number": number} for number in (float("nan"), float("inf"), -float("inf"), 1e300)),
            {},
        ],
    ),
    "Moments": (
        "POST /",
        structure(At="Time", Listed="Times", Iso={"shape": "Time", "timestampFormat": "iso8601"}),
        {},
        [
            *({"At": EPOCH}, {"At": "2026-01-02T03:00:00Z"}, {"Listed": [EPOCH, EPOCH + 0.25]}),
            *({"Iso": EPOCH}, {"Iso": "2026-01-02T03:00:00.125Z"}),
        ],
    ),
    "Blobs": (
        "POST /",
        structure(One="Blob", Listed="Blobs", Named="BlobMap"),
        {},
        [
            *({"One": value} for value in ("text", b"\xfb\xff", bytearray(b"x"))),
            {"Listed": ["one", b"two"]},
            {"Named": {"first": "one", "second": b"two"}},
        ],
    ),
    "Trees": (
        "POST /",
        structure(Tree="Tree"),
        {},
        [
            {"Tree": {"Leaf": "a"}},
            {"Tree": {"Branch": {"Branch": {"Branch": {"Leaf": "a"}}}}},
            {"Tree": {"List": [{"Leaf": "a"}, {"Branch": {"Leaf": "b"}}]}},
            {"Tree": {"Map": {"x": {"Leaf": "a"}, "y": {"Leaf": "b"}}}},
        ],
    ),
    "Rest": (
        "POST /",
        structure(Open="Open", Choice="Choice", Renamed={"shape": "Time", "locationName": "other"}),
        {},
        [
            {"Open": {"a": [1, None, {"b": "c"}]}},
            {"Choice": {"Number": 0}},
            {"Renamed": EPOCH},
        ],
    ),
    "Token": (
        "POST /",
        structure(Token={"shape": "String", "idempotencyToken": True}),
        {},
        [{"Token": "abc"}, {}],
    ),
    "Nothing": ("POST /", {}, {}, [{}]),
}
PLACED: dict[str, Operation] = {
    "Uri": (
        "GET /jobs/{Id}/{other}",
        structure(Id=placed("String", "uri"), Named=placed("String", "uri", "other"))
        | {"required": ["Id", "Named"]},
        {},
        [{"Id": "a b", "Named": "c/d"}],
    ),
    "Query": (
        "GET /path?fixed=1",
        structure(
            Items=placed("Strings", "querystring", "item"),
            Named=placed("StringMap", "querystring"),
            Flag=placed("Bool", "querystring", "flag"),
            Text=placed("String", "querystring", "text"),
            At=placed("Time", "querystring", "at"),
            Unix=placed("TimeUnix", "querystring", "unix"),
        ),
        {},
        [
            {"Items": ["a", "b"], "Flag": True, "Text": ""},
            {"Named": {"x": "1", "y": "2"}, "Flag": False},
            {"At": EPOCH, "Unix": EPOCH},
            {"Text": None},
        ],
    ),
    "QueryLists": (
        "GET /path",
        structure(Named=placed("StringsMap", "querystring")),
        {},
        [{"Named": {"x": ["1", "2"], "y": ["3"]}}],
    ),
    "Headers": (
        "POST /path",
        structure(
            Sum=placed("String", "header", "x-sum"),
            At=placed("Time", "header", "x-at"),
            Unix=placed("TimeUnix", "header", "x-unix"),
            Json=placed("String", "header", "x-json", jsonvalue=True),
            Prefixed=placed("StringMap", "headers", "x-meta-"),
            Inner="Inner",
            Rfc="TimeRfc",
        ),
        {},
        [
            {"Sum": "12345", "Inner": {"A": "one", "B": "two"}},
            {"At": EPOCH, "Unix": EPOCH, "Rfc": EPOCH},
            {"Json": {"Foo": "Bar"}},
            {"Prefixed": {"a": "1", "b": "2"}},
            {},
        ],
    ),
    "StreamPayload": (
        "POST /vaults/{Name}",
        structure(Name=placed("String", "uri"), Body="Stream")
        | {"required": ["Name"], "payload": "Body"},
        {},
        [{"Name": "a", "Body": value} for value in ("text", b"bytes", bytearray(b"array"))]
        + [{"Name": "a", "Body": FILE}, {"Name": "a"}],
    ),
    "BlobPayload": (
        "POST /",
        structure(Body="Blob"),
        {"payload": "Body"},
        [{"Body": "text"}, {"Body": b"bytes"}, {"Body": FILE}, {}],
    ),
    "StringPayload": (
        "POST /",
        structure(Body="String"),
        {"payload": "Body"},
        [{"Body": "text"}],
    ),
    "InnerPayload": (
        "POST /",
        structure(Inner="Inner"),
        {"payload": "Inner"},
        [{"Inner": {"A": "one"}}, {}],
    ),
}
SERVICES: dict[str, tuple[str, dict[str, Operation]]] = {
    "plainjson": ("json", BODY),
    "restjson": ("rest-json", {**BODY, **PLACED}),
}


def service_model(name: str) -> dict[str, Any]:
    protocol, operations = SERVICES[name]
    document: dict[str, Any] = {
        "metadata": {
            "apiVersion": "2026-01-01",
            "endpointPrefix": name,
            "protocol": protocol,
            "jsonVersion": "1.1",
            "targetPrefix": "Service",
            "serviceFullName": name.capitalize(),
            "serviceId": name.capitalize(),
            "signatureVersion": "v4",
        },
        "operations": {},
        "shapes": dict(SHAPES),
    }
    for operation, (http, shape, reference, _) in operations.items():
        method, _, uri = http.partition(" ")
        uri = uri if protocol == "rest-json" else "/"
        stated = {"name": operation, "http": {"method": method, "requestUri": uri}}
        if shape:
            document["shapes"][f"{operation}Input"] = shape
            stated["input"] = {"shape": f"{operation}Input", **reference}
        document["operations"][operation] = stated
    return document


CASES = [
    pytest.param(name, operation, parameters, id=f"{name}-{operation}-{number}")
    for name, (_, operations) in SERVICES.items()
    for operation, (_, _, _, calls) in operations.items()
    for number, parameters in enumerate(calls)
]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of the service models, whose packages are importable."""
    folder = tmp_path_factory.mktemp("protocols")
    for name in SERVICES:
        file = folder / "models" / name / "2026-01-01" / "service-2.json"
        file.parent.mkdir(parents=True)
        file.write_text(json.dumps(service_model(name)), encoding="utf-8")
        generate(file, folder / "packages", f"{PACKAGES}.{name}")
    sys.path.insert(0, str(folder / "packages"))
    yield folder / "models"
    sys.path.remove(str(folder / "packages"))
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGES]:
        del sys.modules[name]


def session(root: Path) -> boto3.Session:
    core = Session()
    core.get_component("data_loader").search_paths.insert(0, str(root))
    return boto3.Session("a", "s", region_name="eu-west-1", botocore_session=core)


def sent(http: Http) -> tuple[object, ...]:
    request = http.sent.pop()
    own = {"authorization", "x-amz-date", "user-agent", "amz-sdk-invocation-id"}
    headers = {k.lower(): v for k, v in request.headers.items() if k.lower() not in own}
    body = request.body
    if hasattr(body, "read"):
        body = body.read()
    return request.method, request.url, headers, body


@pytest.mark.parametrize(("name", "operation", "parameters"), CASES)
def test_the_request_is_boto3s(
    root: Path,
    name: str,
    operation: str,
    parameters: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(uuid, "uuid4", lambda: "00000000-0000-4000-8000-000000000000")
    boto = session(root).client(name, endpoint_url="http://localhost:1")
    package = import_module(f"{PACKAGES}.{name}")
    kind = getattr(package, f"{name.capitalize()}Client")
    ours = kind(session=session(root), endpoint_url="http://localhost:1")
    boto_http, our_http = Http(boto), Http(ours.boto3)
    request = getattr(import_module(f"{PACKAGES}.{name}.models"), f"{operation}Request")

    def fresh() -> dict[str, Any]:
        return {n: io.BytesIO(b"file") if v is FILE else v for n, v in parameters.items()}

    set_parameters = {n: value for n, value in fresh().items() if value is not None}
    getattr(boto, request.__operation__.method)(**set_parameters)
    ours.send(request.from_boto(fresh()))
    by_boto, by_us = sent(boto_http), sent(our_http)
    assert by_us == by_boto

    fields = {name: member.documented for name, member in request.__members__.items()}
    arguments = {f: fresh()[d] for f, d in fields.items() if d in parameters}
    getattr(ours, request.__operation__.method)(**arguments)
    assert sent(our_http) == by_boto
