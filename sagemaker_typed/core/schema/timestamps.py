"""Reads timestamps as people write them and as the service sends them."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, timedelta, timezone
from typing import Any

from pydantic_core import CoreSchema, PydanticCustomError, SchemaValidator, ValidationError
from pydantic_core import core_schema as cs

_ISO_8601 = re.compile(r"\d{4}-\d{2}-\d{2}")
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_parse_iso = SchemaValidator(cs.datetime_schema()).validate_python


def strict(value: object) -> datetime:
    """Return the ``datetime`` that boto3 would send for a value.

    A ``datetime`` is returned unchanged. Dates, numbers and strings are read as botocore reads
    them; without a time zone they are in UTC.
    """
    if isinstance(value, datetime):
        if value == value:  # pandas.NaT is a datetime that does not equal itself  # noqa: PLR0124
            return value
    elif isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=timezone.utc)
    elif value is not None and not isinstance(value, bool):
        try:
            return _parse(value)
        except (ValueError, TypeError, AttributeError, OverflowError, RuntimeError):
            pass  # botocore's parser raises any of these
    raise PydanticCustomError(
        "timestamp",
        "Input should be a datetime, a date, a date string such as ISO 8601 or RFC 822, "
        "or seconds since 1970",
    )


def lenient(value: object) -> datetime:
    """Return a timestamp of a response in UTC.

    Services send seconds since 1970 as a number or a string, ISO 8601 and RFC 822; boto3 makes a
    ``datetime`` of them. A timestamp without a time zone is in UTC, as the service documents.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float, str, datetime)):
        raise ValueError("not a timestamp")
    moment = value if isinstance(value, datetime) else _parse(value)
    if moment.tzinfo is None:
        return moment.replace(tzinfo=timezone.utc)
    return moment.astimezone(timezone.utc)


# A page of endpoints holds two hundred timestamps. Most are seconds, and pydantic-core reads those
# without calling Python: it adds a timedelta to 1970.
LENIENT: CoreSchema = cs.union_schema(
    [
        cs.no_info_after_validator_function(
            _EPOCH.__add__,
            # lower bound 2013: smaller numbers are durations, not timestamps; upper bound: 9999
            cs.timedelta_schema(ge=timedelta(days=16_000), le=timedelta(days=2_932_896)),
        ),
        cs.no_info_plain_validator_function(lenient),
    ],
    mode="left_to_right",
)
"""The schema of ``lenient``."""


def _parse(value: Any) -> datetime:
    """Read seconds since 1970, ISO 8601, and every other form that botocore's parser accepts."""
    try:
        return _from_epoch(float(value))
    except (ValueError, TypeError):
        pass
    if isinstance(value, str) and _ISO_8601.match(value):
        try:
            moment: datetime = _parse_iso(value)
        except ValidationError:
            pass
        else:
            return moment
    from botocore.utils import parse_timestamp  # rare, and loads dateutil

    parsed: datetime = parse_timestamp(value)
    return parsed


def _from_epoch(seconds: float) -> datetime:
    if not math.isfinite(seconds):
        raise ValueError("not a timestamp")
    try:
        return datetime.fromtimestamp(seconds, timezone.utc)
    except (OSError, OverflowError):  # outside the platform's range; datetime's own is wider
        try:
            return _EPOCH + timedelta(seconds=seconds)
        except OverflowError:
            raise ValueError("not a timestamp") from None
