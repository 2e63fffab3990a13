"""Load a document named on the command line: a model, a wheel, an sdist or a page."""

from __future__ import annotations

import gzip
import hashlib
import io
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from codegen.errors import InputError
from codegen.model import ir
from codegen.sources import api_changes, page_facts, page_service, r_reference, service_model
from codegen.sources.json_text import Object, parse, read_bytes, want_object
from codegen.sources.page import Page
from codegen.sources.page_service import Gaps
from codegen.sources.scanner import PageError, Text
from sagemaker_typed.core.suggest import did_you_mean

INSTALLED: Final = "installed"
DEFAULT_SERVICE: Final = "sagemaker"
PAGE: Final = "an API-changes page, an R reference page or the JSON that `facts` prints of one"
MODEL: Final = "'installed', a botocore wheel or sdist, or a service-2.json[.gz]"
EXPECTED: Final = f"'installed', a botocore wheel or sdist, a service-2.json[.gz], {PAGE}"
_MODEL: Final = re.compile(
    r"(?:[^/]+/)?botocore/data/(?P<name>[^/]+)/(?P<api>[^/]+)/(?P<part>[^/]+)\.json(?P<gz>\.gz)?"
)
_VERSION: Final = re.compile(r"^Version: (\S+)", re.MULTILINE)
_METADATA: Final = re.compile(r"(?:[^/]+\.dist-info/METADATA|[^/]+/PKG-INFO)")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDocument:
    """A document's facts; a page also has its lines and its gaps."""

    label: str
    service: ir.Service
    page: Page | None = None
    gaps: Gaps = page_service.NO_GAPS


def load(argument: str, *, service: str | None = None) -> SourceDocument:
    """Load the document of any kind that ``argument`` names.

    ``service`` chooses a service of botocore; for a single model, it is the service's name.
    """
    wanted = service or DEFAULT_SERVICE
    if argument == INSTALLED:
        represented = service_model.installed(wanted)
        return SourceDocument(label=f"botocore {represented.source.version}", service=represented)
    path = Path(argument)
    data = _bytes(path, EXPECTED)
    with _archive(argument, data) as archive:
        if archive is not None:
            return _botocore(argument, archive, wanted)
    content = read_bytes(path)
    if content.lstrip()[:1] in (b"{", b"["):
        return SourceDocument(label=argument, service=service_model.from_file(path, name=service))
    page = read_page(content, argument, EXPECTED)
    represented, gaps = page_service.service(page)
    label = f"the page of {page.date}" if page.date else f"the page {path.name}"
    return SourceDocument(label=label, service=represented, page=page, gaps=gaps)


def services(argument: str) -> list[str]:
    """Return the names of the services in the installed botocore, a wheel or an sdist."""
    if argument == INSTALLED:
        return service_model.installed_services()
    with _archive(argument, _bytes(Path(argument), EXPECTED)) as archive:
        if archive is None:
            raise InputError(f"{argument}: expected a botocore wheel or sdist")
        return sorted({match["name"] for _, match in _models(archive)})


def load_services(
    argument: str, ours: Callable[[str], bool] = lambda name: name.startswith(DEFAULT_SERVICE)
) -> dict[str, SourceDocument]:
    """Return the SageMaker services of the installed botocore, a wheel or an sdist, by name."""
    documents = {name: load(argument, service=name) for name in services(argument) if ours(name)}
    if not documents:
        raise InputError(f"{argument}: expected a botocore that has {DEFAULT_SERVICE!r}")
    return documents


def load_page(argument: str) -> Page:
    """Load the page that ``argument`` names; raise an error for anything else."""
    if argument == INSTALLED:
        raise InputError(f"{argument}: expected a page, found a service model")
    data = _bytes(Path(argument), PAGE)
    if data.startswith(b"{") and b'"announced":' in data[:1000]:
        return page_facts.read(parse(data, argument), argument)
    if data.startswith((b"PK\x03\x04", b"\x1f\x8b", b"{")):
        raise InputError(f"{argument}: expected a page, found a service model or an archive")
    return read_page(data, argument)


