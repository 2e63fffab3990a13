"""Reads JSON as ``aws`` does, with the position of each value and the mistakes that it ignores.

The module ``json`` keeps no positions and takes the last of two equal keys, so it reads only
scalars.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NoReturn

from sagemaker_typed.core.files.parsed_file import (
    MAX_DEPTH,
    MAX_VALUES,
    ONE_REQUEST,
    ParsedFile,
    Position,
    Repeated,
    Unreadable,
    line_and_column,
)
from sagemaker_typed.core.files.printable import printable

if TYPE_CHECKING:
    from sagemaker_typed.core.schema.paths import Location


def read(text: str, most: int = MAX_VALUES) -> ParsedFile:
    """Read a request of at most so many values. Raises ``Unreadable`` if the text is not one."""
    return _Reader(text, most).document()


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


_scalar = json.JSONDecoder(parse_constant=_no_constant).raw_decode
_skip_space = re.compile(r"[ \t\n\r]*").match
_word = re.compile(r"[\w.+-]{1,40}|.", re.DOTALL).match

_KINDS = {"[": "a list", '"': "a string", "t": "true", "f": "false", "n": "null"}
_STRING_PROBLEMS = {
    "Unterminated string": "the string that begins here does not end",
    "Invalid control character": (
        "a line break or control character inside a string; is the closing quote missing?"
    ),
    "Invalid \\u": "\\u is followed by four hexadecimal digits",
    "Invalid \\": 'a \\ is followed by one of " \\ / b f n r t u; for the character itself: \\\\',
}
_OTHER_WORDS = {
    "True": "true",
    "False": "false",
    "None": "null",
    "NaN": "a number",
    "Infinity": "a number",
    "-Infinity": "a number",
    "undefined": "null",
}
_NOTHING: dict[str | int, Position] = {}


class _Reader:
    def __init__(self, text: str, most: int) -> None:
        self._text = text
        self._most = self._left = most
        self._path: list[str | int] = []
        self._repeated: list[Repeated] = []
        self._nulls: list[Location] = []

    def document(self) -> ParsedFile:
        start = self._skip(0)
        self._expect_object(start)
        value, place, end = self._object(start, None)
        end = self._skip(end)
        if end < len(self._text):
            self._fail(end, f"expected the end of the file after the request, got {self._at(end)}")
        return ParsedFile(self._text, value, place, tuple(self._repeated), tuple(self._nulls))

    def _expect_object(self, start: int) -> None:
        char = self._text[start : start + 1]
        if char == "{":
            return
        if not char:
            self._fail(0, "the file is empty; expected a JSON object")
        word = self._word(start)
        if char == "[":
            self._fail(start, f"expected a JSON object, got a list; {ONE_REQUEST}")
        if char == '"' or word in {"true", "false", "null"}:
            self._fail(start, f"expected a JSON object, got {_KINDS[char]}")
        if re.fullmatch(r"-?[0-9][0-9.eE+-]*", word):
            self._fail(start, "expected a JSON object, got a number")
        self._fail(start, f"not JSON: expected an object, got {self._at(start)}")

    def _value(self, start: int, key: int | None) -> tuple[object, Position, int]:
        char = self._text[start : start + 1]
        if char == "{":
            return self._object(start, key)
        if char == "[":
            return self._list(start, key)
        self._count(start)
        value, end = self._scalar(start)
        if value is None:
            self._nulls.append(tuple(self._path))
        return value, Position(start, key, _NOTHING), end

    def _object(self, start: int, key: int | None) -> tuple[dict[str, object], Position, int]:
        self._count(start)
        value: dict[str, object] = {}
        places: dict[str | int, Position] = {}
        at = self._skip(start + 1)
        if self._text[at : at + 1] == "}":
            return value, Position(start, key, places), at + 1
        while True:
            name, end = self._name(at, start)
            colon = self._skip(end)
            if self._text[colon : colon + 1] != ":":
                shown = printable(repr(name), 60)
                self._fail(colon, f"expected ':' after {shown}, got {self._at(colon)}")
            self._path.append(name)
            if name in value:
                first = places[name].key or 0
                self._repeated.append(Repeated(tuple(self._path), at, first))
            value[name], places[name], end = self._value(self._skip(colon + 1), at)
            self._path.pop()
            at, closed = self._next(end, "}", start)
            if closed:
                return value, Position(start, key, places), at

    def _list(self, start: int, key: int | None) -> tuple[list[object], Position, int]:
        self._count(start)
        value: list[object] = []
        places: dict[str | int, Position] = {}
        at = self._skip(start + 1)
        if self._text[at : at + 1] == "]":
            return value, Position(start, key, places), at + 1
        while True:
            index = len(value)
            self._path.append(index)
            item, places[index], end = self._value(at, None)
            value.append(item)
            self._path.pop()
            at, closed = self._next(end, "]", start)
            if closed:
                return value, Position(start, key, places), at

    def _name(self, at: int, opened: int) -> tuple[str, int]:
        if self._text[at : at + 1] != '"':
            self._no_name(at, opened)
        name, end = self._scalar(at)
        return str(name), end

    def _scalar(self, start: int) -> tuple[object, int]:
        try:
            value, end = _scalar(self._text, start)
            if isinstance(value, str) and not value.isascii():
                value.encode()
        except UnicodeEncodeError:
            self._fail(start, "a string with half of a surrogate pair, which cannot be sent")
        except ValueError as error:
            self._no_scalar(start, error)
        return value, end

    def _next(self, end: int, closing: str, opened: int) -> tuple[int, bool]:
        """Return the offset of the next value, or of the end, and whether it is the end."""
        at = self._skip(end)
        char = self._text[at : at + 1]
        if char == closing:
            return at + 1, True
        if char != ",":
            self._ended(at, opened)
            self._fail(at, f"expected ',' or '{closing}', got {self._at(at)}")
        following = self._skip(at + 1)
        if self._text[following : following + 1] == closing:
            self._fail(at, f"a ',' before '{closing}'; JSON has none after the last one")
        return following, False

    def _no_name(self, at: int, opened: int) -> NoReturn:
        self._ended(at, opened)
        self._fail(at, f"expected a name in double quotes, got {self._at(at)}")

    def _no_scalar(self, start: int, error: ValueError) -> NoReturn:
        if isinstance(error, json.JSONDecodeError):
            for begin, problem in _STRING_PROBLEMS.items():
                if error.msg.startswith(begin):
                    self._fail(error.pos, problem)
        word = self._word(start)
        if word in _OTHER_WORDS:
            self._fail(start, f"JSON has no {word}; expected {_OTHER_WORDS[word]}")
        if word[:1].isdigit() or word[:1] == "-" != word:  # int() refuses thousands of digits
            self._fail(start, "a number too long to be one of a request")
        if not word:
            self._fail(start, "the file ends where a value is expected")
        self._fail(start, f"expected a value, got {self._at(start)}")

    def _ended(self, at: int, opened: int) -> None:
        if at >= len(self._text):
            line, column = line_and_column(self._text, opened)
            what = "object" if self._text[opened] == "{" else "list"
            self._fail(at, f"the file ends inside the {what} that begins at {line}:{column}")

    def _at(self, at: int) -> str:
        char = self._text[at : at + 1]
        if not char:
            return "the end of the file"
        if char == "'":
            return "a single quote; JSON takes double quotes only"
        if char == "#" or self._text[at : at + 2] in {"//", "/*"}:
            return "a comment; JSON has none"
        return printable(repr(self._word(at)), 60)

    def _word(self, at: int) -> str:
        match = _word(self._text, at)
        return match.group() if match else ""

    def _count(self, at: int) -> None:
        self._left -= 1
        if self._left < 0:
            self._fail(at, f"more than {self._most:,} values; no request has as many")
        if len(self._path) > MAX_DEPTH:
            self._fail(at, f"more than {MAX_DEPTH} levels deep; no request is")

    def _skip(self, at: int) -> int:
        match = _skip_space(self._text, at)
        return match.end() if match else at

    def _fail(self, offset: int, problem: str) -> NoReturn:
        raise Unreadable(self._text, offset, problem)
