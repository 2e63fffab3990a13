"""``InvokeEndpointAsync`` takes its input inline or from S3."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from sagemaker_typed.runtime import SageMakerRuntimeClient
from sagemaker_typed.runtime.models import InvokeEndpointAsyncRequest

LOCATION = "s3://bucket/input.json"


@pytest.mark.parametrize("members", [{"body": b"{}"}, {"input_location": LOCATION}])
def test_one_of_the_two_is_accepted(members: dict[str, Any]) -> None:
    request = InvokeEndpointAsyncRequest(endpoint_name="e", **members)
    assert request.to_boto().keys() & {"Body", "InputLocation"} != set()


@pytest.mark.parametrize(
    ("members", "has"),
    [({}, "none"), ({"body": b"{}", "input_location": LOCATION}, "InputLocation, Body")],
)
def test_neither_and_both_are_refused(
    runtime: SageMakerRuntimeClient, members: dict[str, Any], has: str
) -> None:
    documented = {"body": "Body", "input_location": "InputLocation"}
    message = f"exactly one of Body, InputLocation; it has {has}"
    with pytest.raises(ValidationError, match=message):
        InvokeEndpointAsyncRequest(endpoint_name="e", **members)
    with pytest.raises(ValidationError, match=message):
        InvokeEndpointAsyncRequest.from_boto(
            {"EndpointName": "e", **{documented[name]: members[name] for name in members}}
        )
    with pytest.raises(ValidationError, match=message):
        runtime.invoke_endpoint_async(endpoint_name="e", **members)


def test_a_response_that_repeats_neither_is_read() -> None:
    assert InvokeEndpointAsyncRequest.from_service({"EndpointName": "e"}).body is None
