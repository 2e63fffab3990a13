"""The generator's tests need its pinned tools, and say so."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

HERE = Path(__file__).parent
# The unit tests of the runtime are run without the generator's tools; these cannot be imported.
collect_ignore_glob = [] if find_spec("jinja2") else ["test_*.py"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.pinned)
