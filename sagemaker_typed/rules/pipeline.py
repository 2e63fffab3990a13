"""Pipelines and their versions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sagemaker_typed.rules._rule import Violation, prose, rule

if TYPE_CHECKING:
    from sagemaker_typed.models import DescribePipelineRequest


@rule(
    "pipeline/version-or-alias",
    severity="warning",
    shape="DescribePipelineRequest",
    members=("PipelineVersionId", "PipelineVersionAlias"),
    message="Give PipelineVersionId or PipelineVersionAlias, not both.",
    source=prose("DescribePipelineRequest.PipelineVersionId"),
    also=(prose("DescribePipelineRequest.PipelineVersionAlias"),),
)
def version_or_alias(request: DescribePipelineRequest) -> Iterator[Violation]:
    if request.pipeline_version_alias is not None:
        yield Violation("PipelineVersionId", "PipelineVersionAlias", expected="one of the two")
