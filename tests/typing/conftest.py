"""The installed package, once for all tests of checkers and editors."""

from __future__ import annotations

import pytest

from benchmarks.typing.environments import Environment
from tests.typing.checkers import installed, installed_alone


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """Return an environment with the wheel of this tree."""
    return installed(tmp_path_factory.mktemp("installed"))


@pytest.fixture(scope="session")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """Return an environment with the wheel and what it requires: no stubs of botocore."""
    return installed_alone(tmp_path_factory.mktemp("alone"))
