"""Feature groups."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sagemaker_typed.rules._rule import Violation, prose, rule

if TYPE_CHECKING:
    from sagemaker_typed.models import CreateFeatureGroupRequest


@rule(
    "feature-group/record-identifier-is-a-feature",
    severity="warning",
    shape="CreateFeatureGroupRequest",
    members=("RecordIdentifierFeatureName", "FeatureDefinitions[].FeatureName"),
    message="RecordIdentifierFeatureName must be the name of a feature definition.",
    source=prose("CreateFeatureGroupRequest.RecordIdentifierFeatureName"),
)
def record_identifier_is_a_feature(request: CreateFeatureGroupRequest) -> Iterator[Violation]:
    names = {feature.feature_name for feature in request.feature_definitions}
    if request.record_identifier_feature_name not in names:
        yield Violation("RecordIdentifierFeatureName", expected="the name of a feature definition")
