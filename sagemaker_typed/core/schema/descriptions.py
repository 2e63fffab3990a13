"""The fixed words that describe facts: in stubs, in ``help`` and on the command line.

Every sentence exists once, here. The generator describes the facts of a document; the runtime
describes those of the generated models. A hint in an editor and a page in a terminal read alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from sagemaker_typed.core.schema import facts
from sagemaker_typed.core.schema.lookup import find_enum


class Style(NamedTuple):
    """The notation for one kind of reader."""

    mark: str  # around what is code
    longest_pattern: int | None  # characters; a longer pattern is described by its length
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
    """The sentence that describes a field: its documented name, its notes and its kind."""
    return (
        f"``{documented}``: {noted(words, required=required, token=token, deprecated=deprecated)}."
    )


def member(package: str, fact: facts.Member, style: Style) -> str:
    """The notes and the kind of a member."""
    return noted(
        kind(package, fact.kind, style),
        required=fact.required,
        token=fact.idempotency_token,
        deprecated=fact.deprecated,
        sensitive=fact.sensitive,
    )


def noted(
    words: str, *, required: bool, token: bool, deprecated: bool, sensitive: bool = False
) -> str:
    """The words of a kind, after the notes that hold for the member."""
    notes = {
        "required": required,
        "idempotency token, filled in by boto3": token,
        "deprecated": deprecated,
        "sensitive": sensitive,
    }
    return "; ".join([*(note for note, holds in notes.items() if holds), words])


def kind(package: str, fact: facts.Kind, style: Style = DOCSTRING) -> str:
    """The words of a kind."""
    return _WORDS[type(fact)](package, fact, style)


def string(low: int | None, high: int | None, pattern: str | None, style: Style = DOCSTRING) -> str:
    """The words of a string with its limits."""
    text = f"a string{_size(low, high, 'character')}"
    if pattern is None:
        return text
    most = style.longest_pattern
    if most is not None and (len(pattern) > most or "`" in pattern):
        return f"{text}, matching a pattern of {len(pattern)} characters"
    return f"{text}, matching {_code(pattern, style)}"


def unchecked_string(low: int | None, high: int | None) -> str:
    """The words of a string whose pattern no engine can check."""
    return f"{string(low, high, None)}, with a pattern that is not checked"


BOOLEAN: Final = "a boolean"
TIMESTAMP: Final = "a timestamp"
DOCUMENT: Final = "any JSON value"
STREAM: Final = "a stream of bytes"


def whole_number(low: facts.Number | None, high: facts.Number | None) -> str:
    """The words of an integer with its limits."""
    return f"a whole number{_range(low, high)}"


def number(low: facts.Number | None, high: facts.Number | None) -> str:
    """The words of a float with its limits."""
    return f"a number{_range(low, high)}"


def some_bytes(low: int | None, high: int | None, *, streaming: bool) -> str:
    """The words of bytes with their limits."""
    size = _size(low, high, "byte").removeprefix(" of ")
    if streaming:
        return f"bytes or a file, {size}" if size else STREAM
    if size and low == high:
        return size
    return f"bytes, {size}" if size else "bytes"


def enum(name: str, values: Sequence[str], style: Style = DOCSTRING) -> str:
    """The words of an enum and its values; of many values, the first five."""
    shown = values if len(values) <= 8 else values[:5]
    listed = ", ".join(_code(value, style) if value else "the empty string" for value in shown)
    rest = len(values) - len(shown)
    return f"{with_article(name, style)}, one of {listed}{f' and {rest} more' if rest else ''}"


def items(low: int | None, high: int | None, item: str) -> str:
    """The words of a list, its limits and its items."""
    return f"a list{_size(low, high, 'item')}, each {item}"


def pairs(low: int | None, high: int | None, key: str, value: str) -> str:
    """The words of a map, its limits, its keys and its values."""
    return f"a map{_size(low, high, 'pair')}; key: {key}; value: {value}"


def events(name: str, style: Style = DOCSTRING) -> str:
    """The words of a stream of events."""
    return f"a stream of {_code(name, style)} events"


def with_article(name: str, style: Style = DOCSTRING) -> str:
    """The name after ``a`` or ``an``: ``a Tag``, ``an Endpoint``, ``an S3DataSource``."""
    spelt_out = re.match(r"[AEFHILMNORSX](?![a-z])|[AEIO]|U(?!ni|se|i)", name)
    return f"{'an' if spelt_out else 'a'} {_code(name, style)}"


def several(names: Iterable[str], shown: int = 4) -> str:
    """A list of names, cut short: ``A``, ``B``, ``C`` and 3 more."""
    listed = [_code(name, DOCSTRING) for name in names]
    if len(listed) <= shown + 1:
        return " and ".join(filter(None, (", ".join(listed[:-1]), *listed[-1:])))
    return f"{', '.join(listed[:shown])} and {len(listed) - shown} more"


CONTROLS: Final[Mapping[str, str]] = {
    "start_token": "token of the page to start from, taken from an earlier listing.",
    "skip": "number of items of the first page to leave out.",
    "limit": "maximum number of items to return.",
    "timeout": "maximum number of seconds to wait.",
    "poll": "seconds between two polls.",
    "policy": "timeout, poll interval, backoff and how many errors to tolerate.",
    "on_status": "function to call on every change of status.",
    "progress": "show the status in the terminal; needs the extra ``progress``.",
}
"""Descriptions of the parameters that listings and waiters add to those of their request."""


def request(operation: str, response: str | None) -> str:
    """The sentence about a request."""
    returns = f"The response is ``{response}``." if response else "The response is empty."
    return f"Request of ``{operation}``. {returns}"


def response(operation: str) -> str:
    """The sentence about a response."""
    return f"Response of ``{operation}``."


def documented_as(documented: str, name: str) -> list[str]:
    """The paragraph with the documented name of a class that has another name."""
    return [f"Documented as ``{documented}``."] if documented != name else []


def section(title: str, entries: Mapping[str, str]) -> str:
    """A paragraph of a docstring with one line for each name."""
    return "\n".join([f"{title}:", *(f"    {name}: {text}" for name, text in entries.items())])


def wrap(text: str, width: int) -> list[str]:
    """Wrap text to lines of at most ``width``.

    Text in double backticks stays on one line, and so does a link.
    The continuation of an indented line is indented by four more spaces.
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
    """Split a line into words; text in double backticks is one word, and so is a link's text."""
    return re.findall(r"(?:``.*?``|\[[^\]]*\]\(|\S)+", line)


