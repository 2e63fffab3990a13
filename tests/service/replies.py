"""The replies of the scripted service, as data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedRequest:
    """A request as it arrived."""

    operation: str
    """The operation of ``X-Amz-Target``; for a REST service the method and path, ``POST /a/b``."""
    method: str
    path: str
    headers: Mapping[str, str]
    """Names in lower case."""
    content: bytes
    body: Any
    """``content`` as JSON, or ``None`` if it is not JSON."""


@dataclass(frozen=True, slots=True)
class Body:
    """A JSON response."""

    body: Mapping[str, object] = field(default_factory=dict[str, object])
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Fault:
    """An error of the service."""

    code: str
    message: str = ""
    status: int = 400
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Raw:
    """Any bytes, JSON or not.

    With ``cut_after``, the connection is cut after so many bytes. With ``drip``, each write has so
    many bytes.
    """

    content: bytes
    status: int = 200
    content_type: str = "application/x-amz-json-1.1"
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    cut_after: int | None = None
    drip: int | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """The connection is closed after these bytes, which may be part of a head."""

    after: bytes = b""


@dataclass(frozen=True, slots=True)
class Reset:
    """The connection is reset (TCP RST) before a byte of a response."""


@dataclass(frozen=True, slots=True)
class Lost:
    """The service does the work of ``reply``, then cuts the connection."""

    reply: Reply


Reply: TypeAlias = "Body | Fault | Raw | Cut | Reset | Lost | Callable[[RecordedRequest], Reply]"


def throttled(status: int = 400) -> Fault:
    """Return SageMaker's error for too many requests."""
    return Fault("ThrottlingException", "Rate exceeded", status)
