"""The committed tables of exceptions: ``codegen/data/*.toml``, each row with its reason."""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, cast

# Imported by name: a checker that assumes Python 3.10 would ask for tomli on every Python.
_loads = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli").loads

DATA = Path(__file__).parent / "data"
RUNTIME_DATA = Path(__file__).parent.parent / "sagemaker_typed" / "data"


@cache
def table(name: str) -> dict[str, Any]:
    """The table ``codegen/data/<name>.toml``."""
    return cast("dict[str, Any]", _loads((DATA / f"{name}.toml").read_text("utf-8")))


def rows(name: str, key: str, service: str) -> list[dict[str, Any]]:
    """The rows of a table that hold for ``service``."""
    return [row for row in table(name).get(key, []) if row.get("service", service) == service]


def exactly_one(service: str, structure: str) -> tuple[str, ...]:
    """Return the members of which a structure must have exactly one; empty without a row."""
    members = (
        row["members"]
        for row in rows("exactly_one", "exactly_one", service)
        if row["structure"] == structure
    )
    return tuple(next(members, ()))
