"""``update`` in a project of its own, from the installed botocore to wheels made of it."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import botocore
import pytest

from codegen.__main__ import main
from codegen.build import COMMITTED
from codegen.commands import update
from codegen.errors import InputError
from codegen.overrides import table
from tests.sources import wheels

RUNTIME = "sagemaker-runtime"
METRICS = "sagemaker-metrics"
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
    def generate(wheel: str) -> list[str]:
        return [f"generated from {Path(wheel).name}"]

    return list(
        update.update(
            project,
            "installed",
            new,
            ours=lambda service: service in (RUNTIME, METRICS),
            generate=None if dry_run else generate,
        )
    )


def grow(model: dict[str, Any]) -> None:
    if "InvokeEndpointInput" not in model["shapes"]:
        return
    model["shapes"]["InvokeEndpointInput"]["members"]["Extra"] = {
        "shape": "Header", "location": "header", "locationName": "X-Extra",
    }  # fmt: skip


def shrink(model: dict[str, Any]) -> None:
    grow(model)
    model["operations"].pop("InvokeEndpointAsync", None)


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_addition(project: Path, tmp_path: Path) -> None:
    lines = run(project, wheels.wheel(tmp_path, RUNTIME, METRICS, change=grow))
    assert any(line.startswith(f"{RUNTIME}: 0 new, 1 updated") for line in lines)
    assert any("1.4.2 -> 1.5.0 is proposed" in line for line in lines)
    assert '"botocore==9.9.9"' in (project / "pyproject.toml").read_text()
    assert '"x==1"' in (project / "pyproject.toml").read_text()
    text = (project / "CHANGELOG.md").read_text()
    assert "### Added\n\n- By hand.\n- `InvokeEndpointRequest`: `extra`.\n" in text
    assert "generated from botocore-9.9.9-py3-none-any.whl" in lines


def test_what_breaks_is_told_and_comes_first(project: Path, tmp_path: Path) -> None:
    lines = run(project, wheels.wheel(tmp_path, RUNTIME, METRICS, change=shrink))
    assert any("invoke_endpoint_async" in line and "Breaking" in line for line in lines)
    assert any("1.4.2 -> 2.0.0 is proposed" in line for line in lines)
    text = (project / "CHANGELOG.md").read_text()
    assert text.index("### Removed") < text.index("### Added")
    assert "- **Breaking:** `SageMakerRuntimeClient.invoke_endpoint_async`." in text


def test_a_wheel_is_generated_from_as_if_it_were_installed(tmp_path: Path) -> None:
    """Everything that ``generate`` makes of botocore is made of the wheel: ``check`` tells."""
    elsewhere = table("names")["value_words_elsewhere"].values()
    services = {*(each.service for each in COMMITTED), *elsewhere}
    same = wheels.wheel(tmp_path, *services, version=botocore.__version__, code=True)
    assert update.generate_from(tmp_path / "same", same, "check")
    other = wheels.wheel(tmp_path, *services, code=True)
    with pytest.raises(InputError, match="generated files differ"):
        update.generate_from(tmp_path / "other", other, "check")


def test_services_come_and_go(project: Path, tmp_path: Path) -> None:
    lines = run(project, wheels.wheel(tmp_path, METRICS))
    assert any(line.startswith(f"{RUNTIME}: 0 new, 0 updated, 3 removed") for line in lines)
    assert not any(line.startswith(METRICS) and "0 removed" not in line for line in lines)
    text = (project / "CHANGELOG.md").read_text()
    assert "- **Breaking:** `SageMakerRuntimeClient.invoke_endpoint`." in text
    with pytest.raises(InputError, match="expected a botocore that has 'sagemaker'"):
        run(project, wheels.wheel(tmp_path))


def test_no_wheel_is_generated_from(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="expected a botocore wheel"):
        update.generate_from(tmp_path, wheels.sdist(tmp_path, RUNTIME))


def test_nothing_changed(project: Path, tmp_path: Path) -> None:
    before = snapshot(project)
    (line,) = run(project, wheels.wheel(tmp_path, RUNTIME, METRICS))
    assert line.startswith("nothing changed: botocore ")
    assert snapshot(project) == before


def test_a_dry_run_writes_nothing(project: Path, tmp_path: Path) -> None:
    before = snapshot(project)
    lines = run(project, wheels.wheel(tmp_path, RUNTIME, METRICS, change=grow), dry_run=True)
    assert lines[-1] == "nothing is written"
    assert any("1.5.0" in line for line in lines)
    assert snapshot(project) == before


def test_a_project_that_pins_nothing(project: Path) -> None:
    (project / "pyproject.toml").write_text("[project]\n")
    with pytest.raises(InputError, match=r"pyproject\.toml: expected a pin, 'botocore=="):
        update.pin(project)


def test_a_project_without_a_version(project: Path, tmp_path: Path) -> None:
    (project / "sagemaker_typed" / "__init__.py").write_text("")
    with pytest.raises(InputError, match="expected the project's version"):
        run(project, wheels.wheel(tmp_path, RUNTIME, METRICS, change=grow))


def test_the_registry_cannot_be_reached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def pip(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        assert command[1:3] == ["-m", "pip"]
        return subprocess.CompletedProcess(command, 1, "", "WARNING: x\nERROR: no network\n")

    monkeypatch.setattr("codegen.commands.update.subprocess.run", pip)
    assert main(["update"]) == 2
    assert capsys.readouterr().err == "error: pip cannot fetch botocore: ERROR: no network\n"
    with pytest.raises(InputError, match=r"pip cannot fetch botocore==0\.0"):
        update.download("botocore==0.0", tmp_path)


def test_what_pip_fetches_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def pip(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        into = Path(command[command.index("--dest") + 1])
        into.mkdir()
        (into / "botocore-9.9.9-py3-none-any.whl").touch()
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr("codegen.commands.update.subprocess.run", pip)
    wheel = update.download("botocore", tmp_path)
    assert wheel.name == "botocore-9.9.9-py3-none-any.whl"


def test_one_of_two(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["update", "--to", "1", "--wheel", "x"]) == 2
    assert "--to and --wheel: expected one of them" in capsys.readouterr().err
