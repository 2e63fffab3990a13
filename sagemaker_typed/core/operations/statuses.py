"""The statuses of resources: ready, failed or under way.

The facts are in ``sagemaker_typed/data/statuses.json``, by service and by the operation that
describes the resource.
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
    """The statuses that an operation reports; paths are JMESPath expressions."""

    status: str
    """The path of the status."""

    success: frozenset[str]
    """Terminal statuses of a resource that is ready, completed, or stopped on request."""

    failure: frozenset[str]
    """The other terminal statuses."""

    under_way: frozenset[str]

    reason: str | None = None
    """The path of the failure reason."""

    step: str | None = None
    """The path of the current step."""

    metrics: str | None = None
    """The path of the final metrics; each has a name and a value."""

    @property
    def completes(self) -> bool:
        """Return whether the resource is a job, which ends, and not one that stays in service."""
        return any(status.lower() in ("completed", "succeeded") for status in self.success)

    def state(self, status: str | None) -> State:
        """Classify a status; an unlisted one is under way."""
        if status in self.success:
            return "success"
        return "failure" if status in self.failure else "under way"


def is_rollback(status: str | None) -> bool:
    """Return whether a status means that the service undoes a change, or has undone it."""
    text = (status or "").lower().replace("_", "")
    return "rollback" in text or "rollingback" in text


def statuses(service: str, operation: str) -> Statuses | None:
    """Return the statuses that an operation reports; ``None`` if it reports none."""
    return _statuses(service).get(operation)


def operations(service: str) -> list[str]:
    """Return the operations that report a status."""
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
            metrics=row.get("metrics"),
        )
        for operation, row in rows.items()
    }
