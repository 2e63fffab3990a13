"""Checks of the committed tables: each row must match something in the service models.

A misspelt row, or a row about an operation that the service has removed, would silently do nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, get_args

from codegen.errors import InputError
from codegen.model import ir
from codegen.model.layout import COMMON
from codegen.model.listings import lists
from codegen.model.references import named
from codegen.model.resources import resources
from codegen.overrides import RUNTIME_DATA, table
from codegen.sources.service_model import installed
from sagemaker_typed.core.suggest import did_you_mean
from sagemaker_typed.rules._rule import Document

Services = Mapping[str, ir.Service]
_MAIN: Final = "sagemaker"


def check_tables(services: Services) -> None:
    """Raise ``InputError`` with every row that matches nothing in these services."""
    problems = [problem for check in _CHECKS for problem in check(services)]
    if problems:
        raise InputError("\n       ".join(problems))


def _problem(
    name: str, row: str, wanted: str, value: object, known: Iterable[str]
) -> Iterator[str]:
    """The message about a value that is not among the known ones; none if it is."""
    choices = list(known)
    if value not in choices:
        yield f"{name}: {row}: no {wanted} {value!r}{did_you_mean(value, choices)}"


def _rows(name: str, key: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of a table with their positions."""
    for number, row in enumerate(table(name).get(key, ()), 1):
        yield f"[[{key}]] {number}", row


def _layout(services: Services) -> Iterator[str]:
    name = "layout.toml"
    modules = {
        name: sorted({*resources(service, fixed={}).of.values(), COMMON})
        for name, service in services.items()
        if name in {row["service"] for rows in table("layout").values() for row in rows}
    }
    for key in table("layout"):
        for position, row in _rows("layout", key):
            yield from _problem(name, position, "service", row["service"], services)
            service = services.get(row["service"])
            if service is None:
                continue
            known = {
                "operation": service.operations,
                "shape": service.shapes,
                "module": modules[service.name],
            }
            for column in known.keys() & row.keys():
                yield from _problem(name, position, column, row[column], known[column])


def _consistency(services: Services) -> Iterator[str]:
    name = "consistency.toml"
    for position, row in _rows("consistency", "prerequisites"):
        yield from _problem(name, position, "service", row["service"], services)
        service = services.get(row["service"])
        if service is None:
            continue
        for key in ("operation", "describe"):
            problems = list(_problem(name, position, "operation", row[key], service.operations))
            yield from problems
            if not problems:
                members = _members(service, service.operations[row[key]].input)
                where = f"{position}: {row[key]}"
                yield from _problem(name, where, "member", row["member"], members)


def _references(services: Services) -> Iterator[str]:
    name = "consistency.toml"
    for key in ("references", "not_references"):
        for position, row in _rows("consistency", key):
            yield from _problem(name, position, "service", row["service"], services)
            service = services.get(row["service"])
            if service is None:
                continue
            operation = row["operation"]
            problems = list(_problem(name, position, "operation", operation, service.operations))
            yield from problems
            by_rule = [] if problems else list(named(service, operation))
            if key == "not_references":
                members = [member for member, _ in by_rule]
                yield from _problem(name, position, "reference", row["member"], members)
            elif row["resource"] in [resource for _, resource in by_rule]:
                yield f"{name}: {position}: the rule finds {row['resource']!r} already"


def _log_groups(services: Services) -> Iterator[str]:
    name = "log_groups.toml"
    for position, row in _rows("log_groups", "log_groups"):
        yield from _problem(name, position, "service", row["service"], services)
        service = services.get(row["service"])
        if service is None:
            continue
        describe = f"Describe{row['resource']}"
        problems = list(_problem(name, position, "operation", describe, service.operations))
        yield from problems
        if problems:
            continue
        output = service.operations[describe].output
        if "described" in row:
            yield from _path_problems(name, describe, service, output, row["described"])
        if "parts" in row:
            yield from _problem(name, position, "operation", row["parts"], service.operations)
        for member in re.findall(r"{(\w+)}", row.get("group", "") + row.get("streams", "")):
            known = _members(service, output)
            yield from _problem(name, describe, "member", member, known)


