"""Labeling jobs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sagemaker_typed.rules._rule import Violation, prose, rule

if TYPE_CHECKING:
    from sagemaker_typed.models import LabelingJobDataSource


@rule(
    "labeling-job/some-data-source",
    severity="warning",
    shape="LabelingJobDataSource",
    members=("S3DataSource", "SnsDataSource"),
    message="Give S3DataSource, SnsDataSource or both.",
    source=prose("LabelingJobDataSource"),
    always=True,
)
def some_data_source(source: LabelingJobDataSource) -> Iterator[Violation]:
    if source.s3_data_source is None and source.sns_data_source is None:
        yield Violation("S3DataSource", "SnsDataSource", expected="at least one of the two")
