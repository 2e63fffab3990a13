"""The generated files on disk: writing them, and telling where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import Literal

from codegen import bundled_model
from codegen.emit.context import MARK
from codegen.errors import InputError

# Generated files lie here and nowhere else in a package; deeper down is somebody else's.
_FOLDERS = ("", "models", "enums")
_UNMARKED = frozenset({"py.typed", bundled_model.FILE})


@dataclass(frozen=True, slots=True)
class FileDifference:
    """A file that is not what the generator makes."""

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
    """Every file below ``root`` that is missing, changed, or not generated any more."""
    for path, text in sorted(files.items()):
        found = root / path
        if not found.is_file():
            yield FileDifference(found, "missing", "", text)
        elif (on_disk := _read(found)) != text:
            yield FileDifference(found, "changed", on_disk, text)
    for found in stale(root, files):
        yield FileDifference(found, "stale", _read(found), "")


def stale(root: Path, files: Mapping[str, str]) -> list[Path]:
    """Files of an earlier run that this one does not make, known by their first line."""
    return [
        path
        for folder in _FOLDERS
        for pattern in ("*.py", "*.pyi")
        for path in sorted((root / folder).glob(pattern))
        if path.relative_to(root).as_posix() not in files and is_generated(path)
    ]


def is_generated(path: Path) -> bool:
    """Whether the first line says that the generator wrote the file."""
    with path.open("rb") as file:
        return file.readline().startswith(MARK.encode())


def write(root: Path, files: Mapping[str, str]) -> list[FileDifference]:
    """Make the files on disk what they should be; files written by hand are never touched."""
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
            else:
                change.path.parent.mkdir(parents=True, exist_ok=True)
                change.path.write_text(change.generated, "utf-8", newline="\n")
    except OSError as error:
        raise InputError(f"{error.filename}: cannot be written: {error.strerror}") from None
    return changes


def _read(path: Path) -> str:
    # Bytes, so that a changed line ending is a difference.
    return path.read_bytes().decode("utf-8", "backslashreplace")
