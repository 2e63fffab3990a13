"""Deployments of an endpoint: the traffic shifts of CreateEndpoint and UpdateEndpoint."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sagemaker_typed.rules._rule import Source, Violation, rule

if TYPE_CHECKING:
    from sagemaker_typed.models import (
        BlueGreenUpdatePolicy,
        CapacitySize,
        DeploymentConfig,
        RollingUpdatePolicy,
        TrafficRoutingConfig,
    )


def _percent(size: CapacitySize | None) -> int | None:
    return size.value if size is not None and size.type == "CAPACITY_PERCENT" else None


@rule(
    "endpoint/one-update-policy",
    severity="warning",
    shape="DeploymentConfig",
    members=("BlueGreenUpdatePolicy", "RollingUpdatePolicy"),
    message="Give BlueGreenUpdatePolicy or RollingUpdatePolicy, not both.",
    source=Source("2023-11-29", 9064),
    also=(Source("2023-05-09", 1141),),
)
def one_update_policy(config: DeploymentConfig) -> Iterator[Violation]:
    if config.rolling_update_policy is not None:
        yield Violation("BlueGreenUpdatePolicy", "RollingUpdatePolicy", expected="one of the two")


@rule(
    "endpoint/canary-at-most-half",
    severity="warning",
    shape="TrafficRoutingConfig",
    members="CanarySize",
    message="CanarySize must be at most 50 percent of the instances.",
    source=Source("2023-11-29", 9086),
    also=(Source("2023-05-09", 1163),),
)
def canary_at_most_half(config: TrafficRoutingConfig) -> Iterator[Violation]:
    percent = _percent(config.canary_size)
    if percent is not None and percent > 50:
        yield Violation("CanarySize.Value", expected="at most 50 percent")


@rule(
    "endpoint/linear-step-size",
    severity="warning",
    shape="TrafficRoutingConfig",
    members="LinearStepSize",
    message="LinearStepSize must be from 10 to 50 percent of the instances.",
    source=Source("2023-11-29", 9102),
    also=(Source("2023-05-09", 1179),),
)
def linear_step_size(config: TrafficRoutingConfig) -> Iterator[Violation]:
    percent = _percent(config.linear_step_size)
    if percent is not None and not 10 <= percent <= 50:
        yield Violation("LinearStepSize.Value", expected="from 10 to 50 percent")


@rule(
    "endpoint/canary-needs-size",
    severity="advice",
    shape="TrafficRoutingConfig",
    members=("Type", "CanarySize"),
    message="The routing type CANARY needs a CanarySize.",
    source=Source("2023-11-29", 9076),
    also=(Source("2023-11-29", 9086), Source("2023-05-09", 1153)),
)
def canary_needs_size(config: TrafficRoutingConfig) -> Iterator[Violation]:
    if config.type == "CANARY" and config.canary_size is None:
        yield Violation("Type", "CanarySize", expected="a CanarySize")


@rule(
    "endpoint/linear-needs-step-size",
    severity="advice",
    shape="TrafficRoutingConfig",
    members=("Type", "LinearStepSize"),
    message="The routing type LINEAR needs a LinearStepSize.",
    source=Source("2023-11-29", 9078),
    also=(Source("2023-11-29", 9102), Source("2023-05-09", 1155)),
)
def linear_needs_step_size(config: TrafficRoutingConfig) -> Iterator[Violation]:
    if config.type == "LINEAR" and config.linear_step_size is None:
        yield Violation("Type", "LinearStepSize", expected="a LinearStepSize")


@rule(
    "endpoint/timeout-above-waits",
    severity="warning",
    shape="BlueGreenUpdatePolicy",
    members=("MaximumExecutionTimeoutInSeconds", "TerminationWaitInSeconds"),
    message="MaximumExecutionTimeoutInSeconds must exceed the total waiting time.",
    source=Source("2023-11-29", 9122),
    also=(Source("2023-05-09", 1199),),
)
def timeout_above_waits(policy: BlueGreenUpdatePolicy) -> Iterator[Violation]:
    between = policy.traffic_routing_configuration.wait_interval_in_seconds
    waits = between + (policy.termination_wait_in_seconds or 0)
    timeout = policy.maximum_execution_timeout_in_seconds
    if timeout is not None and timeout <= waits:
        yield Violation("MaximumExecutionTimeoutInSeconds", expected=f"more than {waits}")


@rule(
    "endpoint/rolling-batch-size",
    severity="warning",
    shape="RollingUpdatePolicy",
    members="MaximumBatchSize",
    message="MaximumBatchSize must be from 5 to 50 percent of the instances.",
    source=Source("2023-11-29", 9146),
)
def rolling_batch_size(policy: RollingUpdatePolicy) -> Iterator[Violation]:
    percent = _percent(policy.maximum_batch_size)
    if percent is not None and not 5 <= percent <= 50:
        yield Violation("MaximumBatchSize.Value", expected="from 5 to 50 percent")
