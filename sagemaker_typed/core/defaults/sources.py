"""Reads defaults from files of YAML, TOML and JSON, and finds the files."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from sagemaker_typed.core.defaults import ENVIRONMENT
from sagemaker_typed.core.defaults.tree import Source
from sagemaker_typed.core.files import json_reader
from sagemaker_typed.core.files.parsed_file import (
    ParsedFile,
    Position,
    Unreadable,
    line_and_column,
    only_request,
)

if TYPE_CHECKING:
    from sagemaker_typed.core.schema.paths import Location

FIND = "find"
"""The value of the variable for the files of ``find``."""
SUFFIXES = (".yaml", ".yml", ".toml", ".json")
_PROJECT = "sagemaker-defaults"


class InvalidDefaults(ValueError):
    """Defaults that cannot be used; ``problems`` lists each with its place."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Document:
    """Defaults as they are written, with the position of each part."""

    name: str
    values: Mapping[str, object]
    parsed: ParsedFile | None = None
    """The file; ``None`` for a mapping of the program."""

    def source(self, path: Location, *, of_key: bool = False) -> Source:
        """Return the place of a part."""
        if self.parsed is None:
            return Source(self.name)
        offset = self.parsed.offset(path, of_key=of_key)
        return Source(self.name, *line_and_column(self.parsed.text, offset))


def read(path: str | os.PathLike[str]) -> Document:
    """Read a file. Raises ``InvalidDefaults`` with the line and the column where it is no mapping.

    Raises ``OSError`` if it cannot be read, and ``ModuleNotFoundError`` without a reader of its
    format.
    """
    name = os.fspath(path)
    suffix = Path(name).suffix.lower()
    if suffix not in SUFFIXES:
        expected = ", ".join(SUFFIXES)
        raise InvalidDefaults((f"{name}: expected a file that ends in one of {expected}",))
    try:
        text = Path(name).read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidDefaults((f"{name}: not UTF-8 text: byte {error.start}",)) from None
    try:
        parsed = _parsed(text.removeprefix("\ufeff"), suffix)
    except Unreadable as error:
        line, column = line_and_column(error.text, error.offset)
        raise InvalidDefaults((f"{name}:{line}:{column}: {error.problem}",)) from None
    document = Document(name, parsed.value, parsed)
    if parsed.repeated:
        raise InvalidDefaults(
            tuple(
                f"{name}:{line}:{column}: {'.'.join(map(str, path))} is given twice"
                for path, again, _ in parsed.repeated
                for line, column in [line_and_column(parsed.text, again)]
            )
        )
    return document


def _parsed(text: str, suffix: str) -> ParsedFile:
    if suffix == ".json":
        return json_reader.read(text)
    if suffix == ".toml":
        return _toml(text)
    try:
        from sagemaker_typed.core.files import yaml_reader
    except ModuleNotFoundError:
        raise ModuleNotFoundError(
            "defaults in YAML need PyYAML, which is not installed:"
            " pip install 'sagemaker-typed[defaults]'"
        ) from None
    return only_request(yaml_reader.read_documents(text))


def _toml_reader() -> Any:
    for name in ("tomllib", "tomli"):  # the former since Python 3.11
        with suppress(ModuleNotFoundError):
            return import_module(name)
    raise ModuleNotFoundError(
        "defaults in TOML need tomli, which is not installed:"
        " pip install 'sagemaker-typed[defaults]'"
    )


def _toml(text: str) -> ParsedFile:
    tomllib = _toml_reader()
    try:
        value = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(text, _offset_in(text, str(error)), f"not TOML: {error}") from None
    return ParsedFile(text, value, _toml_positions(text, value), (), ())


_STATED = re.compile(r"line (\d+), column (\d+)")


def _offset_in(text: str, message: str) -> int:
    """Return the offset that the message of an error of ``tomllib`` names."""
    stated = _STATED.search(message)
    if stated is None:
        return len(text)
    line, column = map(int, stated.groups())
    return sum(map(len, text.splitlines(keepends=True)[: line - 1])) + column - 1


_KEY = r"""[ \t]*(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')[ \t]*"""
_TABLE = re.compile(rf"^[ \t]*\[{{1,2}}({_KEY}(?:\.{_KEY})*)\]", re.MULTILINE)
_LINE = re.compile(rf"^({_KEY}(?:\.{_KEY})*)=", re.MULTILINE)


def _toml_positions(text: str, value: Mapping[str, object]) -> Position:
    """Return the positions of tables and of the keys that begin a line.

    ``tomllib`` keeps no positions. A part inside of a line has the position of its line.
    """
    root: dict[str | int, Position] = {}
    table: tuple[str, ...] = ()
    marks = sorted([*_TABLE.finditer(text), *_LINE.finditer(text)], key=lambda mark: mark.start())
    for mark in marks:
        names = tuple(part.strip(" \t\"'") for part in re.findall(_KEY, mark.group(1)))
        at = mark.start(1)
        if mark.re is _TABLE:
            table = names
            _mark(root, value, table, at)
        else:
            _mark(root, value, (*table, *names), at)
    return Position(0, None, root)


def _mark(
    inside: dict[str | int, Position], value: object, path: tuple[str, ...], offset: int
) -> None:
    """Add the position of a path that the value has."""
    for name in path:
        if isinstance(value, list):
            return  # a table of an array has the position of the array
        if not isinstance(value, Mapping) or name not in value:
            return
        value = value[name]
        place = inside.setdefault(name, Position(offset, offset, {}))
        inside = cast("dict[str | int, Position]", place.inside)


def find() -> Iterator[Path]:
    """Yield the files of the user and of the project; what comes later wins.

    The user's is ``defaults.yaml`` in ``sagemaker-typed`` below ``XDG_CONFIG_HOME``, ``APPDATA`` or
    ``~/.config``. The project's is ``sagemaker-defaults.yaml`` in the working directory or the
    nearest folder above it. Each may end in ``.yml``, ``.toml`` or ``.json`` instead.
    """
    settings = os.environ.get("XDG_CONFIG_HOME") or os.environ.get("APPDATA")
    folder = Path(settings) if settings else Path.home() / ".config"
    yield from _first(folder / "sagemaker-typed", "defaults")
    here = Path.cwd()
    for above in (here, *here.parents):
        project = list(_first(above, _PROJECT))
        if project:
            yield from project
            break


def _first(folder: Path, stem: str) -> Iterator[Path]:
    existing = (folder / f"{stem}{suffix}" for suffix in SUFFIXES)
    yield from [path for path in existing if path.is_file()][:1]


def of_environment() -> list[Path]:
    """Return the files that the environment variable names."""
    stated = os.environ.get(ENVIRONMENT, "")
    if stated == FIND:
        return list(find())
    return [Path(name) for name in stated.split(os.pathsep) if name]
