"""The generated files on disk: writing them and comparing them."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import Literal

from codegen import bundled_model
from codegen.emit import runtime_tables
from codegen.emit.context import MARK
from codegen.errors import InputError

# The folders of a package that hold generated modules; other folders are not searched.
_FOLDERS = ("", "models", "enums", "_deploy", "aio", "core", "core/*", "rules", "testing")
_UNMARKED = ("py.typed", "service-2.json.gz", *(Path(name).name for name in runtime_tables.FILES))


@dataclass(frozen=True, slots=True)
class FileDifference:
    """A file that differs from the generator's output."""

    path: Path
    kind: Literal["missing", "changed", "stale"]
    on_disk: str
    generated: str

    def lines(self, shown: int) -> list[str]:
        """A short diff, from what is on disk to what is generated."""
        diff = list(
            unified_diff(
                self.on_disk.splitlines(),
                self.generated.splitlines(),
                f"{self.path} (on disk)",
                f"{self.path} (generated)",
                lineterm="",
                n=1,
            )
        )
        rest = len(diff) - shown
        return [*diff[:shown], *([f"... and {rest} more lines"] if rest > 0 else [])]


def differences(root: Path, files: Mapping[str, str]) -> Iterator[FileDifference]:
    """Every file below ``root`` that is missing, changed, or no longer generated."""
    for path, text in sorted(files.items()):
        file = root / path
        if not file.is_file():
            yield FileDifference(file, "missing", "", text)
        elif (on_disk := _read(file)) != text:
            yield FileDifference(file, "changed", on_disk, text)
    for file in stale(root, files):
        yield FileDifference(file, "stale", _read(file), "")


def stale(root: Path, files: Mapping[str, str]) -> list[Path]:
    """The files of an earlier run, known by their first line, that are no longer generated."""
    return [
        path
        for folder in _FOLDERS
        for pattern in ("*.py", "*.pyi")
        for path in sorted(root.glob(f"{folder}/{pattern}" if folder else pattern))
        if path.relative_to(root).as_posix() not in files and is_generated(path)
    ] + [
        path
        for path in sorted(root.glob(f"{bundled_model.FOLDERS}/*/*/*"))
        if path.relative_to(root).as_posix() not in files
    ]


def is_generated(path: Path) -> bool:
    """Return whether the first line of a file says that the generator wrote it."""
    with path.open("rb") as file:
        return MARK.encode() in file.readline()


def write(root: Path, files: Mapping[str, str]) -> list[FileDifference]:
    """Write the files that differ; a file written by hand is an error."""
    if root.exists() and not root.is_dir():
        raise InputError(f"{root}: is a file; expected a folder for the package")
    changes = list(differences(root, files))
    for change in changes:
        name = change.path.name
        if change.kind == "changed" and name not in _UNMARKED and not is_generated(change.path):
            raise InputError(
                f"{change.path}: was not generated, so it is not overwritten;"
                " move it or choose another folder"
            )
    try:
        for change in changes:
            if change.kind == "stale":
                change.path.unlink()
                _remove_empty(change.path.parent, root)
            else:
                change.path.parent.mkdir(parents=True, exist_ok=True)
                change.path.write_bytes(_packed(change.path, change.generated))
    except OSError as error:
        raise InputError(f"{error.filename}: cannot be written: {error.strerror}") from None
    return changes


def _remove_empty(folder: Path, root: Path) -> None:
    while folder != root and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _read(path: Path) -> str:
    # Read bytes, so that a changed line ending is a difference.
    content = path.read_bytes()
    if path.suffix == ".gz":  # compared unpacked: the packed bytes depend on the version of zlib
        try:
            content = gzip.decompress(content)
        except (OSError, EOFError, zlib.error):
            return ""
    return content.decode("utf-8", "backslashreplace")


def _packed(path: Path, text: str) -> bytes:
    content = text.encode()
    return gzip.compress(content, mtime=0) if path.suffix == ".gz" else content
