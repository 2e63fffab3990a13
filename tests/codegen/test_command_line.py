"""``python -m codegen``: writing, checking, and what bad input gets."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.codegen.packages import ROOT, SERVICES, codegen, generate, texts


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A copy of what the generator reads and writes."""
    for folder in ("codegen", "docs", "sagemaker_typed", "stubs"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=ignored)
    return tmp_path


def test_the_repository_holds_what_the_generator_makes(repository: Path) -> None:
    before = texts(repository / "sagemaker_typed")
    (repository / "sagemaker_typed" / "models" / "by_hand.py").write_text("# mine\n")

    checked = codegen("check", cwd=repository)
    assert (checked.returncode, checked.stderr) == (0, "")
    generated = codegen("generate", cwd=repository)
    assert (generated.returncode, generated.stderr) == (0, "")
    after = texts(repository / "sagemaker_typed")
    assert after.pop("models/by_hand.py") == "# mine\n"
    assert after == before


def test_check_fails_on_every_kind_of_difference_and_generate_mends_it(repository: Path) -> None:
    package = repository / "sagemaker_typed"
    before = texts(package)
    changed, missing = package / "models" / "endpoint.py", package / "enums" / "endpoint.py"
    stale, endings = package / "models" / "gone.py", package / "errors.py"
    changed.write_text(changed.read_text().replace("max=63", "max=64", 1))
    missing.unlink()
    stale.write_text(changed.read_text().splitlines()[0] + "\n")
    endings.write_bytes(endings.read_bytes().replace(b"\n", b"\r\n", 1))

    checked = codegen("check", cwd=repository)
    assert checked.returncode == 1
    output = checked.stdout.splitlines()
    assert f"changed: {changed}" in output
    assert f"changed: {endings}" in output
    assert f"missing: {missing}" in output
    assert f"stale: {stale}" in output
    assert any(line.strip().startswith("-") and "max=64" in line for line in output)
    assert "4 generated files differ; run: python -m codegen generate" in output

    assert codegen("generate", cwd=repository).returncode == 0
    assert texts(package) == before


def test_a_second_run_removes_what_it_does_not_make_and_keeps_what_is_by_hand(
    tmp_path: Path,
) -> None:
    folder = generate(SERVICES["kinds"], tmp_path, "made")
    (folder / "models" / "mine.py").write_text("MINE = 1\n")
    (folder / "runtime").mkdir()
    elsewhere = (folder / "models" / "thing.py").read_text()
    (folder / "runtime" / "client.py").write_text(elsewhere)
    generate(SERVICES["tiny"], tmp_path, "made")

    left = texts(folder)
    assert "models/thing.py" not in left
    assert left["models/mine.py"] == "MINE = 1\n"
    assert left["runtime/client.py"] == elsewhere


def test_a_file_by_hand_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "client.py").write_text("# mine\n")
    done = codegen("generate", "--source", SERVICES["tiny"], "--out", tmp_path, "--package", "made")
    assert done.returncode == 2
    assert "client.py: was not generated" in done.stderr
    assert texts(tmp_path) == {"made/client.py": "# mine\n"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--source", "nothing.json"], "--source and --out need each other"),
        (["--out", "."], "--source and --out need each other"),
        (["--source", "no.json", "--out", ".", "--package", "p"], "no.json: "),
        (["--source", ".", "--out", ".", "--package", "p"], ".: "),
        (["--source", "README.md", "--out", ".", "--package", "p"], "expected"),
        (["--source", "x", "--out", ".", "--package", "a-b"], "'a-b' is not the name of a Python"),
        (["--source", "x", "--out", ".", "--package", "a.class"], "is not the name of a Python"),
    ],
)
def test_bad_input_is_one_clear_line(arguments: list[str], message: str) -> None:
    done = codegen("generate", *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("error: ")
    assert message in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_pattern_that_nothing_checks_is_said_aloud(tmp_path: Path) -> None:
    done = codegen("generate", "--source", SERVICES["kinds"], "--out", tmp_path, "--package", "p")
    assert done.returncode == 0
    assert "warning: the pattern of Unchecked is not checked" in done.stderr


def test_what_it_can_do_is_listed() -> None:
    done = codegen("--help")
    assert done.returncode == 0
    for command in ("generate", "check"):
        assert command in done.stdout
    assert codegen("nonsense").returncode == 2
