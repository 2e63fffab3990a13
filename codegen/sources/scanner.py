"""Scan a text into lines, columns and the tokens of the notations that pages use."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from codegen.errors import InputError

Kind: TypeAlias = Literal["bytes", "string", "number", "dots", "name", "mark", "broken", "end"]

_KINDS: Final[tuple[Kind, ...]] = ("bytes", "string", "number", "dots", "name", "mark", "broken")
_TOKEN: Final = re.compile(  # a group for each kind, in the order of _KINDS
    r"""\s*(?:
      (b(?:'[^'\n]*'|"[^"\n]*"))
    | ('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")
    | (-?\d+(?:\.\d+)?)
    | (\.\.\.)
    | ([A-Za-z_][A-Za-z0-9_.]*)
    | ([{}\[\](),:=|$])
    | (['"].*|\.+|\S)
    )""",
    re.VERBOSE,
)
_ESCAPE: Final = re.compile(r"\\(['\"\\])")


class PageError(InputError):
    """A page that cannot be read, with the place where reading stopped."""

    def __init__(self, where: str, line: int, column: int, message: str) -> None:
        super().__init__(f"{where}:{line}:{column}: {message}")
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True)
class Token:
    kind: Kind
    text: str
    start: int
    end: int

    @property
    def literal(self) -> str:
        """The content of a quoted string."""
        return _ESCAPE.sub(r"\1", self.text[1:-1])

    @property
    def shown(self) -> str:
        if self.kind == "end":
            return "the end"
        text = self.text if len(self.text) <= 40 else self.text[:37] + "..."
        return text if text[0] in "'\"" else repr(text)


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    start: int  # offset in the whole text
    text: str


class Text:
    """A document that knows the line and column of every offset (both from 1)."""

    def __init__(self, content: str, where: str) -> None:
        self.where = where
        self.content = content
        self.end = len(content.rstrip())  # of all that is not white space
        self._starts = [0, *(match.end() for match in re.finditer("\n", content))]
        self.lines = tuple(
            Line(number, start, content[start:end].rstrip("\r\n"))
            for number, (start, end) in enumerate(
                zip(self._starts, [*self._starts[1:], len(content)], strict=True), start=1
            )
        )

    def place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line_at(self, offset: int) -> int:
        return bisect_right(self._starts, offset)

    def error(self, offset: int, message: str) -> PageError:
        line, column = self.place(offset)
        return PageError(self.where, line, column, message)


class Scanner:
    """The tokens of a text between two offsets, with one token seen ahead."""

    def __init__(self, text: Text, start: int, end: int | None = None) -> None:
        self.text = text
        # Without the white space at the end, a token follows every offset.
        self.end = len(text.content[:end].rstrip())
        self.position = start  # the end of the last token taken
        self._tokens = self._scan(start)
        self.peek = next(self._tokens)

    def _scan(self, start: int) -> Iterator[Token]:
        for match in _TOKEN.finditer(self.text.content, start, self.end):
            group = match.lastindex or len(_KINDS)
            yield Token(_KINDS[group - 1], match[group], match.start(group), match.end())
        while True:
            yield Token("end", "", self.end, self.end)

    @property
    def line(self) -> int:
        return self.text.line_at(self.peek.start)

    @property
    def at_cut(self) -> bool:
        """``True`` if the document ends here: nothing or half a word follows."""
        token = self.peek
        halved = token.kind in ("end", "broken", "name", "number")
        return halved and token.end >= self.text.end

    def take(self) -> Token:
        token = self.peek
        self.position = token.end
        self.peek = next(self._tokens)
        return token

    def at(self, mark: str) -> bool:
        return self.peek.kind == "mark" and self.peek.text == mark

    def skip(self, mark: str) -> bool:
        """Take ``mark`` if it is next."""
        if self.at(mark):
            self.take()
            return True
        return False

    def error(self, expected: str) -> PageError:
        return self.text.error(self.peek.start, f"expected {expected}, found {self.peek.shown}")
