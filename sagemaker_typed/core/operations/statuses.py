"""Which statuses of a resource mean that it is ready, that it has failed, that it is under way.

The facts are in ``sagemaker_typed/data/statuses.json``, by service and by the operation that shows
the resource.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Literal, TypeAlias

State: TypeAlias = Literal["success", "failure", "under way"]


@dataclass(frozen=True, kw_only=True)
class Statuses:
    """How to read what an operation says of a resource; paths are JMESPath expressions."""

    status: str
    """Where the status is."""

    success: frozenset[str]
    """Settled as asked: ready, completed, or stopped by somebody who may."""

    failure: frozenset[str]
    """Settled otherwise."""

    under_way: frozenset[str]

    reason: str | None = None
    """Where it says why it failed."""

    step: str | None = None
    """Where it says which step it is at."""

    def state(self, status: str | None) -> State:
        """What a status means; one that is not listed counts as under way."""
        if status in self.success:
            return "success"
        return "failure" if status in self.failure else "under way"


def statuses(service: str, operation: str) -> Statuses | None:
    """How to read what an operation says, if there is a status in it."""
    return _statuses(service).get(operation)


def operations(service: str) -> list[str]:
    """The operations that show a resource with a status."""
    return list(_statuses(service))


@functools.cache
def _statuses(service: str) -> Mapping[str, Statuses]:
    text = files("sagemaker_typed").joinpath("data/statuses.json").read_text("utf-8")
    rows: dict[str, dict[str, Any]] = json.loads(text).get(service, {})
    return {
        operation: Statuses(
            status=row["status"],
            success=frozenset(row["success"]),
            failure=frozenset(row["failure"]),
            under_way=frozenset(row["under_way"]),
            reason=row.get("reason"),
            step=row.get("step"),
        )
        for operation, row in rows.items()
    }
