"""Compilation jobs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sagemaker_typed.rules._rule import Breach, Source, prose, rule

if TYPE_CHECKING:
    from sagemaker_typed.models import CreateCompilationJobRequest, OutputConfig


@rule(
    "compilation-job/start-with-900-seconds",
    grade="advice",
    shape="CreateCompilationJobRequest",
    members="StoppingCondition.MaxRuntimeInSeconds",
    says="A first limit for compiling is 900 seconds; a large model needs more.",
    source=Source("2023-11-29", 5406),
)
def start_with_900_seconds(request: CreateCompilationJobRequest) -> Iterator[Breach]:
    longest = request.stopping_condition.max_runtime_in_seconds
    if longest is not None and longest < 900:
        yield Breach("StoppingCondition.MaxRuntimeInSeconds", expected="900, or more")


@rule(
    "compilation-job/device-or-platform",
    grade="warning",
    shape="OutputConfig",
    members=("TargetDevice", "TargetPlatform"),
    says="The target is a device or a platform.",
    source=prose("OutputConfig"),
)
def device_or_platform(config: OutputConfig) -> Iterator[Breach]:
    if config.target_platform is not None:
        yield Breach("TargetDevice", "TargetPlatform", expected="one of the two")


@rule(
    "compilation-job/some-target",
    grade="warning",
    shape="OutputConfig",
    members=("TargetDevice", "TargetPlatform"),
    says="The target is a device or a platform.",
    source=prose("OutputConfig"),
    always=True,
)
def some_target(config: OutputConfig) -> Iterator[Breach]:
    if config.target_device is None and config.target_platform is None:
        yield Breach("TargetDevice", "TargetPlatform", expected="one of the two")
