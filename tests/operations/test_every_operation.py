"""Every operation, held against what boto3 sends and returns for the same call."""

from __future__ import annotations

import functools
import inspect
import json
from random import Random
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore import xform_name
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.stub import Stubber

from sagemaker_typed import SageMakerClient, models
from tests.shapes.service_values import Values, service_model

if TYPE_CHECKING:
    from botocore.model import OperationModel

pytestmark = pytest.mark.pinned
OPERATIONS = sorted(service_model().operation_names)


class Wire:
    """Replaces HTTP: keeps the body of the request, and returns a body of the test."""

    def __init__(self, client: Any) -> None:
        self.sent = b""
        self.answer = b"{}"
        client.meta.events.register("before-send.sagemaker", self._send)

    def _send(self, request: Any, **_: Any) -> AWSResponse:
        self.sent = request.body
        return _Answer(self.answer)


class _Answer(AWSResponse):
    def __init__(self, body: bytes) -> None:
        headers = HTTPHeaders()
        headers["x-amzn-requestid"] = "r-1"
        headers["content-type"] = "application/x-amz-json-1.1"
        super().__init__("http://stub", 200, headers, None)
        self._content = body


@pytest.fixture(scope="module")
def raw() -> tuple[Any, Wire]:
    client = boto3.client("sagemaker", region_name="eu-west-1")
    return client, Wire(client)


@pytest.fixture(scope="module")
def typed() -> tuple[SageMakerClient, Wire]:
    client = SageMakerClient(region_name="eu-west-1", consistency=None, rules=None)
    return client, Wire(client.boto3)


def request_class(operation: str) -> Any:
    return getattr(models, f"{operation}Request")


def arguments(operation: OperationModel, fill: float) -> dict[str, Any]:
    shape: Any = operation.input_shape
    values = Values(Random(operation.name))
    params = values.structure(shape, fill=fill)
    for name, member in shape.members.items():
        if member.metadata.get("idempotencyToken"):  # boto3 would draw one by itself
            params.setdefault(name, values.scalar(member))
    return params


@pytest.mark.parametrize("fill", [0.0, 1.0], ids=["minimal", "maximal"])
@pytest.mark.parametrize("name", OPERATIONS)
def test_what_leaves_is_what_boto3_sends(
    name: str, fill: float, raw: tuple[Any, Wire], typed: tuple[SageMakerClient, Wire]
) -> None:
    operation = service_model().operation_model(name)
    params = arguments(operation, fill)
    request = request_class(name).from_boto(params)
    members = {field: value for field, value in request.__dict__.items() if value is not None}

    getattr(raw[0], xform_name(name))(**request.to_boto())
    getattr(typed[0], xform_name(name))(**members)

    assert typed[1].sent == raw[1].sent
    assert json.loads(typed[1].sent) == json.loads(raw[1].sent)


@pytest.mark.parametrize("name", OPERATIONS)
def test_the_answer_is_read_as_boto3_reads_it(
    name: str, raw: tuple[Any, Wire], typed: tuple[SageMakerClient, Wire]
) -> None:
    operation = service_model().operation_model(name)
    params = arguments(operation, 0.0)
    output: Any = operation.output_shape
    if output is None:
        assert typed[0].send(request_class(name).from_boto(params)) is None
        return
    answer = Values(Random(name)).structure(output, fill=1.0)
    raw[1].answer = typed[1].answer = json.dumps(
        answer, default=lambda moment: moment.timestamp()
    ).encode()

    mapping = getattr(raw[0], xform_name(name))(**params)
    response = typed[0].send(request_class(name).from_boto(params))

    assert response == getattr(models, f"{name}Response").from_service(mapping)
    assert response.to_boto() == {k: v for k, v in mapping.items() if k != "ResponseMetadata"}
    assert response.response_metadata.request_id == "r-1"


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_stubbed_client_is_asked_for_the_same(name: str) -> None:
    operation = service_model().operation_model(name)
    params = arguments(operation, 0.0)
    output: Any = operation.output_shape
    answer = {} if output is None else Values(Random(name)).structure(output, fill=0.0)
    client = _stubbed_client()
    with Stubber(client) as stubber:
        stubber.add_response(xform_name(name), answer, params)
        SageMakerClient.from_boto3(client, consistency=None, rules=None).send(
            request_class(name).from_boto(params)
        )
        stubber.assert_no_pending_responses()


@functools.cache
def _stubbed_client() -> Any:
    return boto3.client("sagemaker", region_name="eu-west-1")


@pytest.mark.parametrize("name", OPERATIONS)
def test_the_method_shows_its_parameters(name: str) -> None:
    operation = service_model().operation_model(name)
    shape: Any = operation.input_shape
    method = getattr(SageMakerClient, xform_name(name))
    parameters = list(inspect.signature(method).parameters.values())[1:]

    assert {parameter.kind for parameter in parameters} <= {inspect.Parameter.KEYWORD_ONLY}
    assert len(parameters) == len(shape.members)
    required = {
        member
        for member in shape.required_members
        if not shape.members[member].metadata.get("idempotencyToken")
    }
    without_default = [p for p in parameters if p.default is inspect.Parameter.empty]
    assert len(without_default) == len(required)
