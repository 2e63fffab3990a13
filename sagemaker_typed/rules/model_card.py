"""Model cards, on their own and with a model package."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sagemaker_typed.core.schema.paths import write_path
from sagemaker_typed.rules import _model_card
from sagemaker_typed.rules._rule import Violation, prose, rule

if TYPE_CHECKING:
    from sagemaker_typed.models import (
        CreateModelCardRequest,
        ModelPackageModelCard,
        UpdateModelCardRequest,
    )


def _card(text: str | None) -> dict[str, Any] | None:
    """Return the JSON object in a string; ``None`` for other text."""
    try:
        card = json.loads(text or "")
    except (ValueError, RecursionError):
        return None
    return card if isinstance(card, dict) else None


def _violations(member: str, text: str | None) -> Iterator[Violation]:
    for place, problem in _model_card.problems(_card(text) or {}):
        yield Violation(write_path((member, *place)), expected=problem)


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
    if request.content is not None and _card(request.content) is None:
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
    if card.model_card_content is not None and _card(card.model_card_content) is None:
        yield Violation("ModelCardContent", expected="a JSON object")


@rule(
    "model-card/content-follows-schema",
    severity="warning",
    shape=("CreateModelCardRequest", "UpdateModelCardRequest"),
    members="Content",
    message="Content must follow the schema of model cards.",
    source=prose("CreateModelCardRequest.Content"),
)
def content_follows_schema(
    request: CreateModelCardRequest | UpdateModelCardRequest,
) -> Iterator[Violation]:
    return _violations("Content", request.content)


@rule(
    "model-package/card-content-follows-schema",
    severity="warning",
    shape="ModelPackageModelCard",
    members="ModelCardContent",
    message="ModelCardContent must follow the schema of model cards.",
    source=prose("ModelPackageModelCard.ModelCardContent"),
)
def card_content_follows_schema(card: ModelPackageModelCard) -> Iterator[Violation]:
    return _violations("ModelCardContent", card.model_card_content)
