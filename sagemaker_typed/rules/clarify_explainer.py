"""The explainer of an endpoint configuration (SageMaker Clarify)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sagemaker_typed.rules._rule import Source, Violation, prose, rule

if TYPE_CHECKING:
    from sagemaker_typed.models import (
        ClarifyExplainerConfig,
        ClarifyInferenceConfig,
        ClarifyShapBaselineConfig,
    )

JMESPATH = "a JMESPath expression"


def _is_jmespath(expression: str) -> bool:
    # botocore depends on it, so it is there; only an endpoint with an explainer needs it.
    import jmespath
    from jmespath.exceptions import JMESPathError

    try:
        jmespath.compile(expression)
    except JMESPathError:
        return False
    return True


@rule(
    "clarify-explainer/enable-explanations-expression",
    severity="warning",
    shape="ClarifyExplainerConfig",
    members="EnableExplanations",
    message="EnableExplanations must be a JMESPath expression.",
    source=Source("2023-11-29", 4102),
)
def enable_explanations_expression(config: ClarifyExplainerConfig) -> Iterator[Violation]:
    if config.enable_explanations is not None and not _is_jmespath(config.enable_explanations):
        yield Violation("EnableExplanations", expected=JMESPATH)


@rule(
    "clarify-explainer/features-expression",
    severity="warning",
    shape="ClarifyInferenceConfig",
    members="FeaturesAttribute",
    message="FeaturesAttribute must be a JMESPath expression.",
    source=Source("2023-11-29", 4110),
    also=(Source("2023-05-09", 454),),
)
def features_expression(config: ClarifyInferenceConfig) -> Iterator[Violation]:
    if config.features_attribute is not None and not _is_jmespath(config.features_attribute):
        yield Violation("FeaturesAttribute", expected=JMESPATH)


@rule(
    "clarify-explainer/probability-expression",
    severity="warning",
    shape="ClarifyInferenceConfig",
    members="ProbabilityAttribute",
    message="ProbabilityAttribute must be a JMESPath expression.",
    source=Source("2023-11-29", 4140),
    also=(Source("2023-05-09", 484),),
)
def probability_expression(config: ClarifyInferenceConfig) -> Iterator[Violation]:
    if config.probability_attribute is not None and not _is_jmespath(config.probability_attribute):
        yield Violation("ProbabilityAttribute", expected=JMESPATH)


@rule(
    "clarify-explainer/label-expression",
    severity="warning",
    shape="ClarifyInferenceConfig",
    members="LabelAttribute",
    message="LabelAttribute must be a JMESPath expression.",
    source=Source("2023-11-29", 4146),
    also=(Source("2023-05-09", 490),),
)
def label_expression(config: ClarifyInferenceConfig) -> Iterator[Violation]:
    if config.label_attribute is not None and not _is_jmespath(config.label_attribute):
        yield Violation("LabelAttribute", expected=JMESPATH)


@rule(
    "clarify-explainer/probability-index-or-attribute",
    severity="advice",
    shape="ClarifyInferenceConfig",
    members=("ProbabilityIndex", "ProbabilityAttribute"),
    message="ProbabilityIndex is for CSV output, ProbabilityAttribute for JSON Lines output.",
    source=Source("2023-11-29", 4126),
    also=(Source("2023-11-29", 4140), Source("2023-05-09", 470)),
)
def probability_index_or_attribute(config: ClarifyInferenceConfig) -> Iterator[Violation]:
    if config.probability_attribute is not None:
        yield Violation("ProbabilityIndex", "ProbabilityAttribute", expected="one of the two")


@rule(
    "clarify-explainer/probability-and-label-in-one-format",
    severity="advice",
    shape="ClarifyInferenceConfig",
    members=("LabelIndex", "ProbabilityAttribute"),
    message="LabelIndex is for CSV output, ProbabilityAttribute for JSON Lines output.",
    source=Source("2023-11-29", 4134),
    also=(Source("2023-11-29", 4140), Source("2023-05-09", 478)),
)
def probability_and_label_in_one_format(config: ClarifyInferenceConfig) -> Iterator[Violation]:
    if config.probability_attribute is not None and config.probability_index is None:
        yield Violation(
            "LabelIndex", "ProbabilityAttribute", expected="both by index, or both by path"
        )


@rule(
    "clarify-explainer/text-among-feature-types",
    severity="warning",
    shape="ClarifyInferenceConfig",
    members="FeatureTypes",
    message="FeatureTypes must have at least one 'text'.",
    source=Source("2023-11-29", 4164),
    also=(Source("2023-05-09", 508),),
)
def text_among_feature_types(config: ClarifyInferenceConfig) -> Iterator[Violation]:
    types = config.feature_types or ()
    if all(each in {"numerical", "categorical"} for each in types):
        yield Violation("FeatureTypes", expected="at least one 'text'")


@rule(
    "clarify-explainer/feature-types-need-text-config",
    severity="advice",
    shape="ClarifyExplainerConfig",
    members=("InferenceConfig.FeatureTypes", "ShapConfig.TextConfig"),
    message="FeatureTypes has an effect only with a TextConfig.",
    source=Source("2023-11-29", 4164),
    also=(Source("2023-11-29", 4206), Source("2023-05-09", 508)),
)
def feature_types_need_text_config(config: ClarifyExplainerConfig) -> Iterator[Violation]:
    inference = config.inference_config
    if (
        inference is not None
        and inference.feature_types is not None
        and config.shap_config.text_config is None
    ):
        yield Violation("InferenceConfig.FeatureTypes", "ShapConfig.TextConfig")


@rule(
    "clarify-explainer/baseline-mime-type",
    severity="warning",
    shape="ClarifyShapBaselineConfig",
    members="MimeType",
    message="The baseline must be CSV or JSON Lines.",
    source=Source("2023-11-29", 4178),
    also=(Source("2023-05-09", 522),),
)
def baseline_mime_type(config: ClarifyShapBaselineConfig) -> Iterator[Violation]:
    if config.mime_type not in {"text/csv", "application/jsonlines"}:
        yield Violation("MimeType", expected="'text/csv' or 'application/jsonlines'")


@rule(
    "clarify-explainer/one-baseline",
    severity="warning",
    shape="ClarifyShapBaselineConfig",
    members=("ShapBaseline", "ShapBaselineUri"),
    message="Give ShapBaseline or ShapBaselineUri, not both.",
    source=prose("ClarifyShapBaselineConfig"),
)
def one_baseline(config: ClarifyShapBaselineConfig) -> Iterator[Violation]:
    if config.shap_baseline_uri is not None:
        yield Violation("ShapBaseline", "ShapBaselineUri", expected="one of the two")


@rule(
    "clarify-explainer/some-baseline",
    severity="warning",
    shape="ClarifyShapBaselineConfig",
    members=("ShapBaseline", "ShapBaselineUri"),
    message="Give ShapBaseline or ShapBaselineUri.",
    source=prose("ClarifyShapBaselineConfig"),
    always=True,
)
def some_baseline(config: ClarifyShapBaselineConfig) -> Iterator[Violation]:
    if config.shap_baseline is None and config.shap_baseline_uri is None:
        yield Violation("ShapBaseline", "ShapBaselineUri", expected="one of the two")
