"""Turns the arguments of a call into a request with the position of each part."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sagemaker_typed.cli.boto3_code import values
from sagemaker_typed.cli.boto3_code.constants import is_placeholder
from sagemaker_typed.cli.boto3_code.values import Choice, Const, DictRecord, ListRecord
from sagemaker_typed.core.files.parsed_file import MAX_DEPTH, ParsedFile, Position
from sagemaker_typed.core.validation.partial import PartialDict, PartialList, Unknown, is_known

if TYPE_CHECKING:
    import ast

    from sagemaker_typed.cli.boto3_code.results import Call
    from sagemaker_typed.cli.boto3_code.source_code import SourceCode
    from sagemaker_typed.core.schema.paths import Location

_CONTROLS = {"operation": "", "pages": "PaginationConfig", "waiter": "WaiterConfig"}
"""The arguments that are no members, by the kind of call."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One of several values at a path, in a request that shows nothing else."""

    path: Location
    document: ParsedFile


def request_of(code: SourceCode, call: Call) -> tuple[ParsedFile, list[Alternative]]:
    """Return the request of a call, and the values that only some ways through it have."""
    builder = _Builder(code, call.heap)
    entries = dict(call.arguments.entries)
    entries.pop(_CONTROLS[call.kind], None)
    record = DictRecord(entries, call.arguments.node, open=call.arguments.open)
    value, place = builder.mapping(record, (), None)
    document = ParsedFile(code.text, value, place, (), tuple(builder.nulls))
    return document, [builder.alone(place.value, *each) for each in builder.alternatives]


class _Builder:
    def __init__(self, code: SourceCode, heap: values.Heap) -> None:
        self._code = code
        self._heap = heap
        self.nulls: list[Location] = []
        self.alternatives: list[tuple[Location, Any, Position]] = []

    def mapping(
        self, record: DictRecord, path: Location, key: int | None
    ) -> tuple[dict[Any, Any], Position]:
        """Return a dict and its position; leaves out the keys that it may lack."""
        content: dict[Any, Any] = {}
        places: dict[str | int, Position] = {}
        is_open = record.open
        for name, entry in record.entries.items():
            at = self._code.offset(entry.key)
            step = name if isinstance(name, (str, int)) else str(name)
            value, place = self._value(entry.value, (*path, step), entry.node, at)
            if entry.maybe:
                is_open = True
                self.alternatives.append(((*path, step), value, place))
                continue
            content[name] = value
            places[step] = place
        whole = PartialDict(content) if is_open else content
        return whole, Position(self._code.offset(record.node), key, places)

    def _value(
        self, value: values.Value, path: Location, node: ast.AST, key: int | None
    ) -> tuple[Any, Position]:
        record = self._heap.get(value)
        if len(path) > MAX_DEPTH:
            return Unknown(), Position(self._code.offset(node), key, {})
        if isinstance(record, DictRecord):
            return self.mapping(record, path, key)
        if isinstance(record, ListRecord):
            return self._list(record, path, key)
        if isinstance(value, Choice):
            for option in value.options:
                if isinstance(option, Const):
                    at = Position(self._code.offset(option.node), key, {})
                    self.alternatives.append((path, _plain(option), at))
            return Unknown(), Position(self._code.offset(node), key, {})
        if isinstance(value, Const):
            plain = _plain(value)
            if plain is None:
                self.nulls.append(path)
            return plain, Position(self._code.offset(value.node), key, {})
        if isinstance(value, values.JsonText):
            return self._json_text(value, path, key)
        if isinstance(value, values.Unknown):
            place = Position(self._code.offset(value.node or node), key, {})
            return Unknown(value.type), place
        return Unknown(), Position(self._code.offset(node), key, {})

    def _json_text(
        self, value: values.JsonText, path: Location, key: int | None
    ) -> tuple[Any, Position]:
        """Return the text of JSON, with the positions of the values that it is made of."""
        inner = _Builder(self._code, self._heap)
        content, place = inner._value(value.value, path, value.node, key)  # same class
        text: object = Unknown(str)
        if is_known(content) and not inner.alternatives:
            with suppress(TypeError, ValueError, RecursionError):
                text = json.dumps(content)
        return text, Position(self._code.offset(value.node), key, place.inside)

    def _list(
        self, record: ListRecord, path: Location, key: int | None
    ) -> tuple[list[Any], Position]:
        content: list[Any] = []
        places: dict[str | int, Position] = {}
        for index, (item, node) in enumerate(zip(record.items, record.nodes, strict=True)):
            value, places[index] = self._value(item, (*path, index), node, None)
            content.append(value)
        whole = PartialList(content) if record.open else content
        return whole, Position(self._code.offset(record.node), key, places)

    def alone(self, start: int, path: Location, value: Any, place: Position) -> Alternative:
        """Return a value at its path in a request of which nothing else is known."""
        for step in reversed(path):
            if isinstance(step, int):
                value = PartialList([*(Unknown() for _ in range(step)), value])
            else:
                value = PartialDict({step: value})
            place = Position(start, None, {step: place})
        return Alternative(path, ParsedFile(self._code.text, value, place, (), ()))


def _plain(const: Const) -> Any:
    if is_placeholder(const):
        return Unknown(str)
    return Unknown() if const.value is ... else const.value
