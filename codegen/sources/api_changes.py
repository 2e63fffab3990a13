"""Reader of AWS API-changes pages, with their headings or flattened to bare lines.

A page announces a release and shows its operations: the changes, the request and response syntax,
and a description of every member. A page copied as flat text has lost the operations' headings,
the labels of the change blocks, the names of parameters and all indentation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, cast

from botocore import xform_name

from codegen.sources import changes, prose, syntax
from codegen.sources.page import (
    SIDES,
    ChangeBlock,
    Notice,
    NoticeKind,
    Operation,
    Page,
    Side,
    Value,
    child,
    short_name,
)
from codegen.sources.prose import Entry
from codegen.sources.scanner import Line, PageError, Scanner, Text

HEADING: Final = re.compile(
    r"(\d{4})/(\d{2})/(\d{2}) - (.+?) - (?:(\d+) new )?(?:(\d+) updated )?api methods$"
)
HEADING_EXAMPLE: Final = "'YYYY/MM/DD - <service> - <n> new <n> updated api methods'"
_OPERATION: Final = re.compile(r"(\w{1,100})\s\((new|updated)\)(?:\s+Link)?(?:\s*¶)?$")
_CHANGES: Final = re.compile(r"Changes\s\((request, response|request|response|both)\)$")
_PARAMETER_TYPE: Final = re.compile(r"type (\w+)$")
_PARAMETER: Final = re.compile(r"param (\w+)$")
_BULLET: Final = re.compile(r"( *)(• )?(?:(\w+) )?\(([^()]+)\) --(?: (\[REQUIRED\]))?$")
_BLOCK: Final = re.compile(r"\{\s*'")
_WORD: Final = re.compile(r"\b[A-Z][A-Za-z0-9]{1,99}\b")
_REQUEST_SYNTAX: Final = "Request Syntax"
_RESPONSE_SYNTAX: Final = "Response Syntax"
_RETURN: Final = ("rtype", "returns")
_REQUIRED: Final = "[REQUIRED]"
_AUTOPOPULATED: Final = "This field is autopopulated if not provided."
_UNION: Final = "Tagged Union structure"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Segment:
    """The lines of one operation."""

    lines: Sequence[Line]
    name: str | None  # None if the heading is lost
    status: Literal["new", "updated"] | None
    last: bool


def read(text: Text, sha256: str) -> Page:
    """Return the facts of the page, or raise an error with the place that cannot be read."""
    match = _heading(text)
    if match is None:
        raise text.error(0, f"expected {HEADING_EXAMPLE}")
    line, heading = match
    reader = _PageReader(text)
    segments = _segments(text, line)
    flat = all(segment.name is None for segment in segments)
    announced = {"new": int(heading[5] or 0), "updated": int(heading[6] or 0)}
    read_one_by_one = [reader.operation(segment, announced) for segment in segments]
    operations = tuple(operation for operation in read_one_by_one if operation is not None)
    return Page(
        where=text.where,
        sha256=sha256,
        layout="flattened" if flat else "indented",
        service=short_name(heading[4]).replace(" ", "-").lower(),
        full_name=heading[4],
        date=f"{heading[1]}-{heading[2]}-{heading[3]}",
        heading=announced,
        operations=operations,
        notices=(*_unshown(operations, announced, line.number), *reader.notices),
    )


def _heading(text: Text) -> tuple[Line, re.Match[str]] | None:
    for line in text.lines:
        if match := HEADING.match(line.text.strip()):
            return line, match
    return None


def _segments(text: Text, heading: Line) -> list[_Segment]:
    lines = text.lines[heading.number :]
    heads = [
        (n, match) for n, line in enumerate(lines) if (match := _OPERATION.match(line.text.strip()))
    ]
    if heads:
        starts = [n for n, _ in heads]
        titles = [match.groups() for _, match in heads]
    else:
        starts = list(_flat_starts(lines))
        titles = [(None, None) for _ in starts]
    if not starts:
        raise text.error(
            len(text.content), f"expected '<Operation> (new)' or {_REQUEST_SYNTAX!r}, found neither"
        )
    return [
        _Segment(
            lines=lines[start:end],
            name=name,
            status=cast("Literal['new', 'updated'] | None", status),
            last=end == len(lines),
        )
        for start, end, (name, status) in zip(
            starts, [*starts[1:], len(lines)], titles, strict=True
        )
    ]


def _flat_starts(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the starts of operations: the change block before the request, or the request."""
    begin = 0
    for n, line in enumerate(lines):
        if line.text.strip() != _REQUEST_SYNTAX:
            continue
        blocks = list(_flat_blocks(lines, begin, n))
        yield blocks[0] if blocks else n
        begin = n + 1
    yield from list(_flat_blocks(lines, begin, len(lines)))[:1]


