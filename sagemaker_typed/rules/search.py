"""Searches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sagemaker_typed.rules._rule import Violation, prose, rule

if TYPE_CHECKING:
    from sagemaker_typed.models import SearchExpression


@rule(
    "search/some-condition",
    severity="warning",
    shape="SearchExpression",
    members=("Filters", "NestedFilters", "SubExpressions"),
    message="An expression needs a filter, a nested filter or a subexpression.",
    source=prose("SearchExpression"),
    also=(prose("SearchRequest.SearchExpression"),),
    always=True,
)
def some_condition(expression: SearchExpression) -> Iterator[Violation]:
    if not (expression.filters or expression.nested_filters or expression.sub_expressions):
        yield Violation(
            "Filters", "NestedFilters", "SubExpressions", expected="at least one of them"
        )
