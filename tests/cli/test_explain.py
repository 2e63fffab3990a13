"""``explain``: facts and documentation against botocore's own model."""

from __future__ import annotations

import html
import re
from functools import cache
from pathlib import Path
from typing import Any

import botocore
import pytest
from botocore.loaders import Loader
from botocore.model import ServiceModel, StructureShape

from sagemaker_typed import rules
from tests.cli.conftest import Command

ENUMS = ("EndpointStatus", "ProductionVariantInstanceType")


@cache
def stated() -> dict[str, Any]:
    model: dict[str, Any] = Loader().load_service_model("sagemaker", "service-2")
    return model


def spoken(documentation: str) -> str:
    """The text of HTML, or of an output, without what only lays it out."""
    plain = html.unescape(re.sub(r"<[^>]*>", " ", documentation))
    return re.sub(r"[\s-]+", "", plain)


def members_of(shape: str) -> list[str]:
    structure = ServiceModel(stated()).shape_for(shape)
    assert isinstance(structure, StructureShape)
    return list(structure.members)


@pytest.mark.parametrize(
    "name", ["CreateEndpointConfig", "create-endpoint-config", "create_endpoint_config"]
)
def test_an_operation(command: Command, name: str) -> None:
    ended = command("explain", name)
    assert ended.status == 0
    assert ended.lines[0].split() == ["CreateEndpointConfig", "operation"]
    for member in members_of("CreateEndpointConfigInput"):
        assert re.search(rf"^  {member}  ", ended.out, re.MULTILINE)
    for rule in rules.for_operation("CreateEndpointConfig"):
        assert (rule.id in ended.out) == rule.active
    for fact in ("ResourceLimitExceeded", "aws sagemaker create-endpoint-config"):
        assert fact in ended.out


def test_the_documentation_is_botocores(command: Command) -> None:
    documentation = stated()["operations"]["CreateEndpointConfig"]["documentation"]
    ended = command("explain", "CreateEndpointConfig")
    _, _, shown = ended.out.partition(f"Documentation, from botocore {botocore.__version__}\n")
    assert spoken(documentation) in spoken(re.sub("Note: |Important: ", "", shown))
    assert "<" not in shown
    without = command("explain", "CreateEndpointConfig", "--no-documentation")
    assert without.out == ended.out.partition("\nDocumentation, from")[0]


@pytest.mark.parametrize(
    ("name", "shape", "member", "python"),
    [
        ("ProductionVariant.VolumeSizeInGB", "ProductionVariant", "VolumeSizeInGB", None),
        ("ProductionVariant.volume_size_in_gb", "ProductionVariant", "VolumeSizeInGB", None),
        ("CreateEndpointConfig.ProductionVariants.ModelName", "ProductionVariant", "ModelName", ""),
        ("DescribeEndpoint.EndpointArn", "DescribeEndpointOutput", "EndpointArn", "endpoint_arn"),
        ("create_model.containers.environment", "ContainerDefinition", "Environment", ""),
    ],
)
def test_a_member(command: Command, name: str, shape: str, member: str, python: str | None) -> None:
    ended = command("explain", name)
    documentation = stated()["shapes"][shape]["members"][member]["documentation"]
    assert spoken(documentation) in spoken(ended.out)
    assert ended.lines[0].split()[0].endswith(f".{member}")
    assert (python or "") in ended.out


@pytest.mark.parametrize("enum", ENUMS)
def test_an_enum(command: Command, enum: str) -> None:
    listed = stated()["shapes"][enum]["enum"]
    for name in (enum, "DescribeEndpoint.EndpointStatus"):
        ended = command("explain", name)
        if enum in ended.out:
            values = re.findall(r"[\w.-]+(?=,|$)", ended.out, re.MULTILINE)
            assert set(listed) <= set(values)


@pytest.mark.parametrize(
    "name",
    [
        "ProductionVariantInstanceType.ml.m5.large",
        "ProductionVariantInstanceType.ML_M5_LARGE",
        "CreateEndpointConfig.ProductionVariants.InstanceType.ml.m5.large",
    ],
)
def test_a_value(command: Command, name: str) -> None:
    ended = command("explain", name)
    assert "ProductionVariantInstanceType.ML_M5_LARGE" in ended.out
    assert re.search(r"\bml\.m5\.large\b", ended.out)


