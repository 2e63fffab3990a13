"""``check``: calls of boto3 clients in code, without mistakes and with them, and its formats."""

from __future__ import annotations

import ast
import json
import random
import sysconfig
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from sagemaker_typed.cli.boto3_code import clients, problems_of, source_code
from sagemaker_typed.cli.checker import RuleSelection
from sagemaker_typed.core.files.parsed_file import Unreadable
from tests.cli.conftest import Command

CLIENT = 'import boto3\nsm = boto3.client("sagemaker")\n'
EVERY = RuleSelection(("error", "warning", "advice"))


def findings(code: str, *, client: bool = True) -> list[tuple[int, int, str]]:
    """The problems of code, with lines that count from its own first line."""
    text = (CLIENT if client else "") + dedent(code).lstrip("\n")
    lines = 2 if client else 0
    problems = problems_of.file("a.py", text.encode(), EVERY)
    return [(problem.line - lines, problem.column, problem.code) for problem in problems]


CORRECT = {
    "an unknown dict may have every key": """
        def f(request):
            sm.create_model(**request)
            sm.create_endpoint(EndpointName="a", **request)
    """,
    "an unknown value satisfies every constraint": """
        def f(a, b, c):
            sm.create_endpoint_config(EndpointConfigName=a, ProductionVariants=b)
            sm.create_endpoint_config(EndpointConfigName=a, ProductionVariants=[b, c()])
            sm.add_tags(ResourceArn=a.b.c, Tags=[{"Key": a, "Value": b["x"]}])
    """,
    "another file may set keys of a dict that it gets": """
        from helpers import complete
        request = {"EndpointName": "a"}
        complete(request)
        sm.create_endpoint(**request)
    """,
    "a loop may set keys": """
        variants = [{"VariantName": "a", "ModelName": "m"}]
        for variant in variants:
            variant["InstanceType"] = "ml.m5.large"
            variant["InitialInstanceCount"] = 1
        sm.create_endpoint_config(EndpointConfigName="a", ProductionVariants=variants)
    """,
    "either way sets the key": """
        request = {"EndpointName": "a"}
        if input():
            request["EndpointConfigName"] = "b"
        else:
            request["EndpointConfigName"] = "c"
        sm.create_endpoint(**request)
    """,
    "one way sets one member of a union, and the other the other": """
        source = {}
        if input():
            source["S3DataSource"] = {"S3DataType": "S3Prefix", "S3Uri": "s3://b/x"}
        else:
            source["FileSystemDataSource"] = {"FileSystemId": "fs-0123456789abcdef0",
                "FileSystemAccessMode": "ro", "FileSystemType": "EFS", "DirectoryPath": "/"}
        sm.create_auto_ml_job(AutoMLJobName="a", RoleArn="arn:aws:iam::123456789012:role/x",
            OutputDataConfig={"S3OutputPath": "s3://b/y"}, InputDataConfig=input())
    """,
    "a function changes a global dict": """
        request = {"EndpointName": "a"}
        def complete():
            request["EndpointConfigName"] = "b"
        complete()
        sm.create_endpoint(**request)
    """,
    "a try may be left early": """
        name = 7
        try:
            name = input()
        except EOFError:
            name = "a"
        sm.delete_model(ModelName=name)
    """,
    "a mistake that is expected": """
        import pytest
        from botocore.exceptions import ParamValidationError
        with pytest.raises(ParamValidationError):
            sm.delete_model(Name="a")
        try:
            sm.delete_model(Name="a")
        except ParamValidationError:
            pass
    """,
    "a key that the program sets or asks for itself": """
        response = sm.describe_model(ModelName="a")
        response["Region"] = "here"
        print(response["Region"], "Owner" in response and response["Owner"])
        try:
            print(response["Missing"])
        except KeyError:
            print(response.get("Absent", 1))
    """,
    "another service, a mock and a class of one's own": """
        from unittest.mock import MagicMock
        boto3.client("s3").create_model(Name="a")
        class SageMaker:
            def create_model(self, Name): ...
        sagemaker_client = SageMaker()
        sagemaker_client.create_model(Name="a")
        sm_client = MagicMock()
        sm_client.create_model(Name="a")
        sm_client.create_model.assert_called_once_with(Name="a")
    """,
    "a client of this package": """
        from sagemaker_typed import SageMakerClient
        def f(sagemaker_client: SageMakerClient, sm_client):
            sagemaker_client.create_model(model_name="a")
            sm_client.create_model(model_name="a")
    """,
    "a client that only its name shows, with arguments of its own": """
        def f(sagemaker_client):
            sagemaker_client.create_model("a", image="b")
            sagemaker_client.deploy(Model="a")
    """,
    "a placeholder that the reader fills in": """
        role = ""
        sm.create_model(ModelName="a", ExecutionRoleArn=role)
        sm.create_model(ModelName="<the name of your model>", ExecutionRoleArn="<role>")
        sm.describe_model(ModelName=...)
    """,
    "a rule about a member that may be given": """
        def f(more):
            sm.create_notebook_instance(
                NotebookInstanceName="a", InstanceType="ml.t3.medium",
                RoleArn="arn:aws:iam::123456789012:role/x",
                DirectInternetAccess="Disabled", **more)
    """,
    "JSON that is not known": """
        import json
        def f(role, steps):
            definition = {"Version": "1", "Steps": steps, "Role": role}
            if role:
                definition["Paramters"] = []
            sm.update_pipeline(PipelineName="a", PipelineDefinition=json.dumps(definition))
            sm.update_pipeline(PipelineName="a", PipelineDefinition=json.dumps(role))
    """,
    "values that boto3 takes": """
        from datetime import datetime
        sm.list_models(CreationTimeAfter=datetime(2024, 1, 1), CreationTimeBefore=1700000000)
        sm.list_models(CreationTimeAfter="2024-01-01", MaxResults=10 * 10)
        sm.add_tags(ResourceArn="arn:aws:sagemaker:eu-west-1:123456789012:model/a",
                    Tags=({"Key": "a", "Value": "b"},))
    """,
    "an operation of a client that is given to a function": """
        from functools import partial
        list(map(partial(sm.delete_model), []))
        call = sm.delete_model
        call(ModelName="a")
    """,
}


