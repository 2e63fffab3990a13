"""Model cards, on their own and with a model package."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sagemaker_typed.rules._rule import Violation, prose, rule

if TYPE_CHECKING:
    from sagemaker_typed.models import (
        CreateModelCardRequest,
        ModelPackageModelCard,
        UpdateModelCardRequest,
    )


def _is_json_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


@rule(
    "model-card/content-is-json",
    severity="warning",
    shape=("CreateModelCardRequest", "UpdateModelCardRequest"),
    members="Content",
    message="Content must be a JSON object, as a string.",
    source=prose("CreateModelCardRequest.Content"),
)
def content_is_json(
    request: CreateModelCardRequest | UpdateModelCardRequest,
) -> Iterator[Violation]:
    if request.content is not None and not _is_json_object(request.content):
        yield Violation("Content", expected="a JSON object")


@rule(
    "model-package/card-content-is-json",
    severity="warning",
    shape="ModelPackageModelCard",
    members="ModelCardContent",
    message="ModelCardContent must be a JSON object, as a string.",
    source=prose("ModelPackageModelCard.ModelCardContent"),
)
def card_content_is_json(card: ModelPackageModelCard) -> Iterator[Violation]:
    if card.model_card_content is not None and not _is_json_object(card.model_card_content):
        yield Violation("ModelCardContent", expected="a JSON object")
