"""``client.call``: operations and members that are newer than the package."""

from __future__ import annotations

import gzip
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import botocore
import pytest
from botocore.exceptions import ConnectionClosedError, ParamValidationError
from pydantic import ValidationError

from sagemaker_typed import ConsistencyPolicy, SageMakerClient, errors
from sagemaker_typed.models import CreateEndpointRequest
from sagemaker_typed.runtime import SageMakerRuntimeClient
from sagemaker_typed.testing import Clock
from tests.conftest import ONE_TRY, REGION
from tests.service import Body, Cut, Fault, Raw, ScriptedService, stale_configuration

REQUEST_ID = "00000000-0000-0000-0000-000000000001"


@pytest.fixture
def newer_botocore(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give botocore a model with operations and a member that the package does not know."""
    source = Path(botocore.__file__).parent / "data/sagemaker/2017-07-24/service-2.json.gz"
    model = json.loads(gzip.decompress(source.read_bytes()))
    for name in ("CreateOrbit", "DescribeOrbit", "WorkforceVpcConfig"):
        model["operations"][name] = {
            "name": name,
            "http": {"method": "POST", "requestUri": "/"},
            "input": {"shape": "OrbitRequest"},
            "output": {"shape": "OrbitResponse"},
        }
    model["shapes"] |= {
        "OrbitRequest": {
            "type": "structure",
            "required": ["OrbitName"],
            "members": {"OrbitName": {"shape": "String"}, "Moons": {"shape": "OrbitMoons"}},
        },
        "OrbitResponse": {
            "type": "structure",
            "members": {
                "OrbitName": {"shape": "String"},
                "Moons": {"shape": "OrbitMoons"},
                "Tags": {"shape": "OrbitTags"},
            },
        },
        "OrbitMoons": {"type": "list", "member": {"shape": "String"}},
        "OrbitTags": {
            "type": "map",
            "key": {"shape": "String"},
            "value": {"shape": "OrbitMoons"},
        },
    }
    model["shapes"]["CreateEndpointInput"]["members"]["Orbit"] = {"shape": "String"}
    folder = tmp_path / "sagemaker" / "2017-07-24"
    folder.mkdir(parents=True)
    (folder / "service-2.json").write_text(json.dumps(model))
    monkeypatch.setenv("AWS_DATA_PATH", str(tmp_path))
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    return tmp_path


@pytest.fixture(params=["own", "from_boto3"])
def newer(
    request: pytest.FixtureRequest, service: ScriptedService, newer_botocore: Path
) -> Iterator[SageMakerClient]:
    """Return a client whose botocore is newer than the package."""
    assert newer_botocore.is_dir()
    clock = Clock()
    policy = ConsistencyPolicy(sleep=clock.sleep, clock=clock.time)
    if request.param == "own":
        client = SageMakerClient(endpoint_url=service.url, config=ONE_TRY, consistency=policy)
    else:
        raw = boto3.client("sagemaker", endpoint_url=service.url, config=ONE_TRY)
        client = SageMakerClient.from_boto3(raw, consistency=policy)
    with client:
        yield client


def test_a_new_operation_returns_a_frozen_mapping(
    service: ScriptedService, newer: SageMakerClient
) -> None:
    service.script("DescribeOrbit", Body({"Moons": ["Io"], "Tags": {"a": ["b"]}}))
    response = newer.call("DescribeOrbit", {"OrbitName": "churn", "Moons": ("Io",)})
    assert service.asked()[0].body == {"OrbitName": "churn", "Moons": ["Io"]}
    assert response["Moons"] == ("Io",)
    assert response["Tags"] == {"a": ("b",)}
    assert response["ResponseMetadata"]["RequestId"] == REQUEST_ID
    for frozen in (response, response["Tags"], response["ResponseMetadata"]):
        with pytest.raises(TypeError, match="frozen"):
            frozen["new"] = 1


def test_boto3_has_the_method_of_a_new_operation(
    service: ScriptedService, newer: SageMakerClient
) -> None:
    service.script("DescribeOrbit", Body({"OrbitName": "churn"}))
    boto3s: Any = newer.boto3
    response = boto3s.describe_orbit(OrbitName="churn")
    assert response["OrbitName"] == "churn"
    assert service.asked()[0].body == {"OrbitName": "churn"}
    with pytest.raises(ParamValidationError):
        boto3s.describe_orbit(OrbitNam="churn")


def test_boto3_checks_the_parameters(newer: SageMakerClient) -> None:
    with pytest.raises(ParamValidationError, match="OrbitName"):
        newer.call("DescribeOrbit", {"Moons": []})
    with pytest.raises(ParamValidationError, match="EndpointConfigName"):
        newer.call("CreateEndpoint", {"EndpointName": "churn"})


def test_errors_are_those_of_a_typed_call(service: ScriptedService, newer: SageMakerClient) -> None:
    service.script(
        "DescribeOrbit",
        Fault("ResourceNotFound", "no orbit", 404),
        Fault("ValidationException", "the orbit could not be found: it does not exist"),
        Raw(b"<html>", content_type="text/html"),
    )
    with pytest.raises(errors.ResourceNotFound) as refused:
        newer.call("DescribeOrbit", {"OrbitName": "churn"})
    assert refused.value.operation == "DescribeOrbit"
    assert refused.value.request_id == REQUEST_ID
    with pytest.raises(errors.ResourceNotFound):
        newer.call("DescribeOrbit", {"OrbitName": "churn"})
    with pytest.raises(errors.UnreadableResponse):
        newer.call("DescribeOrbit", {"OrbitName": "churn"})


def test_a_call_is_logged(
    service: ScriptedService, newer: SageMakerClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "sagemaker_typed.calls")
    service.script("DescribeOrbit", Body({}))
    newer.call("DescribeOrbit", {"OrbitName": "churn"})
    (line,) = [r.getMessage() for r in caplog.records if r.name == "sagemaker_typed.calls"]
    assert line.startswith("DescribeOrbit: ok, HTTP status 200")


def test_a_known_operation_takes_a_new_member_and_waits_for_its_prerequisite(
    service: ScriptedService, newer: SageMakerClient
) -> None:
    stale_configuration(service, describes=2, writes=1)
    parameters = {"EndpointName": "churn", "EndpointConfigName": "churn", "Orbit": "low"}
    response = newer.call("CreateEndpoint", parameters)
    assert response["EndpointArn"]
    assert service.operations().count("DescribeEndpointConfig") == 3
    assert service.asked("CreateEndpoint")[-1].body == parameters
    with pytest.raises(ValidationError, match="Orbit"):
        CreateEndpointRequest.from_boto(parameters)


def test_a_create_call_whose_connection_breaks_raises_the_error_of_boto3(
    service: ScriptedService, newer: SageMakerClient
) -> None:
    service.script("CreateOrbit", Cut(), Body({"OrbitName": "churn"}))
    with pytest.raises(ConnectionClosedError):
        newer.call("CreateOrbit", {"OrbitName": "churn"})
    assert newer.call("CreateOrbit", {"OrbitName": "churn"})["OrbitName"] == "churn"


def test_an_operation_that_botocore_does_not_know_is_an_error(client: SageMakerClient) -> None:
    with pytest.raises(NotImplementedError) as unknown:
        client.call("DescribeEndpont", {})
    assert "did you mean 'DescribeEndpoint'" in str(unknown.value)
    assert f"botocore {botocore.__version__}" in str(unknown.value)
    with pytest.raises(NotImplementedError, match="a newer boto3 may know it"):
        client.call("Xyzzy")


def test_a_structure_that_is_named_like_the_request(
    service: ScriptedService, newer: SageMakerClient
) -> None:
    """The package has a structure ``WorkforceVpcConfigRequest``, which is no request."""
    service.script("WorkforceVpcConfig", Body({"OrbitName": "churn"}))
    assert newer.call("WorkforceVpcConfig", {"OrbitName": "churn"})["OrbitName"] == "churn"


def test_a_call_without_parameters(service: ScriptedService, client: SageMakerClient) -> None:
    service.script("ListEndpoints", Body({"Endpoints": []}))
    assert client.call("ListEndpoints")["Endpoints"] == ()


def test_another_service_streams_its_body(service: ScriptedService) -> None:
    service.script("POST /endpoints/churn/invocations", Raw(b"1.5", content_type="text/csv"))
    with SageMakerRuntimeClient(
        region_name=REGION, endpoint_url=service.url, config=ONE_TRY
    ) as runtime:
        response = runtime.call("InvokeEndpoint", {"EndpointName": "churn", "Body": b"1"})
        assert response["ContentType"] == "text/csv"
        assert response["Body"].read() == b"1.5"
