"""What a member may hold, said in a line."""

from __future__ import annotations

from collections.abc import Sequence

from sagemaker_typed.core import facts
from sagemaker_typed.core.registry import find_enum

_LISTED = 8


def member(package: str, one: facts.Member) -> str:
    """What a member is, its limits with it."""
    notes = [
        note
        for note, holds in (
            ("required", one.required),
            ("idempotency token, filled in by boto3", one.idempotency_token),
            ("deprecated", one.deprecated),
            ("sensitive", one.sensitive),
        )
        if holds
    ]
    return "; ".join([*notes, kind(package, one.kind)])


def kind(package: str, one: facts.Kind) -> str:
    """What a value of this kind is."""
    match one:
        case facts.String():
            matching = f", matching {one.pattern}" if one.pattern is not None else ""
            return f"string{_size(one.min, one.max, 'character')}{matching}"
        case facts.Integer():
            return f"whole number{_range(one.min, one.max)}"
        case facts.Float():
            return f"number{_range(one.min, one.max)}"
        case facts.Blob():
            return f"bytes{_size(one.min, one.max, 'byte')}, base64 in JSON"
        case facts.Enum():
            return f"{one.name}: {_some([*find_enum(package, one.name)])}"
        case facts.List():
            return f"list{_size(one.min, one.max, 'item')}, each: {kind(package, one.item)}"
        case facts.Map():
            key, value = kind(package, one.key), kind(package, one.value)
            return f"map{_size(one.min, one.max, 'pair')}, from {key}, to {value}"
        case facts.Structure():
            return one.name
        case facts.EventStream():
            return f"stream of {one.name} events"
        case _:
            return _PLAIN[type(one)]


_PLAIN: dict[type[facts.Kind], str] = {
    facts.Boolean: "boolean",
    facts.Timestamp: "timestamp, in ISO 8601",
    facts.Document: "any JSON value",
}


def _some(values: Sequence[str]) -> str:
    shown = values if len(values) <= _LISTED else values[:5]
    rest = len(values) - len(shown)
    return ", ".join(map(str, shown)) + (f" and {rest} more" if rest else "")


def _size(low: int | None, high: int | None, unit: str) -> str:
    return _of(low or None, high, f" {unit}", plural=True)  # "at least 0" says nothing


def _range(low: facts.Number | None, high: facts.Number | None) -> str:
    if low is not None and high is not None:
        return f" from {low} to {high}"
    return _of(low, high, "", plural=False)


def _of(low: facts.Number | None, high: facts.Number | None, unit: str, *, plural: bool) -> str:
    if low is None and high is None:
        return ""
    many = "s" if plural and (low if high is None else high) != 1 else ""
    if high is None:
        return f" of at least {low}{unit}{many}"
    if low is None:
        return f" of at most {high}{unit}{many}"
    return f" of {f'exactly {high}' if low == high else f'{low} to {high}'}{unit}{many}"
