"""Finds and reads request files."""

from __future__ import annotations

import codecs
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from sagemaker_typed.cli.names import quoted
from sagemaker_typed.cli.problems import UsageError
from sagemaker_typed.core.files import json_reader
from sagemaker_typed.core.files.parsed_file import ParsedFile, Unreadable

STDIN = "-"
MAX_BYTES = 64 * 1024 * 1024
JSON = frozenset({".json"})
YAML = frozenset({".yaml", ".yml"})

# UTF-32 first: its little-endian mark begins with UTF-16's
_MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
_JSON_BEGINS = re.compile(r"\s*[{\[\"]|\s*\Z")


def files(names: list[str]) -> list[str]:
    """Return the named files, and the files in the named folders."""
    paths: list[str] = []
    for name in names:
        if name == STDIN or not os.path.isdir(name):  # noqa: PTH112  # as it was written, "./" too
            paths.append(_existing(name))
            continue
        inside = sorted(_inside(name))
        if not inside:
            raise UsageError(f"no .json, .yaml or .yml file in the folder {quoted(name)}")
        paths += inside
    if paths.count(STDIN) > 1:
        raise UsageError("the standard input, '-', can be read once only")
    return paths


def _existing(name: str) -> str:
    if name == STDIN or Path(name).exists():
        return name
    from sagemaker_typed.core.suggest import did_you_mean

    folder = Path(name).parent
    try:
        beside = [entry.name for entry in folder.iterdir()]
    except OSError:
        raise UsageError(f"there is no file {quoted(name)}") from None
    hint = did_you_mean(Path(name).name, beside, 1)
    raise UsageError(f"there is no file {quoted(name)}{hint}")


def _inside(folder: str) -> Iterator[str]:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            if Path(name).suffix.lower() in JSON | YAML and not name.startswith("."):
                yield os.path.join(root, name)  # noqa: PTH118  # as it was written, "./" too


def read(name: str) -> list[ParsedFile]:
    """Read the documents of a file or, for ``-``, of the standard input.

    JSON has one document; YAML may have several. Raises ``Unreadable`` for other text.
    """
    text = _decoded(_content(name))
    suffix = Path(name).suffix.lower()
    if suffix in JSON or (suffix not in YAML and _JSON_BEGINS.match(text)):
        if text.startswith("\ufeff"):
            problem = "a byte-order mark, which aws refuses in JSON; save the file without it"
            raise Unreadable(text, 0, problem)
        return [json_reader.read(text)]
    try:
        from sagemaker_typed.core.files import yaml_reader
    except ModuleNotFoundError as missing:
        raise UsageError(str(missing)) from None

    return yaml_reader.read_documents(text.removeprefix("\ufeff"))


def _content(name: str) -> bytes:
    try:
        if name == STDIN:
            return _at_most(sys.stdin.buffer)
        with Path(name).open("rb") as file:
            return _at_most(file)
    except OSError as error:
        raise UsageError(f"{quoted(name)} cannot be read: {error.strerror}") from None


def _at_most(file: BinaryIO) -> bytes:
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise Unreadable("", 0, f"more than {MAX_BYTES // 1024**2} MiB; no request is as large")
    return content


def _decoded(content: bytes) -> str:
    for mark, name in _MARKS.items():
        if content.startswith(mark):
            raise Unreadable("", 0, f"a byte-order mark: the text is {name}; save it as UTF-8")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        byte = content[error.start]
        raise Unreadable(before, len(before), f"not UTF-8 text: byte 0x{byte:02x}") from None
