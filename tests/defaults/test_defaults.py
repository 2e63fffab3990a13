"""``defaults=``: members of requests from files and mappings, below those of the caller."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from sagemaker_typed import Defaults, InvalidDefaults, SageMakerClient, models
from sagemaker_typed.runtime import SageMakerRuntimeClient
from sagemaker_typed.testing import example
from tests.conftest import ONE_TRY
from tests.service import Body, ScriptedService

ROLE = "arn:aws:iam::123456789012:role/team"
ARN = "arn:aws:sagemaker:eu-west-1:123456789012:model/churn"
OTHER_ROLE = "arn:aws:iam::123456789012:role/other"
VPC = {"SecurityGroupIds": ["sg-1"], "Subnets": ["subnet-1"]}
TEAM = {
    "ExecutionRoleArn": ROLE,
    "VpcConfig": VPC,
    "Tags": [{"Key": "team", "Value": "risk"}, {"Key": "cost", "Value": "42"}],
    "OutputDataConfig.KmsKeyId": "alias/team",
    "CreateTrainingJob": {"RoleArn": ROLE, "Environment": {"STAGE": "test"}},
}


def write(path: Path, values: Any) -> Path:
    text = {
        ".json": lambda: json.dumps(values, indent=2),
        ".yaml": lambda: yaml.safe_dump(values, sort_keys=False),
    }[path.suffix]()
    path.write_text(text, encoding="utf-8")
    return path


def client_of(service: ScriptedService, **options: Any) -> SageMakerClient:
    return SageMakerClient(endpoint_url=service.url, config=ONE_TRY, consistency=None, **options)


def sent(service: ScriptedService) -> Any:
    return service.requests[-1].body


def test_a_request_has_the_defaults_of_the_client(service: ScriptedService) -> None:
    service.script("CreateModel", Body({"ModelArn": "arn:aws:sagemaker:eu-west-1:1:model/churn"}))
    client_of(service, defaults=TEAM).create_model(model_name="churn")

    assert sent(service) == {
        "ModelName": "churn",
        "ExecutionRoleArn": ROLE,
        "Tags": TEAM["Tags"],
        "VpcConfig": VPC,
    }


def test_a_default_supplies_a_required_member(service: ScriptedService) -> None:
    service.script("CreateTrainingJob", Body({"TrainingJobArn": "a"}))
    client_of(service, defaults=TEAM).create_training_job(
        training_job_name="train",
        output_data_config={"S3OutputPath": "s3://out/put"},
        environment={"MORE": "1"},
        tags=[models.Tag(key="team", value="fraud")],
    )
    request = sent(service)
    assert request["RoleArn"] == ROLE
    assert request["OutputDataConfig"] == {
        "S3OutputPath": "s3://out/put",
        "KmsKeyId": "alias/team",
    }
    assert request["Environment"] == {"STAGE": "test", "MORE": "1"}
    assert request["Tags"] == [{"Key": "team", "Value": "fraud"}, {"Key": "cost", "Value": "42"}]


def test_a_request_as_a_value_has_them_too(service: ScriptedService) -> None:
    service.script("CreateModel", Body({"ModelArn": "arn:aws:sagemaker:eu-west-1:1:model/churn"}))
    client_of(service, defaults=TEAM).send(models.CreateModelRequest(model_name="churn"))
    assert sent(service)["ExecutionRoleArn"] == ROLE


def test_from_boto3_takes_them(service: ScriptedService, boto3_client: Any) -> None:
    service.script("CreateModel", Body({"ModelArn": "arn:aws:sagemaker:eu-west-1:1:model/churn"}))
    SageMakerClient.from_boto3(boto3_client, defaults=TEAM).create_model(model_name="churn")
    assert sent(service)["VpcConfig"] == VPC


def test_the_caller_wins() -> None:
    vpc = models.VpcConfig(security_group_ids=["sg-9"], subnets=["subnet-9"])
    request = models.CreateModelRequest(
        model_name="churn", execution_role_arn=OTHER_ROLE, vpc_config=vpc, tags=None
    )
    applied = Defaults(TEAM).applied(request)
    assert applied.request == request  # an explicit None leaves a member out
    assert dict(applied.sources) == dict.fromkeys(
        ["ModelName", "ExecutionRoleArn", "VpcConfig"], "caller"
    )


def test_nested_members_are_filled_and_lists_are_kept() -> None:
    values = {
        "CreateModel": {
            "PrimaryContainer": {"Mode": "SingleModel", "Environment": {"A": "1", "B": "2"}}
        }
    }
    container = models.ContainerDefinition(image="repo/image:1", environment={"B": "3"})
    request = models.CreateModelRequest(model_name="churn", primary_container=container)
    filled = Defaults(values).fill(request).primary_container
    assert filled is not None
    assert filled.to_boto() == {
        "Image": "repo/image:1",
        "Mode": "SingleModel",
        "Environment": {"A": "1", "B": "3"},
    }


def test_a_structure_that_would_be_incomplete_is_not_created() -> None:
    values = {"CreateTrainingJob": {"OutputDataConfig": {"KmsKeyId": "alias/team"}}}
    with pytest.raises(ValidationError, match="OutputDataConfig"):
        models.CreateTrainingJobRequest(
            **Defaults(values).fill_members(
                models.CreateTrainingJobRequest, {"training_job_name": "t", "role_arn": ROLE}
            )
            or {"training_job_name": "t", "role_arn": ROLE}
        )


def test_items_of_a_list_have_the_defaults_of_their_shape() -> None:
    request = models.CreateEndpointConfigRequest(
        endpoint_config_name="c",
        production_variants=[
            {
                "VariantName": "a",
                "ModelName": "m",
                "InitialInstanceCount": 1,
                "CoreDumpConfig": {"DestinationS3Uri": "s3://dumps"},
            }
        ],
    )
    values = {"ProductionVariant.InstanceType": "ml.m5.large", "CoreDumpConfig.KmsKeyId": "alias/x"}
    applied = Defaults(values).applied(request)
    (variant,) = applied.request.production_variants
    assert variant.instance_type == "ml.m5.large"
    assert variant.core_dump_config.kms_key_id == "alias/x"
    assert applied.sources["ProductionVariants[0].CoreDumpConfig.KmsKeyId"] == "defaults"


def test_an_update_has_only_the_defaults_of_its_own_name() -> None:
    request = models.UpdatePipelineRequest(pipeline_name="p")
    assert Defaults({"RoleArn": ROLE}).fill(request) is request
    assert Defaults({"UpdatePipeline": {"RoleArn": ROLE}}).fill(request).role_arn == ROLE
    tags = models.AddTagsRequest(resource_arn=ARN, tags=[])
    assert Defaults(TEAM).fill(tags) is tags


def test_a_member_of_a_union_is_not_added_to_another() -> None:
    values = {
        "CreateAutoMLJobV2": {"AutoMLProblemTypeConfig": {"ImageClassificationJobConfig": {}}}
    }
    text = {"TextClassificationJobConfig": {"ContentColumn": "text", "TargetLabelColumn": "label"}}
    request = example(models.CreateAutoMLJobV2Request, auto_ml_problem_type_config=text)
    assert Defaults(values).fill(request) is request


def test_python_names_are_names_too() -> None:
    values = {
        "execution_role_arn": ROLE,
        "create_model": {"vpc_config": {"security_group_ids": ["sg-1"], "subnets": ["subnet-1"]}},
    }
    request = Defaults(values).fill(models.CreateModelRequest(model_name="churn"))
    assert request.execution_role_arn == ROLE
    assert request.vpc_config is not None
    assert request.vpc_config.to_boto() == VPC


def test_shapes_are_values_too() -> None:
    vpc = models.VpcConfig(security_group_ids=["sg-1"], subnets=["subnet-1"])
    values = {"VpcConfig": vpc, "Tags": [models.Tag(key="team", value="risk")]}
    request = models.CreateModelRequest(model_name="churn", tags=[{"Key": "a", "Value": "b"}])
    filled = Defaults(values).fill(request)
    assert filled.vpc_config == vpc
    assert [tag.key for tag in filled.tags or ()] == ["a", "team"]


def test_another_service(service: ScriptedService) -> None:
    service.script("POST /endpoints/churn/invocations", Body({}))
    client = SageMakerRuntimeClient(
        endpoint_url=service.url,
        config=ONE_TRY,
        defaults={"invoke_endpoint": {"ContentType": "text/csv", "EndpointName": "churn"}},
    )
    client.invoke_endpoint(body=b"1,2")  # type: ignore[call-arg]
    assert service.requests[-1].headers["content-type"] == "text/csv"


def test_a_listing_and_a_waiter_have_defaults(service: ScriptedService) -> None:
    client = client_of(
        service,
        defaults={
            "ListModelCardVersions": {"ModelCardName": "card"},
            "DescribeEndpoint": {"EndpointName": "churn"},
        },
    )
    service.script("ListModelCardVersions", Body({"ModelCardVersionSummaryList": []}))
    assert list(client.iter_model_card_versions()) == []  # type: ignore[call-arg]
    assert sent(service) == {"ModelCardName": "card"}
    service.script("DescribeEndpoint", Body({"EndpointStatus": "InService"}))
    client.wait_endpoint_in_service()  # type: ignore[call-arg]
    assert sent(service) == {"EndpointName": "churn"}
    with pytest.raises(ValidationError, match="ResourceArn"):
        list(client.iter_tags())  # type: ignore[call-arg]


def test_a_client_without_defaults_loads_nothing_of_them() -> None:
    code = (
        "import sys\nfrom sagemaker_typed import SageMakerClient\n"
        "SageMakerClient(region_name='eu-west-1')\n"
        "print(*(name for name in sys.modules if name.startswith('sagemaker_typed.')))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    names = [name for name in loaded.stdout.split() if "defaults." in name or "files" in name]
    assert names == []


def test_a_later_source_wins(tmp_path: Path) -> None:
    first = write(tmp_path / "team.yaml", TEAM)
    second = write(tmp_path / "project.json", {"ExecutionRoleArn": OTHER_ROLE})
    applied = Defaults(first, second).applied(models.CreateModelRequest(model_name="churn"))
    assert applied.request.execution_role_arn == OTHER_ROLE
    assert applied.request.vpc_config is not None
    assert applied.sources["ExecutionRoleArn"] == f"{second}:2:23"
    assert applied.sources["VpcConfig.Subnets"].startswith(f"{first}:6:")


def test_a_log_record_names_what_is_filled_in_and_no_value(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, "sagemaker_typed.defaults")
    Defaults(TEAM).fill(models.CreateModelRequest(model_name="churn"))
    (record,) = caplog.records
    message = record.getMessage()
    assert message.startswith("CreateModel: filled in ")
    assert "ExecutionRoleArn (defaults)" in message
    assert "Tags (defaults)" in message
    assert "risk" not in message
    assert "sg-1" not in message


def test_a_filled_request_is_checked(service: ScriptedService) -> None:
    client = client_of(service, defaults={"CreateModel": {"EnableNetworkIsolation": True}})
    with pytest.raises(ValidationError, match="ModelName"):
        client.create_model(model_name="not valid!")
    with pytest.raises(ValidationError, match="model_name"):
        client.create_model(modelname="churn")  # type: ignore[call-arg]
    assert service.requests == []


def test_without_defaults_nothing_is_filled_in(service: ScriptedService) -> None:
    service.script("CreateModel", Body({"ModelArn": "arn:aws:sagemaker:eu-west-1:1:model/churn"}))
    client = client_of(service)
    client.create_model(model_name="churn")
    assert sent(service) == {"ModelName": "churn"}
    assert not client.defaults
    request = models.CreateModelRequest(model_name="churn")
    assert client.defaults.applied(request).request == request


# --- problems ------------------------------------------------------------------------------------


def problems(*values: Any) -> list[str]:
    with pytest.raises(InvalidDefaults) as refused:
        Defaults(*values)
    return list(refused.value.problems)


YAML = """\
VpcConfig:
  Subnets: [subnet-1]
  SecurityGroups: [sg-1]
