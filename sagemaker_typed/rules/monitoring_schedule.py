"""Schedules of monitoring jobs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sagemaker_typed.rules._rule import Violation, prose, rule

if TYPE_CHECKING:
    from sagemaker_typed.models import ScheduleConfig


@rule(
    "monitoring-schedule/one-time-needs-window",
    severity="warning",
    shape="ScheduleConfig",
    members=("ScheduleExpression", "DataAnalysisStartTime", "DataAnalysisEndTime"),
    message="A schedule of NOW needs DataAnalysisStartTime and DataAnalysisEndTime.",
    source=prose("ScheduleConfig.DataAnalysisStartTime"),
    also=(prose("ScheduleConfig.DataAnalysisEndTime"),),
)
def one_time_needs_window(config: ScheduleConfig) -> Iterator[Violation]:
    if config.schedule_expression == "NOW":
        if config.data_analysis_start_time is None:
            yield Violation("DataAnalysisStartTime", expected="a start, with NOW")
        if config.data_analysis_end_time is None:
            yield Violation("DataAnalysisEndTime", expected="an end, with NOW")
