"""The workflow of daily updates: its shell steps, with a local remote and a stand-in for ``gh``."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
import yaml

from codegen.build import ROOT

CHANGED = "# botocore 1.0.0 -> 1.0.1\n\n## Failure\n\nInputError: a row is missing\n"


class Runner:
    """A clone of a repository, in which the steps of the workflow run as GitHub runs them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clone = folder / "clone"
        self.calls = folder / "calls"
        (folder / "bin").mkdir()
        gh = folder / "bin" / "gh"
        gh.write_text(f'#!/bin/sh\necho "$@" >>{self.calls}\n')
        gh.chmod(0o755)
        self.shell(f"git init --quiet --bare --initial-branch main {folder}/remote", folder)
        self.shell(f"git clone --quiet {folder}/remote {self.clone}", folder)
        self.shell(
            "git switch --quiet --create main\n"
            "git -c user.name=a -c user.email=a@b commit --quiet --allow-empty -m first\n"
            "git push --quiet origin main"
        )

    def shell(self, script: str, folder: Path | None = None, **variables: str) -> None:
        environment = {
            **os.environ,
            "GIT_CONFIG_GLOBAL": str(self.folder / "gitconfig"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GITHUB_OUTPUT": str(self.folder / "output"),
            "GITHUB_REPOSITORY": "our/project",
            "GITHUB_RUN_ID": "7",
            "GITHUB_SERVER_URL": "https://github.com",
            "PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "RUNNER_TEMP": str(self.folder),
            **variables,
        }
        done = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", script],
            cwd=folder or self.clone,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr

    def step(self, name: str, **variables: str) -> None:
        """Run a step of the workflow."""
        workflow = yaml.safe_load((ROOT / ".github/workflows/update.yml").read_text("utf-8"))
        steps = {step.get("name"): step for step in workflow["jobs"]["update"]["steps"]}
        self.shell(steps[name]["run"], **variables)

    def version(self, summary: str) -> str:
        """Return the version that the workflow reads from a summary."""
        (self.folder / "summary").write_text(summary)
        self.step("Read the new version")
        last = (self.folder / "output").read_text().splitlines()[-1]
        return last.removeprefix("version=")

    def git(self, *arguments: str) -> str:
        command = ["git", "-C", str(self.folder / "remote"), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


def test_without_a_change_no_pull_request_is_wanted(runner: Runner) -> None:
    assert runner.version("nothing changed: botocore 1.0.0 is the one pinned\n") == ""


@pytest.mark.parametrize("is_written", [True, False])
def test_a_failed_update_opens_a_pull_request_with_the_reason(
    runner: Runner, *, is_written: bool
) -> None:
    version = runner.version(CHANGED)
    assert version == "1.0.1"
    if is_written:
        (runner.clone / "pyproject.toml").write_text("new")
    runner.step("Open a pull request", UPDATED="failure", TESTED="skipped", version=version)
    branch = "update/botocore-1.0.1"
    assert runner.git("log", "-1", "--format=%s", branch) == "Follow botocore 1.0.1\n"
    assert runner.git("ls-tree", "--name-only", branch) == "pyproject.toml\n" * is_written
    assert f"pr create --head {branch}" in runner.calls.read_text()
    body = (runner.folder / "body").read_text()
    assert body.startswith("`make update`: failure, `make check breaking test`: skipped (https://")
    assert body.endswith(CHANGED)


def test_a_second_run_leaves_the_pull_request_alone(runner: Runner) -> None:
    version = runner.version(CHANGED)
    for _ in range(2):
        runner.step("Open a pull request", UPDATED="success", TESTED="success", version=version)
        runner.shell("git switch --quiet main")
    assert runner.calls.read_text().count("pr create") == 1
