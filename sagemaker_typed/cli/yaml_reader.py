"""YAML as ``aws ... --cli-input-yaml`` reads it, with the place of everything.

Scalars are YAML 1.2's, as for ``aws``: PyYAML's own are 1.1's, where ``no`` is false. So only its
parser is used, and the values are made here.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from sagemaker_typed.cli.parsed_file import (
    MAX_DEPTH,
    MAX_VALUES,
    ParsedFile,
    Position,
    Repeated,
    Unreadable,
)
from sagemaker_typed.cli.problems import UsageError, printable

if TYPE_CHECKING:
    from sagemaker_typed.core.schema.paths import Location

try:
    import yaml
    from yaml.constructor import SafeConstructor
except ModuleNotFoundError:
    raise UsageError(
        "reading YAML needs PyYAML, which is not installed: pip install 'sagemaker-typed[cli]'"
    ) from None


def read(text: str) -> ParsedFile:
    """Read a request; ``Unreadable`` says where the text is not one."""
    try:
        return _Reader(text).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        offset = mark.index if mark else 0
        raise Unreadable(text, offset, _problem(error, text[offset : offset + 1])) from None
    except yaml.reader.ReaderError as error:
        problem = f"not YAML: {printable(repr(chr(int(error.character))))} cannot stand in it"
        raise Unreadable(text, error.position, problem) from None


_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOTHING: dict[str | int, Position] = {}
_TAG = "tag:yaml.org,2002:"
_NULL = re.compile(r"~|null|Null|NULL|")
_BOOLEAN = re.compile(r"true|True|TRUE|false|False|FALSE")
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(
    r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
)
_MOMENT: re.Pattern[str] = SafeConstructor.timestamp_regexp


def _at(event: Any) -> int:
    """Where an event begins; every one that was parsed has a mark."""
    offset: int = event.start_mark.index
    return offset


def _end(event: Any) -> int:
    offset: int = event.end_mark.index
    return offset


def _problem(error: yaml.MarkedYAMLError, char: str) -> str:
    if char == "\t":
        return "not YAML: a tab where it takes spaces only"
    stated = error.problem or "cannot be read"
    return f"not YAML: {stated}{f', {error.context}' if error.context else ''}"


class _Made(NamedTuple):
    value: object
    place: Position
    size: int
    """Values in it, itself included."""
    height: int
    """Levels in it, itself not included."""


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._events: Iterator[Any] = yaml.parse(text, Loader=_PARSER)
        self._left = MAX_VALUES
        self._path: list[str | int] = []
        self._anchors: dict[str, _Made | None] = {}
        self._repeated: list[Repeated] = []
        self._nulls: list[Location] = []

    def document(self) -> ParsedFile:
        event = next(self._events)  # the start of the stream
        event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            self._fail(0, "the file is empty; expected a mapping")
        event = next(self._events)
        if not isinstance(event, yaml.MappingStartEvent):
            self._no_mapping(event)
        made = self._mapping(event, None)
        event = next(self._events)  # the end of the document
        event = next(self._events)
        if not isinstance(event, yaml.StreamEndEvent):
            self._fail(_at(event), "a second document; a file holds one request")
        value: Any = made.value
        return ParsedFile(self._text, value, made.place, tuple(self._repeated), tuple(self._nulls))

    def _no_mapping(self, event: Any) -> NoReturn:
        got = "a list" if isinstance(event, yaml.SequenceStartEvent) else "a single value"
        self._fail(_at(event), f"expected a mapping, got {got}")

    def _value(self, event: Any, key: int | None) -> _Made:
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event, key)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(event, key)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, key)
        start: int = _at(event)
        self._count(start, 1)
        value = self._scalar(event)
        if value is None:
            self._nulls.append(tuple(self._path))
        return self._anchored(event, _Made(value, Position(start, key, _NOTHING), 1, 0))

    def _mapping(self, event: Any, key: int | None) -> _Made:
        start: int = _at(event)
        self._begin(event)
        left = self._left
        value: dict[str, object] = {}
        places: dict[str | int, Position] = {}
        merged: list[_Made] = []
        height = 0
        while not isinstance(named := next(self._events), yaml.MappingEndEvent):
            at: int = _at(named)
            name = self._name(named)
            if name is None:
                merged.append(self._value(next(self._events), at))
                continue
            self._path.append(name)
            if name in value:
                self._repeated.append(Repeated(tuple(self._path), at, places[name].key or 0))
            made = self._value(next(self._events), at)
            value[name], places[name] = made.value, made.place
            height = max(height, made.height + 1)
            self._path.pop()
        for made in merged:
            self._merge(made, value, places)
            height = max(height, made.height)
        place = Position(start, key, places)
        return self._anchored(event, _Made(value, place, 1 + left - self._left, height))

    def _sequence(self, event: Any, key: int | None) -> _Made:
        start: int = _at(event)
        self._begin(event)
        left = self._left
        value: list[object] = []
        places: dict[str | int, Position] = {}
        height = 0
        while not isinstance(item := next(self._events), yaml.SequenceEndEvent):
            index = len(value)
            self._path.append(index)
            made = self._value(item, None)
            value.append(made.value)
            places[index] = made.place
            height = max(height, made.height + 1)
            self._path.pop()
        place = Position(start, key, places)
        return self._anchored(event, _Made(value, place, 1 + left - self._left, height))

    def _begin(self, event: Any) -> None:
        self._count(_at(event), 1)
        if event.tag not in {None, "!", f"{_TAG}map", f"{_TAG}seq"}:
            self._no_tag(event)
        if event.anchor:
            self._anchors[event.anchor] = None  # until it is complete

    def _anchored(self, event: Any, made: _Made) -> _Made:
        if event.anchor:
            self._anchors[event.anchor] = made
        return made

    def _alias(self, event: Any, key: int | None) -> _Made:
        start: int = _at(event)
        if event.anchor not in self._anchors:
            self._fail(start, f"no anchor is called {printable(repr(event.anchor), 60)}")
        made = self._anchors[event.anchor]
        if made is None:
            self._fail(start, f"{printable(repr(event.anchor), 60)} would hold itself")
        # as many values as it stands for: a few aliases of aliases can be billions
        self._count(start, made.size, made.height)
        return made._replace(place=made.place._replace(key=key))

    def _merge(
        self, made: _Made, value: dict[str, object], places: dict[str | int, Position]
    ) -> None:
        several = made.value if isinstance(made.value, list) else None
        ones = [made.value] if several is None else several
        for index, one in enumerate(ones):
            if not isinstance(one, dict):
                self._fail(made.place.value, "<< takes a mapping, or a list of them")
            inside = (made.place if several is None else made.place.inside[index]).inside
            for name, inner in one.items():
                if name not in value:
                    value[name] = inner
                    places[name] = inside[name]

    def _name(self, event: Any) -> str | None:
        """A key; ``None`` for ``<<``, which merges another mapping."""
        start: int = _at(event)
        if isinstance(event, yaml.AliasEvent):
            name = self._alias(event, None).value
        elif isinstance(event, yaml.ScalarEvent):
            self._count(start, 1)
            if event.value == "<<" and event.implicit[0]:
                return None
            name = self._anchored(
                event, _Made(self._scalar(event), Position(start, None, _NOTHING), 1, 0)
            ).value
        else:
            self._fail(start, "a key should be a string")
        if not isinstance(name, str):
            shown = printable(self._text[start : _end(event)], 60)
            self._fail(start, f"a key should be a string; write {shown} in quotes")
        return name

    def _scalar(self, event: Any) -> object:
        text: str = event.value
        if event.tag in {None, "!"}:
            return self._plain(event, text) if event.implicit[0] else text
        if event.tag == f"{_TAG}str":
            return text
        if event.tag == f"{_TAG}binary":
            try:
                return base64.b64decode("".join(text.split()), validate=True)
            except (binascii.Error, ValueError):
                self._fail(_at(event), "!!binary should be base64")
        known = {f"{_TAG}{name}" for name in ("null", "bool", "int", "float", "timestamp")}
        if event.tag not in known:
            self._no_tag(event)
        return self._plain(event, text)

    def _plain(self, event: Any, text: str) -> object:
        if _NULL.fullmatch(text):
            return None
        if _BOOLEAN.fullmatch(text):
            return text.lower() == "true"
        if _INTEGER.fullmatch(text):
            if len(text) > 100:
                self._fail(_at(event), "a number too long to be one of a request")
            return int(text, 0) if text[:2] in {"0o", "0x"} else int(text)
        if _FLOAT.fullmatch(text):
            return float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))
        return self._moment(event, text) if _MOMENT.match(text) else text

    def _moment(self, event: Any, text: str) -> datetime:
        node = yaml.ScalarNode(f"{_TAG}timestamp", text)
        try:
            moment: date = SafeConstructor().construct_yaml_timestamp(node)
        except ValueError as error:
            self._fail(_at(event), f"not a moment: {error}")
        return moment if isinstance(moment, datetime) else datetime.combine(moment, time())

    def _no_tag(self, event: Any) -> NoReturn:
        shown = event.tag.replace(_TAG, "!!")
        self._fail(_at(event), f"a request has no {printable(shown, 60)}")

    def _count(self, at: int, values: int, height: int = 0) -> None:
        self._left -= values
        if self._left < 0:
            self._fail(at, f"more than {MAX_VALUES:,} values; no request has as many")
        if len(self._path) + height > MAX_DEPTH:
            self._fail(at, f"more than {MAX_DEPTH} levels deep; no request is")

    def _fail(self, offset: int, problem: str) -> NoReturn:
        raise Unreadable(self._text, offset, problem)
