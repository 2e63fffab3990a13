"""The tests of the asynchronous clients need aiobotocore: ``nox -s async``."""

from __future__ import annotations

from pathlib import Path

import pytest

try:
    import aiobotocore  # noqa: F401
except ImportError:
    HAS_AIOBOTOCORE = False
else:
    HAS_AIOBOTOCORE = True


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave out the modules that import the asynchronous clients."""
    if HAS_AIOBOTOCORE or collection_path.name in {"test_decoders.py", "test_missing_extra.py"}:
        return None
    return collection_path.name.startswith("test_") or None


@pytest.fixture(autouse=True)
def anyio_backend() -> str:
    """Run coroutine tests with asyncio, unless a test says otherwise."""
    return "asyncio"
