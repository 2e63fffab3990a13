"""Moments, as people write them and as the service does."""

from __future__ import annotations

import math
import re
from datetime import datetime, timedelta, timezone

from pydantic_core import CoreSchema, PydanticCustomError, SchemaValidator, ValidationError
from pydantic_core import core_schema as cs

_ISO_8601 = re.compile(r"\d{4}-\d{2}-\d{2}")
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_parse_iso = SchemaValidator(cs.datetime_schema()).validate_python


def strict(value: object) -> datetime:
    """A ``datetime`` as it is, or an ISO 8601 string as a ``datetime``."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, str) and _ISO_8601.match(value):
        try:
            moment: datetime = _parse_iso(value)
        except ValidationError:
            pass
        else:
            return moment
    raise PydanticCustomError("timestamp", "Input should be a datetime or an ISO 8601 string")


def lenient(value: object) -> datetime:
    """Any form a service has been seen to answer with, in UTC.

    Seconds since 1970 (as a number or a string), ISO 8601, RFC 822, or the ``datetime`` that
    boto3 made of them. A moment without a zone is in UTC, as the service documents.
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _from_epoch(value)
    if isinstance(value, str):
        value = _from_text(value)
    if not isinstance(value, datetime):
        raise ValueError("not a timestamp")
    if value.tzinfo is None:
        return value.replace(tzinfo=timezone.utc)
    return value.astimezone(timezone.utc)


# A page of endpoints holds two hundred timestamps. Where they are seconds, as nearly always,
# pydantic-core makes them without a step of Python: a span of time, added to 1970.
LENIENT: CoreSchema = cs.union_schema(
    [
        cs.no_info_after_validator_function(
            _EPOCH.__add__,
            # from 2013, before there was the service, for a short span is no moment; to 9999
            cs.timedelta_schema(ge=timedelta(days=16_000), le=timedelta(days=2_932_896)),
        ),
        cs.no_info_plain_validator_function(lenient),
    ],
    mode="left_to_right",
)
"""The schema of ``lenient``."""


def _from_epoch(seconds: float) -> datetime:
    if not math.isfinite(seconds):
        raise ValueError("not a timestamp")
    try:
        return datetime.fromtimestamp(seconds, timezone.utc)
    except (OSError, OverflowError):  # beyond the platform's range; datetime's own is wider
        try:
            return _EPOCH + timedelta(seconds=seconds)
        except OverflowError:
            raise ValueError("not a timestamp") from None


def _from_text(text: str) -> datetime:
    try:
        return _from_epoch(float(text))
    except ValueError:
        pass
    if _ISO_8601.match(text):
        moment: datetime = _parse_iso(text)
        return moment
    from botocore.utils import parse_timestamp  # rare, and it brings dateutil

    parsed: datetime = parse_timestamp(text)
    return parsed