@pytest.mark.parametrize("rule", [each for each in rules.ALL if each.active][::20])
def test_a_rule(command: Command, rule: rules.Rule) -> None:
    ended = command("explain", rule.id)
    assert ended.lines[0].split() == [rule.id, rule.severity]
    assert spoken(rule.message) in spoken(ended.out)


def test_the_rules_of_a_member_are_those_that_compare_it(command: Command) -> None:
    rule = "endpoint-config/serverless-excludes-volume"
    for name in ("ProductionVariant", "ProductionVariant.VolumeSizeInGB"):
        assert rule in command("explain", name).out
    assert rule not in command("explain", "ProductionVariant.ModelName").out


def test_a_union_is_one(command: Command) -> None:
    unions = [name for name, shape in stated()["shapes"].items() if shape.get("union")]
    assert unions
    for name in unions[:5]:
        assert "exactly one" in command("explain", name, "--no-documentation").lines[0]


def test_an_alias_is_the_request(command: Command) -> None:
    by_its_old_name = command("explain", "CreateEndpointConfigInput", "--no-documentation")
    assert by_its_old_name.lines[0].split() == ["CreateEndpointConfigRequest"]
    assert "CreateEndpointConfigInput" in by_its_old_name.out


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("CreateEndpointConfg", "CreateEndpointConfig"),
        ("EndpointStats", "EndpointStatus"),
        ("ProductionVariant.InstanceTyp", "InstanceType"),
        ("CreateModel.ModelName.x", "no members"),
        ("EndpointStatus.Broken", "listed: "),
        ("DescribeEndpoint.EndpointStatus.InServise", "InService"),
        ("endpoint-config/serverless", "endpoint-config/serverless-"),
        ("", "called ''"),
        (".", "called ''"),
        ("CreateModel.", None),
        ("\x1b[31m", "\\x1b"),
    ],
)
def test_what_there_is_not(command: Command, name: str, says: str | None) -> None:
    ended = command("explain", name)
    if says is None:  # nothing after the dot
        assert ended.status == 0
        return
    assert ended.status == 2
    assert ended.out == ""
    assert says in ended.err
    assert len(ended.err.splitlines()) == 1


def test_an_older_botocore_knows_less(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def without(*_: object) -> dict[str, Any]:
        return {"operations": {}, "shapes": {}}

    monkeypatch.setattr(Loader, "load_service_model", without)
    ended = command("explain", "CreateEndpointConfig")
    assert ended.status == 0
    assert "Documentation" not in ended.out


def test_lines_fit_the_terminal(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    lines = command("explain", "CreateTrainingJob").lines
    lines_of_text = [line for line in lines if line.startswith("      ")]
    assert lines_of_text
    assert all(len(line) <= 60 or " " not in line.strip() for line in lines_of_text)


def test_defaults_of_an_operation(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "team.json"
    path.write_text('{"RoleArn": "arn:aws:iam::123456789012:role/team",\n "Tags": []}')
    ended = command("explain", "create-training-job", "--defaults", str(path))
    assert ended.status == 0
    shown = " ".join(ended.out.split())
    assert f'RoleArn "arn:aws:iam::123456789012:role/team" {path}:1:13' in shown
    assert f"Tags ********** {path}:2:10" in shown


def test_defaults_that_are_found(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert "defaults of no file" in command("explain", "CreateModel", "--defaults").out
    (tmp_path / "sagemaker-defaults.json").write_text('{"CreateModel": {"Nme": 1}}')
    ended = command("explain", "CreateModel", "--defaults")
    assert ended.status == 2
    assert "sagemaker-defaults.json:1:18: CreateModel.Nme" in ended.err
    missing = command("explain", "CreateModel", "--defaults", "none.json")
    assert missing.status == 2
    assert "'none.json' cannot be read" in missing.err
