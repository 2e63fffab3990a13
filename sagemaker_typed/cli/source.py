"""Finds and reads request files."""

from __future__ import annotations

import codecs
import os
import re
import sys
from collections.abc import Collection, Iterator
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
REQUESTS = JSON | YAML
CODE = frozenset({".ipynb", ".py"})
_OTHERS_CODE = frozenset({"__pycache__", "node_modules", "site-packages"})
"""Folders with code that is not the user's own."""

# UTF-32 first: its little-endian mark begins with UTF-16's
_MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
_JSON_BEGINS = re.compile(r"\s*[{\[\"]|\s*\Z")


def files(names: list[str], suffixes: Collection[str] = REQUESTS) -> list[str]:
    """Return the named files, and the files with these suffixes in the named folders."""
    paths: list[str] = []
    for name in names:
        if name == STDIN or not os.path.isdir(name):  # noqa: PTH112  # as it was written, "./" too
            paths.append(_existing(name))
            continue
        inside = sorted(_inside(name, suffixes))
        if not inside:
            *others, last = sorted(suffixes)
            kinds = f"{', '.join(others)} or {last}"
            raise UsageError(f"no {kinds} file in the folder {quoted(name)}")
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


def _inside(folder: str, suffixes: Collection[str]) -> Iterator[str]:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and name not in _OTHERS_CODE
        )
        for name in names:
            if Path(name).suffix.lower() in suffixes and not name.startswith("."):
                yield os.path.join(root, name)  # noqa: PTH118  # as it was written, "./" too


def read(name: str) -> list[ParsedFile]:
    """Read the documents of a file or, for ``-``, of the standard input.

    JSON has one document; YAML may have several. Raises ``Unreadable`` for other text.
    """
    text = _decoded(content(name))
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


def content(name: str) -> bytes:
    """Return the bytes of a file or, for ``-``, of the standard input.

    Raises ``UsageError`` if it cannot be read, and ``Unreadable`` if it is too large.
    """
    try:
        if name == STDIN:
            return _at_most(sys.stdin.buffer)
        with Path(name).open("rb") as file:
            return _at_most(file)
    except OSError as error:
        raise UsageError(f"{quoted(name)} cannot be read: {error.strerror}") from None


def _at_most(file: BinaryIO) -> bytes:
    read = file.read(MAX_BYTES + 1)
    if len(read) > MAX_BYTES:
        raise Unreadable("", 0, f"more than {MAX_BYTES // 1024**2} MiB; no request is as large")
    return read


def _decoded(encoded: bytes) -> str:
    for mark, name in _MARKS.items():
        if encoded.startswith(mark):
            raise Unreadable("", 0, f"a byte-order mark: the text is {name}; save it as UTF-8")
    try:
        return encoded.decode("utf-8")
    except UnicodeDecodeError as error:
        before = encoded[: error.start].decode("utf-8")
        byte = encoded[error.start]
        raise Unreadable(before, len(before), f"not UTF-8 text: byte 0x{byte:02x}") from None
