"""The command prints the output that its pages of the guide show."""

from __future__ import annotations

import ast
import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.conftest import Command

ROOT = Path(__file__).parents[2]
PAGE = "\n".join(
    (ROOT / "docs" / name).read_text(encoding="utf-8")
    for name in ("command-line.md", "checking-code.md")
)
FILES = re.findall(r"<!-- file: (\S+) -->\n```\w+\n(.*?)```", PAGE, re.DOTALL)
SESSIONS: list[tuple[str, str]] = [
    call
    for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)
    for call in re.findall(r"^\$ sagemaker-typed (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
]


@pytest.mark.parametrize(("call", "printed"), SESSIONS, ids=[call for call, _ in SESSIONS])
def test_what_is_shown_is_printed(
    command: Command, call: str, printed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, content in FILES:
        (tmp_path / name).write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    assert command(*shlex.split(call)).out == printed


def test_the_page_shows_every_command() -> None:
    shown = {call.split()[0] for call, _ in SESSIONS}
    assert shown == {"check", "validate", "explain", "schema", "skeleton"}
    # The output of doctor differs from machine to machine.
    assert "\n$ sagemaker-typed doctor" in PAGE.replace("```text\n", "\n")


def test_every_option_is_documented(command: Command) -> None:
    options = set(re.findall(r"(?<!\S)--[a-z-]+", command("validate", "--help").out)) - {"--help"}
    assert "--strict" in options
    assert options <= set(re.findall(r"--[a-z-]+", PAGE))


def test_the_hook_runs_the_command(command: Command, tmp_path: Path) -> None:
    hook, of_code = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    program, *arguments = shlex.split(hook["entry"])
    metadata = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f"[project.scripts]\n{program} = " in metadata
    extra = re.search(r"^cli = (\[.*\])$", metadata, re.MULTILINE)
    assert extra
    assert hook["additional_dependencies"] == ast.literal_eval(extra[1])
    names = ["sagemaker/create-model.json", "sagemaker/create-model/churn.yaml"]
    for name in names:
        assert re.search(hook["files"], name)
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text('{"ModelName": "churn"}', encoding="utf-8")
    assert not re.search(hook["files"], "package.json")
    paths = [str(tmp_path / name) for name in names]
    assert command(*arguments, *hook["args"], *paths).status == 0
    assert of_code["entry"] == "sagemaker-typed check"
    assert command("check", Path(__file__)).status == 0


def yaml_shown(key: str) -> Any:
    """The one block of YAML on the page that has this key."""
    shown = [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)]
    (block,) = [block for block in shown if key in block]
    return block


def test_the_workflow_is_one() -> None:
    steps = yaml_shown("jobs")["jobs"]["validate"]["steps"]
    assert steps[-1]["run"].split()[:3] == ["sagemaker-typed", "validate", "auto"]


@pytest.mark.parametrize(
    ("hook", "file"),
    [(0, "sagemaker/create-endpoint-config.json"), (1, "deploy/endpoint-configs/churn.json")],
)
def test_the_hooks_shown_check_files(
    hook: int, file: str, command: Command, tmp_path: Path
) -> None:
    (local,) = yaml_shown("repos")["repos"]
    assert local["repo"] == "local"  # so it needs no address
    shown = local["hooks"][hook]
    assert {"id", "name", "entry", "language"} <= set(shown)  # a local hook must have these
    assert shown["additional_dependencies"] == ["sagemaker-typed[cli]"]
    assert re.search(shown["files"], file)
    program, *arguments = shlex.split(shown["entry"])
    assert program == "sagemaker-typed"
    path = tmp_path / file
    path.parent.mkdir(parents=True)
    serverless = {"MemorySizeInMB": 2048, "MaxConcurrency": 5}
    variant = {"VariantName": "main", "ModelName": "churn", "ServerlessConfig": serverless}
    for variants, status in (([variant], 0), ([], 1)):
        request = {"EndpointConfigName": "churn", "ProductionVariants": variants}
        path.write_text(json.dumps(request), encoding="utf-8")
        assert command(*arguments, str(path)).status == status
