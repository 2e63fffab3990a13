"""Counts the calls of a function of botocore while a test runs."""

from __future__ import annotations

from typing import Any

import pytest


def count(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str) -> list[Any]:
    """The arguments of every call from now on; each still does what it did."""
    calls: list[Any] = []
    original = getattr(owner, name)

    def counting(*arguments: Any, **named: Any) -> Any:
        calls.append(arguments)
        return original(*arguments, **named)

    monkeypatch.setattr(owner, name, counting)
    return calls
