"""The fixed words in which facts are told: in stubs, by ``help`` and on the command line.

Every sentence exists once, here. The generator tells what a document says, and the rest what the
generated models say, so a hint in an editor and a page in a terminal read alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from sagemaker_typed.core.schema import facts
from sagemaker_typed.core.schema.lookup import find_enum


class Style(NamedTuple):
    """How facts are told to one kind of reader."""

    mark: str  # around what is code
    longest_pattern: int | None  # characters; of a longer one only its length is told
    in_json: bool  # values are written as JSON


DOCSTRING: Final = Style(mark="``", longest_pattern=160, in_json=False)
TERMINAL: Final = Style(mark="", longest_pattern=None, in_json=True)


def field(
    documented: str,
    words: str,
    *,
    required: bool,
    token: bool,
    deprecated: bool,
) -> str:
    """A field in a sentence: its documented name, and what it holds."""
    return (
        f"``{documented}``: {noted(words, required=required, token=token, deprecated=deprecated)}."
    )


def member(package: str, one: facts.Member, style: Style) -> str:
    """What a member holds, and what else there is to know of it."""
    return noted(
        kind(package, one.kind, style),
        required=one.required,
        token=one.idempotency_token,
        deprecated=one.deprecated,
        sensitive=one.sensitive,
    )


def noted(
    words: str, *, required: bool, token: bool, deprecated: bool, sensitive: bool = False
) -> str:
    """What a member holds, after what else there is to know of it."""
    notes = {
        "required": required,
        "idempotency token, filled in by boto3": token,
        "deprecated": deprecated,
        "sensitive": sensitive,
    }
    return "; ".join([*(note for note, holds in notes.items() if holds), words])


def kind(package: str, one: facts.Kind, style: Style = DOCSTRING) -> str:
    """What a value of this kind is."""
    return _WORDS[type(one)](package, one, style)


def string(low: int | None, high: int | None, pattern: str | None, style: Style = DOCSTRING) -> str:
    """A string with its limits."""
    text = f"a string{_size(low, high, 'character')}"
    if pattern is None:
        return text
    most = style.longest_pattern
    if most is not None and (len(pattern) > most or "`" in pattern):
        return f"{text}, matching a pattern of {len(pattern)} characters"
    return f"{text}, matching {_code(pattern, style)}"


def unchecked_string(low: int | None, high: int | None) -> str:
    """A string with a pattern that no engine reads as it is meant."""
    return f"{string(low, high, None)}, with a pattern that is not checked"


BOOLEAN: Final = "a boolean"
TIMESTAMP: Final = "a timestamp"
DOCUMENT: Final = "any JSON value"
STREAM: Final = "a stream of bytes"


def whole_number(low: facts.Number | None, high: facts.Number | None) -> str:
    """An integer with its limits."""
    return f"a whole number{_range(low, high)}"


def number(low: facts.Number | None, high: facts.Number | None) -> str:
    """A float with its limits."""
    return f"a number{_range(low, high)}"


def some_bytes(low: int | None, high: int | None) -> str:
    """Bytes, and how many."""
    size = _size(low, high, "byte").removeprefix(" of ")
    if size and low == high:
        return size
    return f"bytes, {size}" if size else "bytes"


def enum(name: str, values: Sequence[str], style: Style = DOCSTRING) -> str:
    """An enum, with its values where they are few."""
    shown = values if len(values) <= 8 else values[:5]
    listed = ", ".join(_code(value, style) if value else "the empty string" for value in shown)
    rest = len(values) - len(shown)
    return f"{with_article(name, style)}, one of {listed}{f' and {rest} more' if rest else ''}"


def items(low: int | None, high: int | None, item: str) -> str:
    """A list, and what is in it."""
    return f"a list{_size(low, high, 'item')}, each {item}"


def pairs(low: int | None, high: int | None, key: str, value: str) -> str:
    """A map, and what is in it."""
    return f"a map{_size(low, high, 'pair')}, each from {key}, to {value}"


def events(name: str, style: Style = DOCSTRING) -> str:
    """A stream of events."""
    return f"a stream of {_code(name, style)} events"


def with_article(name: str, style: Style = DOCSTRING) -> str:
    """``a Tag``, ``an Endpoint``, ``an S3DataSource``: a or an, as the name is said."""
    spelt_out = re.match(r"[AEFHILMNORSX](?![a-z])|[AEIO]|U(?!ni|se|i)", name)
    return f"{'an' if spelt_out else 'a'} {_code(name, style)}"


def several(names: Iterable[str], shown: int = 4) -> str:
    """``A``, ``B``, ``C`` and 3 more."""
    listed = [_code(name, DOCSTRING) for name in names]
    if len(listed) <= shown + 1:
        return " and ".join(filter(None, (", ".join(listed[:-1]), *listed[-1:])))
    return f"{', '.join(listed[:shown])} and {len(listed) - shown} more"


CONTROLS: Final[Mapping[str, str]] = {
    "start_token": "the token of the page to start from, where an earlier listing ended.",
    "skip": "how many items of that page to leave out.",
    "limit": "the most items to give.",
    "timeout": "how many seconds to wait at most.",
    "poll": "how many seconds lie between two looks.",
    "policy": "both of these, how the time between two looks grows, and which faults to bear.",
    "on_status": "called with every change of status.",
    "progress": "whether to show the status in the terminal; needs the extra ``progress``.",
}
"""What the parameters of listings and waiters are for that are not their request's."""


