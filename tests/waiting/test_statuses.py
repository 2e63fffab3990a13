"""The data file of statuses, held against the service models of botocore."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import botocore.session
import pytest

pytestmark = pytest.mark.pinned
DATA: dict[str, dict[str, dict[str, Any]]] = json.loads(
    Path(__file__).parents[2].joinpath("sagemaker_typed/data/statuses.json").read_text("utf-8")
)
ROWS = [(service, operation) for service, rows in DATA.items() for operation in rows]
every_row = pytest.mark.parametrize(("service", "operation"), ROWS)

# Enums in descriptions that are called a status and that nobody could wait for.
NOT_WAITED_FOR = {
    "AccountDefaultStatus": "a setting",
    "ActivationState": "a setting",
    "AutoMLJobSecondaryStatus": "a step",
    "EarthObservationJobExportStatus": "of an export that the job's status does not tell of",
    "FeatureStatus": "a setting",
    "HubContentSupportStatus": "what the publisher says",
    "JobSecondaryStatus": "a step",
    "MaintenanceStatus": "of maintenance, which the app's status tells of",
    "ModelApprovalStatus": "what a person decides",
    "ModelCardProcessingStatus": "steps of a deletion",
    "ModelCardStatus": "what a person decides",
    "ProfilingStatus": "a setting",
    "SagemakerServicecatalogStatus": "a setting",
    "SecondaryStatus": "a step",
    "TrackingServerMaintenanceStatus": "of maintenance, which the server's status tells of",
    "VectorEnrichmentJobExportStatus": "of an export that the job's status does not tell of",
}
# The same of what stands inside: part of a resource with a status, or another resource's status.
PARTS = {
    "CandidateStatus",
    "CaptureStatus",
    "ClusterAutoScalingStatus",
    "ClusterImageVersionStatus",
    "DatabaseConfigurationRollbackStatus",
    "EdgePresetDeploymentStatus",
    "EndpointStatus",
    "ExecutionStatus",
    "LastUpdateStatusValue",
    "ObjectiveStatus",
    "OfflineStoreStatusValue",
    "RStudioServerProAccessStatus",
    "RecommendationStatus",
    "SlurmHealthStatus",
    "TrainingJobStatus",
    "WarmPoolResourceStatus",
}


@functools.cache
def model(service: str) -> Any:
    return botocore.session.get_session().get_service_model(service)


def at(service: str, operation: str, expression: str) -> Any:
    """The shape that a path leads to; fails where the path is none."""
    shape = model(service).operation_model(operation).output_shape
    for part in expression.split("."):
        shape = shape.members[part.removesuffix("[]")]
        shape = shape.member if part.endswith("[]") else shape
    return shape


@every_row
def test_every_listed_status_is_classified_and_none_is_invented(
    service: str, operation: str
) -> None:
    row = DATA[service][operation]
    classified = [*row["success"], *row["failure"], *row["under_way"]]
    assert sorted(classified) == sorted(at(service, operation, row["status"]).enum)
    assert row["success"]


@every_row
def test_reasons_and_steps_are_there(service: str, operation: str) -> None:
    row = DATA[service][operation]
    for key in ("reason", "step"):
        for choice in row.get(key, "").split("||"):
            if choice.strip():
                assert at(service, operation, choice.strip()).type_name == "string"


@pytest.mark.parametrize("service", sorted(DATA))
def test_nothing_that_has_a_status_is_left_out(service: str) -> None:
    left_out = {}
    for operation in model(service).operation_names:
        shape = model(service).operation_model(operation).output_shape
        if not operation.startswith(("Describe", "Get")) or shape is None:
            continue
        if operation in DATA[service]:
            continue
        for path, enum in _statuses(shape, ()):
            if enum.name not in NOT_WAITED_FOR and not (len(path) > 1 and enum.name in PARTS):
                left_out[operation, ".".join(path)] = enum.name
    assert left_out == {}


def _statuses(shape: Any, path: tuple[str, ...]) -> Any:
    """The status enums that a description has outside of lists."""
    for name, member in shape.members.items():
        here = (*path, name)
        if member.type_name == "structure" and len(here) < 4:
            yield from _statuses(member, here)
        elif getattr(member, "enum", None) and name.endswith(("Status", "State")):
            yield here, member


def test_the_service_s_own_waiters_agree() -> None:
    loader = botocore.session.get_session().get_component("data_loader")
    waiters = loader.load_service_model("sagemaker", "waiters-2")["waiters"]
    checked = 0
    for name, waiter in waiters.items():
        row = DATA["sagemaker"][waiter["operation"]]
        for acceptor in waiter["acceptors"]:
            if acceptor["matcher"] != "path" or name.endswith("Deleted"):
                continue
            assert acceptor["argument"] == row["status"]
            assert acceptor["expected"] in row[acceptor["state"]]
            checked += 1
    assert checked == 21
