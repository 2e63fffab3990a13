"""Hyperparameter tuning: the strategy and the resources of its jobs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sagemaker_typed.rules._aws import has_local_storage
from sagemaker_typed.rules._rule import Violation, prose, rule

if TYPE_CHECKING:
    from sagemaker_typed.models import (
        HyperbandStrategyConfig,
        HyperParameterTuningJobConfig,
        HyperParameterTuningResourceConfig,
    )


@rule(
    "tuning-job/strategy-config-is-of-hyperband",
    severity="warning",
    shape="HyperParameterTuningJobConfig",
    members=("StrategyConfig", "Strategy"),
    message="Only the strategy Hyperband supports a StrategyConfig.",
    source=prose("HyperParameterTuningJobConfig.StrategyConfig"),
)
def strategy_config_is_of_hyperband(config: HyperParameterTuningJobConfig) -> Iterator[Violation]:
    if config.strategy in {"Bayesian", "Random", "Grid"}:
        yield Violation("StrategyConfig", "Strategy", expected="the strategy Hyperband")


@rule(
    "tuning-job/hyperband-stops-early-by-itself",
    severity="warning",
    shape="HyperParameterTuningJobConfig",
    members=("TrainingJobEarlyStoppingType", "Strategy"),
    message="The strategy Hyperband does not support the TrainingJobEarlyStoppingType Auto.",
    source=prose("HyperParameterTuningJobConfig.TrainingJobEarlyStoppingType"),
)
def hyperband_stops_early_by_itself(config: HyperParameterTuningJobConfig) -> Iterator[Violation]:
    if config.strategy == "Hyperband" and config.training_job_early_stopping_type == "Auto":
        yield Violation("TrainingJobEarlyStoppingType", "Strategy", expected="'Off' with Hyperband")


@rule(
    "tuning-job/hyperband-minimum-within-maximum",
    severity="warning",
    shape="HyperbandStrategyConfig",
    members=("MinResource", "MaxResource"),
    message="MinResource must not exceed MaxResource.",
    source=prose("HyperbandStrategyConfig.MinResource"),
    also=(prose("HyperbandStrategyConfig.MaxResource"),),
)
def hyperband_minimum_within_maximum(config: HyperbandStrategyConfig) -> Iterator[Violation]:
    least, most = config.min_resource, config.max_resource
    if least is not None and most is not None and least > most:
        yield Violation("MinResource", "MaxResource")


@rule(
    "tuning-job/hyperband-at-most-20000-epochs",
    severity="warning",
    shape="HyperbandStrategyConfig",
    members="MaxResource",
    message="MaxResource must be at most 20,000 epochs.",
    source=prose("HyperbandStrategyConfig.MaxResource"),
)
def hyperband_at_most_20000_epochs(config: HyperbandStrategyConfig) -> Iterator[Violation]:
    if config.max_resource is not None and config.max_resource > 20_000:
        yield Violation("MaxResource", expected="at most 20000")


@rule(
    "tuning-job/instance-configs-stand-alone",
    severity="warning",
    shape="HyperParameterTuningResourceConfig",
    members=("InstanceConfigs", "InstanceType", "InstanceCount", "VolumeSizeInGB"),
    message="InstanceConfigs excludes InstanceType, InstanceCount and VolumeSizeInGB.",
    source=prose("HyperParameterTuningResourceConfig.InstanceConfigs"),
)
def instance_configs_stand_alone(config: HyperParameterTuningResourceConfig) -> Iterator[Violation]:
    for member, value in (
        ("InstanceType", config.instance_type),
        ("InstanceCount", config.instance_count),
        ("VolumeSizeInGB", config.volume_size_in_gb),
    ):
        if value is not None:
            yield Violation("InstanceConfigs", member, expected="one of the two")


@rule(
    "tuning-job/volume-kms-key-excludes-local-storage",
    severity="warning",
    shape="HyperParameterTuningResourceConfig",
    members=("VolumeKmsKeyId", "InstanceType"),
    message="VolumeKmsKeyId cannot be set for an instance type with local storage.",
    source=prose("HyperParameterTuningResourceConfig.VolumeKmsKeyId"),
)
def volume_kms_key_excludes_local_storage(
    config: HyperParameterTuningResourceConfig,
) -> Iterator[Violation]:
    if config.volume_kms_key_id and has_local_storage(config.instance_type):
        yield Violation("VolumeKmsKeyId", "InstanceType")
