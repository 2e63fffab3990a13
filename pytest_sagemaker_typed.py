"""The pytest plugin of sagemaker_typed; it imports the package when a test uses the fixture."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from sagemaker_typed.testing import StubbedSageMaker

_STUBBED: pytest.StashKey[StubbedSageMaker] = pytest.StashKey()


@pytest.fixture
def stubbed_sagemaker(request: pytest.FixtureRequest) -> Generator[StubbedSageMaker]:
    """Replies to the calls of a test in the place of SageMaker; see ``StubbedSageMaker``.

    The test fails if it leaves replies unused, or if a call had no reply.
    """
    from sagemaker_typed.testing import StubbedSageMaker

    stubbed = StubbedSageMaker()
    request.node.stash[_STUBBED] = stubbed
    yield stubbed
    stubbed.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Let a test that passes fail for unused replies, as part of the test."""
    result = yield
    stubbed = item.stash.get(_STUBBED, None)
    if stubbed is not None:
        stubbed.verify()
    return result
