"""Descriptions of resources, made from botocore's model and not from ours."""

from __future__ import annotations

import json
from collections.abc import Iterable
from random import Random
from typing import Any

from botocore.model import StructureShape

from tests.service import Body
from tests.shapes.service_values import Values, service_model


def arguments(operation: str) -> dict[str, Any]:
    """Arguments that are valid, and no more of them than needed."""
    shape: Any = service_model().operation_model(operation).input_shape
    needed = {"UserProfileName": "someone"} if operation == "DescribeApp" else {}
    return Values(Random(operation)).structure(shape, fill=0.0) | needed


def description(operation: str, path: str, status: str, **others: str) -> Body:
    """Return the description of a resource with this status."""
    shape: Any = service_model().operation_model(operation).output_shape
    body = _required(operation, shape)
    place, where = body, shape
    *parents, name = path.split(".")
    for parent in parents:
        where = where.members[parent]
        place = place.setdefault(parent, _required(parent, where))
    place[name] = status
    body |= others
    return Body(json.loads(json.dumps(body, default=lambda moment: moment.timestamp())))


def descriptions(operation: str, path: str, statuses: Iterable[str]) -> list[Body]:
    """One after the other."""
    return [description(operation, path, status) for status in statuses]


def _required(seed: str, shape: StructureShape) -> dict[str, Any]:
    return Values(Random(seed)).structure(shape, fill=0.0)
