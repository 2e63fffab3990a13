"""Rules that the documentation states only in prose, as data and as checks.

``check(request)`` returns the rules that a request breaks. ``for_operation("CreateEndpointConfig")``
lists the rules about anything in a request, ``get(id)`` returns one rule, and ``ALL`` has every
rule. The table in ``docs/rules.md`` lists each with its source.
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
    """Warns of a request that breaks a documented requirement the service may not enforce."""


def __getattr__(name: str) -> object:
    # Loads every module of rules, which no request needs.
    if name == "ALL":
        from sagemaker_typed.rules._registry import all_rules

        return all_rules()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
