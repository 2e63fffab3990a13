"""Parses Python files and notebooks, and finds the place of each syntax node in the text."""

from __future__ import annotations

import ast
import re
import warnings
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sagemaker_typed.core.files.parsed_file import ParsedFile, Unreadable

if TYPE_CHECKING:
    from sagemaker_typed.core.schema.paths import Location

NOTEBOOK = ".ipynb"
_IGNORE = re.compile(r"#\s*sagemaker-typed:\s*ignore(?:\[([^\]\n]*)\])?", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n|\r|\n")


class Span(NamedTuple):
    """The place of an expression: lines count from 1, columns from 0, in characters.

    libcst's ``PositionProvider`` counts alike.
    """

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class SourceCode:
    """The Python code of a file; of a notebook, the code of all its cells."""

    text: str
    """The text of the file, for a notebook its JSON."""
    tree: ast.Module
    lines: tuple[str, ...]
    """The lines of the code."""
    offsets: tuple[tuple[int, ...] | int, ...]
    """For each line the offset in the text, or the offsets of each of its characters."""

    def offset(self, node: ast.AST) -> int:
        """Return the offset in the text where a node begins."""
        return self._offset(*self._start(node))

    def end(self, node: ast.expr) -> int:
        """Return the offset in the text after a node."""
        span = self.span(node)
        return self._offset(span.end_line, span.end_column)

    def code_line(self, line: int, column: int) -> int:
        """Return the line of the code, from 1, for a line and column of the file, from 1."""
        starts = _lines(self.text)[1]
        offset = starts[line - 1] + column - 1
        firsts = [each if isinstance(each, int) else each[0] for each in self.offsets]
        return max(1, bisect_right(firsts, offset))

    def span(self, node: ast.expr) -> Span:
        """Return the place of an expression in the code."""
        line, column = self._start(node)
        end_line = node.end_lineno or line
        end_column = self._characters(end_line, node.end_col_offset or 0)
        return Span(line, column, end_line, end_column)

    def ignored(self, line: int, code: str) -> bool:
        """Return whether a comment on a line of the code turns a finding off."""
        if not 1 <= line <= len(self.lines):
            return False
        comment = _IGNORE.search(self.lines[line - 1])
        if comment is None:
            return False
        codes = comment.group(1)
        return codes is None or code in {each.strip() for each in codes.split(",")}

    def _start(self, node: ast.AST) -> tuple[int, int]:
        line = getattr(node, "lineno", 1)
        return line, self._characters(line, getattr(node, "col_offset", 0))

    def _characters(self, line: int, column: int) -> int:
        """Turn a column in bytes of UTF-8, as ``ast`` counts, into characters."""
        if not 1 <= line <= len(self.lines):
            return column
        text = self.lines[line - 1]
        if text.isascii():
            return column
        return len(text.encode("utf-8", "surrogatepass")[:column].decode("utf-8", "ignore"))

    def _offset(self, line: int, column: int) -> int:
        if not 1 <= line <= len(self.offsets):
            return 0
        start = self.offsets[line - 1]
        if isinstance(start, int):
            return start + column
        return start[min(column, len(start) - 1)]


def read(text: str) -> SourceCode:
    """Parse the text of a Python file. Raises ``Unreadable`` if it is not Python."""
    body = text.removeprefix("\ufeff")
    shift = len(text) - len(body)
    lines, starts = _lines(body)
    tree = _parse(body)
    if isinstance(tree, _NotPython):
        line = min(max(tree.line, 1), len(starts))
        raise Unreadable(text, starts[line - 1] + shift, f"not Python: {tree.problem}")
    return SourceCode(text, tree, lines, tuple(start + shift for start in starts))


def _lines(text: str) -> tuple[tuple[str, ...], list[int]]:
    starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
    ends = [*(match.start() for match in _LINE_END.finditer(text)), len(text)]
    return tuple(text[start:end] for start, end in zip(starts, ends, strict=True)), starts


class _NotPython(NamedTuple):
    line: int
    problem: str


def _parse(text: str) -> ast.Module | _NotPython:
    flags = ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # such as an invalid escape in a string
            tree: ast.Module = compile(text, "<code>", "exec", flags, dont_inherit=True)
    except SyntaxError as error:
        return _NotPython(error.lineno or 1, error.msg)
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        return _NotPython(1, str(error) or type(error).__name__)
    return tree


def read_notebook(document: ParsedFile) -> SourceCode:
    """Parse the code cells of a notebook as one program; cells that are not Python are left out."""
    body: list[ast.stmt] = []
    lines: list[str] = []
    offsets: list[tuple[int, ...] | int] = []
    for cell in _code_cells(document):
        code = [line for line, _ in cell]
        tree = _parse("\n".join(code))
        if isinstance(tree, _NotPython) and not _is_of_another_language(code[0]):
            tree = _parse("\n".join(map(_python, code)))
        if not isinstance(tree, _NotPython):
            ast.increment_lineno(tree, len(lines))
            body += tree.body
        for line, places in cell:
            lines.append(line)
            offsets.append(places)
    return SourceCode(
        document.text, ast.Module(body, type_ignores=[]), tuple(lines), tuple(offsets)
    )


_Line = tuple[str, tuple[int, ...]]
_PYTHON_MAGICS = frozenset({"capture", "prun", "time", "timeit"})
_MAGIC = re.compile(r"(\s*)(?:[%!?].*|[\w.]+\s*\?\??\s*)")
_ASSIGNED_MAGIC = re.compile(r"(\s*[\w, ]+=\s*)[%!].*")


def _is_of_another_language(line: str) -> bool:
    magic = re.match(r"\s*%%(\w+)", line)
    return magic is not None and magic.group(1) not in _PYTHON_MAGICS


def _python(line: str) -> str:
    """Return a line of a cell without the commands of IPython."""
    if magic := _MAGIC.fullmatch(line):
        return f"{magic.group(1)}pass"
    if magic := _ASSIGNED_MAGIC.fullmatch(line):
        return f"{magic.group(1)}None"
    return line


def _code_cells(document: ParsedFile) -> Iterator[list[_Line]]:
    notebook = document.value
    language = _inside(notebook, "metadata", "kernelspec", "language") or _inside(
        notebook, "metadata", "language_info", "name"
    )
    if language and "python" not in str(language).lower():
        return
    roots: list[tuple[Location, object]] = [(("cells",), notebook.get("cells"))]
    worksheets = notebook.get("worksheets")  # before version 4 of the format
    if isinstance(worksheets, list):
        roots += [
            (("worksheets", number, "cells"), _inside(sheet, "cells"))
            for number, sheet in enumerate(worksheets)
        ]
    for root, cells in roots:
        for number, cell in enumerate(cells if isinstance(cells, list) else ()):
            if _inside(cell, "cell_type") != "code":
                continue
            name = "source" if _inside(cell, "source") is not None else "input"
            source = _inside(cell, name)
            path = (*root, number, name)
            if isinstance(source, str):
                yield _cell_lines(document, [(path, source)])
            elif isinstance(source, list) and source and all(isinstance(s, str) for s in source):
                parts = [((*path, index), part) for index, part in enumerate(source)]
                yield _cell_lines(document, parts)


def _inside(value: object, *names: str) -> object:
    for name in names:
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value


def _cell_lines(document: ParsedFile, parts: list[tuple[Location, str]]) -> list[_Line]:
    """Return the lines of a cell, with the offset of each character in the notebook's JSON."""
    lines: list[_Line] = []
    text = ""
    places: list[int] = []
    end = 0
    for path, part in parts:
        offsets = _character_offsets(document.text, document.offset(path), len(part))
        for character, offset in zip(part, offsets, strict=False):
            end = offset + 1
            if character == "\n":
                lines.append((text.rstrip("\r"), (*places, offset)))
                text, places = "", []
            else:
                text += character
                places.append(offset)
    lines.append((text, (*places, end)))
    return lines


_CHARACTER = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|\\u[0-9a-fA-F]{4}|\\.|.",
    re.DOTALL,
)


def _character_offsets(text: str, start: int, count: int) -> Iterator[int]:
    """Yield the offsets of the characters of a JSON string, which begins with a quote."""
    offset = start + 1
    for _ in range(count):
        yield offset
        match = _CHARACTER.match(text, offset)
        offset = match.end() if match else offset + 1
