"""The commands as a user types them: their output, their errors and their exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from codegen.__main__ import main
from tests.sources.conftest import DATA, ROOT
from tests.sources.own_pages import FLATTENED, INDENTED

MODELS = DATA / "models"
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def page(tmp_path: Path) -> str:
    path = tmp_path / "orchard.txt"
    path.write_text(INDENTED, "utf-8")
    return str(path)


def run(*arguments: str, capsys: Capture) -> tuple[int, str, str]:
    try:
        code = main(arguments)
    except SystemExit as exit_:
        code = int(exit_.code or 0)
    printed = capsys.readouterr()
    return code, printed.out, printed.err


@pytest.mark.parametrize("command", ["facts", "drift", "diff", "update", "generate"])
def test_help(command: str, capsys: Capture) -> None:
    code, out, err = run(command, "--help", capsys=capsys)
    assert (code, err) == (0, "")
    assert f"usage: python -m codegen {command}" in out


def test_facts_to_read(page: str, capsys: Capture) -> None:
    code, out, err = run("facts", page, capsys=capsys)
    assert (code, err) == (0, "")
    assert out.startswith("Amazon Orchard Service, 2031-04-05 (indented page)\n5 operations")
    assert "    Kind: apple | pear, required\n" in out
    assert "    Labels: map of structure\n      Text: string, required\n" in out
    assert "  returns nothing\n" in out
    assert "{'Trees': {'State': {'dry', 'wet'}}}" in out


def test_facts_for_programs(page: str, capsys: Capture) -> None:
    code, out, _ = run("facts", page, "--json", capsys=capsys)
    facts = json.loads(out)
    assert code == 0
    assert sorted(facts) == ["counts", "notices", "operations", "page"]
    assert facts["operations"]["PlantTree"]["request"]["members"]["Kind"] == {
        "type": "enum", "line": 17, "values": ["apple", "pear"], "required": True,
    }  # fmt: skip


def test_diff_to_read(capsys: Capture) -> None:
    old, new = (str(MODELS / f"botocore-1.33.{n}.json.gz") for n in (2, 3))
    code, out, err = run("diff", old, new, capsys=capsys)
    assert (code, err) == (0, "")
    assert out.startswith(f"{old} -> {new}: 13 new, 20 updated, 0 removed, 3 breaking\n")
    assert "\nCreateCluster (new)\n" in out
    assert (
        "BREAKING required removed: DescribeModel.response.ExecutionRoleArn: true -> false" in out
    )


def test_diff_for_programs(capsys: Capture) -> None:
    old, new = (str(MODELS / f"botocore-1.12.{n}.json.gz") for n in (235, 236))
    code, out, _ = run("diff", old, new, "--json", capsys=capsys)
    printed = json.loads(out)
    assert code == 0
    assert sorted(printed) == ["breaking", "operations", "summary"]
    assert printed["summary"] == {"new": 0, "updated": 6, "removed": 0}
    for operation in printed["operations"].values():
        assert sorted(operation) == ["other", "request", "response", "status"]


def test_what_is_not_compared_is_said_beside_the_result(
    page: str, tmp_path: Path, capsys: Capture
) -> None:
    other = tmp_path / "flat.txt"
    other.write_text(FLATTENED, "utf-8")
    code, out, err = run("diff", page, str(other), "--json", capsys=capsys)
    assert code == 0
    assert json.loads(out)["summary"]["removed"] == 0
    assert err.startswith("note: 4 operations are on one side only and not compared")


def test_drift_to_read_and_for_programs(page: str, capsys: Capture) -> None:
    model = str(MODELS / "botocore-1.12.235.json.gz")
    code, out, err = run("drift", page, "--against", model, capsys=capsys)
    assert (code, err) == (0, "")
    assert "5 gone" in out.splitlines()[0]
    assert len({line.index("operation") for line in out.splitlines() if " operation " in line}) == 1
    code, out, _ = run("drift", page, "--against", model, "--json", capsys=capsys)
    printed = json.loads(out)
    assert printed["summary"]["gone"] == 5
    assert {fact["path"] for fact in printed["facts"]} == {
        "PlantTree", "FellTree", "WaterTree", "ListTrees", "CountTrees",
    }  # fmt: skip


def test_a_broken_page_is_located_and_nothing_is_printed(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "broken.txt"
    path.write_text(INDENTED.replace("Age=123", "Age=?"), "utf-8")
    for command in (["facts", str(path)], ["drift", str(path)], ["diff", "installed", str(path)]):
        code, out, err = run(*command, capsys=capsys)
        assert (code, out) == (2, "")
        assert err == f"error: {path}:18:9: expected a value, found '?'\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["facts", "nowhere.txt"], "no such file; expected an API-changes page"),
        (["facts", "installed"], "expected a page, found a service model"),
        (["drift", "nowhere.txt"], "no such file"),
        (["drift", "PAGE", "--against", "nowhere.whl"], "no such file; expected 'installed'"),
        (["drift", "PAGE", "--against", "PAGE"], "expected 'installed', a botocore wheel"),
        (["diff", "installed", "nowhere"], "no such file"),
        (["diff", "installed", "installed", "--service", "sagemakr"], "did you mean 'sagemaker"),
        (["generate", "--source", "PAGE"], "--source and --out need each other"),
        (["generate", "--source", "PAGE", "--out", "not-a-name"], "not the name of a Python"),
    ],
)  # fmt: skip
def test_what_cannot_be_used(
    arguments: list[str], message: str, page: str, capsys: Capture
) -> None:
    typed = [page if argument == "PAGE" else argument for argument in arguments]
    code, out, err = run(*typed, capsys=capsys)
    assert (code, out) == (2, "")
    assert err.startswith("error: ")
    assert message in err
    assert err.count("\n") == 1


def test_what_is_missing(capsys: Capture) -> None:
    for arguments in ([], ["facts"], ["diff", "installed"], ["drift"]):
        code, out, err = run(*arguments, capsys=capsys)
        assert (code, out) == (2, "")
        assert "usage: " in err


def test_a_reader_that_has_read_enough(page: str) -> None:
    """``python -m codegen facts PAGE | head -1`` ends quietly."""
    command: Any = [sys.executable, "-m", "codegen", "drift", page, "--all", "--json"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 141
