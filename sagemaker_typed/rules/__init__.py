"""The rules that stand only in the documentation's prose, as data and as checks.

``check(request)`` gives the findings of a request; ``for_operation("CreateEndpointConfig")`` lists
the rules that hold anywhere in it; ``get(id)`` is one rule, ``ALL`` every one. ``docs/rules.md``
has them as a table, each with the place that it was read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sagemaker_typed.rules._checker import Checker, Finding, check
from sagemaker_typed.rules._registry import for_operation, get
from sagemaker_typed.rules._rule import Rule, Severity, Source, Violation

if TYPE_CHECKING:
    ALL: tuple[Rule, ...]

__all__ = [
    "ALL",
    "Checker",
    "Finding",
    "Rule",
    "RuleWarning",
    "Severity",
    "Source",
    "Violation",
    "check",
    "for_operation",
    "get",
]


class RuleWarning(UserWarning):
    """A request breaks a rule that is documented as required, without a word of failing."""


def __getattr__(name: str) -> object:
    # Loads every module of rules, which no request needs.
    if name == "ALL":
        from sagemaker_typed.rules._registry import all_rules

        return all_rules()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
