"""Types of arguments that accept more than the field stores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import IO, TypeAlias

BytesInput: TypeAlias = "bytes | bytearray | memoryview | str"
"""Bytes; a string is sent as UTF-8."""

TimestampInput: TypeAlias = "datetime | date | str | float"
"""A ``datetime``, a date, a string such as ISO 8601 or RFC 822, or seconds since 1970."""

Payload: TypeAlias = "BytesInput | IO[bytes] | Mapping[str, object] | Sequence[object] | float"
"""The body of a request: bytes, a string, a file, or anything else as the JSON value it is.

A file is sent while it is read.
"""
