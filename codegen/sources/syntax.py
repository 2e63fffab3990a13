"""Read the two notations of request and response syntax into trees.

boto3's is Python-like: ``client.create_tag(Key='string', Kind='A'|'B')``; R's writes structures,
lists and maps alike: ``svc$create_tag(Key = "string", Kinds = list("A"|"B"))``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from codegen.sources.page import Field, Value, child
from codegen.sources.scanner import Kind, Scanner, Token

MAX_DEPTH: Final = 60  # the deepest documented value is 14 levels down
_RECURSIVE: Final = "... recursive ..."


@dataclass(frozen=True, slots=True)
class Cut:
    """The place at which a document ends early, and the token that was expected."""

    line: int
    path: str
    expected: str


@dataclass(frozen=True, slots=True)
class Naming:
    """The notation of a member's name: the kind of word, and the mark before the value."""

    kind: Kind
    between: str
    expected: str


ARGUMENT: Final = Naming("name", "=", "the name of a parameter")
MEMBER: Final = Naming("string", ":", "the quoted name of a member")


@dataclass(slots=True)
class Reader:
    """A scanner, the function that reads a value in its notation, and the early end, if any."""

    scanner: Scanner
    read: Callable[[Reader, str, int], Value]
    cut: Cut | None = None

    def missing(self, expected: str, path: str) -> None:
        """Note that the page ends early, or raise an error if it is malformed."""
        if not self.scanner.at_cut:
            raise self.scanner.error(expected)
        if self.cut is None:
            self.cut = Cut(self.scanner.line, path, expected)
        while self.scanner.peek.kind != "end":
            self.scanner.take()

    def want(self, mark: str, path: str) -> None:
        if not self.scanner.skip(mark):
            self.missing(repr(mark), path)

    def want_word(self, word: str, path: str) -> None:
        if self.scanner.peek.text == word:
            self.scanner.take()
        else:
            self.missing(repr(word), path)

    def value(self, path: str, depth: int) -> Value:
        if depth > MAX_DEPTH:
            raise self.scanner.error(f"no more than {MAX_DEPTH} levels")
        line = self.scanner.line
        value = self.read(self, path, depth)
        return replace(value, line=line, cut=self.cut is not None or self.scanner.at_cut)

    def members(self, naming: Naming, close: str, path: str, depth: int) -> tuple[Field, ...]:
        """Read named values up to ``close``; the opening bracket is already taken."""
        fields: dict[str, Field] = {}
        while not self.scanner.at(close):
            token = self.scanner.peek
            if token.kind != naming.kind:
                self.missing(f"{naming.expected} or {close!r}", path)
                return tuple(fields.values())
            name = token.literal if naming.kind == "string" else token.text
            if name in fields:
                raise self.scanner.error(f"each member once ({name!r} was there before)")
            self.scanner.take()
            self.want(naming.between, path)
            if self.cut is None:
                line = self.scanner.text.line_at(token.start)
                value = self.value(child(path, name), depth + 1)
                fields[name] = Field(name=name, value=value, line=line)
            if not self.scanner.skip(",") and not self.scanner.at(close):
                self.missing(f"',' or {close!r}", child(path, name))
                return tuple(fields.values())
        self.want(close, path)
        return tuple(fields.values())

    def structure(self, naming: Naming, close: str, path: str, depth: int) -> Value:
        line = self.scanner.line
        return Value(
            kind="structure",
            line=line,
            fields=self.members(naming, close, path, depth),
            cut=self.cut is not None,
        )

    def alternatives(self, path: str) -> Value:
        """Read ``'string'``, or the values of an enum."""
        line = self.scanner.line
        values = [self.scanner.take().literal]
        while self.scanner.skip("|"):
            if self.scanner.peek.kind != "string":
                self.missing("a quoted value", path)
                break
            values.append(self.scanner.take().literal)
        if values == ["string"]:
            return Value(kind="string", line=line)
        return Value(kind="enum", line=line, values=tuple(values))

    def number(self) -> Value:
        line = self.scanner.line
        return Value(kind="float" if "." in self.scanner.take().text else "integer", line=line)

    def boolean(self, false: str, path: str) -> Value:
        """Read ``True|False``; the first word is already taken."""
        line = self.scanner.line
        self.want("|", path)
        self.want_word(false, path)
        return Value(kind="boolean", line=line)


def python(scanner: Scanner) -> Reader:
    return Reader(scanner, _python_value)


def call(reader: Reader, path: str) -> tuple[Token, Value]:
    """Read ``client.method(...)``: the word that names the method, and the arguments."""
    name = reader.scanner.peek
    if name.kind != "name" or not name.text.startswith("client."):
        raise reader.scanner.error("'client.<operation>('")
    return name, _arguments(reader, path)


def _arguments(reader: Reader, path: str) -> Value:
    """Read the arguments of a call, from the word that names its method."""
    line = reader.scanner.line
    reader.scanner.take()
    reader.want("(", path)
    return replace(reader.structure(ARGUMENT, ")", path, 0), line=line)


