"""The explainer of an endpoint configuration (SageMaker Clarify)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sagemaker_typed.rules._rule import Breach, Source, prose, rule

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
    grade="warning",
    shape="ClarifyExplainerConfig",
    members="EnableExplanations",
    says="Which records to explain is said by a JMESPath expression.",
    source=Source("2023-11-29", 4102),
)
def enable_explanations_expression(config: ClarifyExplainerConfig) -> Iterator[Breach]:
    if config.enable_explanations is not None and not _is_jmespath(config.enable_explanations):
        yield Breach("EnableExplanations", expected=JMESPATH)


@rule(
    "clarify-explainer/features-expression",
    grade="warning",
    shape="ClarifyInferenceConfig",
    members="FeaturesAttribute",
    says="Where the features are is said by a JMESPath expression.",
    source=Source("2023-11-29", 4110),
    also=(Source("2023-05-09", 454),),
)
def features_expression(config: ClarifyInferenceConfig) -> Iterator[Breach]:
    if config.features_attribute is not None and not _is_jmespath(config.features_attribute):
        yield Breach("FeaturesAttribute", expected=JMESPATH)


@rule(
    "clarify-explainer/probability-expression",
    grade="warning",
    shape="ClarifyInferenceConfig",
    members="ProbabilityAttribute",
    says="Where the probability is, is said by a JMESPath expression.",
    source=Source("2023-11-29", 4140),
    also=(Source("2023-05-09", 484),),
)
def probability_expression(config: ClarifyInferenceConfig) -> Iterator[Breach]:
    if config.probability_attribute is not None and not _is_jmespath(config.probability_attribute):
        yield Breach("ProbabilityAttribute", expected=JMESPATH)


@rule(
    "clarify-explainer/label-expression",
    grade="warning",
    shape="ClarifyInferenceConfig",
    members="LabelAttribute",
    says="Where the label headers are is said by a JMESPath expression.",
    source=Source("2023-11-29", 4146),
    also=(Source("2023-05-09", 490),),
)
def label_expression(config: ClarifyInferenceConfig) -> Iterator[Breach]:
    if config.label_attribute is not None and not _is_jmespath(config.label_attribute):
        yield Breach("LabelAttribute", expected=JMESPATH)


@rule(
    "clarify-explainer/probability-index-or-attribute",
    grade="advice",
    shape="ClarifyInferenceConfig",
    members=("ProbabilityIndex", "ProbabilityAttribute"),
    says="The container answers in CSV, which has an index, or in JSON Lines, which has a path.",
    source=Source("2023-11-29", 4126),
    also=(Source("2023-11-29", 4140), Source("2023-05-09", 470)),
)
def probability_index_or_attribute(config: ClarifyInferenceConfig) -> Iterator[Breach]:
    if config.probability_attribute is not None:
        yield Breach("ProbabilityIndex", "ProbabilityAttribute", expected="one of the two")


@rule(
    "clarify-explainer/probability-and-label-in-one-format",
    grade="advice",
    shape="ClarifyInferenceConfig",
    members=("LabelIndex", "ProbabilityAttribute"),
    says="Labels read by index stand in CSV; a probability read by a path stands in JSON Lines.",
    source=Source("2023-11-29", 4134),
    also=(Source("2023-11-29", 4140), Source("2023-05-09", 478)),
)
def probability_and_label_in_one_format(config: ClarifyInferenceConfig) -> Iterator[Breach]:
    if config.probability_attribute is not None and config.probability_index is None:
        yield Breach(
            "LabelIndex", "ProbabilityAttribute", expected="both by index, or both by path"
        )


@rule(
    "clarify-explainer/text-among-feature-types",
    grade="warning",
    shape="ClarifyInferenceConfig",
    members="FeatureTypes",
    says="Where feature types are given, one of them is text.",
    source=Source("2023-11-29", 4164),
    also=(Source("2023-05-09", 508),),
)
def text_among_feature_types(config: ClarifyInferenceConfig) -> Iterator[Breach]:
    types = config.feature_types or ()
    if all(each in {"numerical", "categorical"} for each in types):
        yield Breach("FeatureTypes", expected="at least one 'text'")


@rule(
    "clarify-explainer/feature-types-need-text-config",
    grade="warning",
    shape="ClarifyExplainerConfig",
    members=("InferenceConfig.FeatureTypes", "ShapConfig.TextConfig"),
    says="Feature types are for explaining text, which needs a TextConfig.",
    source=Source("2023-11-29", 4164),
    also=(Source("2023-11-29", 4206), Source("2023-05-09", 508)),
)
def feature_types_need_text_config(config: ClarifyExplainerConfig) -> Iterator[Breach]:
    inference = config.inference_config
    if (
        inference is not None
        and inference.feature_types is not None
        and config.shap_config.text_config is None
    ):
        yield Breach("InferenceConfig.FeatureTypes", "ShapConfig.TextConfig")


@rule(
    "clarify-explainer/baseline-mime-type",
    grade="warning",
    shape="ClarifyShapBaselineConfig",
    members="MimeType",
    says="The baseline is CSV or JSON Lines.",
    source=Source("2023-11-29", 4178),
    also=(Source("2023-05-09", 522),),
)
def baseline_mime_type(config: ClarifyShapBaselineConfig) -> Iterator[Breach]:
    if config.mime_type not in {"text/csv", "application/jsonlines"}:
        yield Breach("MimeType", expected="'text/csv' or 'application/jsonlines'")


@rule(
    "clarify-explainer/one-baseline",
    grade="warning",
    shape="ClarifyShapBaselineConfig",
    members=("ShapBaseline", "ShapBaselineUri"),
    says="The baseline is given in the request or by its URI, not both.",
    source=prose("ClarifyShapBaselineConfig"),
)
def one_baseline(config: ClarifyShapBaselineConfig) -> Iterator[Breach]:
    if config.shap_baseline_uri is not None:
        yield Breach("ShapBaseline", "ShapBaselineUri", expected="one of the two")


@rule(
    "clarify-explainer/some-baseline",
    grade="warning",
    shape="ClarifyShapBaselineConfig",
    members=("ShapBaseline", "ShapBaselineUri"),
    says="There is a baseline, in the request or by its URI.",
    source=prose("ClarifyShapBaselineConfig"),
    always=True,
)
def some_baseline(config: ClarifyShapBaselineConfig) -> Iterator[Breach]:
    if config.shap_baseline is None and config.shap_baseline_uri is None:
        yield Breach("ShapBaseline", "ShapBaselineUri", expected="one of the two")
