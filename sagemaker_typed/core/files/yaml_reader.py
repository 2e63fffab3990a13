"""Reads YAML as ``aws ... --cli-input-yaml`` does, with the position of each value.

``aws`` takes scalars as YAML 1.2 does, and PyYAML as YAML 1.1, where ``no`` is false. So this
module uses only the parser of PyYAML, and converts the scalars itself.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from sagemaker_typed.core.files.parsed_file import (
    MAX_DEPTH,
    MAX_VALUES,
    ONE_REQUEST,
    ParsedFile,
    Position,
    Repeated,
    Tagged,
    Unreadable,
    only_request,
)
from sagemaker_typed.core.files.printable import printable

if TYPE_CHECKING:
    from sagemaker_typed.core.schema.paths import Location

try:
    import yaml
    from yaml.constructor import SafeConstructor
except ModuleNotFoundError:
    raise ModuleNotFoundError(
        "reading YAML needs PyYAML, which is not installed: pip install 'sagemaker-typed[cli]'"
    ) from None


def read(text: str) -> ParsedFile:
    """Read a request. Raises ``Unreadable`` if the text is not one."""
    return only_request(read_documents(text))


def read_documents(text: str) -> list[ParsedFile]:
    """Read every document of a file, with the local tags of CloudFormation templates.

    Raises ``Unreadable`` for other text.
    """
    try:
        return list(_Reader(text).documents())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        offset = mark.index if mark else 0
        raise Unreadable(text, offset, _problem(error, text[offset : offset + 1])) from None
    except yaml.reader.ReaderError as error:
        problem = f"not YAML: {printable(repr(chr(int(error.character))))} is not allowed in it"
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
_SCALAR_TAGS = frozenset(f"{_TAG}{name}" for name in ("null", "bool", "int", "float", "timestamp"))
_MOMENT: re.Pattern[str] = SafeConstructor.timestamp_regexp


def _at(event: Any) -> int:
    """Return the offset where an event begins."""
    offset: int = event.start_mark.index
    return offset


def _end(event: Any) -> int:
    offset: int = event.end_mark.index
    return offset


def _is_local(tag: str | None) -> bool:
    return tag is not None and tag.startswith("!") and tag != "!"


def _problem(error: yaml.MarkedYAMLError, char: str) -> str:
    if char == "\t":
        return "not YAML: a tab where it takes spaces only"
    stated = error.problem or "cannot be read"
    return f"not YAML: {stated}{f', {error.context}' if error.context else ''}"


class _Parsed(NamedTuple):
    value: object
    place: Position
    size: int
    """The number of values, itself included."""
    height: int
    """The number of levels inside."""


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._events: Iterator[Any] = yaml.parse(text, Loader=_PARSER)
        self._left = MAX_VALUES
        self._path: list[str | int] = []
        self._anchors: dict[str, _Parsed | None] = {}
        self._repeated: list[Repeated] = []
        self._nulls: list[Location] = []
        self._tags: list[tuple[int, str]] = []

    def documents(self) -> Iterator[ParsedFile]:
        next(self._events)  # the start of the stream
        event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            self._fail(0, "the file is empty; expected a mapping")
        while not isinstance(event, yaml.StreamEndEvent):
            yield self._document(next(self._events), _at(event))
            next(self._events)  # the end of the document
            event = next(self._events)

    def _document(self, event: Any, start: int) -> ParsedFile:
        if not isinstance(event, yaml.MappingStartEvent):
            self._no_mapping(event)
        self._repeated, self._nulls, self._tags = [], [], []
        parsed = self._mapping(event, None)
        value: Any = parsed.value.value if isinstance(parsed.value, Tagged) else parsed.value
        return ParsedFile(
            self._text,
            value,
            parsed.place,
            tuple(self._repeated),
            tuple(self._nulls),
            tuple(self._tags),
            start,
        )

    def _no_mapping(self, event: Any) -> NoReturn:
        if isinstance(event, yaml.SequenceStartEvent):
            self._fail(_at(event), f"expected a mapping, got a list; {ONE_REQUEST}")
        self._fail(_at(event), "expected a mapping, got a single value")

    def _value(self, event: Any, key: int | None) -> _Parsed:
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
        parsed = _Parsed(value, Position(start, key, _NOTHING), 1, 0)
        return self._anchored(event, parsed)

    def _mapping(self, event: Any, key: int | None) -> _Parsed:
        start: int = _at(event)
        self._begin(event)
        left = self._left
        value: dict[str, object] = {}
        places: dict[str | int, Position] = {}
        merged: list[_Parsed] = []
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
            parsed = self._value(next(self._events), at)
            value[name], places[name] = parsed.value, parsed.place
            height = max(height, parsed.height + 1)
            self._path.pop()
        for parsed in merged:
            self._merge(parsed, value, places)
            height = max(height, parsed.height)
        place = Position(start, key, places)
        return self._anchored(event, _Parsed(value, place, 1 + left - self._left, height))

    def _sequence(self, event: Any, key: int | None) -> _Parsed:
        start: int = _at(event)
        self._begin(event)
        left = self._left
        value: list[object] = []
        places: dict[str | int, Position] = {}
        height = 0
        while not isinstance(item := next(self._events), yaml.SequenceEndEvent):
            index = len(value)
            self._path.append(index)
            parsed = self._value(item, None)
            value.append(parsed.value)
            places[index] = parsed.place
            height = max(height, parsed.height + 1)
            self._path.pop()
        place = Position(start, key, places)
        return self._anchored(event, _Parsed(value, place, 1 + left - self._left, height))

    def _begin(self, event: Any) -> None:
        self._count(_at(event), 1)
        if event.tag not in {None, "!", f"{_TAG}map", f"{_TAG}seq"}:
            self._local_tag(event)
        if event.anchor:
            self._anchors[event.anchor] = None  # until it is complete

    def _anchored(self, event: Any, parsed: _Parsed) -> _Parsed:
        if _is_local(event.tag):
            parsed = parsed._replace(value=Tagged(event.tag, parsed.value))
        if event.anchor:
            self._anchors[event.anchor] = parsed
        return parsed

    def _local_tag(self, event: Any) -> None:
        if not _is_local(event.tag):
            shown = event.tag.replace(_TAG, "!!")
            self._fail(_at(event), f"a request has no {printable(shown, 60)}")
        self._tags.append((_at(event), event.tag))

    def _alias(self, event: Any, key: int | None) -> _Parsed:
        start: int = _at(event)
        if event.anchor not in self._anchors:
            self._fail(start, f"no anchor is called {printable(repr(event.anchor), 60)}")
        parsed = self._anchors[event.anchor]
        if parsed is None:
            self._fail(start, f"{printable(repr(event.anchor), 60)} would hold itself")
        # as many values as the anchor has: a few aliases of aliases can be billions
        self._count(start, parsed.size, parsed.height)
        return parsed._replace(place=parsed.place._replace(key=key))

    def _merge(
        self, parsed: _Parsed, value: dict[str, object], places: dict[str | int, Position]
    ) -> None:
        is_list = isinstance(parsed.value, list)
        mappings: list[object] = parsed.value if isinstance(parsed.value, list) else [parsed.value]
        for index, mapping in enumerate(mappings):
            if not isinstance(mapping, dict):
                self._fail(parsed.place.value, "<< takes a mapping, or a list of them")
            inside = (parsed.place.inside[index] if is_list else parsed.place).inside
            for name, inner in mapping.items():
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
                event, _Parsed(self._scalar(event), Position(start, None, _NOTHING), 1, 0)
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
            return self._untagged(event, text) if event.implicit[0] else text
        if event.tag == f"{_TAG}str":
            return text
        if event.tag == f"{_TAG}binary":
            try:
                return base64.b64decode("".join(text.split()), validate=True)
            except (binascii.Error, ValueError):
                self._fail(_at(event), "!!binary should be base64")
        if event.tag in _SCALAR_TAGS:
            return self._untagged(event, text)
        self._local_tag(event)
        return text

    def _untagged(self, event: Any, text: str) -> object:
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

    def _count(self, at: int, values: int, height: int = 0) -> None:
        self._left -= values
        if self._left < 0:
            self._fail(at, f"more than {MAX_VALUES:,} values; no request has as many")
        if len(self._path) + height > MAX_DEPTH:
            self._fail(at, f"more than {MAX_DEPTH} levels deep; no request is")

    def _fail(self, offset: int, problem: str) -> NoReturn:
        raise Unreadable(self._text, offset, problem)
