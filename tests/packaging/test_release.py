"""The step that prepares a release: its version and its section of the changelog."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import release

ENTRIES = "### Added\n\n- A thing.\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "sagemaker_typed").mkdir()
    (tmp_path / "sagemaker_typed" / "__init__.py").write_text(
        '"""Doc."""\n\n__version__ = "0.0.9"\n'
    )
    (tmp_path / "CHANGELOG.md").write_text(f"# Changelog\n\n## [Unreleased]\n\n{ENTRIES}")
    return tmp_path


def changelog(project: Path) -> str:
    return (project / "CHANGELOG.md").read_text()


def test_the_unreleased_changes_become_those_of_the_version(project: Path) -> None:
    release.prepare(project, "0.1.0", "2026-12-01")
    assert changelog(project) == (
        f"# Changelog\n\n## [Unreleased]\n\n## [0.1.0] - 2026-12-01\n\n{ENTRIES}"
    )
    assert release.read_version(project) == "0.1.0"
    text = (project / "sagemaker_typed" / "__init__.py").read_text()
    assert text == '"""Doc."""\n\n__version__ = "0.1.0"\n'


def test_a_second_run_changes_nothing(project: Path) -> None:
    release.prepare(project, "0.1.0", "2026-12-01")
    before = changelog(project)
    release.prepare(project, "0.1.0", "2026-12-24")
    assert changelog(project) == before


def test_a_release_has_changes(project: Path) -> None:
    release.prepare(project, "0.1.0", "2026-12-01")
    with pytest.raises(SystemExit, match="has no entries under Unreleased"):
        release.prepare(project, "0.2.0", "2026-12-24")
    assert release.read_version(project) == "0.1.0"


@pytest.mark.parametrize("version", ["", "1", "v0.1.0", "0.1.0rc1"])
def test_a_version_has_three_numbers(project: Path, version: str) -> None:
    with pytest.raises(SystemExit, match="expected a version such as"):
        release.prepare(project, version, "2026-12-01")
