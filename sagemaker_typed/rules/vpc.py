"""The VPC that jobs, models and clusters connect to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sagemaker_typed.rules._rule import Source, Violation, rule

if TYPE_CHECKING:
    from sagemaker_typed.models import VpcConfig


@rule(
    "vpc/security-group-id",
    severity="warning",
    shape="VpcConfig",
    members="SecurityGroupIds",
    message="A security group id must start with sg-.",
    source=Source("2023-11-29", 1470),
)
def security_group_id(config: VpcConfig) -> Iterator[Violation]:
    for index, group in enumerate(config.security_group_ids):
        if not group.startswith("sg-"):
            yield Violation(f"SecurityGroupIds[{index}]", expected="'sg-' and the rest of the id")
