"""Tags, in every request that takes some."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sagemaker_typed.rules._aws import repeated
from sagemaker_typed.rules._rule import Source, Violation, rule

if TYPE_CHECKING:
    from sagemaker_typed.models import Tag


@rule(
    "tags/unique-keys",
    severity="warning",
    shape="Tag",
    of_list=True,
    members="Key",
    message="Tag keys must be unique.",
    source=Source("2023-11-29", 1125),
    also=(
        Source("2023-11-29", 1738),
        Source("2023-11-29", 4597),
        Source("2023-05-09", 344),
        Source("2023-05-26", 95),
    ),
)
def unique_keys(tags: tuple[Tag, ...]) -> Iterator[Violation]:
    for index in repeated(tag.key for tag in tags):
        yield Violation(f"[{index}].Key", expected="a key that no other tag has")
