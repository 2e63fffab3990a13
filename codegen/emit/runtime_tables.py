"""The JSON tables that the runtime reads on demand, written from the committed rows."""

from __future__ import annotations

import json
from typing import Any, Final

from codegen.overrides import table

LOG_GROUPS: Final = "data/log_groups.json"
FILES: Final = (LOG_GROUPS,)

_FOR_READERS: Final = frozenset({"service", "resource", "source"})


def runtime_tables() -> dict[str, str]:
    """Return the tables by path, without the columns that only readers of the rows need."""
    services: dict[str, dict[str, Any]] = {}
    for row in table("log_groups")["log_groups"]:
        columns = {key: value for key, value in row.items() if key not in _FOR_READERS}
        services.setdefault(row["service"], {})[row["resource"]] = columns
    return {LOG_GROUPS: _json(services)}


def _json(content: object) -> str:
    return json.dumps(content, indent=1) + "\n"
