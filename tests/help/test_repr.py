"""The ``repr`` of a value shows every set member readably, and no secret."""

from __future__ import annotations

import datetime
import pprint
from typing import Any

import pytest

from sagemaker_typed import FrozenMap, enums, models
from sagemaker_typed.core.errors import Difference
from sagemaker_typed.geospatial import models as geospatial
from sagemaker_typed.models import CreateDomainRequest, CreateTrainingJobRequest, Tag

TRAINING = {
    "TrainingJobName": "churn-2026-11",
    "HyperParameters": {"max_depth": "5", "eta": "0.2", "objective": "binary:logistic"},
    "AlgorithmSpecification": {
        "TrainingImage": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/xgboost:1.7-1",
        "TrainingInputMode": "File",
        "MetricDefinitions": [{"Name": "auc", "Regex": r"auc=([0-9.]+)\s'\"\n"}],
    },
    "RoleArn": "arn:aws:iam::123456789012:role/service-role/training",
    "InputDataConfig": [
        {
            "ChannelName": name,
            "DataSource": {
                "S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": f"s3://churn/data/{name}/"}
            },
        }
        for name in ("train", "validation")
    ],
    "OutputDataConfig": {"S3OutputPath": "s3://churn/models/"},
    "ResourceConfig": {"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 10},
    "StoppingCondition": {"MaxRuntimeInSeconds": 3600},
    "Tags": [{"Key": "team", "Value": "growth"}],
}
DOMAIN = {
    "DomainName": "research",
    "AuthMode": "IAM",
    "DefaultUserSettings": {
        "ExecutionRole": "arn:aws:iam::123456789012:role/service-role/studio-execution",
        "SecurityGroups": ["sg-0123456789abcdef0", "sg-0123456789abcdef1"],
        "JupyterLabAppSettings": {
            "DefaultResourceSpec": {"InstanceType": "ml.t3.medium"},
            "AppLifecycleManagement": {
                "IdleSettings": {"LifecycleManagement": "ENABLED", "IdleTimeoutInMinutes": 60}
            },
        },
    },
    "SubnetIds": ["subnet-0123456789abcdef0"],
    "VpcId": "vpc-0123456789abcdef0",
}
ENDPOINTS = {
    "Endpoints": [
        {
            "EndpointName": "churn",
            "EndpointArn": "arn:aws:sagemaker:eu-west-1:123456789012:endpoint/churn",
            "CreationTime": "2026-11-21T10:00:00Z",
            "LastModifiedTime": "2026-11-21T10:05:00Z",
            "EndpointStatus": "Warp",
        }
    ]
}


def large() -> list[Any]:
    return [
        CreateTrainingJobRequest.from_boto(TRAINING),
        CreateDomainRequest.from_boto(DOMAIN),
        models.ListEndpointsResponse.from_service(ENDPOINTS),
    ]


@pytest.mark.parametrize("shape", large(), ids=lambda shape: type(shape).__name__)
def test_what_is_shown_is_python_that_makes_the_same(shape: Any) -> None:
    names = {**{n: getattr(models, n) for n in dir(models)}, "datetime": datetime}
    names |= {name: getattr(enums, name) for name in dir(enums)}
    assert eval(repr(shape), names) == shape
    assert str(shape) == repr(shape)


@pytest.mark.parametrize("shape", large(), ids=lambda shape: type(shape).__name__)
def test_a_large_shape_has_a_member_a_line(shape: Any) -> None:
    lines = repr(shape).splitlines()
    assert lines[0] == f"{type(shape).__name__}("
    assert lines[-1] == ")"
    assert all(line.startswith("    ") and line.endswith((",", "(")) for line in lines[1:-1])
    for line in lines:
        assert len(line) <= 88 or "=datetime.datetime(" in line, line
    members = [line for line in lines[1:-1] if line[4] not in " )"]
    outermost = [line.split("=")[0].strip() for line in members]
    fields = [name for name in type(shape).__members__ if getattr(shape, name) is not None]
    assert outermost == fields


