"""Programs before and after the move: the same requests, in the same order, and the same output."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("libcst")

from sagemaker_typed.cli.migrate.command import migrate_text

ROOT = Path(__file__).parents[2]
PROGRAMS = Path(__file__).parent / "programs"
NAMES = sorted(path.stem for path in PROGRAMS.glob("*.py"))
every_program = pytest.mark.parametrize("name", NAMES)
LEFT = {
    "black_formatted": 1,
    "class_passed": 1,
    "errors_mixed": 1,
    "next_token": 1,
    "paginator_generator": 1,
    "paginator_pages": 2,
    "pytest_moto": 1,
    "response_printed": 1,
    "response_reassigned": 1,
    "response_returned": 1,
    "waiter_variable_config": 1,
}
"""The number of calls that stay with boto3, by program."""


def source(name: str) -> str:
    return (PROGRAMS / f"{name}.py").read_text(encoding="utf-8")


def run_all(folder: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.migrate.run", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    results: dict[str, Any] = json.loads(done.stdout)
    return results


@pytest.fixture(scope="session")
def before() -> Mapping[str, Any]:
    return run_all(PROGRAMS)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The moved programs, as they are, with dictionaries, and as notebooks."""
    folder = tmp_path_factory.mktemp("moved")
    for name in NAMES:
        text = source(name)
        (folder / f"{name}.py").write_text(migrate_text(text).text, encoding="utf-8")
        dicts = migrate_text(text, dicts=True).text
        (folder / f"{name}-dicts.py").write_text(dicts, encoding="utf-8")
        notebook = migrate_text(as_notebook(text), notebook=True).text
        (folder / f"{name}-notebook.py").write_text(code_of(notebook), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def after(folder: Path) -> Mapping[str, Any]:
    return run_all(folder)


def as_notebook(text: str) -> str:
    """A notebook with one cell for each part of a program, as Jupyter writes it."""
    tree = ast.parse(text)
    lines = text.splitlines(keepends=True)
    starts = [
        min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", []))]) - 1
        for node in tree.body
    ]
    ends = [*starts[1:], len(lines)]
    cells = ["".join(lines[start:end]) for start, end in zip([0, *starts[1:]], ends, strict=True)]
    return json.dumps(
        {
            "cells": [
                {"cell_type": "markdown", "metadata": {}, "source": ["# A *notebook*\n"]},
                *(
                    {
                        "cell_type": "code",
                        "execution_count": None,
                        "metadata": {},
                        "outputs": [],
                        "source": cell.rstrip("\n").splitlines(keepends=True),
                    }
                    for cell in cells
                    if cell.strip()
                ),
            ],
            "metadata": {"kernelspec": {"language": "python", "name": "python3"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        },
        indent=1,
    )


def code_of(notebook: str) -> str:
    cells = [each["source"] for each in json.loads(notebook)["cells"] if "outputs" in each]
    return "\n\n".join("".join(cell) for cell in cells) + "\n"


@every_program
@pytest.mark.parametrize("form", ["", "-dicts", "-notebook"])
def test_a_moved_program_sends_and_prints_the_same(
    name: str, form: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    assert "Traceback" not in before[name]["output"]
    assert after[f"{name}{form}"] == before[name]


@every_program
def test_a_second_run_changes_nothing(name: str) -> None:
    once = migrate_text(source(name))
    again = migrate_text(once.text)
    assert (again.text, again.moved) == (once.text, 0)
    notebook = migrate_text(as_notebook(source(name)), notebook=True).text
    assert migrate_text(notebook, notebook=True).text == notebook


@every_program
def test_each_call_moves_or_has_a_reason(name: str) -> None:
    result = migrate_text(source(name))
    assert len(result.left) == LEFT.get(name, 0), result.left
    lines = source(name).splitlines()
    for left in result.left:
        assert re.search(r"\w", left.reason)
        assert left.line <= len(lines)


def test_comments_stay() -> None:
    comments = [
        re.findall(r"#.*", text) for text in (source("comments_kept"), moved("comments_kept"))
    ]
    assert comments[0] == comments[1]


def moved(name: str) -> str:
    return migrate_text(source(name)).text


def test_a_script_looks_as_if_it_was_written_for_this_package() -> None:
    assert moved("script_deploy").endswith(
        """\
status = sm.describe_endpoint(endpoint_name="churn").endpoint_status
    print("status:", status)
    if status in ("InService", "Failed"):
        break
    time.sleep(30)
"""
    )
    assert "import boto3" not in moved("script_deploy")
    assert moved("paginator_inline").endswith(
        """\
names = [
    model.model_name
    for model in client.iter_models(name_contains="churn")
]
print(names)
"""
    )


# --- one statement each ---------------------------------------------------------------------------

HEAD = 'import boto3\n\nclient = boto3.client("sagemaker")\n'


def after_head(code: str, *, dicts: bool = False) -> str:
    """The last lines of a moved program that begins with a client."""
    count = len(textwrap.dedent(code).strip().splitlines())
    text = migrate_text(HEAD + textwrap.dedent(code).strip() + "\n", dicts=dicts).text
    return "\n".join(text.splitlines()[-count:])


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            'print(client.describe_endpoint(EndpointName="a")["EndpointStatus"].lower())',
            'print(client.describe_endpoint(endpoint_name="a").endpoint_status.value.lower())',
        ),
        (
            'print(client.describe_endpoint(EndpointName="a")["ResponseMetadata"]["RequestId"])',
            'print(client.describe_endpoint(endpoint_name="a").response_metadata.request_id)',
        ),
        (
            'print("Tags" in client.list_tags(ResourceArn="a"))',
            'print(client.list_tags(resource_arn="a").tags is not None)',
        ),
        (
            "client.delete_model(**arguments)",
            "client.send(DeleteModelRequest.from_boto(arguments))",
        ),
        (
            'client.delete_model(ModelName = "a")',
            'client.delete_model(model_name = "a")',
        ),
        (
            'client.add_tags(ResourceArn=arn, Tags=[{"Key": "a", "Value": "b"}, *tags])',
            """client.send(AddTagsRequest.from_boto(\
{"ResourceArn": arn, "Tags": [{"Key": "a", "Value": "b"}, *tags]}))""",
        ),
        (
            'client.get_waiter("endpoint_deleted").wait(EndpointName="a")',
            'client.wait_endpoint_deleted(endpoint_name="a")',
        ),
    ],
)
def test_a_statement_moves(code: str, expected: str) -> None:
    assert after_head(code) == expected


def test_dictionaries_stay_if_they_are_to_stay() -> None:
    code = 'client.add_tags(ResourceArn="a", Tags=[{"Key": "a", "Value": "b"}])'
    expected = 'client.add_tags(resource_arn="a", tags=[{"Key": "a", "Value": "b"}])'
    assert after_head(code, dicts=True) == expected


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("print(client.list_models())", "uses the response as a dictionary"),
        ('x = client.list_models()["Models"]\nx.append(1)', "uses the response as a dictionary"),
        ('x = client.list_models()\nx["Models"] = 1', "changes the response"),
        ('x = client.list_models()\nx["Models"][0]["ModelNam"]', "has no member 'ModelNam'"),
        ('client.delete_model(ModelNam="a")', "has no member 'ModelNam'"),
        (
            'a = client.describe_endpoint(EndpointName="a")\nb = [a["FailureReason"]]',
            "may be missing",
        ),
        (
            (
                'try:\n    print(client.describe_endpoint(EndpointName="a")["FailureReason"])\n'
                "except KeyError:\n    pass"
            ),
            "may be missing",
        ),
        (
            'print(client.describe_endpoint(EndpointName="a")["CreationTime"])',
            "time zone",
        ),
        (
            (
                "def f():\n    for page in client.get_paginator('list_models').paginate():\n"
                "        yield page"
            ),
            "uses the response as a dictionary",
        ),
    ],
)
def test_a_statement_stays_with_its_reason(code: str, reason: str) -> None:
    result = migrate_text(HEAD + code + "\n")
    assert result.text == HEAD + code + "\n"
    (left,) = result.left
    assert reason in left.reason


