"""Which engine checks a documented pattern, and how the pattern is written for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

from pydantic_core import SchemaError, SchemaValidator, core_schema

from codegen.java_regex import NotTranslatable, parse, write
from codegen.tables import table

Engine: TypeAlias = Literal["rust", "python"]


@dataclass(frozen=True, slots=True)
class Enforced:
    """The pattern as the engine reads it; the whole string has to match."""

    pattern: str
    engine: Engine


@dataclass(frozen=True, slots=True)
class NotEnforced:
    """No engine has an equal of the pattern, and the tables have no replacement."""

    reason: str


def whole(pattern: str, engine: Engine) -> str:
    """The pattern with what makes it match the whole string and nothing less."""
    return f"^(?:{pattern})$" if engine == "rust" else rf"(?:{pattern})\Z"


@cache
def enforcement(documented: str) -> Enforced | NotEnforced:
    """Rust's linear-time engine where it can, else Python's, else what the tables say."""
    row = _replacements().get(documented)
    if row is not None:
        return enforcement(row["replacement"]) if "replacement" in row else NotEnforced(row["reason"])
    try:
        tree = parse(documented)
    except NotTranslatable as error:
        return NotEnforced(str(error))
    reasons: list[str] = []
    for engine, compiles in _COMPILES.items():
        try:
            pattern = write(tree, engine)
            compiles(whole(pattern, engine))
        except (NotTranslatable, SchemaError, re.error) as error:
            reasons.append(f"{engine}: {str(error).splitlines()[0]}")
        else:
            return Enforced(pattern, engine)
    return NotEnforced("; ".join(reasons))


@cache
def _replacements() -> dict[str, dict[str, str]]:
    return {row["pattern"]: row for row in table("patterns")["patterns"]}


def _compiles_in_rust(pattern: str) -> object:
    return SchemaValidator(
        core_schema.str_schema(pattern=pattern, regex_engine="rust-regex")  # type: ignore[call-arg]
    )


_COMPILES = {"rust": _compiles_in_rust, "python": re.compile}
