"""A table row that matches nothing is an error that names the row and a near name."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from inspect import get_annotations
from pathlib import Path

import pytest
from pydantic import BaseModel

from codegen import overrides
from codegen.build import COMMITTED
from codegen.emit import rules_index
from codegen.errors import InputError
from codegen.model import ir
from codegen.model.classes import plan
from codegen.sources import service_model
from codegen.table_checks import check_tables
from sagemaker_typed._deploy.client import DeployingClient
from sagemaker_typed.core.shapes.shape import Request, Response
from sagemaker_typed.rules._rule import prose, superseded

pytestmark = pytest.mark.pinned


@pytest.fixture(scope="module")
def services() -> Mapping[str, ir.Service]:
    return {each.service: service_model.installed(each.service) for each in COMMITTED}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the tables that the checks read instead of the committed ones."""
    folder = tmp_path / "data"
    shutil.copytree(overrides.DATA, folder)
    shutil.copytree(overrides.RUNTIME_DATA, folder, dirs_exist_ok=True)
    monkeypatch.setattr("codegen.overrides.DATA", folder)
    monkeypatch.setattr("codegen.table_checks.RUNTIME_DATA", folder)
    overrides.table.cache_clear()
    yield folder
    overrides.table.cache_clear()


@pytest.mark.pinned
def test_every_committed_row_matches(services: Mapping[str, ir.Service]) -> None:
    check_tables(services)


@pytest.mark.parametrize(
    ("table", "row", "misspelt", "message"),
    [
        (
            "layout.toml",
            'operation = "ListAliases"',
            'operation = "ListAliass"',
            r"layout\.toml: \[\[op.*1: no operation 'ListAliass'; did you mean 'ListAliases'",
        ),
        ("layout.toml", 'operation = "Search"', 'operation = "Serch"', "did you mean 'Search'"),
        ("layout.toml", 'module = "feature_group"', 'module = "feature_grup"', "feature_group"),
        (
            "layout.toml",
            'shape = "KernelGatewayAppSettings"',
            'shape = "KernelGatewaySettings"',
            "did you mean 'KernelGatewayAppSettings'",
        ),
        (
            "layout.toml",
            'service = "sagemaker"',
            'service = "sagemakr"',
            "did you mean 'sagemaker'",
        ),
        (
            "consistency.toml",
            'operation = "UpdateEndpoint"',
            'operation = "UpdateEndpint"',
            r"\[\[prereq.*2: no operation 'UpdateEndpint'; did you mean 'UpdateEndpoint'",
        ),
        (
            "consistency.toml",
            'member = "EndpointConfigName"',
            'member = "EndpointConfName"',
            "no member 'EndpointConfName'; did you mean 'EndpointConfigName'",
        ),
        (
            "consistency.toml",
            'member = "ClusterId"',
            'member = "ClustrId"',
            r"not_references.*1: no reference 'ClustrId'; did you mean 'ClusterId'",
        ),
        (
            "consistency.toml",
            'CreateMonitoringSchedule"\nresource = "JobDefinition"',
            'CreateMonitoringSchedule"\nresource = "Endpoint"',
            "the rule finds 'Endpoint' already",
        ),
        (
            "listings.toml",
            'operation = "QueryLineage"',
            'operation = "QueryLinage"',
            "no row for QueryLineage of sagemaker.*\\n.*did you mean 'QueryLineage'",
        ),
        ("listings.toml", '"Vertices"', '"Vertixes"', "did you mean 'Vertices'"),
        ("exactly_one.toml", '"InputLocation"', '"InputLocaton"', "did you mean 'InputLocation'"),
        ("log_groups.toml", '"TransformJob"', '"TransfrmJob"', "did you mean 'DescribeTransform"),
        ("log_groups.toml", "{DomainId}", "{DomanId}", "did you mean 'DomainId'"),
        ("links.toml", '"sagemaker-edge"', '"sagemaker-egde"', "did you mean 'sagemaker-edge'"),
        (
            "names.toml",
            '"JupyterLab"',
            '"JupiterLab"',
            "no name has 'JupiterLab'; did you mean 'JupyterLab'",
        ),
        ("names.toml", '"IPv6" = "ds"', '"IPv9" = "ds"', r"names\.toml: ds: no name has 'IPv9'"),
        ("names.toml", '"Sagemaker Edge"', '"Sagemaker Egde"', "did you mean 'Sagemaker Edge'"),
        ("patterns.toml", "${1,128}'\nrep", "${1,127}'\nrep", r"patterns\.toml: .* no pattern"),
        (
            "rules_not_checkable.toml",
            "CreateInferenceComponent.EndpointName",
            "CreateInferenceComponent.EndpointNam",
            "no member 'EndpointNam'; did you mean 'EndpointName'",
        ),
        ("rules_not_checkable.toml", '"2023-11-29"', '"2023-11-30"', "no document '2023-11-30'"),
        ("statuses.json", '"DescribeApp"', '"DescribeAp"', "did you mean 'DescribeApp'"),
        (
            "statuses.json",
            '"InService"',
            '"InServce"',
            "no status 'InServce'; did you mean 'InService'",
        ),
        ("statuses.json", '"FailureReason"', '"FailurReason"', "did you mean 'FailureReason'"),
        (
            "counterparts.json",
            '"LastDeploymentConfig"',
            '"LastDeployConfig"',
            "CreateEndpoint: no member 'LastDeployConfig'; did you mean 'LastDeploymentConfig'",
        ),
    ],
)
def test_a_misspelt_row_is_an_error_that_names_it_and_the_near_name(
    services: Mapping[str, ir.Service],
    data: Path,
    table: str,
    row: str,
    misspelt: str,
    message: str,
) -> None:
    text = (data / table).read_text("utf-8")
    assert row in text
    (data / table).write_text(text.replace(row, misspelt), "utf-8")
    with pytest.raises(InputError, match=message):
        check_tables(services)


def test_a_rule_about_a_shape_that_does_not_exist_is_an_error(
    services: Mapping[str, ir.Service], monkeypatch: pytest.MonkeyPatch
) -> None:
    misspelt = superseded(
        "endpoint/misspelt",
        severity="error",
        shape="CreateEndpintRequest",
        members="EndpointName",
        message="Never stated.",
        source=prose("CreateEndpint.EndpointName"),
        by="nothing",
    )
    rules = {misspelt.id: ("endpoint", misspelt)}
    monkeypatch.setattr("codegen.emit.rules_index.every_rule", lambda: rules)
    expected = "'endpoint/misspelt' of endpoint.py: no shape 'CreateEndpintRequest'; did you mean"
    with pytest.raises(InputError, match=expected):
        rules_index.rules_index(plan(services["sagemaker"]))


def test_a_reserved_name_belongs_to_the_class_that_reserves_it() -> None:
    reserved = overrides.table("names")["reserved"]
    owners = {
        "pydantic": [*BaseModel.__mro__],
        "shape": [*Request.__mro__, *Response.__mro__],
        "client": [*DeployingClient.__mro__],
    }
    for key, names in reserved.items():
        for name in names:
            known = any(name in vars(cls) or name in get_annotations(cls) for cls in owners[key])
            assert known or name == "self", f"{key}: {name}"