def _python_value(reader: Reader, path: str, depth: int) -> Value:
    scanner, line = reader.scanner, reader.scanner.line
    kind, text = scanner.peek.kind, scanner.peek.text
    if kind == "string":
        return reader.alternatives(path)
    if kind == "number":
        return reader.number()
    if kind == "dots":
        scanner.take()
        return Value(kind="unknown", line=line)
    if kind == "bytes":
        scanner.take()
        if streaming := scanner.skip("|"):
            reader.want_word("file", path)
        return Value(kind="blob", line=line, streaming=streaming)
    if kind == "name" and text in _PYTHON_WORDS:
        scanner.take()
        return _PYTHON_WORDS[text](reader, path, depth)
    if scanner.skip("{"):
        return _braces(reader, path, depth)
    if scanner.skip("["):
        return _brackets(reader, path, depth)
    reader.missing("a value", path)
    return Value(kind="unknown", line=line, cut=True)


def _datetime(reader: Reader, path: str, _depth: int) -> Value:
    line = reader.scanner.line
    reader.want("(", path)
    while reader.scanner.peek.kind == "number":
        reader.scanner.take()
        reader.scanner.skip(",")
    reader.want(")", path)
    return Value(kind="timestamp", line=line)


def _streaming_body(reader: Reader, path: str, _depth: int) -> Value:
    line = reader.scanner.line
    reader.want("(", path)
    reader.want(")", path)
    return Value(kind="blob", line=line, streaming=True)


def _event_stream(reader: Reader, path: str, depth: int) -> Value:
    line = reader.scanner.line
    reader.want("(", path)
    events = reader.value(path, depth + 1)
    reader.want(")", path)
    return Value(kind="event-stream", line=line, fields=events.fields)


_PYTHON_WORDS: Final[dict[str, Callable[[Reader, str, int], Value]]] = {
    "True": lambda reader, path, _depth: reader.boolean("False", path),
    "datetime": _datetime,
    "StreamingBody": _streaming_body,
    "EventStream": _event_stream,
}


def _braces(reader: Reader, path: str, depth: int) -> Value:
    """Read a structure, a map, a free document or the sign of a recursion, after its ``{``."""
    scanner, line = reader.scanner, reader.scanner.line
    token = scanner.peek
    if token.kind == "dots":
        return _document(reader, path)
    if token.kind == "string" and token.literal == _RECURSIVE:
        scanner.take()
        reader.want("}", path)
        return Value(kind="recursive", line=line)
    if token.kind == "string" and token.literal == "string":
        scanner.take()
        reader.want(":", path)
        element = reader.value(f"{path}{{}}", depth + 1) if reader.cut is None else None
        scanner.skip(",")
        reader.want("}", path)
        return Value(kind="map", line=line, element=element)
    return reader.structure(MEMBER, "}", path, depth)


def _brackets(reader: Reader, path: str, depth: int) -> Value:
    line = reader.scanner.line
    element = reader.value(f"{path}[]", depth + 1)
    reader.scanner.skip(",")
    reader.want("]", path)
    return Value(kind="list", line=line, element=element)


def _document(reader: Reader, path: str) -> Value:
    """Read ``{...}|[...]|123|123.4|'string'|True|None``, after its ``{``."""
    line = reader.scanner.line
    for word in ("...", "}", "|", "[", "...", "]", "|", "123", "|", "123.4", "|", "'string'"):
        reader.want_word(word, path)
    for word in ("True", "None"):
        reader.want("|", path)
        reader.want_word(word, path)
    return Value(kind="document", line=line)


def r(scanner: Scanner) -> Reader:
    return Reader(scanner, _r_value)


def r_call(reader: Reader, path: str) -> tuple[Token, Value]:
    """Read ``svc$method(...)``: the word that names the method, and the arguments."""
    reader.want_word("svc", path)
    reader.want("$", path)
    name = reader.scanner.peek
    if name.kind != "name":
        raise reader.scanner.error("the name of an operation")
    return name, _arguments(reader, path)


def _r_value(reader: Reader, path: str, depth: int) -> Value:
    scanner, line = reader.scanner, reader.scanner.line
    kind, text = scanner.peek.kind, scanner.peek.text
    if kind == "string":
        return reader.alternatives(path)
    if kind == "number":
        return reader.number()
    if kind == "name" and text in _R_WORDS:
        scanner.take()
        return _R_WORDS[text](reader, path, depth)
    reader.missing("a value", path)
    return Value(kind="unknown", line=line, cut=True)


def r_list(reader: Reader, path: str, depth: int) -> Value:
    """Read ``list(...)``: a structure if its members have names, else a list or a map."""
    scanner, line = reader.scanner, reader.scanner.line
    reader.want("(", path)
    if (scanner.peek.kind == "name" and scanner.peek.text not in _R_WORDS) or scanner.at(")"):
        return reader.structure(ARGUMENT, ")", path, depth)
    if reader.cut is not None:
        return Value(kind="unknown", line=line, cut=True)
    element = reader.value(f"{path}[]", depth + 1)
    reader.want(")", path)
    return Value(kind="list", line=line, element=element, list_or_map=True)


def _r_time(reader: Reader, path: str, _depth: int) -> Value:
    line = reader.scanner.line
    reader.want("(", path)
    if reader.scanner.peek.kind == "string":
        reader.scanner.take()
    reader.want(")", path)
    return Value(kind="timestamp", line=line)


def _r_raw(reader: Reader, _path: str, _depth: int) -> Value:
    return Value(kind="blob", line=reader.scanner.line)


_R_WORDS: Final[dict[str, Callable[[Reader, str, int], Value]]] = {
    "TRUE": lambda reader, path, _depth: reader.boolean("FALSE", path),
    "list": r_list,
    "as.POSIXct": _r_time,
    "raw": _r_raw,
}
