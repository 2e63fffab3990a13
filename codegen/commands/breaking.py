"""``breaking``: fail if the public interface breaks callers of the last release."""

from __future__ import annotations

import io
import re
import subprocess
import tarfile
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from codegen.build import MAIN, ROOT
from codegen.diff import changelog, releases
from codegen.diff.api_diff import Break, breaks
from codegen.diff.public_api import interface
from codegen.errors import InputError
from codegen.model import naming

NAME: Final = "breaking"
HELP: Final = "compare the public interface with the last release's"
_PACKAGE: Final = MAIN.target.package
_TAG: Final = re.compile(r"v?(\d+)\.(\d+)\.(\d+)$")
_VERSION: Final = re.compile(r'^__version__ = ["\']([^"\']+)["\']$', re.MULTILINE)
_SPAN: Final = re.compile(r"`([^`]+)`")


def add_arguments(parser: ArgumentParser) -> None:
    parser.description = (
        f"Compare the public interface of {_PACKAGE} with the last release: the newest file of"
        f" {releases.FOLDER}/, or the newest tag such as v1.2.3. A change that breaks a caller"
        " fails, unless an entry of CHANGELOG.md since then begins with"
        f" {changelog.BREAKING.strip()} and names it. The version must then take the step that"
        " semantic versioning requires."
    )
    parser.add_argument(
        "--against", metavar="REF", help="this release, tag or commit, not the last release"
    )
    parser.add_argument(
        "--record",
        action="store_true",
        help=f"compare with the release before this version, and write {releases.FOLDER}/",
    )


def run(arguments: Namespace) -> int:
    against: str | None = arguments.against
    if arguments.record and against is None:
        own = _version(_files_in(ROOT))
        against = max({*releases.versions(ROOT)} - {own}, key=_numbers, default=None)
    code, lines = compared(ROOT, against)
    print("\n".join(lines))
    if arguments.record and not code:
        print(f"wrote {record(ROOT).relative_to(ROOT)}")
    return code


def record(root: Path) -> Path:
    """Write the public interface of the present version, and return the path."""
    files = _files_in(root)
    path = releases.path_of(root, _version(files))
    releases.write(path, files)
    return path


def compared(root: Path, against: str | None = None) -> tuple[int, list[str]]:
    """Return the exit status and the lines to print."""
    if against is None:
        against, why_not = _last_release(root)
        if against is None:
            return 0, [f"{why_not}: there is nothing to compare the public interface with"]
    released, current = _files_of(root, against), _files_in(root)
    broken = breaks(interface(_PACKAGE, released), interface(_PACKAGE, current))
    if not broken:
        return 0, [f"nothing breaks since {against}"]
    announced = list(_announced(_read(root / "CHANGELOG.md"), _version(released)))
    covered = [change for change in broken if any(_covers(name, change) for name in announced)]
    changes = "1 change" if len(broken) == 1 else f"{len(broken)} changes"
    lines = [f"changes that break a caller since {against}: {changes}, {len(covered)} announced"]
    lines += [f"error: {change}" for change in broken if change not in covered]
    if len(covered) < len(broken):
        first = next(change for change in broken if change not in covered)
        lines += [
            "Keep what was there, or announce each in CHANGELOG.md under Unreleased, for example:",
            f"- {changelog.BREAKING}`{_short(first.where)}` {first.what}.",
        ]
    step = _too_small(_version(released), _version(current))
    lines += [f"error: {step}"] if step else []
    return int(bool(step) or len(covered) < len(broken)), lines


def _covers(name: str, change: Break) -> bool:
    """Return whether a name in an entry announces a change; a class announces its members."""
    wanted = re.split(r"[.()]", name.strip("()"))
    parts = re.split(r"[.()]", change.where.replace(".__init__(", "(").rstrip(")"))
    return any(parts[at : at + len(wanted)] == wanted for at in range(len(parts)))