@pytest.mark.parametrize("code", CORRECT.values(), ids=CORRECT)
def test_correct_code(code: str) -> None:
    assert findings(code) == []


WRONG = {
    "through an alias": (
        """
        request = {"EndpointName": "a"}
        same = request
        same["EndpointConfigNam"] = "b"
        sm.create_endpoint(**request)
        """,
        [(3, 6, "extra_forbidden"), (4, 1, "missing")],
    ),
    "on one way only": (
        """
        name = "a" if input() else 7
        sm.delete_model(ModelName=name)
        """,
        [(1, 28, "string_type")],
    ),
    "in a constant of a class": (
        """
        class Settings:
            TYPE = "ml.m5.lrage"
        sm.create_notebook_instance(NotebookInstanceName="a", InstanceType=Settings.TYPE,
                                    RoleArn=input())
        """,
        [(2, 12, "enum")],
    ),
    "of the type of an f-string": (
        """
        for number in range(3):
            sm.list_models(MaxResults=f"{number}")
        """,
        [(2, 31, "int_type")],
    ),
    "of the type of an environment variable": (
        """
        import os
        sm.list_models(MaxResults=os.environ["MOST"])
        """,
        [(2, 27, "int_type")],
    ),
    "in JSON that the program writes": (
        """
        import json
        step = {"Name": "Train", "Type": "Trainign", "Arguments": {}}
        definition = {"Version": "2020-12-01", "Steps": [step]}
        text = json.dumps(definition, indent=2)
        definition["Version"] = "1"
        sm.update_pipeline(PipelineName="a", PipelineDefinition=text)
        """,
        [(2, 26, "pipeline/definition-structure")],
    ),
    "None": (
        """
        sm.list_models(NameContains=None)
        """,
        [(1, 29, "null")],
    ),
    "a rule": (
        """
        sm.create_notebook_instance(NotebookInstanceName="a", InstanceType="ml.t3.medium",
            RoleArn=input(), DirectInternetAccess="Disabled")
        """,
        [(2, 22, "notebook-instance/no-internet-needs-subnet")],
    ),
    "an argument without a name": (
        """
        sm.delete_model("a")
        """,
        [(1, 17, "positional")],
    ),
    "in a response of a response": (
        """
        for variant in sm.describe_endpoint(EndpointName="a")["ProductionVariants"]:
            print(variant["CurrentWieght"], variant.get("VariantNam"))
        """,
        [(2, 19, "response_key"), (2, 49, "response_key")],
    ),
    "a method, far from its owner": (
        """
        (
            boto3.client("sagemaker")
            .create_modle(ModelName="a")
        )
        """,
        [(3, 6, "unknown_method")],
    ),
    "in code that awaits at the top, with characters of two bytes": (
        """
        äö = await print("ü"), sm.delete_model(ModelNam="a")
        """,
        [(1, 24, "missing"), (1, 40, "extra_forbidden")],
    ),
}


