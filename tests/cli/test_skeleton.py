"""``skeleton``: every operation's, against botocore's validator, the client and mypy."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from botocore.loaders import Loader
from botocore.model import ServiceModel
from botocore.validate import ParamValidator

import sagemaker_typed
from sagemaker_typed import models, rules
from tests.cli.conftest import Command

SERVICE = ServiceModel(Loader().load_service_model("sagemaker", "service-2"))
OPERATIONS = [name for name in SERVICE.operation_names if hasattr(models, f"{name}Request")]
EVERY = [*range(0, len(OPERATIONS), 40)]
"""Cuts of the operations: one test of them all would occupy one worker for long."""
some = pytest.mark.parametrize("operations", [OPERATIONS[at : at + 40] for at in EVERY])
both = pytest.mark.parametrize("options", [(), ("--all",)], ids=["required", "all"])
FEW = ["CreateEndpointConfig", "CreateTrainingJob", "DeleteEndpoint", "ListDomains"]


@pytest.mark.pinned  # an older botocore does not know every member
@both
@some
def test_every_skeleton_is_a_request(
    command: Command, operations: list[str], options: tuple[str, ...]
) -> None:
    for name in operations:
        request: Any = json.loads(command("skeleton", name, *options).out)
        shape = SERVICE.operation_model(name).input_shape
        request_ = getattr(models, f"{name}Request").from_json(json.dumps(request))
        assert not [finding for finding in rules.check(request_) if finding.severity == "error"]
        if shape is None:
            assert request == {}
            continue
        tokens = {
            name: "0" * 32 for name in shape.members if _is_token(shape, name)
        }  # boto3's to fill
        report = ParamValidator().validate({**tokens, **request_.to_boto()}, shape)
        assert not report.has_errors(), (name, report.generate_report())
        wanted = set(shape.required_members) - {
            name for name in shape.members if _is_token(shape, name)
        }
        assert wanted <= set(request)
        if options:
            assert len(request) >= len(wanted)


def _is_token(shape: Any, member: str) -> bool:
    return bool(shape.members[member].metadata.get("idempotencyToken"))


@both
@some
def test_yaml_and_python_say_the_same_as_json(
    command: Command,
    operations: list[str],
    options: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent: list[tuple[str, dict[str, Any]]] = []

    class Client:
        """Stands in for the client: says what it was asked."""

        def __getattr__(self, method: str) -> Any:
            return lambda **members: sent.append((method, members))

    monkeypatch.setattr(sagemaker_typed, "SageMakerClient", Client)
    for name in operations:
        as_json = json.loads(command("skeleton", name, *options).out)
        as_yaml = command("skeleton", name, *options, "--format", "yaml").out
        assert yaml.safe_load(as_yaml) == as_json
        program = command("skeleton", name, *options, "--format", "python").out
        exec(compile(program, name, "exec"), {"print": str})
        method, members = sent.pop()
        request = getattr(models, f"{name}Request")
        assert method == request.__operation__.method
        assert request(**members) == request.from_json(json.dumps(as_json))


@pytest.mark.checkers
@both
def test_python_is_typed(command: Command, options: tuple[str, ...], tmp_path: Path) -> None:
    program = ["from sagemaker_typed import SageMakerClient, models"]
    for number, name in enumerate(OPERATIONS):
        code = command("skeleton", name, *options, "--format", "python").out
        lines = "".join(f"    {line}\n" for line in code.splitlines())
        program.append(f"def call_{number}() -> None:\n{lines}")
    file = tmp_path / "skeletons.py"
    file.write_text("\n".join(program), encoding="utf-8")
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", file],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("form", ["json", "yaml"])
@pytest.mark.parametrize("name", FEW)
@both
def test_a_skeleton_is_a_good_file(
    command: Command, name: str, form: str, options: tuple[str, ...], tmp_path: Path
) -> None:
    path = tmp_path / f"{name}.{form}"
    path.write_text(command("skeleton", name, *options, "--format", form).out, encoding="utf-8")
    ended = command("validate", "auto", path)
    assert ended.status == 0, ended.out


def test_all_is_all_that_can_stand_together(command: Command) -> None:
    required = json.loads(command("skeleton", "CreateEndpointConfig").out)
    everything = json.loads(command("skeleton", "CreateEndpointConfig", "--all").out)
    assert set(required) == {"EndpointConfigName", "ProductionVariants"}
    shape = SERVICE.operation_model("CreateEndpointConfig").input_shape
    assert shape is not None
    text = command("skeleton", "CreateEndpointConfig", "--all", "--format", "yaml").out
    for member in set(shape.members) - set(everything):
        assert f"# {member} is left out, because of the rule" in text


def test_comments_name_what_may_be_added(command: Command) -> None:
    text = command("skeleton", "CreateEndpoint", "--format", "yaml").out
    assert "# optional: DeploymentConfig, Tags\n" in text
    assert all(len(line) <= 100 for line in text.splitlines())


def test_python_is_short_where_it_can_be(command: Command) -> None:
    program = command("skeleton", "DeleteEndpoint", "--format", "python").out
    (call,) = [node for node in ast.parse(program).body if isinstance(node, ast.Expr)]
    assert ast.unparse(call) == "client.delete_endpoint(endpoint_name='endpoint-name')"


def test_an_unknown_operation(command: Command) -> None:
    ended = command("skeleton", "CreateEndpointConfg")
    assert ended.status == 2
    assert "did you mean 'CreateEndpointConfig'" in ended.err
