"""An editor or notebook that is built on jedi completes what the stubs declare."""

from __future__ import annotations

from typing import Final

import pytest
from botocore import xform_name
from botocore.session import get_session

import sagemaker_typed
from sagemaker_typed import models

jedi = pytest.importorskip("jedi", reason="an editor's tool, in the group of the type checkers")


@pytest.fixture(autouse=True)
def _cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Give jedi a cache that no other process writes at the same time."""
    jedi.settings.cache_directory = str(tmp_path_factory.getbasetemp() / "jedi")


HEAD: Final = """\
from sagemaker_typed import SageMakerClient
client = SageMakerClient(region_name="eu-west-1")
"""


def completed(line: str) -> set[str]:
    """Return the names that jedi offers at the end of a program."""
    script = jedi.Script(HEAD + line)
    return {completion.name for completion in script.complete()}


def test_every_operation_is_offered_at_the_client() -> None:
    service = get_session().get_service_model("sagemaker")
    assert {xform_name(name) for name in service.operation_names} <= completed("client.")


def test_the_fields_of_a_response_are_offered() -> None:
    offered = completed('client.describe_endpoint(endpoint_name="a").')
    assert {*models.DescribeEndpointResponse.model_fields, "response_metadata"} <= offered


def test_every_name_of_the_package_is_offered() -> None:
    public = {name for name in dir(sagemaker_typed) if not name.startswith("_")}
    assert public - {"attach", "core"} <= completed("from sagemaker_typed import ")
