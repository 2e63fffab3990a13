"""The replies that a test can script, besides responses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Failure:
    """An error of the service, or an error event in a stream."""

    code: str
    message: str = ""
    http_status: int | None = field(default=None, kw_only=True)
    """The documented status of the code by default."""
    headers: Mapping[str, str] = field(default_factory=dict[str, str], kw_only=True)
    members: Mapping[str, object] = field(default_factory=dict[str, object], kw_only=True)
    """Other members of the error, by their Python or documented names."""


@dataclass(frozen=True)
class Raw:
    """Bytes as they arrive, such as the HTML page of a proxy or half of a JSON object."""

    content: bytes
    http_status: int = field(default=200, kw_only=True)
    headers: Mapping[str, str] = field(default_factory=dict[str, str], kw_only=True)


@dataclass(frozen=True)
class Broken:
    """A body or a stream of events whose connection breaks after these parts.

    A body has parts of bytes. A stream has events. A part of bytes in a stream is sent as it is,
    so an event can break off too.
    """

    parts: Iterable[object] = ()