CreateModel:
  PrimaryContainer: {Mode: SingleModl}
CreateTrainingJb: {}
Tags:
  - {Key: team}
ExecutionRoleArn: 5
"""


def test_every_problem_has_its_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "team.yaml"
    path.write_text(YAML, encoding="utf-8")
    stated = [problem.removeprefix(f"{path}:") for problem in problems(path)]
    places = [":".join(problem.split(":")[:2]) for problem in stated]
    assert places == ["3:3", "5:28", "6:1", "8:5", "9:19"]
    assert "has no member 'SecurityGroups'" in stated[0]
    assert "did you mean 'SingleModel'" in stated[1] or "'SingleModel'" in stated[1]
    assert "did you mean 'CreateTrainingJob'" in stated[2]
    assert "Tags[0].Value" in stated[3]


TOML = """\
# defaults
ExecutionRoleArn = 5

[VpcConfig]
Subnets = ["subnet-1"]
SecurityGroups = ["sg-1"]

[CreateModel.PrimaryContainer]
Mode = "Nope"
"""


def test_toml_has_lines_too(tmp_path: Path) -> None:
    path = tmp_path / "team.toml"
    path.write_text(TOML, encoding="utf-8")
    stated = [problem.removeprefix(f"{path}:") for problem in problems(path)]
    assert [":".join(problem.split(":")[:2]) for problem in stated] == ["2:1", "6:1", "9:1"]


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("a.json", '{"Tags": [}', "1:11"),
        ("a.yaml", "Tags: [", "1:8"),
        ("a.toml", "Tags = [\n", ""),
        ("a.yaml", "Tags: []\nTags: []\n", "2:1"),
        ("a.yaml", "VpcConfig: null\n", "1:12"),
        ("a.yaml", "- 1\n", "1:1"),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, name: str, text: str, place: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert problems(path)[0].startswith(f"{path}:{place}")


def test_another_kind_of_file(tmp_path: Path) -> None:
    assert "expected a file that ends in one of .yaml" in problems(tmp_path / "team.ini")[0]
    with pytest.raises(FileNotFoundError):
        Defaults(tmp_path / "none.yaml")


def test_a_default_that_does_not_fit_every_place_says_which() -> None:
    (problem,) = problems({"Tags": [{"Key": "a" * 200, "Value": "x"}]})
    assert "Tags[0].Key" in problem
    assert "(as Tags of " in problem


# --- files that are found ------------------------------------------------------------------------


def test_the_environment_names_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, service: ScriptedService
) -> None:
    path = write(tmp_path / "team.yaml", {"ExecutionRoleArn": ROLE})
    other = write(tmp_path / "more.json", {"CreateModel": {"EnableNetworkIsolation": True}})
    monkeypatch.setenv("SAGEMAKER_TYPED_DEFAULTS", f"{path}{os.pathsep}{other}")
    client = client_of(service)
    request = client.defaults.fill(models.CreateModelRequest(model_name="churn"))
    assert (request.execution_role_arn, request.enable_network_isolation) == (ROLE, True)
    assert not client_of(service, defaults=None).defaults
    assert not client_of(service, defaults={}).defaults


def test_files_of_the_user_and_of_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, service: ScriptedService
) -> None:
    project = tmp_path / "project"
    (project / "src" / "deep").mkdir(parents=True)
    (tmp_path / "settings" / "sagemaker-typed").mkdir(parents=True)
    write(tmp_path / "settings" / "sagemaker-typed" / "defaults.yaml", TEAM)
    write(project / "sagemaker-defaults.json", {"ExecutionRoleArn": OTHER_ROLE})
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    monkeypatch.chdir(project / "src" / "deep")

    assert not client_of(service).defaults  # only if the program or the environment asks for it
    for defaults in (Defaults.find(), _found_by_environment(monkeypatch, service)):
        request = defaults.fill(models.CreateModelRequest(model_name="churn"))
        assert request.execution_role_arn == OTHER_ROLE
        assert request.vpc_config is not None


def _found_by_environment(monkeypatch: pytest.MonkeyPatch, service: ScriptedService) -> Defaults:
    monkeypatch.setenv("SAGEMAKER_TYPED_DEFAULTS", "find")
    return client_of(service).defaults


# --- the configuration of the SageMaker SDK ------------------------------------------------------

SDK = """\
SchemaVersion: '1.0'
CustomParameters:
  AnyStringKey: any
