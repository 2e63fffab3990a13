"""The rules that the options of a command select."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from sagemaker_typed import rules
from sagemaker_typed.cli.checker import RuleSelection
from sagemaker_typed.cli.problems import Severity, UsageError

if TYPE_CHECKING:
    import argparse


def rules_selected(arguments: argparse.Namespace) -> RuleSelection:
    """Return the rules to check. Raises ``UsageError`` for an id that no rule has."""
    severities: tuple[Severity, ...] = get_args(Severity)
    off = tuple(arguments.ignore)
    for rule in off:
        try:
            rules.get(rule)
        except ValueError as error:
            raise UsageError(str(error)) from None
    return RuleSelection(severities if arguments.advice else ("error", "warning"), off)
