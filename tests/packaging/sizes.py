"""The sizes of the parts of the package: python -m tests.packaging.sizes writes docs/policy.md."""

from __future__ import annotations

import marshal
import re
import zlib
from collections import Counter
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
PACKAGE: Final = ROOT / "sagemaker_typed"
FOLDERS: Final = (PACKAGE, ROOT / "stubs" / "sagemaker_typed")
PAGE: Final = ROOT / "docs" / "policy.md"
HEAD: Final = "| part | in the wheel | installed |\n| --- | ---: | ---: |\n"

_RUNTIME: Final = "runtime"
_PARTS: Final = {
    "models": "models of SageMaker, with their stubs",
    "client": "client of SageMaker, with its stub",
    "data": "service model for boto3, and tables",
    "enums": "enums of SageMaker",
    "rules": "rules",
    "dicts": "dictionaries for type checkers",
    "cli": "command line",
    "aio": "client for asyncio",
    "testing": "kit for users' tests",
}


def part_of(path: Path) -> str:
    """Return the part of the package that a file belongs to; the path is inside the package."""
    first = PACKAGE / path.parts[0]
    if (first / "_api_model.py").exists():
        return "the other SageMaker services"
    return _PARTS.get(first.stem, _RUNTIME)


def sizes() -> dict[str, tuple[int, int]]:
    """Return the bytes of each part: compressed, and installed with its bytecode."""
    compressed: Counter[str] = Counter()
    installed: Counter[str] = Counter()
    paths = {path: path.relative_to(root) for root in FOLDERS for path in root.rglob("*")}
    for path, inside in paths.items():
        if path.is_file() and "__pycache__" not in path.parts:
            content = path.read_bytes()
            for part in (part_of(inside), "all"):
                compressed[part] += len(zlib.compress(content))
                installed[part] += len(content)
                if path.suffix == ".py":
                    installed[part] += len(marshal.dumps(compile(content, path.name, "exec")))
    order = sorted(compressed, key=lambda part: (part == "all", -installed[part]))
    return {part: (compressed[part], installed[part]) for part in order}


def table(of: dict[str, tuple[int, int]]) -> str:
    """Return the table of docs/policy.md."""
    rows = (
        f"| {part} | {packed / 1e6:.2f} MB | {installed / 1e6:.1f} MB |\n"
        for part, (packed, installed) in of.items()
    )
    return HEAD + "".join(rows)


def stated() -> dict[str, tuple[float, float]]:
    """Return the megabytes that docs/policy.md states for each part."""
    _, _, text = PAGE.read_text(encoding="utf-8").partition(HEAD)
    rows = re.findall(r"^\| (.+) \| ([\d.]+) MB \| ([\d.]+) MB \|$", text, re.MULTILINE)
    return {part: (float(packed), float(installed)) for part, packed, installed in rows}


if __name__ == "__main__":
    before, _, after = PAGE.read_text(encoding="utf-8").partition(HEAD)
    rest = re.sub(r"\A(\|.*\n)+", "", after)
    PAGE.write_text(before + table(sizes()) + rest, encoding="utf-8")
