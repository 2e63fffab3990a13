"""The errors that may only mean: a resource or a role that was just created is not visible yet.

``sagemaker_typed/data/visibility.json`` has the resources that each operation names, and the
wordings of errors about roles.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from sagemaker_typed.core.operations.error_meanings import says_not_found

if TYPE_CHECKING:
    from sagemaker_typed.core.errors import ServiceError

Unseen: TypeAlias = Literal["resource", "role"]


def unseen(service: str, operation: str, error: ServiceError) -> Unseen | None:
    """Return the kind of thing that an error does not see; ``None`` for any other error."""
    table = _table(service)
    text = error.message.lower()
    if error.http_status < 500 and any(re.search(each, text) for each in table["role_errors"]):
        return "role"
    resources: list[str] = table["references"].get(operation, [])
    if resources and says_not_found(error) and any(_names(text, each) for each in resources):
        return "resource"
    return None


def _names(text: str, resource: str) -> bool:
    """Return whether a message is about a kind of resource, in words or by an ARN."""
    words = re.findall(r"[A-Z]+(?=[A-Z][a-z])|[A-Z][a-z]+|[A-Z]+", resource)
    spaced = " ".join(words).lower()
    return spaced in text or f":{spaced.replace(' ', '-')}/" in text or resource.lower() in text


@functools.cache
def _table(service: str) -> Mapping[str, Any]:
    text = files("sagemaker_typed").joinpath("data/visibility.json").read_text("utf-8")
    rows: dict[str, dict[str, Any]] = json.loads(text)
    table = rows.get(service, {"references": {}, "role_errors": []})
    return {
        **table,
        "role_errors": [re.compile(each, re.IGNORECASE) for each in table["role_errors"]],
    }
