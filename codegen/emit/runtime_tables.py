"""The JSON tables that the runtime reads on demand, written from the committed rows."""

from __future__ import annotations

import json
from typing import Any, Final

from codegen.model import ir
from codegen.model.references import references
from codegen.overrides import rows, table

LOG_GROUPS: Final = "data/log_groups.json"
VISIBILITY: Final = "data/visibility.json"
FILES: Final = (LOG_GROUPS, VISIBILITY)

_FOR_READERS: Final = frozenset({"service", "resource", "source"})


def runtime_tables(service: ir.Service) -> dict[str, str]:
    """Return the tables by path, without the columns that only readers of the rows need."""
    services: dict[str, dict[str, Any]] = {}
    for row in table("log_groups")["log_groups"]:
        columns = {key: value for key, value in row.items() if key not in _FOR_READERS}
        services.setdefault(row["service"], {})[row["resource"]] = columns
    return {LOG_GROUPS: _json(services), VISIBILITY: _json({service.name: _visibility(service)})}


def _visibility(service: ir.Service) -> dict[str, Any]:
    errors = rows("consistency", "role_errors", service.name)
    return {
        "references": references(service),
        "role_errors": [row["message"] for row in errors],
    }


def _json(content: object) -> str:
    return json.dumps(content, separators=(",", ":")) + "\n"
