"""Draw the committed facts from the pages and from botocore's wheels, leaving all prose behind.

    python tests/data/collect.py ../shared/documents WHEEL...

Wheels come from ``pip download --no-deps botocore==VERSION``.
"""

from __future__ import annotations

import gzip
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

from codegen.commands.facts import to_json
from codegen.sources.loading import load_page

HERE = Path(__file__).parent
PROSE = frozenset({"documentation", "documentationUrl", "deprecatedMessage"})


def main(arguments: list[str]) -> None:
    documents, *wheels = map(Path, arguments)
    for path in sorted(documents.glob("*.txt")):
        facts = to_json(load_page(str(path)))
        page: Any = facts["page"]
        write_page(HERE / "pages" / f"{page['date'] or page['layout']}.json", facts)
    for path in wheels:
        version = path.name.split("-")[1]
        write_model(HERE / "models" / f"botocore-{version}.json.gz", read_model(path))


def write_page(path: Path, facts: dict[str, Any]) -> None:
    """One operation a line, so that a change shows where it is."""
    lines = [f'"{key}":{compact(facts[key])}' for key in ("page", "counts", "notices")]
    operations = [f'"{name}":{compact(node)}' for name, node in facts["operations"].items()]
    lines.append('"operations":{\n' + ",\n".join(operations) + "\n}")
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


def write_model(path: Path, model: Any) -> None:
    # No time in the header: the same facts are the same bytes.
    path.write_bytes(gzip.compress(compact(without_prose(model)).encode(), 9, mtime=0))


def read_model(wheel: Path) -> Any:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (
            name for name in archive.namelist() if "/sagemaker/2017-07-24/service-2.json" in name
        )
        data = archive.read(name)
    return json.loads(gzip.decompress(data) if name.endswith(".gz") else data)


def without_prose(node: Any) -> Any:
    if isinstance(node, dict):
        # A member may have such a name, too; prose is a string.
        return {
            key: without_prose(value)
            for key, value in node.items()
            if not (key in PROSE and isinstance(value, str))
        }
    return [without_prose(item) for item in node] if isinstance(node, list) else node


def compact(node: Any) -> str:
    return json.dumps(node, separators=(",", ":"), ensure_ascii=False)


if __name__ == "__main__":
    main(sys.argv[1:])