def test_a_small_shape_has_one_line() -> None:
    assert repr(Tag(key="team", value="growth")) == "Tag(key='team', value='growth')"
    assert repr(models.ListEndpointsRequest()) == "ListEndpointsRequest()"


def test_what_just_fits_is_not_broken() -> None:
    fits = Tag(key="k" * 40, value="v" * (88 - 40 - len("Tag(key='', value='')")))
    assert len(repr(fits)) == 88
    broken = repr(Tag(key=f"{fits.key}k", value=fits.value))
    assert broken.splitlines() == [
        "Tag(",
        f"    key='{'k' * 41}',",
        f"    value='{fits.value}',",
        ")",
    ]


def test_secrets_are_masked_wherever_they_stand() -> None:
    endpoints = ("Issuer", "AuthorizationEndpoint", "TokenEndpoint", "UserInfoEndpoint")
    urls = dict.fromkeys((*endpoints, "LogoutEndpoint", "JwksUri"), "https://idp.example/x")
    oidc = {"ClientId": "me", "ClientSecret": "hunter2", **urls}
    request = models.CreateWorkforceRequest.from_boto({"WorkforceName": "w", "OidcConfig": oidc})
    for text in (repr(request), str(request), f"{request}", pprint.pformat([request])):
        assert "hunter2" not in text
        assert "client_secret='**********'" in text


def test_a_secret_deep_in_lists_is_masked() -> None:
    ring = [[12.5, 41.9], [12.6, 41.9], [12.6, 42.0], [12.5, 41.9]]
    area = geospatial.PolygonGeometryInput.from_boto({"Coordinates": [ring]})
    assert repr(area) == "PolygonGeometryInput(coordinates='**********')"
    with pytest.raises(ValueError, match="Coordinates") as refused:
        geospatial.PolygonGeometryInput.from_boto({"Coordinates": [*[ring] * 5, "41.9"]})
    assert "41.9" not in str(refused.value)


def test_what_nobody_reads_is_shortened() -> None:
    tile = repr(geospatial.GetTileResponse(binary_file=b"x" * 6_000_000))
    assert len(tile) < 500
    assert "of 6000000 bytes>" in tile
    definition = repr(
        models.CreatePipelineRequest(
            pipeline_name="p",
            client_request_token="t" * 32,
            role_arn="arn:aws:iam::123456789012:role/r",
            pipeline_definition="{" + " " * 100_000 + "}",
        )
    )
    assert len(definition) < 3000
    assert "of 100002 characters>" in definition
    many = {"Tags": [{"Key": f"k{n}", "Value": "v"} for n in range(500)]}
    tags = repr(models.ListTagsResponse.from_service(many))
    assert tags.count("Tag(key=") == 50
    assert "<and 450 more>" in tags
    environment = {f"k{n}": "v" for n in range(70)}
    assert "<and 20 more>" in repr(models.ContainerDefinition(environment=environment))


def test_what_is_copied_from_a_terminal_is_whole() -> None:
    url = f"https://d-abc.studio.eu-west-1.sagemaker.aws/auth?token={'e' * 1500}"
    answer = models.CreatePresignedDomainUrlResponse(authorized_url=url)
    assert url in repr(answer)


def test_a_difference_names_the_member_and_shows_no_value() -> None:
    wanted = CreateTrainingJobRequest.from_boto(TRAINING)
    difference = Difference("Job", (wanted,), "secret")
    assert str(difference) == "Job"
    assert repr(difference) == "Difference(path='Job')"
    assert difference.wanted == (wanted,)


def test_a_map_is_shown_as_one() -> None:
    shown = repr(models.ContainerDefinition(environment=FrozenMap({"A": "b"})))
    assert shown == "ContainerDefinition(environment={'A': 'b'})"


def test_rich_shows_the_same_members() -> None:
    pretty = pytest.importorskip("rich.pretty", reason="the extra `progress` has rich")
    request = CreateTrainingJobRequest.from_boto(TRAINING)
    shown = pretty.pretty_repr(request, max_width=88)
    assert "".join(shown.split()).replace(",", "") == "".join(repr(request).split()).replace(
        ",", ""
    )
