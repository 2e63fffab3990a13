"""The founding pages, which are not in the repository, and the facts that are."""

from __future__ import annotations

import json
import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import pytest

ROOT: Final = Path(__file__).parents[2]
DATA: Final = ROOT / "tests" / "data"
HERE: Final = Path(__file__).parent
# The unit tests of the runtime are run without the generator's tools; these cannot be imported.
collect_ignore_glob = [] if find_spec("jinja2") else ["test_*.py"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.pinned)


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
