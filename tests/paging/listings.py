"""The paginators of botocore, and pages for them, made from botocore's model and not from ours."""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from random import Random
from typing import Any

import botocore.session

from tests.service import Body
from tests.shapes.service_values import Values, service_model

# Operations with a token that botocore has no paginator for, and the list of their items.
WITHOUT_PAGINATOR = {
    "DescribeDevice": "Models",
    "DescribeEdgeDeploymentPlan": "Stages",
    "DescribeFeatureGroup": "FeatureDefinitions",
    "ListHubContentVersions": "HubContentSummaries",
    "ListHubContents": "HubContentSummaries",
    "ListHubs": "HubSummaries",
    "QueryLineage": "Vertices",
}


@functools.cache
def paginators(service: str = "sagemaker") -> dict[str, dict[str, Any]]:
    """Every paginated operation with botocore's facts, or with those of the table above."""
    loader = botocore.session.get_session().get_component("data_loader")
    models: dict[str, dict[str, Any]] = loader.load_service_model(service, "paginators-1")
    token = {"input_token": "NextToken", "output_token": "NextToken"}
    others = {name: {**token, "result_key": key} for name, key in WITHOUT_PAGINATOR.items()}
    return {**models["pagination"], **others}


def arguments(operation: str) -> dict[str, Any]:
    """Arguments that are valid, and no more of them than needed."""
    shape: Any = service_model().operation_model(operation).input_shape
    return Values(Random(operation)).structure(shape, fill=0.0)


def page(operation: str, count: int, token: str | None, seed: str = "") -> Body:
    """A page of so many items, each different, naming the next page by ``token``."""
    about = paginators()[operation]
    shape: Any = service_model().operation_model(operation).output_shape
    values = Values(Random(f"{operation}{seed}"))
    item = shape.members[about["result_key"]].member
    body: dict[str, Any] = {
        about["result_key"]: [values.value(item, fill=0.5) for _ in range(count)]
    }
    if token is not None:
        body[about["output_token"]] = token
    return Body(json.loads(json.dumps(body, default=lambda moment: moment.timestamp())))


def pages(operation: str, counts: Sequence[int]) -> list[Body]:
    """Pages of so many items, each naming the next one."""
    last = len(counts) - 1
    return [
        page(operation, count, f"to-{number + 1}" if number < last else None, str(number))
        for number, count in enumerate(counts)
    ]