def test_a_name_that_another_file_uses_keeps_its_client(tmp_path: Path) -> None:
    from sagemaker_typed.cli.main import main

    (tmp_path / "clients.py").write_text(f'{HEAD}client.delete_model(ModelName="a")\n')
    (tmp_path / "other.py").write_text("from clients import client\nprint(client.meta)\n")
    assert main(["migrate", str(tmp_path), "--write"]) == 0
    text = (tmp_path / "clients.py").read_text()
    assert 'client = boto3.client("sagemaker")' in text
    assert "SageMakerClient.from_boto3(client).delete_model(model_name=" in text


def test_files_stay_if_a_test_replaces_boto3(tmp_path: Path) -> None:
    from sagemaker_typed.cli.main import main

    (tmp_path / "app.py").write_text(f'{HEAD}client.delete_model(ModelName="a")\n')
    (tmp_path / "test_app.py").write_text('from mock import patch\n\npatch("app.boto3.client")\n')
    assert main(["migrate", str(tmp_path), "--write"]) == 0
    assert (tmp_path / "app.py").read_text() == f'{HEAD}client.delete_model(ModelName="a")\n'


# --- aiobotocore ----------------------------------------------------------------------------------

ASYNCHRONOUS = """\
import asyncio

from aiobotocore.session import get_session


async def main() -> None:
    session = get_session()
    async with session.create_client("sagemaker", region_name="eu-west-1") as client:
        model = await client.describe_model(ModelName="churn")
        print(model["ModelName"], model["ModelArn"])
        print((await client.describe_endpoint(EndpointName="churn"))["EndpointStatus"])
        for each in (await client.list_models())["Models"]:
            print(each["ModelName"])
        await client.add_tags(
            ResourceArn="arn:aws:sagemaker:eu-west-1:123456789012:model/churn",
            Tags=[{"Key": "a", "Value": "b"}],
        )
        both = await asyncio.gather(client.list_tags(ResourceArn="a"))
        print(both[0]["Tags"])


asyncio.run(main())
"""


