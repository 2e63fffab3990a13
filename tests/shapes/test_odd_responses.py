"""Responses that boto3 reads although their JSON is unusual."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.parsers import ResponseParserFactory
from pydantic import ValidationError

from sagemaker_typed.models import DescribeEndpointResponse
from tests.shapes.service_values import service_model

BODIES = {
    "half a surrogate pair": rb'{"EndpointName": "a\ud800b", "FailureReason": "\udc00"}',
    "half a surrogate pair in an enum": rb'{"EndpointName": "a", "EndpointStatus": "\ud800"}',
    "half a surrogate pair in a list": rb'{"ProductionVariants": [{"VariantName": "\ud800"}]}',
    "half a surrogate pair in an unknown member": rb'{"EndpointName": "a", "Unknown": "\ud800"}',
    "300 levels": b'{"Unknown": ' + b"[" * 300 + b"]" * 300 + b', "EndpointName": "a"}',
    "500 levels": b'{"Unknown": ' + b'{"a": ' * 500 + b"1" + b"}" * 500 + b', "EndpointName": "a"}',
    "a key given twice": b'{"EndpointName": "a", "EndpointName": "b"}',
    "a huge number": b'{"EndpointName": "a", "Unknown": ' + b"9" * 4000 + b"}",
    "a number beyond a float": b'{"EndpointName": "a", "Unknown": 1e999}',
    "a number that is none": b'{"EndpointName": "a", "Unknown": NaN}',
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_it_is_read_as_boto3_reads_it(body: bytes) -> None:
    shape = service_model().operation_model("DescribeEndpoint").output_shape
    parser: Any = ResponseParserFactory().create_parser("json")
    parsed = parser.parse({"body": body, "headers": {}, "status_code": 200}, shape)
    known = {name: value for name, value in parsed.items() if name != "ResponseMetadata"}
    assert known

    assert DescribeEndpointResponse.from_service(body).to_boto() == known
    assert DescribeEndpointResponse.from_service(parsed).to_boto() == known


@pytest.mark.parametrize(
    "body", [b'{"EndpointName": "a', b"<html>", b"[]", b"null", b'"a"', b"\xff"]
)
def test_what_boto3_cannot_read_is_an_error(body: bytes) -> None:
    with pytest.raises(ValidationError):
        DescribeEndpointResponse.from_service(body)


@pytest.mark.parametrize(
    "metadata",
    [
        *(None, "x", 3, [], object(), {}, {"RequestId": 7}, {"HTTPStatusCode": "200"}),
        *({"HTTPStatusCode": None}, {"HTTPHeaders": "x"}, {"RetryAttempts": object()}),
    ],
)
def test_metadata_of_any_type_is_read(metadata: object) -> None:
    response = DescribeEndpointResponse.from_service(
        {"EndpointName": "a", "ResponseMetadata": metadata}
    )

    assert response.endpoint_name == "a"
    assert response.response_metadata.request_id in ("", "7")
    assert response.response_metadata.http_status_code in (0, 200)
    assert json.dumps(dict(response.response_metadata.http_headers)) == "{}"
    assert response.response_metadata.retry_attempts == 0
