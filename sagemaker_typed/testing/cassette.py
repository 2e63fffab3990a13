"""The file of a recording: calls by documented names, in YAML or JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from types import NoneType
from typing import Any, Final

from sagemaker_typed.core.suggest import did_you_mean, quoted
from sagemaker_typed.testing._operations import PACKAGES
from sagemaker_typed.testing.operations import request_named

VERSION: Final = 1
_KEYS: Final = ("service", "operation", "request", "response", "error")


@dataclass(frozen=True)
class Entry:
    """A recorded call; values are those of ``redaction.plain``."""

    service: str
    operation: str
    request: dict[str, Any]
    response: dict[str, Any] | None
    """``None`` for an error."""
    error: dict[str, Any] | None = None
    """``Code``, ``Message``, ``HTTPStatusCode`` and other members of the error."""


def check_path(path: Path) -> None:
    """Raise an error if the name of a file has no known ending, or YAML cannot be read."""
    if path.suffix not in {".json", ".yaml", ".yml"}:
        raise ValueError(f"{path}: expected a file that ends in .yaml, .yml or .json")
    if path.suffix != ".json":
        _yaml()


def write(path: Path, entries: list[Entry]) -> None:
    """Write a recording."""
    calls = [
        {key: value for key, value in vars(entry).items() if value is not None} for entry in entries
    ]
    content = {"version": VERSION, "calls": calls}
    if path.suffix == ".json":
        text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    else:
        text = _yaml().safe_dump(content, sort_keys=False, allow_unicode=True, width=100)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def read(path: Path) -> list[Entry]:
    """Read a recording. Raises ``ValueError`` with the place of what is wrong."""
    text = path.read_text(encoding="utf-8")
    try:
        content = json.loads(text) if path.suffix == ".json" else _yaml().safe_load(text)
    except (ValueError, _yaml_error(path)) as error:
        raise ValueError(f"{path}: {error}") from None
    if not isinstance(content, dict) or content.get("version") != VERSION:
        raise ValueError(f"{path}: expected a recording with 'version: {VERSION}'; record it again")
    calls = content.get("calls")
    if not isinstance(calls, list):
        raise ValueError(f"{path}: calls: expected a list of calls")
    return [_entry(f"{path}: calls[{index}]", call) for index, call in enumerate(calls)]


def _entry(place: str, call: Any) -> Entry:
    if not isinstance(call, dict):
        raise ValueError(f"{place}: expected a call, with {quoted(_KEYS)}")
    for key in call:
        if key not in _KEYS:
            raise ValueError(f"{place}: unknown key {key!r}{did_you_mean(key, _KEYS)}")
    service, operation = str(call.get("service")), str(call.get("operation"))
    if service not in PACKAGES:
        hint = did_you_mean(service, PACKAGES)
        raise ValueError(f"{place}.service: no service {service!r}{hint}")
    try:
        request_named(PACKAGES[service], operation)
    except AttributeError as unknown:
        raise ValueError(f"{place}.operation: no operation {operation!r}: {unknown}") from None
    parts: dict[str, Any] = {key: call.get(key) for key in ("request", "response", "error")}
    for key, value in parts.items():
        if not isinstance(value, dict | NoneType) or (key == "request" and value is None):
            raise ValueError(f"{place}.{key}: expected members by their documented names")
    if (parts["response"] is None) == (parts["error"] is None):
        raise ValueError(f"{place}: expected either 'response' or 'error'")
    return Entry(service, operation, parts["request"], parts["response"], parts["error"])


def _yaml() -> Any:
    try:
        import yaml
    except ModuleNotFoundError:
        raise ModuleNotFoundError(
            "a recording in YAML needs PyYAML: pip install 'sagemaker-typed[cli]'; or use a file"
            " that ends in .json",
            name="yaml",
        ) from None
    return yaml


def _yaml_error(path: Path) -> type[Exception]:
    error: type[Exception] = ValueError if path.suffix == ".json" else _yaml().YAMLError
    return error
