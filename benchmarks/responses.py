"""The responses of the service that stands in for SageMaker, as bytes that are built once.

This module imports none of the measured libraries.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping

from benchmarks import scenarios

PER_PAGE = 100


def response(operation: str, body: bytes) -> bytes:
    """Return the body of the response to a request."""
    if operation == "ListEndpoints":
        return _endpoints(json.loads(body).get("MaxResults", PER_PAGE))
    if operation == "ListTrainingJobs":
        return _training_jobs(json.loads(body))
    return _fixed()[operation]


def pages(count: int) -> str:
    """Return the ``NameContains`` that gives a listing of training jobs so many pages."""
    return f"pages-{count}"


def _training_jobs(asked: Mapping[str, str]) -> bytes:
    count = int(asked["NameContains"].removeprefix("pages-"))
    page = int(asked.get("NextToken", 1))
    if page >= count:
        return _page_of_jobs() + b"}"
    return _page_of_jobs() + b', "NextToken": "%d"}' % (page + 1)


@functools.cache
def _page_of_jobs() -> bytes:
    """Return a page without its last bracket, so that only the token differs between pages."""
    return _json(scenarios.training_jobs_page(0, PER_PAGE, None))[:-1]


@functools.cache
def _endpoints(items: int) -> bytes:
    return _json(scenarios.endpoints_page(items, None))


@functools.cache
def _fixed() -> Mapping[str, bytes]:
    return {
        "CreateEndpointConfig": _json(
            {"EndpointConfigArn": scenarios.arn("endpoint-config", "churn-2026-11")}
        ),
        "CreateTrainingJob": _json(
            {"TrainingJobArn": scenarios.arn("training-job", "churn-2026-11-21")}
        ),
        "DescribeEndpoint": _json(scenarios.describe_endpoint()),
        "DescribeEndpointConfig": _json(scenarios.describe_endpoint_config()),
        "DescribeTrainingJob": _json(scenarios.describe_training_job()),
    }


def _json(value: object) -> bytes:
    return json.dumps(value).encode()