def _listings(services: Services) -> Iterator[str]:
    name = "listings.toml"
    ambiguous = {
        (service.name, operation.name): lists(service, operation)
        for service in services.values()
        for operation in service.operations.values()
        if operation.paginator is None and len(lists(service, operation)) > 1
    }
    listed = {(row["service"], row["operation"]): row for _, row in _rows("listings", "listings")}
    for key in ambiguous.keys() - listed.keys():
        yield f"{name}: no row for {key[1]} of {key[0]}, whose response has several lists"
    for key, row in listed.items():
        names = [operation for _, operation in ambiguous]
        yield from _problem(name, key[0], "ambiguous operation", key[1], names)
        for item in row["items"]:
            yield from _problem(name, key[1], "list", item, ambiguous.get(key, ()))


def _exactly_one(services: Services) -> Iterator[str]:
    name = "exactly_one.toml"
    for position, row in _rows("exactly_one", "exactly_one"):
        yield from _problem(name, position, "service", row["service"], services)
        service = services.get(row["service"])
        if service is None:
            continue
        problems = list(_problem(name, position, "structure", row["structure"], service.shapes))
        yield from problems
        if not problems:
            for member in row["members"]:
                known = _members(service, row["structure"])
                yield from _problem(name, position, "member", member, known)


def _links(services: Services) -> Iterator[str]:
    for service in table("links")["services"]:
        yield from _problem("links.toml", "[services]", "service", service, services)


def _names(services: Services) -> Iterator[str]:
    name = "names.toml"
    names = table("names")
    words = sorted(_words(services.values()))
    for key in ("product_words", "value_words"):
        for word in names[key]:
            yield from _word_problems(name, key, word, words)
    for word, service in names["value_words_elsewhere"].items():
        yield from _word_problems(name, service, word, sorted(_words([installed(service)])))
    ids = [service.service_id for service in services.values()]
    for service_id in names["clients"]:
        yield from _problem(name, "[clients]", "service id", service_id, ids)


def _word_problems(name: str, row: str, word: str, texts: Iterable[str]) -> Iterator[str]:
    if not any(word in text for text in texts):
        words = {part for text in texts for part in re.findall(r"[A-Z]\w+", text)}
        yield f"{name}: {row}: no name has {word!r}{did_you_mean(word, sorted(words))}"


def _words(services: Iterable[ir.Service]) -> Iterator[str]:
    """The documented names and enum values, in which product words are looked for."""
    for service in services:
        yield from service.operations
        for shape in service.shapes.values():
            yield shape.name
            if isinstance(shape, ir.Structure):
                yield from (member.name for member in shape.members)
            elif isinstance(shape, ir.Enum):
                yield from shape.values


def _patterns(services: Services) -> Iterator[str]:
    documented = {
        shape.pattern
        for service in services.values()
        for shape in service.shapes.values()
        if isinstance(shape, ir.Scalar) and shape.pattern is not None
    }
    for position, row in _rows("patterns", "patterns"):
        yield from _problem("patterns.toml", position, "pattern", row["pattern"], documented)


def _rules_not_checkable(services: Services) -> Iterator[str]:
    name = "rules_not_checkable.toml"
    for number, reason in enumerate(table("rules_not_checkable")["reasons"], 1):
        for place in reason["places"]:
            row = f"[[reasons]] {number}, {place['path']}"
            yield from _problem(name, row, "document", place["document"], get_args(Document))
            if not place["lines"].replace("-", "").isdecimal():
                yield f"{name}: {row}: lines {place['lines']!r} is not a line or a range of lines"
            operation, _, path = place["path"].partition(".")
            service = services[_MAIN]
            problems = list(_problem(name, row, "operation", operation, service.operations))
            yield from problems
            if path and not problems:
                known = service.operations[operation]
                sides = [
                    list(_path_problems(name, row, service, side, path))
                    for side in (known.input, known.output)
                ]
                yield from min(sides, key=len)


