"""Each rule has a case that keeps it, and a case that breaks this rule alone."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

import pytest

from sagemaker_typed import models, rules
from sagemaker_typed.core.schema.paths import location
from tests.rules.cases import Case, Given

SEVERITIES: tuple[rules.Severity, ...] = ("error", "warning", "advice")
TABLES = sorted(
    path.stem for path in (Path(__file__).parent / "cases").glob("*.py") if path.stem != "__init__"
)
CASES: list[Case] = [
    case for table in TABLES for case in import_module(f"tests.rules.cases.{table}").CASES
]


def findings(shape: str, arguments: Given) -> list[rules.Finding]:
    return list(rules.check(getattr(models, shape).from_boto(arguments), severities=SEVERITIES))


def test_every_rule_has_a_case_for_all_that_it_is_about() -> None:
    active = [rule for rule in rules.ALL if rule.active]
    assert {case.id for case in CASES} == {rule.id for rule in active}
    assert {(case.id, case.shape) for case in CASES} >= {
        (rule.id, shape) for rule in active for shape in rule.shapes if not rule.of_list
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.id}-{case.shape}")
def test_keeping_a_rule_finds_nothing(case: Case) -> None:
    assert findings(case.shape, case.keeps) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.id}-{case.shape}")
def test_breaking_a_rule_finds_that_rule_alone(case: Case) -> None:
    broken = findings(case.shape, case.breaks)
    assert {(finding.id, finding.severity) for finding in broken} == {
        (case.id, rules.get(case.id).severity)
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.id}-{case.shape}")
def test_a_finding_names_members_that_are_there(case: Case) -> None:
    shape = getattr(models, case.shape).from_boto(case.breaks)
    for finding in findings(case.shape, case.breaks):
        for path in finding.python_paths:
            member, _, in_json = path.partition(".")
            value = getattr(shape, member.partition("[")[0])
            if not in_json or not isinstance(value, str):
                eval(f"shape.{path}", {"shape": shape})  # a path is what a program would write
                continue
            value = json.loads(value)
            for part in location(in_json):
                value = value[part]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.id}-{case.shape}")
def test_a_rule_can_be_turned_off(case: Case) -> None:
    shape = getattr(models, case.shape).from_boto(case.breaks)
    assert rules.check(shape, severities=SEVERITIES, off=[case.id]) == ()
