"""``update`` in a project of its own, from the installed botocore to wheels made of it."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import botocore
import pytest

from codegen.__main__ import main
from codegen.build import COMMITTED, ROOT
from codegen.commands import update
from codegen.commands.history import released
from codegen.errors import InputError
from codegen.overrides import table
from codegen.sources.wheels import download
from tests.sources import wheels

RUNTIME = "sagemaker-runtime"
METRICS = "sagemaker-metrics"
HISTORY = """# History

| date | botocore | new | updated | removed | breaking |
| --- | --- | ---: | ---: | ---: | ---: |
| 2031-01-02 | 1.0.0 |  |  |  |  |

The end.
"""
CHANGELOG = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- By hand.\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    (root / "sagemaker_typed").mkdir(parents=True)
    (root / "sagemaker_typed" / "__init__.py").write_text('__version__ = "1.4.2"\n')
    (root / "pyproject.toml").write_text('codegen = [\n    "botocore==1.0.0",\n    "x==1",\n]\n')
    (root / "CHANGELOG.md").write_text(CHANGELOG)
    (root / "docs").mkdir()
    (root / "docs" / "history.md").write_text(HISTORY)
    return root


def run(project: Path, new: str, *, dry_run: bool = False) -> list[str]:
    sizes = iter((200.0, 201.0))

    def generate(wheel: str) -> list[str]:
        return [f"generated from {Path(wheel).name}"]

    return list(
        update.update(
            project,
            "installed",
            new,
            ours=lambda service: service in (RUNTIME, METRICS),
            generate=None if dry_run else generate,
            measure=lambda: {"files": next(sizes)},
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
    wheel = wheels.wheel(tmp_path, RUNTIME, METRICS, change=grow)
    lines = run(project, wheel)
    assert f"| {RUNTIME} | 0 | 1 | 0 | 0 |" in lines
    assert "- `InvokeEndpointRequest.Extra` is new" in lines
    assert "| files | 200 | 201 | +0.5% |" in lines
    newest = f"| {released(wheel)} | 9.9.9 | 0 | 1 | 0 | 0 |\n| 2031-01-02 | 1.0.0 |"
    assert newest in (project / "docs" / "history.md").read_text()
    assert (project / "docs" / "history.md").read_text().endswith("|  |  |\n\nThe end.\n")
    assert any("1.4.2 -> 1.5.0 is proposed" in line for line in lines)
    assert '"botocore==9.9.9"' in (project / "pyproject.toml").read_text()
    assert '"x==1"' in (project / "pyproject.toml").read_text()
    text = (project / "CHANGELOG.md").read_text()
    assert "### Added\n\n- By hand.\n- `InvokeEndpointRequest`: `extra`.\n" in text
    assert "- generated from botocore-9.9.9-py3-none-any.whl" in lines


def test_what_breaks_is_told_and_comes_first(project: Path, tmp_path: Path) -> None:
    lines = run(project, wheels.wheel(tmp_path, RUNTIME, METRICS, change=shrink))
    broken = lines[lines.index("## Breaking changes") : lines.index("## Operations")]
    assert any("`InvokeEndpointAsync`: operation removed" in line for line in broken)
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
    assert f"| {RUNTIME} | 0 | 0 | 3 | 3 |" in lines
    assert not any(line.startswith(f"| {METRICS} ") for line in lines)
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


def test_on_a_clean_tree_nothing_changes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    services = sorted(path.name for path in wheels.DATA.glob("sagemaker*"))
    wheel = wheels.wheel(tmp_path, *services, version=botocore.__version__)
    written = [ROOT / name for name in ("pyproject.toml", "CHANGELOG.md", "docs/history.md")]
    before = [path.read_bytes() for path in written]
    assert main(["update", "--wheel", wheel]) == 0
    assert capsys.readouterr().out == (
        f"nothing changed: botocore {botocore.__version__} is the one pinned; nothing is written\n"
    )
    assert [path.read_bytes() for path in written] == before


def test_all_but_the_code_is_written_if_the_generator_fails(
    project: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(_folder: Path, _wheel: str) -> list[str]:
        raise InputError("the generator needs a row")

    def grow_main(model: dict[str, Any]) -> None:
        if "ProductionVariant" in model["shapes"]:
            model["shapes"]["ProductionVariant"]["members"]["Orbit"] = {"shape": "String"}

    monkeypatch.setattr(update, "ROOT", project)
    monkeypatch.setattr(update, "generate_from", fail)
    monkeypatch.setattr(update, "measure", lambda _root: {})
    (project / "pyproject.toml").write_text(f'    "botocore=={botocore.__version__}",\n')
    services = sorted(path.name for path in wheels.DATA.glob("sagemaker*"))
    wheel = wheels.wheel(tmp_path, *services, change=grow_main)
    file = tmp_path / "summary.md"
    assert main(["update", "--wheel", wheel, "--summary", str(file)]) == 2
    assert capsys.readouterr().err == "error: the generator needs a row\n"
    text = file.read_text()
    assert text.startswith(f"# botocore {botocore.__version__} -> 9.9.9\n")
    assert "- `ProductionVariant.Orbit` is new" in text
    assert text.endswith("\n## Failure\n\nInputError: the generator needs a row\n")
    assert '"botocore==9.9.9"' in (project / "pyproject.toml").read_text()
    assert "`ProductionVariant`: `orbit`" in (project / "CHANGELOG.md").read_text()
    assert "| 9.9.9 | 0 |" in (project / "docs" / "history.md").read_text()


def test_a_botocore_that_cannot_be_read_is_named_in_the_summary(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def change(model: dict[str, Any]) -> None:
        model["shapes"]["Unknown"] = {"type": "orbit"}

    services = sorted(path.name for path in wheels.DATA.glob("sagemaker*"))
    wheel = wheels.wheel(tmp_path, *services, change=change)
    file = tmp_path / "summary.md"
    assert main(["update", "--wheel", wheel, "--summary", str(file)]) == 2
    reason = capsys.readouterr().err.removeprefix("error: ")
    assert "orbit" in reason
    heading = f"# botocore {botocore.__version__} -> 9.9.9"
    assert file.read_text() == f"{heading}\n\n## Failure\n\nInputError: {reason}"


def test_a_dry_run_writes_nothing(project: Path, tmp_path: Path) -> None:
    before = snapshot(project)
    lines = run(project, wheels.wheel(tmp_path, RUNTIME, METRICS, change=grow), dry_run=True)
    assert lines[-1] == "- nothing is written"
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

    monkeypatch.setattr("codegen.sources.wheels.subprocess.run", pip)
    assert main(["update"]) == 2
    assert capsys.readouterr().err == "error: pip cannot fetch botocore: ERROR: no network\n"
    with pytest.raises(InputError, match=r"pip cannot fetch botocore==0\.0"):
        download("botocore==0.0", tmp_path)


def test_what_pip_fetches_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def pip(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        into = Path(command[command.index("--dest") + 1])
        into.mkdir()
        (into / "botocore-9.9.9-py3-none-any.whl").touch()
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr("codegen.sources.wheels.subprocess.run", pip)
    wheel = download("botocore", tmp_path)
    assert wheel.name == "botocore-9.9.9-py3-none-any.whl"


def test_one_of_two(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["update", "--to", "1", "--wheel", "x"]) == 2
    assert "--to and --wheel: expected one of them" in capsys.readouterr().err


def test_the_summary_is_written_for_a_pull_request(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All services of the installed botocore, and a member and a limit that change."""

    def change(model: dict[str, Any]) -> None:
        if "ProductionVariant" in model["shapes"]:
            model["shapes"]["ProductionVariant"]["members"]["Orbit"] = {"shape": "String"}
            model["shapes"]["EndpointStatus"]["enum"].append("Orbiting")
            model["shapes"]["VariantName"]["max"] += 1
            model["shapes"]["VariantName"]["min"] = 2
            del model["operations"]["DeleteTags"]

    services = sorted(path.name for path in wheels.DATA.glob("sagemaker*"))
    wheel = wheels.wheel(tmp_path, *services, change=change)
    file = tmp_path / "summary.md"
    assert main(["update", "--dry-run", "--wheel", wheel, "--summary", str(file)]) == 0
    text = file.read_text()
    assert text == capsys.readouterr().out
    assert text.startswith(f"# botocore {botocore.__version__} -> 9.9.9\n")
    sections = {part.partition("\n")[0]: part for part in text.split("\n## ")}
    assert "- `DeleteTags`: operation removed" in sections["Breaking changes"]
    assert "- `ProductionVariant.VariantName`: min tightened" in sections["Breaking changes"]
    assert "- removed: `DeleteTags`" in sections["Operations"]
    assert "- `ProductionVariant.Orbit` is new" in sections["Members"]
    assert "- `EndpointStatus`: `Orbiting`" in sections["Values"]
    assert "- `ProductionVariant.VariantName`: max loosened (`63` to `64`)" in sections["Limits"]
    pages = sections["Documentation pages"].splitlines()[4:]
    assert [line.split()[1] for line in pages if line] == [
        "2019-09-25", "2023-05-09", "2023-05-26", "2023-11-29", "r",
    ]  # fmt: skip
    assert any(" to " in line for line in pages), "a page documents a structure with a new member"


def test_the_package_is_measured() -> None:
    measured = update.measure(ROOT)
    assert measured["files"] > 500
    assert measured["compressed, kB"] < measured["installed, kB"] < 12_000
    assert 0 < measured["start of a client and a request, ms of CPU"] < 60_000
