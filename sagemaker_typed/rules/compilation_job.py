"""Compilation jobs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sagemaker_typed.rules._rule import Source, Violation, prose, rule

if TYPE_CHECKING:
    from sagemaker_typed.models import CreateCompilationJobRequest, OutputConfig


@rule(
    "compilation-job/start-with-900-seconds",
    severity="advice",
    shape="CreateCompilationJobRequest",
    members="StoppingCondition.MaxRuntimeInSeconds",
    message="A compilation job should start with a limit of 900 seconds; a large model may need "
    "more.",
    source=Source("2023-11-29", 5406),
)
def start_with_900_seconds(request: CreateCompilationJobRequest) -> Iterator[Violation]:
    longest = request.stopping_condition.max_runtime_in_seconds
    if longest is not None and longest < 900:
        yield Violation("StoppingCondition.MaxRuntimeInSeconds", expected="900, or more")


@rule(
    "compilation-job/device-or-platform",
    severity="warning",
    shape="OutputConfig",
    members=("TargetDevice", "TargetPlatform"),
    message="Give TargetDevice or TargetPlatform, not both.",
    source=prose("OutputConfig"),
)
def device_or_platform(config: OutputConfig) -> Iterator[Violation]:
    if config.target_platform is not None:
        yield Violation("TargetDevice", "TargetPlatform", expected="one of the two")


@rule(
    "compilation-job/some-target",
    severity="warning",
    shape="OutputConfig",
    members=("TargetDevice", "TargetPlatform"),
    message="Give TargetDevice or TargetPlatform.",
    source=prose("OutputConfig"),
    always=True,
)
def some_target(config: OutputConfig) -> Iterator[Violation]:
    if config.target_device is None and config.target_platform is None:
        yield Violation("TargetDevice", "TargetPlatform", expected="one of the two")