def _flat_blocks(lines: Sequence[Line], begin: int, end: int) -> Iterator[int]:
    """Yield the lines that begin a change block, and not a response syntax, which looks alike."""
    for n in range(begin, end):
        after_heading = n > 0 and lines[n - 1].text.strip() == _RESPONSE_SYNTAX
        if _BLOCK.match(lines[n].text) and not after_heading:
            yield n


def _unshown(
    operations: Sequence[Operation], announced: Mapping[str, int], line: int
) -> Iterator[Notice]:
    if len(operations) != sum(announced.values()):
        text = (
            f"{sum(announced.values())} operations are announced, the page shows {len(operations)}"
        )
        yield Notice(kind="missing", line=line, path="", text=text)


class _PageReader:
    """Reads operations one after the other and gathers the notices."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.notices: list[Notice] = []
        self._words: dict[str, str] = {
            xform_name(word): word for word in _WORD.findall(text.content)
        }

    def note(self, kind: NoticeKind, line: int, path: str, text: str) -> None:
        self.notices.append(Notice(kind=kind, line=line, path=path, text=text))

    def note_end(self, line: int, path: str, text: str) -> None:
        """Note the place at which the page ends early; one notice covers everything after it."""
        if not any(notice.kind == "truncated" for notice in self.notices):
            self.note("truncated", line, path, text)

    def operation(self, segment: _Segment, announced: Mapping[str, int]) -> Operation | None:
        lines = segment.lines
        begin = _index(lines, _REQUEST_SYNTAX)
        if begin is None:
            return self._without_syntax(segment)
        reader = syntax.python(self._scanner(lines, begin + 1))
        token, request = syntax.call(reader, "request")
        method = token.text.removeprefix("client.")
        name = self._name(segment, method, self.text.line_at(token.start))
        self._cut(reader, name)
        rest = lines[self.text.line_at(reader.scanner.position) - lines[0].number + 1 :]
        split = _index(rest, _RESPONSE_SYNTAX)
        request = self._described(
            request,
            _entries(_parameters(rest, split), flat=segment.name is None),
            name,
            "request",
            last=segment.last and split is None,
        )
        response = None if split is None else self._response(rest, split, name, segment)
        shown = split is not None or self._returns_nothing(rest, name, segment)
        blocks = tuple(self._blocks(segment, lines[:begin], name))
        operation = Operation(
            name=name,
            method=method,
            line=lines[0].number,
            status=segment.status or self._status(blocks, announced, name, lines[0].number),
            request=request,
            response=response,
            response_shown=shown,
            changes=blocks,
        )
        return replace(operation, changes=tuple(self._sided(operation)))

    def _scanner(self, lines: Sequence[Line], n: int) -> Scanner:
        """Return the tokens from the n-th of these lines to the last."""
        end = lines[-1].start + len(lines[-1].text)
        return Scanner(self.text, lines[n].start if n < len(lines) else end, end)

    def _cut(self, reader: syntax.Reader, name: str) -> None:
        if reader.cut is not None:
            text = (
                f"the page breaks off inside the syntax, where {reader.cut.expected} should stand"
            )
            self.note_end(reader.cut.line, child(name, reader.cut.path), text)

    def _without_syntax(self, segment: _Segment) -> Operation | None:
        line = segment.lines[-1]
        if not segment.last:
            raise self.text.error(
                line.start + len(line.text),
                f"expected {_REQUEST_SYNTAX!r} before the operation {segment.name} ends",
            )
        if segment.name is None:
            text = "the page breaks off in an operation that it has not named yet"
            self.note_end(line.number, "", text)
            return None
        blocks = tuple(self._blocks(segment, segment.lines, segment.name))
        text = f"the page breaks off before {_REQUEST_SYNTAX!r}"
        self.note_end(line.number, segment.name, text)
        return Operation(
            name=segment.name,
            method=xform_name(segment.name),
            line=segment.lines[0].number,
            status=segment.status,
            request=Value(kind="structure", line=line.number, cut=True),
            response=None,
            response_shown=False,
            changes=blocks,
        )

    def _name(self, segment: _Segment, method: str, line: int) -> str:
        """Return the operation's name: from its heading, or from a word with the method's name."""
        if segment.name is not None:
            if xform_name(segment.name) != method:
                text = f"the syntax calls client.{method}, the heading names {segment.name}"
                self.note("disagreement", line, segment.name, text)
            return segment.name
        if method in self._words:
            return self._words[method]
        name = "".join(part[:1].upper() + part[1:] for part in method.split("_"))
        text = f"the page names no operation; {name} is made from client.{method}"
        self.note("assumed", line, name, text)
        return name

    def _status(
        self, blocks: Sequence[ChangeBlock], announced: Mapping[str, int], name: str, line: int
    ) -> Literal["new", "updated"] | None:
        """Guess the status of a lost heading: only an updated operation has a change block."""
        if blocks:
            return "updated"
        status: Literal["new"] | None = "new" if announced["new"] else None
        text = f"the heading is lost and there is no change block; read as {status or 'neither'}"
        self.note("assumed", line, name, text)
        return status

    def _described(
        self, tree: Value, entries: Iterator[Entry], name: str, side: Side, *, last: bool
    ) -> Value:
        """Return the tree, completed with the descriptions of its members."""
        if tree.cut:
            return tree
        end = self.text.lines[-1].number if last else None
        tree, notices = prose.apply(tree, list(entries), side, truncated_at=end, operation=name)
        self.notices += notices
        return tree

    def _response(self, lines: Sequence[Line], split: int, name: str, segment: _Segment) -> Value:
        reader = syntax.python(self._scanner(lines, split + 1))
        reader.want("{", "response")
        response = reader.structure(syntax.MEMBER, "}", "response", 0)
        self._cut(reader, name)
        after = lines[self.text.line_at(reader.scanner.position) - lines[0].number + 1 :]
        return self._described(response, _entries(after), name, "response", last=segment.last)

    def _returns_nothing(self, lines: Sequence[Line], name: str, segment: _Segment) -> bool:
        """Return whether the page states that nothing is returned, and note it if not."""
        filled = [line.text.strip() for line in lines if line.text.strip()]
        if filled[-1:] == ["None"]:
            return True
        line = segment.lines[-1].number
        if segment.last:
            self.note_end(line, f"{name}.response", "the page breaks off before it")
        else:
            self.note("missing", line, f"{name}.response", "the page does not say what is returned")
        return False

    def _blocks(self, segment: _Segment, lines: Sequence[Line], name: str) -> Iterator[ChangeBlock]:
        """Yield the change blocks among these lines, with the sides from their labels."""
        labels = [n for n, line in enumerate(lines) if _CHANGES.match(line.text.strip())]
        if segment.name is None:
            sides: list[tuple[Side, ...]] = []
        elif labels:
            sides = _labelled(lines[labels[0]].text)
            lines = lines[labels[0] :]
        else:
            return
        until = 0
        for line in lines:
            text = _unlabelled(line.text)
            if line.start < until or not _BLOCK.match(text):
                continue
            scanner = Scanner(self.text, line.start + len(line.text) - len(text))
            try:
                change = changes.block(scanner)
            except PageError:
                if not scanner.at_cut:
                    raise
                self.note_end(line.number, name, "the page breaks off inside the change block")
                return
            until = scanner.position
            yield ChangeBlock(sides=sides.pop(0) if sides else (), change=change, line=line.number)
            if segment.name is not None and not sides:
                return
        if sides:
            text = f"no change block follows for the {' and '.join(sides[0])}"
            self.note("missing", lines[0].number, name, text)

    def _sided(self, operation: Operation) -> Iterator[ChangeBlock]:
        """Compare each change block with the syntax, and find the side of a block without label."""
        for block in operation.changes:
            misfits = {
                side: changes.misfit(block.change, tree, side)
                for side in SIDES
                if (tree := operation.side(side)) is not None
            }
            if not block.sides:
                fitting = tuple(side for side, path in misfits.items() if path is None)
                if len(fitting) == 1:
                    yield replace(block, sides=fitting)
                    continue
                text = "the change block has lost its label and fits " + (
                    "request and response" if fitting else "neither request nor response"
                )
                self.note("missing", block.line, operation.name, text)
            for side in block.sides:
                if path := misfits.get(side):
                    text = "the change block names this, and the syntax does not show it"
                    self.note("disagreement", block.line, child(operation.name, path), text)
            yield block


def _index(lines: Sequence[Line], text: str) -> int | None:
    return next((n for n, line in enumerate(lines) if line.text.strip() == text), None)


def _labelled(line: str) -> list[tuple[Side, ...]]:
    match = _CHANGES.match(line.strip())
    label = "" if match is None else match[1]
    if label == "both":  # one block for two equal changes
        return [SIDES]
    return [(side,) for side in SIDES if side in label.split(", ")]


def _unlabelled(line: str) -> str:
    """Return a line without a ``Request`` or ``Response`` before its change block."""
    return re.sub(r"^(Request|Response)\s+(?=\{)", "", line.lstrip())


def _parameters(lines: Sequence[Line], end: int | None) -> Sequence[Line]:
    """Return the lines about parameters; the last before a response is the returned type."""
    if end is None:
        return lines
    filled = [n for n, line in enumerate(lines[:end]) if line.text.strip()]
    if filled and lines[filled[-1]].text.strip() in prose.WORDS:
        end = filled[-1]
    return lines[:end]


def _entries(lines: Sequence[Line], *, flat: bool = False) -> Iterator[Entry]:
    """Yield every described value: parameters and bullets, or their remains in flat text."""
    filled = [line for line in lines if line.text.strip()]
    entry: Entry | None = None
    for n, line in enumerate(filled):
        text = line.text.strip()
        after = filled[n + 1].text.strip() if n + 1 < len(filled) else ""
        if text in _RETURN:
            break
        begun = _begun(line, text, after, flat=flat)
        if begun is not None:
            if entry is not None:
                yield entry
            entry = begun
        elif entry is None:
            continue
        elif (match := _PARAMETER.match(text)) and match[1] == entry.name:
            entry = replace(entry, required=after == _REQUIRED)
        elif text == _AUTOPOPULATED:
            entry = replace(entry, idempotency_token=True)
        elif _UNION in text:
            entry = replace(entry, union=True)
    if entry is not None:
        yield entry


def _begun(line: Line, text: str, after: str, *, flat: bool) -> Entry | None:
    """Return the entry that this line begins."""
    if match := _PARAMETER_TYPE.match(text):
        return Entry(
            line=line.number, word=prose.plain(after), name=match[1], depth=0, parameter=True
        )
    match = _BULLET.match(line.text.rstrip())
    if match is None:
        if flat and text in prose.WORDS:
            return Entry(line=line.number, word=text, parameter=True, required=after == _REQUIRED)
        return None
    word = prose.plain(match[4])
    if match[2] is None and word not in prose.WORDS:
        return None
    return Entry(
        line=line.number,
        word=word,
        name=match[3],
        depth=None if match[2] is None else len(match[1]) // 2,
        required=match[5] is not None,
    )
