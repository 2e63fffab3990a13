"""Schedules of monitoring jobs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sagemaker_typed.rules._rule import Breach, prose, rule

if TYPE_CHECKING:
    from sagemaker_typed.models import ScheduleConfig


@rule(
    "monitoring-schedule/one-time-needs-window",
    grade="warning",
    shape="ScheduleConfig",
    members=("ScheduleExpression", "DataAnalysisStartTime", "DataAnalysisEndTime"),
    says="A job that runs once, now, says which data it looks at.",
    source=prose("ScheduleConfig.DataAnalysisStartTime"),
    also=(prose("ScheduleConfig.DataAnalysisEndTime"),),
)
def one_time_needs_window(config: ScheduleConfig) -> Iterator[Breach]:
    if config.schedule_expression == "NOW":
        if config.data_analysis_start_time is None:
            yield Breach("DataAnalysisStartTime", expected="a start, with NOW")
        if config.data_analysis_end_time is None:
            yield Breach("DataAnalysisEndTime", expected="an end, with NOW")
