"""For each rule, what keeps it and what breaks it alone, as the service documents requests."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

Given: TypeAlias = dict[str, Any]


class Case(NamedTuple):
    """A rule's id, the request or structure to give it, and that twice."""

    id: str
    shape: str
    keeps: Given
    breaks: Given


def of(**members: Any) -> Given:
    """A mapping of documented names, without their quotes."""
    return members


KEY = "1234abcd-12ab-34cd-56ef-1234567890ab"
KEY_ARN = f"arn:aws:kms:us-west-2:111122223333:key/{KEY}"
ALIAS = "alias/ExampleAlias"
ALIAS_ARN = "arn:aws:kms:us-west-2:111122223333:alias/ExampleAlias"
ROLE = "arn:aws:iam::111122223333:role/SageMaker"
IMAGE = "111122223333.dkr.ecr.us-west-2.amazonaws.com/image:1"
