"""``sagemaker-typed schema``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sagemaker_typed import API_MODEL, __version__, models
from sagemaker_typed.cli.names import find_request, operation_names, request_of
from sagemaker_typed.cli.problems import UsageError
from sagemaker_typed.models._index import INDEX

if TYPE_CHECKING:
    import argparse

    from sagemaker_typed.core.shapes.shape import Request, Shape

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_CATALOG = "https://json.schemastore.org/schema-catalog.json"
_KINDS = ("json", "yaml", "yml")


def run(arguments: argparse.Namespace) -> int:
    """Write the schema of one operation or shape, or the schemas of all operations."""
    name: str | None = arguments.name
    folder: Path | None = arguments.all
    if (name is None) == (folder is None):
        raise UsageError("schema needs either an operation or --all DIR")
    if name is not None:
        sys.stdout.write(_text(schema(_shape(name))))
    elif folder is not None:
        try:
            count = _write_all(folder)
        except OSError as error:
            raise UsageError(f"{folder} cannot be written: {error.strerror}") from None
        sys.stderr.write(f"{count} schemas in {folder}\n")
    return 0


def schema(shape: type[Shape]) -> dict[str, Any]:
    """The JSON schema of a shape as a file of its own, its definitions last."""
    described = shape.model_json_schema()
    definitions = described.pop("$defs", None)
    source = f"sagemaker-typed {__version__}, {API_MODEL.service} of botocore {API_MODEL.botocore}"
    head = {"$schema": _DIALECT, "$comment": source}
    return {**head, **described, **({"$defs": definitions} if definitions else {})}


def _shape(name: str) -> type[Shape]:
    if name in INDEX and find_request(name) is None:
        shape: type[Shape] = getattr(models, name)
        return shape
    return request_of(name)


def _requests() -> Iterator[type[Request[object]]]:
    return filter(None, map(find_request, sorted(operation_names())))


def _write_all(folder: Path) -> int:
    """Write a file for each operation, and the two indexes of them for editors."""
    folder.mkdir(parents=True, exist_ok=True)
    rows: list[dict[str, Any]] = []
    for request in _requests():
        operation = request.__operation__
        file = f"{operation.name}.schema.json"
        _save(folder / file, schema(request))
        rows.append(
            {
                "name": operation.name,
                "description": f"Request of {operation.name} of Amazon SageMaker",
                "fileMatch": list(_file_names(operation.name, operation.method)),
                "url": f"./{file}",
            }
        )
    _save(folder / "catalog.json", {"$schema": _CATALOG, "version": 1.0, "schemas": rows})
    _save(folder / "settings.json", _settings(folder, rows))
    return len(rows)


def _file_names(operation: str, method: str) -> Iterator[str]:
    """Yield patterns of files that ``validate auto`` takes for requests of an operation."""
    for name in (operation, method, method.replace("_", "-")):
        for kind in _KINDS:
            yield from (f"{name}.{kind}", f"*.{name}.{kind}", f"{name}/*.{kind}")


def _settings(folder: Path, rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The settings of Visual Studio Code, with paths as the folder was named."""
    where = folder.as_posix()
    json_schemas: list[dict[str, Any]] = []
    yaml_schemas: dict[str, list[str]] = {}
    for row in rows:
        url = f"{where if folder.is_absolute() else f'./{where}'}/{row['url'].removeprefix('./')}"
        files: list[str] = row["fileMatch"]
        json_schemas.append({"fileMatch": [f for f in files if f.endswith("json")], "url": url})
        yaml_schemas[url] = [file for file in files if not file.endswith("json")]
    return {"json.schemas": json_schemas, "yaml.schemas": yaml_schemas}


def _save(path: Path, content: object) -> None:
    path.write_text(_text(content), encoding="utf-8")


def _text(content: object) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
