"""``update`` in a project of its own, from the installed botocore to wheels made of it."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from codegen.__main__ import main
from codegen.build import Committed
from codegen.commands import update
from codegen.emit.package import Target
from codegen.faults import InputFault
from tests.sources import wheels

RUNTIME = "sagemaker-runtime"
COMMITTED = (Committed(service=RUNTIME, target=Target(package="runtime_typed")),)
CHANGELOG = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- By hand.\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    (root / "sagemaker_typed").mkdir(parents=True)
    (root / "sagemaker_typed" / "__init__.py").write_text('__version__ = "1.4.2"\n')
    (root / "pyproject.toml").write_text('codegen = [\n    "botocore==1.0.0",\n    "x==1",\n]\n')
    (root / "CHANGELOG.md").write_text(CHANGELOG)
    return root


def run(project: Path, new: str, *, dry_run: bool = False) -> list[str]:
    return list(update.update(project, "installed", new, committed=COMMITTED, dry_run=dry_run))


def grow(model: dict[str, Any]) -> None:
    model["shapes"]["InvokeEndpointInput"]["members"]["Extra"] = {
        "shape": "Header", "location": "header", "locationName": "X-Extra",
    }  # fmt: skip


def shrink(model: dict[str, Any]) -> None:
    grow(model)
    del model["operations"]["InvokeEndpointAsync"]


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_addition(project: Path, tmp_path: Path) -> None:
    lines = run(project, wheels.wheel(tmp_path, RUNTIME, change=grow))
    assert "1 updated" in lines[1]
    assert any("1.4.2 -> 1.5.0 is proposed" in line for line in lines)
    assert '"botocore==9.9.9"' in (project / "pyproject.toml").read_text()
    assert '"x==1"' in (project / "pyproject.toml").read_text()
    text = (project / "CHANGELOG.md").read_text()
    assert "### Added\n\n- By hand.\n- `InvokeEndpointRequest`: `extra`.\n" in text
    models = "".join(p.read_text() for p in (project / "runtime_typed").rglob("*.py"))
    assert "botocore 9.9.9" in models
    assert 'extra = optional("Extra"' in models


def test_what_breaks_is_told_and_comes_first(project: Path, tmp_path: Path) -> None:
    lines = run(project, wheels.wheel(tmp_path, RUNTIME, change=shrink))
    assert any("invoke_endpoint_async" in line and "Breaking" in line for line in lines)
    assert any("1.4.2 -> 2.0.0 is proposed" in line for line in lines)
    text = (project / "CHANGELOG.md").read_text()
    assert text.index("### Removed") < text.index("### Added")
    assert "- **Breaking:** `SageMakerRuntimeClient.invoke_endpoint_async`." in text


def test_nothing_changed(project: Path, tmp_path: Path) -> None:
    before = snapshot(project)
    (line,) = run(project, wheels.wheel(tmp_path, RUNTIME))
    assert line.startswith("nothing changed: botocore ")
    assert snapshot(project) == before


def test_a_dry_run_writes_nothing(project: Path, tmp_path: Path) -> None:
    before = snapshot(project)
    lines = run(project, wheels.wheel(tmp_path, RUNTIME, change=grow), dry_run=True)
    assert lines[-1] == "nothing is written"
    assert any("1.5.0" in line for line in lines)
    assert snapshot(project) == before


def test_a_project_that_pins_nothing(project: Path) -> None:
    (project / "pyproject.toml").write_text("[project]\n")
    with pytest.raises(InputFault, match=r"pyproject\.toml: expected a pin, 'botocore=="):
        update.pin(project)


def test_a_project_without_a_version(project: Path, tmp_path: Path) -> None:
    (project / "sagemaker_typed" / "__init__.py").write_text("")
    with pytest.raises(InputFault, match="expected the project's version"):
        run(project, wheels.wheel(tmp_path, RUNTIME, change=grow))


def test_the_registry_cannot_be_reached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def pip(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        assert command[1:3] == ["-m", "pip"]
        return subprocess.CompletedProcess(command, 1, "", "WARNING: x\nERROR: no network\n")

    monkeypatch.setattr("codegen.commands.update.subprocess.run", pip)
    assert main(["update"]) == 2
    assert capsys.readouterr().err == "error: pip cannot fetch botocore: ERROR: no network\n"
    with pytest.raises(InputFault, match=r"pip cannot fetch botocore==0\.0"):
        update.download("botocore==0.0", tmp_path)


def test_what_pip_fetches_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def pip(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        into = Path(command[command.index("--dest") + 1])
        into.mkdir()
        (into / "botocore-9.9.9-py3-none-any.whl").touch()
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr("codegen.commands.update.subprocess.run", pip)
    found = update.download("botocore", tmp_path)
    assert found.name == "botocore-9.9.9-py3-none-any.whl"


def test_one_of_two(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["update", "--to", "1", "--wheel", "x"]) == 2
    assert "--to and --wheel: expected one of them" in capsys.readouterr().err
