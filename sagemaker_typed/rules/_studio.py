"""What the rules of domains and of apps have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sagemaker_typed.models import ResourceSpec


def other_than_system(resources: ResourceSpec) -> bool:
    chosen = resources.instance_type
    return chosen is not None and chosen.is_listed and chosen != "system"
