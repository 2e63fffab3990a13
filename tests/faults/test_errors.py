"""Errors of the service: boto3's text, notes for the rest, and the classes that catch them."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest
from botocore.exceptions import ClientError, PaginationError

from sagemaker_typed import SageMakerClient
from sagemaker_typed.errors import ResourceNotFound, ServiceError, ValidationException
from tests.service import Body, Fault, Raw, ScriptedService, endpoint_not_found, throttled


def refuse(client: SageMakerClient) -> ServiceError:
    with pytest.raises(ServiceError) as refused:
        client.describe_endpoint(endpoint_name="churn")
    return refused.value


@pytest.mark.parametrize(
    "response",
    [
        Fault("ResourceNotFound", "no such endpoint"),
        Fault("ValidationException", ""),
        Raw(b'{"__type": "ResourceInUse", "message": null}', 400),
        Raw(b"<html>", 502, "text/html"),
        throttled(),
        endpoint_not_found,
    ],
    ids=["code", "empty", "null", "page", "throttled", "not found"],
)
def test_the_text_is_that_of_boto3_and_notes_have_the_rest(
    service: ScriptedService, client: SageMakerClient, boto3_client: Any, response: Any
) -> None:
    service.script("DescribeEndpoint", response)
    error = refuse(client)
    with pytest.raises(ClientError) as theirs:
        boto3_client.describe_endpoint(EndpointName="churn")
    assert str(error) == str(theirs.value)
    assert error.code == theirs.value.response["Error"].get("Code", "")
    assert error.message == (theirs.value.response["Error"].get("Message") or "")
    notes = getattr(error, "__notes__", None)  # Python 3.11
    assert notes is None or notes == [f"request id: {error.request_id}"]


@pytest.mark.parametrize("duplicate", [copy.copy, lambda error: pickle.loads(pickle.dumps(error))])
def test_a_copy_has_the_same_notes_once(
    service: ScriptedService, client: SageMakerClient, duplicate: Any
) -> None:
    service.script("DescribeEndpoint", endpoint_not_found)
    error = refuse(client)
    error.add_summary("[tried twice]")
    error.add_summary("[and again]")
    copied = duplicate(error)
    assert copied.retry_summary == error.retry_summary == "[tried twice] [and again]"
    assert getattr(copied, "__notes__", None) == getattr(error, "__notes__", None)
    assert (type(copied), str(copied)) == (type(error), str(error))
    assert isinstance(copied, ResourceNotFound)
    assert isinstance(copied, ValidationException)


@pytest.mark.parametrize(
    ("code", "message", "is_missing"),
    [
        ("ValidationException", 'Could not find endpoint "arn:churn".', True),
        ("ValidationException", "Endpoint churn does not exist", True),
        ("ResourceNotFound", "", True),
        ("ValidationException", "Value 'could not find' at 'endpointName' is too long", False),
        ("ValidationException", "1 validation error detected", False),
        ("AccessDeniedException", "could not find a policy", False),
    ],
)
def test_what_is_missing_is_resource_not_found(
    service: ScriptedService, client: SageMakerClient, code: str, message: str, is_missing: bool
) -> None:
    service.script("DescribeEndpoint", Fault(code, message))
    error = refuse(client)
    assert isinstance(error, ResourceNotFound) is is_missing
    assert isinstance(error, ValidationException) is (code == "ValidationException")
    assert error.code == code


def test_a_repeated_token_is_a_pagination_error(
    service: ScriptedService, client: SageMakerClient
) -> None:
    service.script("ListEndpoints", Body({"Endpoints": [], "NextToken": "same"}))
    with pytest.raises(PaginationError, match="endless loop") as repeated:
        list(client.iter_endpoints())
    copied = pickle.loads(pickle.dumps(repeated.value))
    assert (copied.token, str(copied)) == ("same", str(repeated.value))