def _code(text: str, style: Style) -> str:
    return f"{style.mark}{text}{style.mark}"


def _size(low: facts.Number | None, high: facts.Number | None, unit: str) -> str:
    """Return the limits of a size, such as `` of 1 to 63 characters``; empty without limits."""
    low = low or None  # "at least 0" limits nothing
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


def _timestamp(_package: str, _fact: facts.Timestamp, style: Style) -> str:
    return f"{TIMESTAMP}, in ISO 8601" if style.in_json else TIMESTAMP


def _blob(_package: str, fact: facts.Blob, style: Style) -> str:
    text = some_bytes(fact.min, fact.max, streaming=fact.streaming)
    return f"{text}, base64 in JSON" if style.in_json and not fact.streaming else text


def _enum(package: str, fact: facts.Enum, style: Style) -> str:
    return enum(fact.name, [value.value for value in find_enum(package, fact.name)], style)


def _list(package: str, fact: facts.List, style: Style) -> str:
    return items(fact.min, fact.max, kind(package, fact.item, style))


def _map(package: str, fact: facts.Map, style: Style) -> str:
    key, value = kind(package, fact.key, style), kind(package, fact.value, style)
    return pairs(fact.min, fact.max, key, value)


_WORDS: Mapping[type[facts.Kind], Callable[[str, Any, Style], str]] = {
    facts.String: lambda _, fact, style: string(fact.min, fact.max, fact.pattern, style),
    facts.Integer: lambda _, fact, _style: whole_number(fact.min, fact.max),
    facts.Float: lambda _, fact, _style: number(fact.min, fact.max),
    facts.Boolean: lambda _, _fact, _style: BOOLEAN,
    facts.Timestamp: _timestamp,
    facts.Document: lambda _, _fact, _style: DOCUMENT,
    facts.Blob: _blob,
    facts.Enum: _enum,
    facts.List: _list,
    facts.Map: _map,
    facts.Structure: lambda _, fact, style: with_article(fact.name, style),
    facts.EventStream: lambda _, fact, style: events(fact.name, style),
}