@pytest.mark.parametrize(("code", "expected"), WRONG.values(), ids=WRONG)
def test_wrong_code(code: str, expected: list[tuple[int, int, str]]) -> None:
    assert findings(code) == expected


@pytest.mark.parametrize(
    "text",
    [
        'c = boto3.client("sagemaker")',
        'import boto3\nc = boto3.client(service_name="sagemaker", region_name="a")',
        'from boto3 import client\nc = client("sagemaker")',
        'import boto3 as b\nc = b.session.Session().client("sagemaker")',
        (
            "import aioboto3\nasync def f():\n"
            '  async with aioboto3.Session().client("sagemaker") as c: pass'
        ),
        'SERVICE = "sagemaker"\nimport boto3\nc = boto3.client(SERVICE)',
        "def f(c: 'mypy_boto3_sagemaker.SageMakerClient'): c",
        "import types_boto3_sagemaker as t\ndef f(c: t.SageMakerClient | None): c",
        (
            "from airflow.providers.amazon.aws.hooks.sagemaker import SageMakerHook\n"
            "class H(SageMakerHook):\n  def f(self):\n    c = self.get_conn()"
        ),
    ],
)
def test_every_way_to_a_client(text: str) -> None:
    code = source_code.read(text)
    meanings = clients.analyse(code).meanings
    names = [node for node in ast.walk(code.tree) if isinstance(node, ast.Name) and node.id == "c"]
    client = meanings[code.span(names[-1])]
    assert isinstance(client, clients.Client)
    assert (client.service.name, client.certain) == ("sagemaker", True)


@pytest.mark.parametrize(
    ("comment", "codes"),
    [
        ("# sagemaker-typed: ignore[extra_forbidden]", ["missing"]),
        ("# sagemaker-typed: ignore[missing, extra_forbidden]", []),
        ("# sagemaker-typed: ignore", []),
        ("# sagemaker-typed: ignore[other]", ["missing", "extra_forbidden"]),
    ],
)
def test_comments_that_turn_findings_off(comment: str, codes: list[str]) -> None:
    assert [code for _, _, code in findings(f'sm.delete_model(Name="a")  {comment}')] == codes


def test_a_comment_on_the_first_line_of_the_statement() -> None:
    code = "print(  # sagemaker-typed: ignore[string_type]\n  sm.delete_model(\n    ModelName=7))"
    assert findings(code) == []


def notebook(*cells: str, **metadata: object) -> dict[str, object]:
    return {
        "cells": [{"cell_type": "code", "source": cell.splitlines(True)} for cell in cells],
        "metadata": metadata,
        "nbformat": 4,
    }


@pytest.mark.parametrize("indent", [None, 1])
def test_a_notebook(command: Command, tmp_path: Path, indent: int | None) -> None:
    cells = [
        CLIENT,
        "%matplotlib inline\n!ls",
        "not Python",
        'x = "\\"ü"; sm.delete_model(Nam="a")',
    ]
    file = tmp_path / "a.ipynb"
    file.write_text(json.dumps(notebook(*cells), indent=indent), encoding="utf-8")
    ended = command("check", "--format", "json", file)
    (missing, unknown) = json.loads(ended.out)
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[unknown["line"] - 1][unknown["column"] - 1 :].startswith('Nam=\\"a\\"')
    assert lines[missing["line"] - 1][missing["column"] - 1 :].startswith("sm.delete_model")
    assert (missing["code"], unknown["code"]) == ("missing", "extra_forbidden")


