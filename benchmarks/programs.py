"""The compared calls, each as a user of that library writes it.

Each call builds its input, and none pays for a helper of ours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from benchmarks import responses, scenarios


@dataclass(frozen=True, slots=True)
class Task:
    """A call, and its amount of work."""

    name: str
    size: int = 1


CREATE: Final = "create"
"""CreateEndpointConfig with ``size`` variants."""
CREATE_JOB: Final = "create job"
DESCRIBE: Final = "describe"
DESCRIBE_JOB: Final = "describe job"
PAGE: Final = "page"
"""ListEndpoints, one page of ``size``."""
LISTING: Final = "listing"
"""The paginator of ListTrainingJobs, over ``size`` pages."""


def boto3(task: Task) -> str:
    """Return the task for boto3, with dicts."""
    if task.name == DESCRIBE:
        return "client.describe_endpoint(EndpointName='churn')"
    if task.name == DESCRIBE_JOB:
        return "client.describe_training_job(TrainingJobName='churn-2026-11-21')"
    if task.name == PAGE:
        return f"client.list_endpoints(MaxResults={task.size})"
    if task.name == LISTING:
        return (
            "sum(1 for page in client.get_paginator('list_training_jobs')"
            f".paginate(NameContains='{responses.pages(task.size)}')"
            " for _ in page['TrainingJobSummaries'])"
        )
    method, request = _request(task)
    return f"client.{method}({_named(request)})"


def ours(task: Task) -> str:
    """Return the task for this package."""
    if task.name == DESCRIBE:
        return "client.describe_endpoint(endpoint_name='churn')"
    if task.name == DESCRIBE_JOB:
        return "client.describe_training_job(training_job_name='churn-2026-11-21')"
    if task.name == PAGE:
        return f"client.list_endpoints(max_results={task.size})"
    if task.name == LISTING:
        jobs = f"client.iter_training_jobs(name_contains='{responses.pages(task.size)}')"
        return f"sum(1 for _ in {jobs})"
    method, request = _request(task)
    return f"client.{method}({_named(_shaped(method, request))})"


def sagemaker_core(task: Task) -> str:
    """Return the task for sagemaker-core, which describes all that it creates or lists."""
    if task.name == DESCRIBE:
        return "Endpoint.get(endpoint_name='churn')"
    if task.name == DESCRIBE_JOB:
        return "TrainingJob.get(training_job_name='churn-2026-11-21')"
    if task.name == PAGE:
        return "sum(1 for _ in Endpoint.get_all())"
    if task.name == LISTING:
        jobs = f"TrainingJob.get_all(name_contains='{responses.pages(task.size)}')"
        return f"sum(1 for _ in {jobs})"
    method, request = _request(task)
    resource = "EndpointConfig" if task.name == CREATE else "TrainingJob"
    return f"{resource}.create({_named(_shaped(method, request))})"


def names(source: str) -> frozenset[str]:
    """Return the classes that a line uses."""
    return frozenset(re.findall(r"\b([A-Z]\w+)[(.]", re.sub(r"'[^']*'", "", source)))


def _request(task: Task) -> tuple[str, Mapping[str, Any]]:
    if task.name == CREATE_JOB:
        return "create_training_job", scenarios.training_job()
    variants = [scenarios.full_variant(index) for index in range(task.size)]
    return "create_endpoint_config", scenarios.endpoint_config(variants)


class _Source(str):
    """Python source, verbatim."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def _named(members: Mapping[str, object]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in members.items())


def _shaped(method: str, request: Mapping[str, Any]) -> dict[str, object]:
    """Return the arguments of a method, with calls of classes for structures."""
    from sagemaker_typed import models
    from sagemaker_typed.core.shapes.shape import Shape

    def written(value: object) -> object:
        if isinstance(value, Shape):
            return _Source(f"{type(value).__name__}({_named(members(value))})")
        if isinstance(value, tuple):
            return [written(item) for item in value]
        if isinstance(value, dict):
            return dict(value)
        return str(value) if isinstance(value, str) else value

    def members(shape: Shape) -> dict[str, object]:
        return {name: written(value) for name, value in vars(shape).items() if value is not None}

    kind = "".join(word.capitalize() for word in method.split("_"))
    shape: type[Shape] = getattr(models, f"{kind}Request")
    return members(shape.from_boto(request))