def read_page(content: bytes, where: str, expected: str = PAGE) -> Page:
    """Read these bytes as a page."""
    try:
        decoded = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - before.rfind(b"\n")
        raise PageError(where, line, column, "expected UTF-8 text, found other bytes") from None
    text = Text(decoded, where)
    sha256 = hashlib.sha256(content).hexdigest()
    lines = [line.text.strip() for line in text.lines]
    if any(r_reference.TITLE.match(line) for line in lines):
        return r_reference.read(text, sha256)
    if any(api_changes.HEADING.match(line) for line in lines):
        return api_changes.read(text, sha256)
    heading = api_changes.HEADING_EXAMPLE
    raise text.error(0, f"expected {expected}; an API-changes page has {heading}")


def _bytes(path: Path, expected: str) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        hint = did_you_mean(path.name, _neighbours(path), 1)
        raise InputError(f"{path}: no such file; expected {expected}{hint}") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}; expected {expected}") from None


def _neighbours(path: Path) -> list[str]:
    try:
        return [INSTALLED, *(other.name for other in path.parent.iterdir())]
    except OSError:
        return [INSTALLED]


@dataclass(frozen=True, slots=True)
class _Archive:
    names: list[str]
    read: Callable[[str], bytes]


@contextmanager
def _archive(where: str, data: bytes) -> Generator[_Archive | None]:
    """Open these bytes as an archive, or yield ``None``; a broken archive is an ``InputError``."""
    try:
        if data.startswith(b"PK\x03\x04"):
            with zipfile.ZipFile(io.BytesIO(data)) as wheel:
                yield _Archive(wheel.namelist(), wheel.read)
        elif data.startswith(b"\x1f\x8b") and (names := _tar_names(data)):
            with tarfile.open(fileobj=io.BytesIO(data)) as sdist:
                yield _Archive(names, lambda name: _member(sdist, name))
        else:
            yield None
    except (
        zipfile.BadZipFile,
        tarfile.TarError,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
    ) as error:
        raise InputError(f"{where}: not a whole archive: {error}") from None


def _tar_names(data: bytes) -> list[str]:
    """Return the files of a compressed tar; none for any other compressed file."""
    try:
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            return archive.getnames()
    except (tarfile.TarError, zlib.error, EOFError, OSError):
        return []


def _member(archive: tarfile.TarFile, name: str) -> bytes:
    extracted = archive.extractfile(name)
    return b"" if extracted is None else extracted.read()


def _models(archive: _Archive) -> Iterator[tuple[str, re.Match[str]]]:
    """Yield the files of service models, with their services, API versions and parts."""
    for name in archive.names:
        if match := _MODEL.fullmatch(name):
            yield name, match


def _botocore(where: str, archive: _Archive, service: str) -> SourceDocument:
    """Return a service as a released botocore describes it."""
    models = list(_models(archive))
    known = sorted({match["name"] for _, match in models if match["part"] == "service-2"})
    if not known:
        raise InputError(f"{where}: expected a botocore wheel or sdist; the archive has no models")
    if service not in known:
        raise InputError(f"{where}: no service {service!r}{did_you_mean(service, known)}")
    api = max(m["api"] for _, m in models if m["name"] == service and m["part"] == "service-2")
    parts = {
        match["part"]: gzip.decompress(archive.read(name)) if match["gz"] else archive.read(name)
        for name, match in models
        if match["name"] == service and match["api"] == api
    }
    version = _version(archive)
    represented = service_model.from_parts(
        parts["service-2"],
        where=f"{where}: {service}",
        paginators=_part(parts, "paginators-1", where),
        waiters=_part(parts, "waiters-2", where),
        extras=tuple(_extras(parts, "service-2", where)),
        kind="botocore",
        version=version,
        name=service,
    )
    return SourceDocument(label=f"botocore {version}", service=represented)


def _part(parts: Mapping[str, bytes], part: str, where: str) -> Object | None:
    if part not in parts:
        return None
    document = parse(parts[part], f"{where}: {part}")
    for extra in _extras(parts, part, where):
        document = service_model.merged(document, want_object(extra.get("merge", {}), where))
    return document


def _extras(parts: Mapping[str, bytes], part: str, where: str) -> Iterator[Object]:
    """Yield botocore's own additions to a part."""
    name = f"{part}.sdk-extras"
    if name in parts:
        yield parse(parts[name], f"{where}: {name}")


def _version(archive: _Archive) -> str:
    for name in archive.names:
        if _METADATA.fullmatch(name):
            match = _VERSION.search(archive.read(name).decode(errors="replace"))
            return match[1] if match else ""
    return ""