SageMaker:
  PythonSDK:
    Modules:
      RemoteFunction: {InstanceType: ml.m5.large}
  Model:
    EnableNetworkIsolation: true
    ExecutionRoleArn: arn:aws:iam::123456789012:role/team
    VpcConfig: {SecurityGroupIds: [sg-1], Subnets: [subnet-1]}
    Containers:
      - Environment: {FIRST: '1'}
      - Environment: {SECOND: '2'}
  EndpointConfig:
    ProductionVariants:
      - CoreDumpConfig: {KmsKeyId: alias/dumps}
    DataCaptureConfig: {KmsKeyId: alias/capture}
    Tags: [{Key: team, Value: risk}]
  MonitoringSchedule:
    MonitoringScheduleConfig:
      MonitoringJobDefinition:
        RoleArn: arn:aws:iam::123456789012:role/team
  AutoMLJob:
    AutoMLJobConfig: {SecurityConfig: {VolumeKmsKeyId: alias/volume}}
"""


def test_the_configuration_of_the_sagemaker_sdk(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(SDK, encoding="utf-8")
    defaults = Defaults(path)
    assert defaults.ignored == ("CustomParameters", "SageMaker.PythonSDK")

    model = defaults.fill(
        models.CreateModelRequest(model_name="m", containers=[{"Image": "a"}, {"Image": "b"}])
    )
    assert model.enable_network_isolation is True
    assert [dict(each.environment or {}) for each in model.containers or ()] == [
        {"FIRST": "1"},
        {"SECOND": "2"},
    ]
    variant = {"VariantName": "a", "CoreDumpConfig": {"DestinationS3Uri": "s3://dumps"}}
    applied = defaults.applied(
        models.CreateEndpointConfigRequest(
            endpoint_config_name="c", production_variants=[variant, variant]
        )
    )
    first, second = applied.request.production_variants
    assert first.core_dump_config.kms_key_id == "alias/dumps"
    assert second.core_dump_config.kms_key_id is None
    assert applied.request.tags == (models.Tag(key="team", value="risk"),)
    assert applied.request.data_capture_config is None  # it would not be complete
    assert applied.sources["ProductionVariants[0].CoreDumpConfig.KmsKeyId"] == f"{path}:17:36"


def test_a_problem_in_the_configuration_of_the_sagemaker_sdk(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(
        "SchemaVersion: '2.0'\nSagemaker: {}\nSageMaker:\n  Modell: {}\n  Model: {RoleArn: a}\n",
        encoding="utf-8",
    )
    stated = [problem.removeprefix(f"{path}:") for problem in problems(path)]
    assert stated[0].startswith("1:16: expected SchemaVersion '1.0'")
    assert "did you mean 'SageMaker'" in stated[1]
    assert "did you mean 'Model'" in stated[2]
    assert "has no member 'RoleArn'" in stated[3]
