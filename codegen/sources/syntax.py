"""The two notations that request and response syntax is written in, read into trees.

boto3's is Python-like: ``client.create_tag(Key='string', Kind='A'|'B')``; R's writes structures,
lists and maps alike: ``svc$create_tag(Key = "string", Kinds = list("A"|"B"))``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from typing import Final

from codegen.sources.page import Field, Value, child
from codegen.sources.scanner import Scanner

MAX_DEPTH: Final = 60  # the deepest documented value is 14 levels down
_DOCUMENT: Final = ("|", "[", "...", "]", "|", "123", "|", "123.4", "|", "'string'")
_RECURSIVE: Final = "... recursive ..."


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a document breaks off, and what was expected to come."""

    line: int
    path: str
    expected: str


class Notation(ABC):
    """What both notations share: ``'A'|'B'``, numbers, and ending where the document ends."""

    def __init__(self, scanner: Scanner) -> None:
        self.scanner = scanner
        self.cut: Cut | None = None

    def missing(self, expected: str, path: str) -> None:
        """What was expected is not there: the page breaks off, or it is broken."""
        if not self.scanner.at_cut:
            raise self.scanner.fault(expected)
        if self.cut is None:
            self.cut = Cut(self.scanner.line, path, expected)
        while self.scanner.peek.kind != "end":
            self.scanner.take()

    def want(self, mark: str, path: str, expected: str | None = None) -> None:
        if not self.scanner.skip(mark):
            self.missing(expected or repr(mark), path)

    def want_word(self, word: str, path: str) -> None:
        if self.scanner.peek.text == word:
            self.scanner.take()
        else:
            self.missing(repr(word), path)

    @abstractmethod
    def value(self, path: str, depth: int) -> Value: ...

    def deeper(self, path: str, depth: int) -> Value:
        if depth > MAX_DEPTH:
            raise self.scanner.fault(f"no more than {MAX_DEPTH} levels")
        value = self.value(path, depth)
        return replace(value, cut=True) if self.cut or self.scanner.at_cut else value

    def alternatives(self, path: str) -> Value:
        """``'string'``, or the values of an enum."""
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

    def boolean(self, path: str, false: str) -> Value:
        line = self.scanner.line
        self.scanner.take()
        self.want("|", path)
        self.want_word(false, path)
        return Value(kind="boolean", line=line)

    def members(self, path: str, close: str, depth: int) -> tuple[Field, ...]:
        """Named values up to ``close``; the bracket before them has been taken."""
        fields: dict[str, Field] = {}
        while not self.scanner.at(close) and self.cut is None:
            token = self.scanner.peek
            name = self.member_name(path)
            if name is None:
                break
            if name in fields:
                raise self.scanner.text.fault(
                    token.start, f"expected each member once, found {name!r} again"
                )
            value = self.deeper(child(path, name), depth + 1)
            fields[name] = Field(
                name=name, value=value, line=self.scanner.text.line_at(token.start)
            )
            if not self.scanner.skip(",") and not self.scanner.at(close):
                self.missing(f"',' or {close!r}", child(path, name))
        self.want(close, path)
        return tuple(fields.values())

    @abstractmethod
    def member_name(self, path: str) -> str | None:
        """A name and what stands between it and its value; None where the page ends."""


class PythonNotation(Notation):
    """boto3's: the arguments of a call are ``Name=value``, members ``'Name': value``."""

    def __init__(self, scanner: Scanner) -> None:
        super().__init__(scanner)
        self._in_call = False

    def call(self, path: str) -> tuple[str, Value]:
        """``client.method(...)``: the method's name and its arguments."""
        line, token = self.scanner.line, self.scanner.peek
        if token.kind != "name" or not token.text.startswith("client."):
            self.missing("'client.<operation>('", path)
            return "", Value(kind="structure", line=line, cut=True)
        self.scanner.take()
        self.want("(", path)
        self._in_call = True
        fields = self.members(path, ")", 0)
        value = Value(kind="structure", line=line, fields=fields, cut=self.cut is not None)
        return token.text.removeprefix("client."), value

    def member_name(self, path: str) -> str | None:
        kind, between = ("name", "=") if self._in_call else ("string", ":")
        token = self.scanner.peek
        if token.kind != kind:
            self.missing("the name of a parameter" if self._in_call else "a quoted member", path)
            return None
        self.scanner.take()
        name = token.text if self._in_call else token.literal
        self.want(between, child(path, name))
        self._in_call = False
        return None if self.cut else name

    def members(self, path: str, close: str, depth: int) -> tuple[Field, ...]:
        return super().members(path, close, depth)

    def value(self, path: str, depth: int) -> Value:
        token, line = self.scanner.peek, self.scanner.line
        if token.kind == "string":
            return self.alternatives(path)
        if token.kind == "number":
            return self.number()
        if token.kind == "dots":
            self.scanner.take()
            return Value(kind="unknown", line=line)
        if token.kind == "bytes":
            return self._blob(path)
        if token.kind == "name":
            return self._named(path, depth)
        if self.scanner.skip("{"):
            return self._braces(path, line, depth)
        if self.scanner.skip("["):
            return self._brackets(path, line, depth)
        self.missing("a value", path)
        return Value(kind="unknown", line=line, cut=True)
