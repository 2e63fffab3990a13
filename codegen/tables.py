"""The committed tables of exceptions: ``codegen/data/*.toml``, each row with its reason."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

DATA = Path(__file__).parent / "data"


@cache
def table(name: str) -> dict[str, Any]:
    """The table ``codegen/data/<name>.toml``."""
    return tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))


def rows(name: str, key: str, service: str) -> list[dict[str, Any]]:
    """The rows of a table that hold for ``service``."""
    return [row for row in table(name).get(key, []) if row.get("service", service) == service]