def test_a_notebook_in_another_language(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "a.ipynb"
    content = notebook(CLIENT, "sm.delete_model()", kernelspec={"language": "R"})
    file.write_text(json.dumps(content), encoding="utf-8")
    assert command("check", file).status == 0


WRONG_FILE = CLIENT + 'sm.delete_model(ModelName="a b")\n'


def test_json_has_the_documented_keys(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text(WRONG_FILE)
    (finding,) = json.loads(command("check", file, "--format", "json").out)
    message = finding.pop("message")
    assert "a b" in message
    assert finding == {
        "file": str(file),
        "line": 3,
        "column": 27,
        "code": "string_pattern_mismatch",
        "path": "ModelName",
    }


def test_sarif(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a b.py").write_text(WRONG_FILE)
    log = json.loads(command("check", "a b.py", "--format", "sarif").out)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    (result,) = run["results"]
    rule: dict[str, Any] = run["tool"]["driver"]["rules"][result["ruleIndex"]]
    assert run["tool"]["driver"]["name"] == "sagemaker-typed"
    assert rule["id"] == result["ruleId"] == "string_pattern_mismatch"
    assert result["level"] == "error"
    assert "ModelName" in result["message"]["text"]
    (location,) = result["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "a%20b.py"},
        "region": {"startLine": 3, "startColumn": 27},
    }
    empty = json.loads(command("validate", "CreateModel", "--format", "sarif", "x.json").out or "0")
    assert empty == 0  # the file is missing, which is no result


def test_github(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text(WRONG_FILE)
    ended = command("check", file, "--format", "github")
    assert ended.out.startswith(f"::error file={file},line=3,col=27,title=sagemaker-typed ")


def test_folders(command: Command, tmp_path: Path) -> None:
    for name in ("a/b.py", "a/.hidden/c.py", "a/__pycache__/d.py", "a/site-packages/e.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(WRONG_FILE)
    ended = command("check", tmp_path)
    assert [line.partition(":")[0] for line in ended.lines] == [str(tmp_path / "a/b.py")]
    assert ended.err == "1 error in 1 of 1 file\n"


def test_many_files_in_several_processes(command: Command, tmp_path: Path) -> None:
    for number in range(250):
        (tmp_path / f"{number:03}.py").write_text(WRONG_FILE if number % 50 == 0 else CLIENT)
    ended = command("check", tmp_path)
    names = [Path(line.partition(":")[0]).stem for line in ended.lines]
    assert names == ["000", "050", "100", "150", "200"]


def test_what_is_no_python_is_a_warning(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text('import boto3\nprint "sagemaker"\n')
    ended = command("check", file)
    assert ended.status == 0
    assert ended.out.startswith(f"{file}:2:1: warning: not Python")
    assert command("check", "--strict", file).status == 1


def sources() -> list[Path]:
    files = sorted(Path(sysconfig.get_path("stdlib")).glob("*.py"))
    return random.Random(19).sample(files, 25)


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.name)
def test_no_source_ends_it(path: Path) -> None:
    """Files of the standard library, whole and torn, with clients under their names."""
    content = path.read_bytes()
    chance = random.Random(len(content))
    lines = content.splitlines(keepends=True)
    torn = [line for line in lines if chance.random() > 0.02]
    swapped = content.replace(b"self", b"sm_client").replace(b"os", b"sagemaker")
    for text in (content, b"".join(torn), content[: len(content) // 2], swapped):
        try:
            problems = problems_of.file("a.py", text, EVERY)
        except Unreadable:
            continue
        assert problems == [] or text is swapped


@pytest.mark.parametrize(
    "text",
    ["x = " + "(" * 90 + ")" * 90, "x = " + "-" * 5000 + "1", "if a: pass\n" * 3000,
     "x = " + "a." * 3000 + "b", "x = " + " + ".join("ab" * 2000), "d = {}\nd['d'] = d\n",
     "if a: pass\n" + "elif b: pass\n" * 2000, "\x00", "\ufeffx = 1", "x = 9 ** 9 ** 9 ** 9"],
    ids=range(10),
)  # fmt: skip
def test_no_depth_ends_it(text: str) -> None:
    code = f'{CLIENT}{text}\nsm.delete_model(ModelName="a", **globals())\n'
    try:
        problems = problems_of.file("a.py", code.encode(), EVERY)
    except Unreadable:
        problems = []
    assert problems == []
