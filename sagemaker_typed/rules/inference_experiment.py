"""Inference experiments: variants, shadows and schedule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sagemaker_typed.rules._aws import ANY_KEY, is_key, repeated
from sagemaker_typed.rules._rule import Source, Violation, prose, rule

if TYPE_CHECKING:
    from sagemaker_typed.models import (
        CreateInferenceExperimentRequest,
        InferenceExperimentSchedule,
        ModelVariantConfig,
        ShadowModeConfig,
        ShadowModelVariantConfig,
        StopInferenceExperimentRequest,
    )


def _names(request: CreateInferenceExperimentRequest) -> frozenset[str]:
    return frozenset(variant.variant_name for variant in request.model_variants)


@rule(
    "inference-experiment/known-production-variant",
    severity="warning",
    shape="CreateInferenceExperimentRequest",
    members=("ShadowModeConfig.SourceModelVariantName", "ModelVariants[].VariantName"),
    message="SourceModelVariantName must name one of the ModelVariants.",
    source=Source("2023-05-26", 71),
    also=(Source("2023-05-26", 34),),
)
def known_production_variant(request: CreateInferenceExperimentRequest) -> Iterator[Violation]:
    if request.shadow_mode_config.source_model_variant_name not in _names(request):
        yield Violation(
            "ShadowModeConfig.SourceModelVariantName",
            expected=" or ".join(map(repr, sorted(_names(request)))),
        )


@rule(
    "inference-experiment/known-shadow-variant",
    severity="warning",
    shape="CreateInferenceExperimentRequest",
    members=("ShadowModeConfig.ShadowModelVariants", "ModelVariants[].VariantName"),
    message="ShadowModelVariantName must name one of the ModelVariants.",
    source=Source("2023-05-26", 77),
    also=(Source("2023-05-26", 34),),
)
def known_shadow_variant(request: CreateInferenceExperimentRequest) -> Iterator[Violation]:
    names = _names(request)
    for index, shadow in enumerate(request.shadow_mode_config.shadow_model_variants):
        if shadow.shadow_model_variant_name not in names:
            yield Violation(
                f"ShadowModeConfig.ShadowModelVariants[{index}].ShadowModelVariantName",
                expected=" or ".join(map(repr, sorted(names))),
            )


@rule(
    "inference-experiment/shadow-is-another-variant",
    severity="warning",
    shape="ShadowModeConfig",
    members=("ShadowModelVariants", "SourceModelVariantName"),
    message="The shadow variant must differ from the production variant.",
    source=Source("2023-05-26", 69),
    also=(Source("2023-05-26", 79),),
)
def shadow_is_another_variant(config: ShadowModeConfig) -> Iterator[Violation]:
    for index, shadow in enumerate(config.shadow_model_variants):
        if shadow.shadow_model_variant_name == config.source_model_variant_name:
            yield Violation(
                f"ShadowModelVariants[{index}].ShadowModelVariantName",
                "SourceModelVariantName",
                expected="two variants",
            )


@rule(
    "inference-experiment/variants-differ",
    severity="warning",
    shape="ModelVariantConfig",
    of_list=True,
    members="VariantName",
    message="Variant names must be unique.",
    source=Source("2023-05-26", 34),
    also=(Source("2023-05-26", 439), Source("2023-05-26", 487)),
)
def variants_differ(variants: tuple[ModelVariantConfig, ...]) -> Iterator[Violation]:
    for index in repeated(variant.variant_name for variant in variants):
        yield Violation(f"[{index}].VariantName", expected="a name that no other has")


@rule(
    "inference-experiment/sampling-percentage",
    severity="warning",
    shape="ShadowModelVariantConfig",
    members="SamplingPercentage",
    message="SamplingPercentage must not be negative.",
    source=Source("2023-05-26", 79),
)
def sampling_percentage(config: ShadowModelVariantConfig) -> Iterator[Violation]:
    if config.sampling_percentage < 0:
        yield Violation("SamplingPercentage", expected="from 0 to 100")


def _times(schedule: InferenceExperimentSchedule) -> tuple[datetime, datetime] | None:
    start, end = schedule.start_time, schedule.end_time
    if start is None or end is None or (start.tzinfo is None) != (end.tzinfo is None):
        return None
    return start, end


@rule(
    "inference-experiment/starts-before-it-ends",
    severity="warning",
    shape="InferenceExperimentSchedule",
    members=("StartTime", "EndTime"),
    message="EndTime must be later than StartTime.",
    source=Source("2023-05-26", 21),
    also=(Source("2023-05-26", 23),),
)
def starts_before_it_ends(schedule: InferenceExperimentSchedule) -> Iterator[Violation]:
    times = _times(schedule)
    if times is not None and times[1] <= times[0]:
        yield Violation("StartTime", "EndTime")


@rule(
    "inference-experiment/at-most-30-days",
    severity="warning",
    shape="InferenceExperimentSchedule",
    members=("StartTime", "EndTime"),
    message="An inference experiment can last at most 30 days.",
    source=prose("InferenceExperimentSchedule"),
)
def at_most_30_days(schedule: InferenceExperimentSchedule) -> Iterator[Violation]:
    times = _times(schedule)
    if times is not None and times[1] - times[0] > timedelta(days=30):
        yield Violation("StartTime", "EndTime", expected="30 days at most")


@rule(
    "inference-experiment/kms-key-format",
    severity="warning",
    shape="CreateInferenceExperimentRequest",
    members="KmsKey",
    message="KmsKey must be a key id, a key ARN, an alias or an alias ARN.",
    source=Source("2023-05-26", 81),
)
def kms_key_format(request: CreateInferenceExperimentRequest) -> Iterator[Violation]:
    if request.kms_key and not is_key(request.kms_key):
        yield Violation("KmsKey", expected=ANY_KEY)


@rule(
    "inference-experiment/removed-variants-are-not-deployed",
    severity="advice",
    shape="StopInferenceExperimentRequest",
    members=("DesiredModelVariants", "ModelVariantActions"),
    message="DesiredModelVariants should not list a variant that ModelVariantActions removes.",
    source=Source("2023-05-26", 434),
    also=(Source("2023-05-26", 439),),
)
def removed_variants_are_not_deployed(
    request: StopInferenceExperimentRequest,
) -> Iterator[Violation]:
    for index, variant in enumerate(request.desired_model_variants or ()):
        if request.model_variant_actions.get(variant.variant_name) == "Remove":
            yield Violation(f"DesiredModelVariants[{index}].VariantName", "ModelVariantActions")