def _statuses(services: Services) -> Iterator[str]:
    name = "statuses.json"
    for service_name, rows in _runtime_table(name).items():
        yield from _problem(name, service_name, "service", service_name, services)
        service = services.get(service_name)
        if service is None:
            continue
        for operation, row in rows.items():
            problems = list(_problem(name, operation, "operation", operation, service.operations))
            yield from problems
            if problems:
                continue
            output = service.operations[operation].output
            for key in ("status", "reason", "step", "metrics"):
                if key in row:
                    for path in row[key].split(" || "):
                        yield from _path_problems(name, operation, service, output, path)
            shape = _at(service, output, row["status"])
            values = shape.values if isinstance(shape, ir.Enum) else ()
            for value in (*row["success"], *row["failure"], *row["under_way"]):
                if values:
                    yield from _problem(name, operation, "status", value, values)


def _related(services: Services) -> Iterator[str]:
    name = "counterparts.json"
    for service_name, rows in _runtime_table(name).items():
        yield from _problem(name, service_name, "service", service_name, services)
        service = services.get(service_name)
        if service is None:
            continue
        for operation, row in rows.items():
            problems = list(_problem(name, operation, "operation", operation, service.operations))
            yield from problems
            if problems:
                continue
            known = service.operations[operation]
            members = [*_members(service, known.input), *_members(service, known.output)]
            describe = _describing(service, operation)
            for member, path in row.items():
                if "." in member:
                    yield from _path_problems(name, operation, service, known.input, member)
                else:
                    yield from _problem(name, operation, "member", member, members)
                yield from _path_problems(name, operation, service, describe.output, path)


def _describing(service: ir.Service, operation: str) -> ir.Operation:
    """The operation that describes the resource of a create or update operation."""
    subject = re.sub("^(Create|Update)", "", operation)
    resource = max(
        (name.removeprefix("Describe") for name in service.operations if name[:8] == "Describe"),
        key=lambda name: len(name) if subject.startswith(name) else 0,
    )
    return service.operations[f"Describe{resource}"]


def _runtime_table(name: str) -> dict[str, dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = json.loads((RUNTIME_DATA / name).read_text("utf-8"))
    return rows


def _members(service: ir.Service, shape: str | None) -> list[str]:
    structure = service.shapes.get(shape or "")
    return (
        [member.name for member in structure.members] if isinstance(structure, ir.Structure) else []
    )


def _path_problems(
    name: str, row: str, service: ir.Service, start: str | None, path: str
) -> Iterator[str]:
    """The first member of a path that does not exist."""
    parts = path.split(".")
    for at, part in enumerate(parts):
        owner = _at(service, start, ".".join(parts[:at]))
        members = _members(service, owner.name if owner else None)
        member = re.sub(r"\[.*?\]$", "", part)
        if member not in members:
            yield from _problem(name, row, "member", member, members)
            return


def _at(service: ir.Service, start: str | None, path: str) -> ir.Shape | None:
    """The shape that a path of documented names leads to, through lists and maps."""
    shape = service.shapes.get(start or "")
    for part in filter(None, path.split(".")):
        wanted = re.sub(r"\[.*?\]$", "", part)
        members = shape.members if isinstance(shape, ir.Structure) else ()
        target = next((member.shape for member in members if member.name == wanted), "")
        shape = service.shapes.get(target)
        while isinstance(shape, ir.List | ir.Map):
            shape = service.shapes[shape.member if isinstance(shape, ir.List) else shape.value]
    return shape


_CHECKS: Final = (
    _layout,
    _consistency,
    _references,
    _exactly_one,
    _listings,
    _links,
    _log_groups,
    _names,
    _patterns,
    _rules_not_checkable,
    _statuses,
    _related,
)
