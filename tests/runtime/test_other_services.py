"""Every SageMaker service of botocore has a package; each is held against boto3 over HTTP."""

from __future__ import annotations

import base64
import importlib
import json
import subprocess
import sys
from collections.abc import Generator, Mapping
from datetime import datetime
from random import Random
from typing import Any

import boto3
import botocore.session
import pytest
from botocore import xform_name

from sagemaker_typed import ServiceError
from tests.conftest import ONE_TRY
from tests.runtime.wire import EVENT_STREAM, part
from tests.service import ANY, Body, Fault, Raw, ScriptedService
from tests.shapes.service_values import Values, service_model

pytestmark = pytest.mark.pinned
PACKAGES = {
    "sagemaker-a2i-runtime": ("a2i_runtime", "SageMakerA2IRuntimeClient"),
    "sagemaker-edge": ("edge", "SageMakerEdgeClient"),
    "sagemaker-featurestore-runtime": (
        "featurestore_runtime",
        "SageMakerFeatureStoreRuntimeClient",
    ),
    "sagemaker-gateway-runtime": ("gateway_runtime", "SageMakerGatewayRuntimeClient"),
    "sagemaker-geospatial": ("geospatial", "SageMakerGeospatialClient"),
    "sagemaker-inference-router-runtime": (
        "inference_router_runtime",
        "SageMakerInferenceRouterRuntimeClient",
    ),
    "sagemaker-metrics": ("metrics", "SageMakerMetricsClient"),
    "sagemaker-runtime": ("runtime", "SageMakerRuntimeClient"),
    "sagemakerjobruntime": ("job_runtime", "SageMakerJobRuntimeClient"),
    "sagemakertrainingsessionruntime": (
        "training_session_runtime",
        "SageMakerTrainingSessionRuntimeClient",
    ),
}
KNOWN = set(botocore.session.get_session().get_available_services())
OPERATIONS = [
    (service, name)
    for service in PACKAGES
    if service in KNOWN
    for name in sorted(service_model(service).operation_names)
]
every_operation = pytest.mark.parametrize(("service_name", "name"), OPERATIONS)
every_package = pytest.mark.parametrize("service_name", PACKAGES)


def package(service_name: str) -> Any:
    return importlib.import_module(f"sagemaker_typed.{PACKAGES[service_name][0]}")


