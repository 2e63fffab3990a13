"""Write the bundled service model: every fact of botocore's file, without its prose.

boto3 reads 2.6 MB to make a client, three quarters of it prose. The package brings the rest in
botocore's own format, packed, and botocore's loader finds it in an extra search path.
"""

from __future__ import annotations

import json
from typing import Final

from codegen.sources.json_text import Json, parse

FOLDERS: Final = "data/botocore-*"
"""The folders of service models in a package, each named by the botocore that it came from."""

_PROSE: Final = frozenset({"documentation", "documentationUrl", "deprecatedMessage"})
# The keys below these are names from the service, not the model's words for facts.
_NAMED: Final = frozenset({"members"})


def path(service: str, api_version: str, botocore: str) -> str:
    """Return the path of a service model in its package, as ``core.transport`` looks for it."""
    return f"{FOLDERS.replace('*', botocore)}/{service}/{api_version}/service-2.json.gz"


def trimmed(model: bytes, where: str) -> str:
    """Return the text of a service model without prose."""
    return json.dumps(_facts(parse(model, where)), separators=(",", ":")) + "\n"


def _facts(described: Json, *, named: bool = False) -> Json:
    """Return a part of the model without prose; ``named`` says that its keys are names."""
    if isinstance(described, list):
        return [_facts(each) for each in described]
    if not isinstance(described, dict):
        return described
    return {
        key: _facts(value, named=key in _NAMED and not named)
        for key, value in described.items()
        if named or key not in _PROSE
    }
