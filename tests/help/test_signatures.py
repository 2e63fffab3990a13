"""``inspect.signature`` of a method has the types of the service model, and what it returns."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import botocore.session
import pytest
from botocore import xform_name

from sagemaker_typed import Items, SageMakerClient, StatusChange, WaitPolicy, models
from sagemaker_typed.enums import EndpointStatus


def parameters(method: str) -> dict[str, Any]:
    signature = inspect.signature(getattr(SageMakerClient, method))
    return {
        name: parameter.annotation
        for name, parameter in signature.parameters.items()
        if name != "self"
    }


def returned(method: str) -> Any:
    return inspect.signature(getattr(SageMakerClient, method)).return_annotation


def test_a_method_has_the_types_of_its_request_and_its_response() -> None:
    assert parameters("create_endpoint") == {
        "endpoint_name": str,
        "endpoint_config_name": str,
        "deployment_config": models.DeploymentConfig | None,
        "tags": tuple[models.Tag, ...] | None,
    }
    assert returned("create_endpoint") is models.CreateEndpointResponse
    assert returned("delete_endpoint") is None


def test_a_listing_returns_its_items() -> None:
    assert parameters("iter_endpoints")["status_equals"] == EndpointStatus | None
    assert parameters("iter_endpoints")["limit"] == int | None
    assert returned("iter_endpoints") == Items[models.EndpointSummary]


def test_a_wait_returns_the_description_that_may_be_missing() -> None:
    description = models.DescribeEndpointResponse
    assert parameters("wait_endpoint_in_service") == {
        "endpoint_name": str,
        "timeout": float | None,
        "poll": float | None,
        "policy": WaitPolicy | None,
        "on_status": Callable[[StatusChange[description]], object] | None,
        "progress": bool,
    }
    assert returned("wait_endpoint_in_service") is description
    assert returned("wait_endpoint_deleted") == description | None


@pytest.mark.pinned
def test_every_parameter_of_every_operation_is_typed() -> None:
    service = botocore.session.get_session().get_service_model("sagemaker")
    for name in service.operation_names:
        types = parameters(xform_name(name))
        assert inspect.Parameter.empty not in types.values(), name
        response = getattr(models, f"{name}Response", None)
        assert returned(xform_name(name)) is response, name


def test_the_source_is_that_of_the_declaration() -> None:
    assert "def create_endpoint(" in inspect.getsource(SageMakerClient.create_endpoint)


def test_a_program_that_reads_no_signature_loads_none() -> None:
    program = (
        "import sys; from sagemaker_typed import SageMakerClient;"
        "print('sagemaker_typed.core.client.signatures' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"
