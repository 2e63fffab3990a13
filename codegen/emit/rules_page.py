"""The page ``docs/rules.md``: every prose rule, with the places that it was read from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

from codegen.emit.context import MARK
from codegen.emit.rules_index import every_rule
from codegen.model.classes import Plan
from codegen.overrides import table
from sagemaker_typed.rules._rule import Document, Rule

FILE = "rules.md"
"""The path of the page inside ``docs``."""

TITLES: Mapping[str, str] = {
    "2019-09-25": "API changes of 2019-09-25",
    "2023-05-09": "API changes of 2023-05-09",
    "2023-05-26": "API changes of 2023-05-26",
    "2023-11-29": "API changes of 2023-11-29",
    "R": "R reference of create_endpoint_config",
    "service model": "prose of the service model (botocore 1.44.5)",
}


def rules_page(plan: Plan) -> str:
    """The text of ``docs/rules.md``."""
    rules = [rule for _, rule in every_rule().values()]
    active = [rule for rule in rules if rule.active]
    gone = [rule for rule in rules if not rule.active]
    return "\n".join(
        (
            *_heading(active, gone),
            *_per_document(active, gone),
            *_per_operation(plan, active),
            *_rules(active),
            *_superseded(gone),
            *_not_checkable(),
        )
    )


def _heading(active: Sequence[Rule], gone: Sequence[Rule]) -> Iterator[str]:
    severities = Counter(rule.severity for rule in active)
    yield f"<!-- {MARK} (python -m codegen generate). Do not edit. -->"
    yield ""
    yield "# Rules"
    yield ""
    yield (
        f"{len(active)} rules that the documentation states only in prose are checked: "
        f"{severities['error']} errors, {severities['warning']} warnings, "
        f"{severities['advice']} pieces of advice. "
        f"{len(gone)} more were stated once and are superseded."
    )
    yield ""
    yield (
        "The service documents that a request that breaks an **error** fails. A **warning** is "
        "documented as required or unsupported, or contradicts the description of its members; no "
        "failure is documented. **Advice** is recommended, or about a member without effect. Each "
        "rule can be turned off by its id."
    )
    yield ""
    yield (
        "Rules are in our own words. A place is a line of one of the five documents that they were "
        "read from, or a member of the service model. Required members, limits, patterns, enums "
        "and unions are checked by the types and are not listed here. Neither are idempotency "
        "tokens, which boto3 fills in."
    )
    yield ""


def _per_document(active: Sequence[Rule], gone: Sequence[Rule]) -> Iterator[str]:
    yield "## By document"
    yield ""
    yield "| document | rules taken from it | also stated there | superseded | not checkable |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    stays: Counter[str] = Counter(place["document"] for _, places in _reasons() for place in places)
    for name in get_args(Document):
        first = sum(rule.source.document == name for rule in active)
        too = sum(
            rule.source.document != name and any(s.document == name for s in rule.sources)
            for rule in active
        )
        over = sum(rule.source.document == name for rule in gone)
        yield f"| {TITLES[name]} | {first} | {too} | {over} | {stays[name]} |"
    yield ""


def _per_operation(plan: Plan, active: Sequence[Rule]) -> Iterator[str]:
    yield "## By operation"
    yield ""
    yield "| operation | errors | warnings | advice |"
    yield "| --- | ---: | ---: | ---: |"
    for operation, request in plan.requests.items():
        shapes = plan.within(request)
        severities = Counter(rule.severity for rule in active if shapes & set(rule.shapes))
        if severities:
            yield (
                f"| {operation} | {severities['error'] or ''} | {severities['warning'] or ''} "
                f"| {severities['advice'] or ''} |"
            )
    yield ""


def _rules(active: Sequence[Rule]) -> Iterator[str]:
    yield "## The rules"
    yield ""
    yield "| id | severity | about | rule | read at |"
    yield "| --- | --- | --- | --- | --- |"
    for rule in active:
        text = _cell(rule.message + (f" ({rule.note}.)" if rule.note else ""))
        yield f"| `{rule.id}` | {rule.severity} | {_about(rule)} | {text} | {_places(rule)} |"
    yield ""


def _superseded(gone: Sequence[Rule]) -> Iterator[str]:
    yield "## Superseded"
    yield ""
    yield "| id | about | former rule | read at | now |"
    yield "| --- | --- | --- | --- | --- |"
    for rule in gone:
        by = _cell(rule.superseded_by)
        yield f"| `{rule.id}` | {_about(rule)} | {_cell(rule.message)} | {_places(rule)} | {by} |"
    yield ""


def _about(rule: Rule) -> str:
    shapes = ", ".join(f"list of {shape}" if rule.of_list else shape for shape in rule.shapes)
    return f"{shapes}: {', '.join(f'`{member}`' for member in rule.members)}"


def _places(rule: Rule) -> str:
    return "; ".join(map(str, rule.sources))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _reasons() -> Iterator[tuple[str, list[dict[str, str]]]]:
    for reason in table("rules_not_checkable")["reasons"]:
        yield reason["reason"], reason["places"]


def _not_checkable() -> Iterator[str]:
    reasons = list(_reasons())
    total = sum(len(places) for _, places in reasons)
    yield "## Not checkable"
    yield ""
    yield (
        f"{total} sentences ask for something that a request does not show. They are listed under "
        "the reason."
    )
    for reason, places in reasons:
        yield ""
        yield f"### {reason}"
        yield ""
        yield "| read at | about | requirement |"
        yield "| --- | --- | --- |"
        for place in places:
            at = f"{place['document']}:{place['lines']}"
            yield f"| {at} | {place['path']} | {_cell(place['about'])} |"
    yield ""