def section(title: str, entries: Mapping[str, str]) -> str:
    """A paragraph of a docstring that says something of each of these names."""
    return "\n".join([f"{title}:", *(f"    {name}: {said}" for name, said in entries.items())])


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most ``width``; what is between double backticks stays on one line.

    A line that begins with spaces keeps them on the lines that continue it, four deeper.
    """
    wrapped: list[str] = []
    for line in text.split("\n"):
        margin = " " * (len(line) - len(line.lstrip()))
        deeper = margin + "    " if margin else ""
        current = ""
        for token in _tokens(line.strip()):
            if current and len(current) + 1 + len(token) > width:
                wrapped.append(current)
                current = deeper + token
            else:
                current = f"{current} {token}" if current else margin + token
        wrapped.append(current)
    return wrapped


def _tokens(line: str) -> list[str]:
    """Words, with everything between double backticks as one."""
    return re.findall(r"(?:``.*?``|\S)+", line)


def _code(text: str, style: Style) -> str:
    return f"{style.mark}{text}{style.mark}"


def _size(low: facts.Number | None, high: facts.Number | None, unit: str) -> str:
    """`` of 1 to 63 characters``; empty where nothing is documented."""
    low = low or None  # "at least 0" says nothing
    if low is None and high is None:
        return ""
    plural = f"{unit}s" if (high if high is not None else low) != 1 else unit
    if high is None:
        return f" of at least {low} {plural}"
    if low is None:
        return f" of at most {high} {plural}"
    return f" of exactly {high} {plural}" if low == high else f" of {low} to {high} {plural}"


def _range(low: facts.Number | None, high: facts.Number | None) -> str:
    if low is None and high is None:
        return ""
    if high is None:
        return f" of at least {low}"
    if low is None:
        return f" of at most {high}"
    return f" from {low} to {high}"


def _timestamp(_package: str, _one: facts.Timestamp, style: Style) -> str:
    return f"{TIMESTAMP}, in ISO 8601" if style.in_json else TIMESTAMP


def _blob(_package: str, one: facts.Blob, style: Style) -> str:
    if one.streaming:
        return STREAM
    text = some_bytes(one.min, one.max)
    return f"{text}, base64 in JSON" if style.in_json else text


def _enum(package: str, one: facts.Enum, style: Style) -> str:
    return enum(one.name, [value.value for value in find_enum(package, one.name)], style)


def _list(package: str, one: facts.List, style: Style) -> str:
    return items(one.min, one.max, kind(package, one.item, style))


def _map(package: str, one: facts.Map, style: Style) -> str:
    key, value = kind(package, one.key, style), kind(package, one.value, style)
    return pairs(one.min, one.max, key, value)


_WORDS: Mapping[type[facts.Kind], Callable[[str, Any, Style], str]] = {
    facts.String: lambda _, one, style: string(one.min, one.max, one.pattern, style),
    facts.Integer: lambda _, one, _style: whole_number(one.min, one.max),
    facts.Float: lambda _, one, _style: number(one.min, one.max),
    facts.Boolean: lambda _, _one, _style: BOOLEAN,
    facts.Timestamp: _timestamp,
    facts.Document: lambda _, _one, _style: DOCUMENT,
    facts.Blob: _blob,
    facts.Enum: _enum,
    facts.List: _list,
    facts.Map: _map,
    facts.Structure: lambda _, one, style: with_article(one.name, style),
    facts.EventStream: lambda _, one, style: events(one.name, style),
}
