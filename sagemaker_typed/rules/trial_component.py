"""Components of trials."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sagemaker_typed.rules._rule import Violation, prose, rule

if TYPE_CHECKING:
    from sagemaker_typed.models import TrialComponentParameterValue


@rule(
    "trial-component/string-or-number",
    severity="warning",
    shape="TrialComponentParameterValue",
    members=("StringValue", "NumberValue"),
    message="Give StringValue or NumberValue, not both.",
    source=prose("TrialComponentParameterValue.StringValue"),
    also=(prose("TrialComponentParameterValue.NumberValue"),),
)
def string_or_number(value: TrialComponentParameterValue) -> Iterator[Violation]:
    if value.number_value is not None:
        yield Violation("StringValue", "NumberValue", expected="one of the two")
