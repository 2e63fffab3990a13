"""The founding pages, which are not in the repository, and the facts that are."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Final

import pytest

ROOT: Final = Path(__file__).parents[2]
DATA: Final = ROOT / "tests" / "data"


@pytest.fixture(scope="session")
def documents() -> Path:
    """The folder of the founding pages: a must in CI."""
    folder = ROOT.parent / "shared" / "documents"
    if not any(folder.glob("*.txt")):
        reason = "the founding pages are expected in ../shared/documents"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return folder


@pytest.fixture(scope="session")
def committed_facts() -> dict[str, Any]:
    """The facts of each page, by its date or, where it has none, its layout."""
    return {path.stem: json.loads(path.read_bytes()) for path in DATA.glob("pages/*.json")}
