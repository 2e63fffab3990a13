"""Choose the engine that checks a documented pattern, and write the pattern for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

from pydantic_core import SchemaError, SchemaValidator, core_schema

from codegen.model.java_regex import Node, NotTranslatable, counted_class, parse, write
from codegen.overrides import table

Engine: TypeAlias = Literal["rust", "python"]


@dataclass(frozen=True, slots=True)
class Enforced:
    """The pattern as the engine reads it; the whole string has to match."""

    pattern: str
    engine: Engine
    # Limits that were a part of the pattern and are stated beside it instead.
    min: int | None = None
    max: int | None = None
    # The pattern in JSON Schema, where it differs; empty if ECMA-262 has no equal.
    ecma: str | None = None


@dataclass(frozen=True, slots=True)
class NotEnforced:
    """No engine has an equal of the pattern, and the tables have no replacement."""

    reason: str


def whole(pattern: str, engine: Engine) -> str:
    """Return the pattern with anchors that make it match the whole string."""
    return f"^(?:{pattern})$" if engine == "rust" else rf"(?:{pattern})\Z"


@cache
def enforcement(documented: str) -> Enforced | NotEnforced:
    """Return the pattern for Rust's linear-time engine, or else for Python's; a table row wins."""
    row = _replacements().get(documented)
    if row is not None:
        return (
            enforcement(row["replacement"]) if "replacement" in row else NotEnforced(row["reason"])
        )
    try:
        tree = parse(documented)
    except NotTranslatable as error:
        return NotEnforced(str(error))
    reasons: list[str] = []
    for engine in _COMPILES:
        try:
            pattern = _proven(tree, engine)
            return Enforced(pattern, engine, ecma=_ecma(tree, pattern))
        except NotTranslatable as error:
            reasons.append(f"{engine}: {error}")
    # `[\p{L}]{0,1024}` is too big for Rust; it is `[\p{L}]*` of at most 1024 characters.
    if (counted := counted_class(tree)) is not None:
        unlimited, low, high = counted
        try:
            pattern = _proven(unlimited, "rust")
            return Enforced(pattern, "rust", low, high, _ecma(unlimited, pattern))
        except NotTranslatable as error:
            reasons.append(f"rust without the count: {error}")
    return NotEnforced("; ".join(reasons))


def _proven(tree: Node, engine: Engine) -> str:
    """The pattern for an engine, seen to compile there."""
    pattern = write(tree, engine)
    try:
        _COMPILES[engine](whole(pattern, engine))
    except (SchemaError, re.error) as error:
        raise NotTranslatable(" ".join(str(error).split())) from None
    return pattern


def _ecma(tree: Node, pattern: str) -> str | None:
    """Return the pattern for JSON Schema if it is not the engine's pattern."""
    try:
        ecma = write(tree, "ecma")
    except NotTranslatable:
        return ""
    return ecma if ecma != pattern else None


@cache
def _replacements() -> dict[str, dict[str, str]]:
    return {row["pattern"]: row for row in table("patterns")["patterns"]}


def _compiles_in_rust(pattern: str) -> object:
    return SchemaValidator(core_schema.str_schema(pattern=pattern, regex_engine="rust-regex"))


_COMPILES: Mapping[Engine, Callable[[str], object]] = {
    "rust": _compiles_in_rust,
    "python": re.compile,
}
