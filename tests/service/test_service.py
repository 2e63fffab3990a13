"""The scripted service, seen by boto3: other tests rely on this behaviour."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, timezone
from http.client import HTTPConnection, IncompleteRead
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError, ConnectionClosedError

from tests.service import (
    Body,
    Cut,
    Fault,
    Lost,
    Raw,
    ScriptedService,
    stale_configuration,
    throttled,
)


def endpoint(name: str, status: str) -> Body:
    return Body({"EndpointName": name, "EndpointStatus": status, "CreationTime": 1.5})


def test_answers_come_in_turn_and_the_last_one_stays(
    service: ScriptedService, boto3_client: Any
) -> None:
    service.script("DescribeEndpoint", endpoint("a", "Creating"), endpoint("a", "InService"))
    seen = [boto3_client.describe_endpoint(EndpointName="a") for _ in range(3)]
    assert [answer["EndpointStatus"] for answer in seen] == ["Creating", "InService", "InService"]
    assert seen[0]["CreationTime"].astimezone(timezone.utc) == datetime.fromtimestamp(
        1.5, timezone.utc
    )


def test_requests_are_kept_as_they_came(service: ScriptedService, boto3_client: Any) -> None:
    service.script("ListEndpoints", Body({"Endpoints": []}))
    answer = boto3_client.list_endpoints(NameContains="churn", MaxResults=5)
    (request,) = service.asked("ListEndpoints")
    assert request.body == {"NameContains": "churn", "MaxResults": 5}
    assert request.headers["content-type"] == "application/x-amz-json-1.1"
    assert "eu-west-1/sagemaker/aws4_request" in request.headers["authorization"]
    assert answer["ResponseMetadata"]["RequestId"] == "00000000-0000-0000-0000-000000000001"


@pytest.mark.parametrize(
    "fault", [Fault("ResourceInUse", "still there"), throttled(), Fault("InternalFailure", "", 500)]
)
def test_refusals(service: ScriptedService, boto3_client: Any, fault: Fault) -> None:
    service.script("DeleteEndpoint", fault)
    with pytest.raises(ClientError) as refused:
        boto3_client.delete_endpoint(EndpointName="a")
    assert refused.value.response["Error"]["Code"] == fault.code
    assert refused.value.response["Error"]["Message"] == fault.message
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == fault.status


def test_a_cut_connection(service: ScriptedService, boto3_client: Any) -> None:
    service.script("DeleteEndpoint", Cut())
    with pytest.raises(ConnectionClosedError):
        boto3_client.delete_endpoint(EndpointName="a")


def test_an_answer_cut_midway(service: ScriptedService) -> None:
    service.script("GET /page", Raw(b'{"Endpoints": []}', cut_after=5))
    host = service.url.removeprefix("http://")
    connection = HTTPConnection(host, timeout=5)
    connection.request("GET", "/page")
    with pytest.raises(IncompleteRead) as broken:
        connection.getresponse().read()
    assert broken.value.partial == b'{"End'
    connection.close()


def test_a_lost_answer_leaves_the_work_done(service: ScriptedService, boto3_client: Any) -> None:
    work: list[str] = []

    def create(request: Any) -> Body:
        work.append(request.body["EndpointName"])
        return Body()

    service.script("CreateEndpoint", Lost(create), Fault("ValidationException", "already exists"))
    with pytest.raises(ConnectionClosedError):
        boto3_client.create_endpoint(EndpointName="a", EndpointConfigName="c")
    assert work == ["a"]
    with pytest.raises(ClientError, match="already exists"):
        boto3_client.create_endpoint(EndpointName="a", EndpointConfigName="c")


def test_stale_reads(service: ScriptedService, boto3_client: Any) -> None:
    stale_configuration(service, describes=2, writes=1)
    for _ in range(2):
        with pytest.raises(ClientError, match="Could not find endpoint configuration"):
            boto3_client.describe_endpoint_config(EndpointConfigName="c")
    assert boto3_client.describe_endpoint_config(EndpointConfigName="c")["ProductionVariants"]
    with pytest.raises(ClientError, match="Could not find endpoint configuration"):
        boto3_client.create_endpoint(EndpointName="a", EndpointConfigName="c")
    assert boto3_client.create_endpoint(EndpointName="a", EndpointConfigName="c")["EndpointArn"]


def test_what_no_script_names_is_a_mistake_of_the_test() -> None:
    scripted = ScriptedService()
    boto3_client = boto3.client("sagemaker", endpoint_url=scripted.url)

    def unscripted() -> None:
        with scripted, closing(boto3_client), pytest.raises(ClientError):
            boto3_client.describe_model(ModelName="m")

    with pytest.raises(AssertionError, match="DescribeModel was asked for and has no script"):
        unscripted()
