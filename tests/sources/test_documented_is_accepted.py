"""The generated models accept every member, type and value that the pages document.

The few facts that the service has dropped since are in ``tests/data/gone.toml``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any, Final

import pytest
from pydantic import ValidationError

from codegen.sources import service_model
from sagemaker_typed import models
from tests.sources.conftest import DATA

# By name: a checker that assumes Python 3.10 would ask for tomli on every Python.
_loads = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli").loads

PAGES: Final = sorted(path.stem for path in DATA.glob("pages/*.json"))
# Errors that mean "unknown here"; limits, unions and new required members are not compared.
UNKNOWN: Final = ("extra_forbidden", "enum", "_type", "_parsing")
SAMPLES: Final[dict[str, Any]] = {
    "string": "a",
    "integer": 1,
    "float": 1.0,
    "boolean": True,
    "timestamp": "2023-05-09T00:00:00Z",
    "blob": b"a",
    "document": {},
    "unknown": None,
}

Node = dict[str, Any]
pytestmark = pytest.mark.parametrize("page", PAGES)


@cache
def gone() -> dict[tuple[str, str], str]:
    """The release that dropped each path and value."""
    table = _loads((DATA / "gone.toml").read_text("utf-8"))
    return {
        (path, value): row["dropped_in"]
        for row in table["gone"]
        for path in row["paths"]
        for value in row["values"]
    }


def sides(facts: Node) -> Iterator[tuple[str, Any, Node]]:
    """Yield each documented request and response: its path, its class, its tree."""
    for name, operation in facts["operations"].items():
        for side in ("request", "response"):
            if (
                operation[side] is not None
                and operation[f"{side}_shown" if side == "response" else side]
            ):
                yield f"{name}.{side}", getattr(models, name + side.capitalize()), operation[side]


def sample(node: Node, path: str) -> Any:
    """A value with everything in it that is documented there, one of each list and map."""
    match node["type"]:
        case "structure":
            return {
                name: sample(member, f"{path}.{name}")
                for name, member in node["members"].items()
                if member["type"] != "unknown"
            }
        case "list":
            return [sample(node["item"], f"{path}[]")]
        case "map":
            return {"a": sample(node["value"], f"{path}{{}}")}
        case "enum":
            return next(value for value in node["values"] if (path, value) not in gone())
        case kind:
            return SAMPLES[kind]


def values(node: Node, path: str) -> Iterator[tuple[str, list[str], str]]:
    """Each enum: its path, the steps that lead there, and each of its values."""
    yield from _values(node, path, [])


def _values(node: Node, path: str, steps: list[str]) -> Iterator[tuple[str, list[str], str]]:
    for value in node.get("values", ()):
        yield path, steps, value
    for name, member in node.get("members", {}).items():
        yield from _values(member, f"{path}.{name}", [*steps, name])
    if "item" in node:
        yield from _values(node["item"], f"{path}[]", [*steps, "[]"])
    if "value" in node:
        yield from _values(node["value"], f"{path}{{}}", [*steps, "{}"])


def nested(steps: list[str], value: Any) -> Any:
    for step in reversed(steps):
        value = [value] if step == "[]" else {"a" if step == "{}" else step: value}
    return value


def unknown(shape: Any, mapping: Any) -> list[str]:
    """Return the parts of a mapping that strict validation does not know."""
    try:
        shape.from_boto(mapping)
    except ValidationError as error:
        return [
            problem["msg"]
            for problem in error.errors()
            # Pages write every key of a map as 'string', of those that are enums too.
            if problem["type"].endswith(UNKNOWN) and problem["loc"][-1] != "[key]"
        ]
    return []


def test_every_documented_member_and_type(page: str, committed_facts: dict[str, Any]) -> None:
    checked = 0
    for path, shape, tree in sides(committed_facts[page]):
        assert unknown(shape, sample(tree, path)) == [], path
        checked += 1
    assert checked >= len(committed_facts[page]["operations"])


def test_every_documented_value(page: str, committed_facts: dict[str, Any]) -> None:
    checked = 0
    for path, shape, tree in sides(committed_facts[page]):
        for where, steps, value in values(tree, path):
            refused = unknown(shape, nested(steps, value))
            assert bool(refused) == ((where, value) in gone()), (where, value, refused)
            checked += 1
    assert checked == committed_facts[page]["counts"]["values"]


def test_every_documented_answer_comes_through(page: str, committed_facts: dict[str, Any]) -> None:
    for path, shape, tree in sides(committed_facts[page]):
        if path.endswith(".response"):
            answer = sample(tree, path)
            kept = shape.from_service(answer).to_boto()
            assert names(kept) == names(answer), path


def names(value: Any) -> Any:
    """The members of a value and of all that is in it."""
    if isinstance(value, dict):
        return {name: names(part) for name, part in value.items()}
    return [names(item) for item in value] if isinstance(value, list) else None


def test_the_table_of_what_is_gone_names_the_page_and_a_later_release(page: str) -> None:
    pinned = service_model.installed("sagemaker").source.version
    for row in _loads((DATA / "gone.toml").read_text("utf-8"))["gone"]:
        assert row["page"] in PAGES
        assert row["reason"]
        if row["page"] == page:
            assert version("1.29.142") < version(row["dropped_in"]) <= version(pinned)


def version(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(".")))