def _announced(text: str, released: str) -> Iterator[str]:
    """Yield the names in breaking entries, in all sections since a release."""
    since = re.split(rf"^## \[{re.escape(released)}\]", text, flags=re.MULTILINE)[0]
    for entry in re.split(r"^(?=[-#])", since, flags=re.MULTILINE):
        if entry.startswith(f"- {changelog.BREAKING}"):
            spans = _SPAN.findall(entry)
            yield from spans
            # `EndpointStatus`: `InService`, `Failed`; `Tag`: `key`
            if spans and entry.startswith(f"- {changelog.BREAKING}`{spans[0]}`:"):
                members = naming.enum_member_names(spans[1:])
                yield from (f"{spans[0]}.{member}" for member in (*members.values(), *spans[1:]))
            for span in spans:
                request = re.fullmatch(r"(\w+)Request(\.\w+)?", span)
                if request:  # the method needs the parameters of its request
                    yield naming.method_name(request[1]) + (request[2] or "")


def _short(where: str) -> str:
    """Return a name as the changelog writes it: without the module."""
    parts = where.replace(".__init__(", ".(").replace("(", ".").rstrip(")").split(".")
    named = [part for part in parts[1:] if part]
    first = next((at for at, part in enumerate(named) if not part.islower()), 0)
    return ".".join(named[first:])


def _too_small(old: str, new: str) -> str:
    """Return why a version step is too small for a break; empty if it is not, or not yet taken."""
    wanted = changelog.next_version(old, "major")
    if new == old or _numbers(new) >= _numbers(wanted):
        return ""
    return f"version {new} follows {old}, and the changes that break require {wanted}"


def _numbers(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)[:3]]


def _last_release(root: Path) -> tuple[str | None, str]:
    """Return the last release with a file, or else a tag; or the reason why neither exists."""
    if kept := releases.versions(root):
        return max(kept, key=_numbers), ""
    if not (root / ".git").exists():
        return None, "this is no git clone"
    here = set(_git(root, "tag", "--points-at", "HEAD").split())
    tags = [tag for tag in _git(root, "tag", "--merged", "HEAD").split() if _TAG.match(tag)]
    # A release is compared with the one before it.
    own = _version(_files_in(root))
    tags = [tag for tag in tags if not (tag in here and tag.removeprefix("v") == own)]
    if tags:
        return max(tags, key=_numbers), ""
    shallow = _git(root, "rev-parse", "--is-shallow-repository").strip() == "true"
    more = " (it is shallow; git fetch --tags --unshallow brings them)" if shallow else ""
    return None, f"this clone has no tag of an earlier release{more}"


def _files_of(root: Path, ref: str) -> dict[str, str]:
    """Return the sources of the package in a release, or at a tag or commit."""
    kept = releases.path_of(root, ref)
    if kept.exists():
        return releases.read(kept)
    archive = _git_bytes(root, "archive", "--format=tar", ref, "--", _PACKAGE)
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        read = ((entry.name, tar.extractfile(entry)) for entry in tar.getmembers())
        return {
            name: file.read().decode("utf-8")
            for name, file in read
            if file is not None and name.endswith((".py", ".pyi"))
        }


def _files_in(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): _read(path)
        for path in sorted((root / _PACKAGE).rglob("*"))
        if path.suffix in (".py", ".pyi")
    }


def _version(files: dict[str, str]) -> str:
    match = _VERSION.search(files.get(f"{_PACKAGE}/__init__.py", ""))
    if match is None:
        raise InputError(f"{_PACKAGE}/__init__.py: expected '__version__ = ...'")
    return match[1]


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None


def _git(root: Path, *arguments: str) -> str:
    return _git_bytes(root, *arguments).decode("utf-8")


def _git_bytes(root: Path, *arguments: str) -> bytes:
    command: Sequence[str] = ["git", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, check=False, capture_output=True)  # noqa: S603
    except FileNotFoundError:
        raise InputError("git was not found; it is needed to read the last release") from None
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no reason given"]
        raise InputError(f"git {arguments[0]}: {lines[-1]}")
    return done.stdout
