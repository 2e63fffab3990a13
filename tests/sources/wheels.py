"""Archives in botocore's form, made from the installed botocore: no registry is asked."""

from __future__ import annotations

import gzip
import io
import json
import re
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import botocore

DATA = Path(botocore.__file__).parent / "data"
Change = Callable[[dict[str, Any]], None]


def files(
    services: tuple[str, ...], version: str, change: Change | None
) -> Iterator[tuple[str, bytes]]:
    """The data files of these services; ``change`` is applied to each service model."""
    for service in services:
        for path in sorted((DATA / service).rglob("*.json*")):
            content = path.read_bytes()
            if path.name.startswith("service-2.json") and change is not None:
                model = json.loads(gzip.decompress(content))
                change(model)
                content = gzip.compress(json.dumps(model).encode())
            yield f"botocore/data/{path.relative_to(DATA).as_posix()}", content
    yield f"botocore-{version}.dist-info/METADATA", f"Name: botocore\nVersion: {version}\n".encode()


def wheel(
    folder: Path,
    *services: str,
    version: str = "9.9.9",
    change: Change | None = None,
    code: bool = False,
) -> str:
    """A wheel; with ``code`` it can be imported."""
    path = folder / f"botocore-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for module in sorted([*DATA.parent.rglob("*.py"), *DATA.glob("*.json")]) if code else ():
            text = module.read_text("utf-8")
            if module == DATA.parent / "__init__.py":
                text = re.sub(r"__version__ = .*", f"__version__ = {version!r}", text)
            archive.writestr(f"botocore/{module.relative_to(DATA.parent).as_posix()}", text)
        for name, content in files(services, version, change):
            archive.writestr(name, content)
    return str(path)


def sdist(folder: Path, *services: str, version: str = "9.9.9") -> str:
    path = folder / f"botocore-{version}.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for name, content in files(services, version, None):
            placed = name.replace(f"botocore-{version}.dist-info/METADATA", "PKG-INFO")
            info = tarfile.TarInfo(f"botocore-{version}/{placed}")
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return str(path)