class Clients:
    """boto3's client and ours of each service, created once."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._raw: dict[str, Any] = {}
        self._typed: dict[str, Any] = {}

    def raw(self, service_name: str) -> Any:
        if service_name not in self._raw:
            create: Any = boto3.client  # the stubs know each service by its name
            self._raw[service_name] = create(service_name, endpoint_url=self._url, config=ONE_TRY)
        return self._raw[service_name]

    def typed(self, service_name: str) -> Any:
        if service_name not in self._typed:
            kind = getattr(package(service_name), PACKAGES[service_name][1])
            self._typed[service_name] = kind(endpoint_url=self._url, config=ONE_TRY)
        return self._typed[service_name]

    def close(self) -> None:
        for client in (*self._raw.values(), *(typed.boto3 for typed in self._typed.values())):
            client.close()


@pytest.fixture(scope="module")
def scripted() -> Generator[ScriptedService]:
    with ScriptedService() as service:
        yield service


@pytest.fixture(scope="module")
def clients(scripted: ScriptedService) -> Generator[Clients]:
    both = Clients(scripted.url)
    yield both
    both.close()


def test_none_is_missing() -> None:
    assert {s for s in KNOWN if s.startswith("sagemaker")} == {"sagemaker", *PACKAGES}


@every_package
def test_it_says_what_it_was_made_from(service_name: str) -> None:
    generated = package(service_name)
    assert generated.API_MODEL.service == service_name
    assert generated.API_MODEL.api_version == service_model(service_name).api_version


@every_package
def test_everything_of_the_service_is_there(service_name: str) -> None:
    generated, model = package(service_name), service_model(service_name)
    client = getattr(generated, PACKAGES[service_name][1])
    assert all(hasattr(client, xform_name(name)) for name in model.operation_names)
    for name in model.shape_names:
        shape = model.shape_for(name)
        if shape.type_name == "structure" and not getattr(shape, "is_document_type", False):
            assert getattr(generated.models, name)
        if getattr(shape, "enum", None):
            values = [member.value for member in getattr(generated.enums, name)]
            assert values == getattr(shape, "enum")  # noqa: B009  # not every shape has it
    for shape in model.error_shapes:
        assert issubclass(getattr(generated.errors, shape.name), ServiceError)


@every_package
def test_importing_it_loads_nothing_that_is_not_used(service_name: str) -> None:
    name, client = PACKAGES[service_name]
    code = (
        f"import sys\nfrom sagemaker_typed.{name} import {client}\n"
        "loaded = {'boto3', 'botocore', 'pydantic', 'logging'} & set(sys.modules)\n"
        "sys.exit(f'loaded: {loaded}' if loaded else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@every_operation
@pytest.mark.parametrize("fill", [0.0, 1.0], ids=["minimal", "maximal"])
def test_the_request_is_boto3_s(
    service_name: str, name: str, fill: float, scripted: ScriptedService, clients: Clients
) -> None:
    params = arguments(service_name, name, fill)
    start = len(scripted.asked())
    scripted.script(ANY, drawn(service_name, name))
    request = getattr(package(service_name).models, f"{name}Request").from_boto(params)
    close(getattr(clients.raw(service_name), xform_name(name))(**request.to_boto()))
    close(getattr(clients.typed(service_name).send(request), "__dict__", {}))
    theirs, ours = (parts_of(request) for request in scripted.asked()[start:])
    assert ours == theirs
    assert request.to_boto() == params


@every_operation
def test_the_answer_is_boto3_s(
    service_name: str, name: str, scripted: ScriptedService, clients: Clients
) -> None:
    params = arguments(service_name, name, 0.0)
    scripted.script(ANY, drawn(service_name, name))
    mapping = getattr(clients.raw(service_name), xform_name(name))(**params)
    request = getattr(package(service_name).models, f"{name}Request").from_boto(params)
    answer = clients.typed(service_name).send(request)
    if service_model(service_name).operation_model(name).output_shape is None:
        assert answer is None
        return
    metadata = mapping.pop("ResponseMetadata")
    assert answer.response_metadata.http_status_code == metadata["HTTPStatusCode"]
    for documented, theirs in mapping.items():
        field = next(f for f, m in answer.__members__.items() if m.documented == documented)
        ours = getattr(answer, field)
        if hasattr(theirs, "read"):
            assert ours.read() == theirs.read()
        elif hasattr(theirs, "get_initial_response"):
            assert [event.bytes for event in ours] == [e["PayloadPart"]["Bytes"] for e in theirs]
            theirs.close()
            ours.close()
        else:
            assert answer.to_boto()[documented] == theirs


@every_package
def test_a_refusal_has_the_class_of_its_code(
    service_name: str, scripted: ScriptedService, clients: Clients
) -> None:
    name = min(service_model(service_name).operation_names)
    operation = service_model(service_name).operation_model(name)
    params = arguments(service_name, name, 0.0)
    request = getattr(package(service_name).models, f"{name}Request").from_boto(params)
    for shape in operation.error_shapes or ():
        scripted.script(ANY, Fault(shape.name, "so it is"))
        kind = getattr(package(service_name).errors, shape.name)
        with pytest.raises(kind, match="so it is") as refused:
            clients.typed(service_name).send(request)
        assert refused.value.code == shape.name


# --- requests and responses on the wire ----------------------------------------------------------


def arguments(service_name: str, name: str, fill: float) -> dict[str, Any]:
    operation = service_model(service_name).operation_model(name)
    shape: Any = operation.input_shape
    if shape is None:
        return {}
    values = Values(Random(name))
    params = values.structure(shape, fill=fill)
    for member in shape.members:
        if shape.members[member].metadata.get("idempotencyToken"):
            params.setdefault(member, values.scalar(shape.members[member]))
    return params


def close(answer: Mapping[str, Any]) -> None:
    """Close the streams of a response, to free their connections."""
    for value in answer.values():
        if hasattr(value, "close"):
            value.close()


def parts_of(request: Any) -> tuple[Any, ...]:
    ignored = ("amz-sdk", "authorization", "user-agent", "x-amz-date", "host")
    headers = {k: v for k, v in request.headers.items() if not k.startswith(ignored)}
    return request.operation, request.content, headers


def drawn(service_name: str, name: str) -> Any:
    """Return a response with every member, from botocore's model."""
    output: Any = service_model(service_name).operation_model(name).output_shape
    if output is None:
        return Body()
    values = Values(Random(name)).structure(output, fill=1.0)
    headers: dict[str, str] = {}
    status = 200
    payload = output.serialization.get("payload")
    body: dict[str, Any] = {}
    for member, value in values.items():
        shape = output.members[member]
        location = shape.serialization.get("location")
        wire_name = shape.serialization.get("name", member)
        if location == "header":
            headers[wire_name] = str(value).strip()
        elif location == "statusCode":
            status = 200
        elif member != payload:
            body[wire_name] = value
    kind = headers.pop("Content-Type", "application/json")
    if payload is None:
        return Raw(json.dumps(body, default=plain).encode(), status, kind, headers)
    shape = output.members[payload]
    if shape.serialization.get("eventstream"):
        return Raw(part(b"one") + part(b"two"), status, EVENT_STREAM, headers)
    if shape.type_name == "blob":
        return Raw(b"\x00bytes", status, kind, headers)
    return Raw(json.dumps(values[payload], default=plain).encode(), status, kind, headers)


def plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.timestamp()
    assert isinstance(value, bytes)
    return base64.b64encode(value).decode()