def test_an_awaited_call_stays_unless_it_is_asked_for() -> None:
    result = migrate_text(ASYNCHRONOUS)
    assert (result.text, result.moved) == (ASYNCHRONOUS, 0)
    assert "--async" in result.left[0].reason


def test_awaited_calls_move_to_the_asynchronous_client() -> None:
    result = migrate_text(ASYNCHRONOUS, asynchronous=True)
    assert result.moved == 4
    assert [left.call for left in result.left] == ["list_tags"]
    assert (
        "model = await AsyncSageMakerClient.from_aiobotocore(client)"
        '.describe_model(model_name="churn")\n        print(model.model_name, model.model_arn)'
    ) in result.text
    assert migrate_text(result.text, asynchronous=True).text == result.text


def test_an_asynchronous_program_sends_and_prints_the_same(tmp_path: Path) -> None:
    pytest.importorskip("aiobotocore")
    (tmp_path / "before.py").write_text(ASYNCHRONOUS)
    (tmp_path / "after.py").write_text(migrate_text(ASYNCHRONOUS, asynchronous=True).text)
    results = run_all(tmp_path)
    assert "Traceback" not in results["before"]["output"]
    assert results["after"] == results["before"]


# --- type checkers --------------------------------------------------------------------------------


@pytest.mark.checkers
def test_a_program_that_mypy_accepts_is_accepted_after_the_move(
    folder: Path, tmp_path: Path
) -> None:
    names = [f"{name}.py" for name in NAMES]
    refusals = [line.partition(":")[0] for line in refused(PROGRAMS, names, tmp_path / "before")]
    # without stubs for boto3, the last is accepted too
    accepted = set(names).difference(refusals) | {"strict_types.py"}
    assert len(accepted) >= 20
    for form in ("", "-dicts"):
        forms = [f"{name.removesuffix('.py')}{form}.py" for name in sorted(accepted)]
        assert list(refused(folder, forms, tmp_path / "after")) == []


def refused(folder: Path, names: list[str], cache: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(cache), *names]
    done = subprocess.run(
        [*command, "--config-file", ""],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"MYPYPATH": str(ROOT), "PATH": ""},
    )
    assert done.returncode in {0, 1}, done.stderr
    for line in done.stdout.splitlines():
        if ": error:" in line:
            yield line
