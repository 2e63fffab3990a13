"""``python -m codegen breaking`` on small repositories with a release and a change after it."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest

from codegen.commands.breaking import compared, record
from codegen.diff.public_api import Class, interface

ROOT = Path(__file__).parents[2]

# Slim modules that run, and stubs beside them that say what they mean, as in the real package.
FILES = {
    "CHANGELOG.md": "# Changelog\n\n## [Unreleased]\n\n## [0.1.0]\n\n### Added\n\n- All of it.\n",
    "sagemaker_typed/__init__.py": """\
from sagemaker_typed.core.lazy import lazy_getattr

TYPE_CHECKING = False

if TYPE_CHECKING:
    from sagemaker_typed.client import Client as Client
    from sagemaker_typed.core.base import Policy as Policy
    from sagemaker_typed.core.base import Shape as Shape
    from . import models as models

__version__ = "0.1.0"

__getattr__, __dir__ = lazy_getattr(__name__, {})
""",
    "sagemaker_typed/core/__init__.py": "",
    "sagemaker_typed/core/base.py": """\
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


def helper(number: int) -> int: ...


class Shape:
    def to_boto(self) -> dict[str, object]: ...
    def _hidden(self) -> None: ...


class OpenEnum(str, Enum): ...


@dataclass(frozen=True, kw_only=True)
class Policy:
    attempts: int = 12
    clock: Callable[[], float]


class BaseClient:
    def send(self, request: Shape, /) -> Shape: ...
    @property
    def region(self) -> str: ...
""",
    "sagemaker_typed/client.py": """\
from sagemaker_typed.core.base import BaseClient
class Client(BaseClient):
    def create_endpoint(self, *, endpoint_name, tags=None): ...
    def delete_endpoint(self, *, endpoint_name): ...
""",
    "sagemaker_typed/client.pyi": """\
from collections.abc import Sequence
from sagemaker_typed.core.base import BaseClient
from sagemaker_typed.models.endpoint import CreateEndpointResponse
from sagemaker_typed.models.tag import Tag as _Tag

class Client(BaseClient):
    def create_endpoint(
        self, *, endpoint_name: str, tags: Sequence[_Tag] | None = None, size: int | str = 1
    ) -> CreateEndpointResponse: ...
    def delete_endpoint(self, *, endpoint_name: str) -> None: ...
""",
    "sagemaker_typed/models/__init__.py": "__getattr__ = None\n",
    "sagemaker_typed/models/__init__.pyi": """\
from .endpoint import CreateEndpointRequest as CreateEndpointRequest
from .endpoint import CreateEndpointResponse as CreateEndpointResponse
from .tag import Tag as Tag
""",
    "sagemaker_typed/models/tag.py": "class Tag: ...\n",
    "sagemaker_typed/models/tag.pyi": """\
from sagemaker_typed.core.base import Shape
class Tag(Shape):
    key: str
    value: str | None
    def __init__(self, *, key: str, value: str | None = None) -> None: ...
""",
    "sagemaker_typed/models/endpoint.py": "class CreateEndpointResponse: ...\n",
    "sagemaker_typed/models/endpoint.pyi": """\
from sagemaker_typed.core.base import Shape
from sagemaker_typed.models.tag import Tag
class CreateEndpointRequest(Shape):
    endpoint_name: str
    def __init__(self, *, endpoint_name: str, retry: bool | None = None) -> None: ...
class CreateEndpointResponse(Shape):
    arn: str
    tags: tuple[Tag, ...]
""",
    "sagemaker_typed/enums/__init__.pyi": "from .endpoint import Status as Status\n",
    "sagemaker_typed/enums/endpoint.py": """\
from sagemaker_typed.core.base import OpenEnum
class Status(OpenEnum):
    IN_SERVICE = "InService"
    FAILED = "Failed"
""",
    "sagemaker_typed/dicts.py": "__getattr__ = None\n",
    "sagemaker_typed/dicts.pyi": """\
from typing_extensions import NotRequired, Required, TypedDict
class TagDict(TypedDict, total=False):
    Key: Required[str]
    Value: str
""",
    "sagemaker_typed/rules/__init__.py": """\
from sagemaker_typed.rules._checker import check
__all__ = ["check"]
""",
    "sagemaker_typed/rules/_checker.py": "def check(request: object) -> list[str]: ...\n",
}


def git(root: Path, *arguments: str) -> None:
    who = ["-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "init.defaultBranch=main"]
    quiet = ["-c", "commit.gpgsign=false", "-c", "tag.gpgsign=false"]
    subprocess.run(["git", "-C", root, *who, *quiet, *arguments], check=True, capture_output=True)


def commit(root: Path) -> None:
    git(root, "add", ".")
    git(root, "commit", "-m", "a change")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A clone of what was released as v0.1.0, with one commit more."""
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    git(tmp_path, "init")
    commit(tmp_path)
    git(tmp_path, "tag", "v0.1.0")
    (tmp_path / "notes").write_text("", encoding="utf-8")
    commit(tmp_path)
    return tmp_path


def replace(root: Path, path: str, old: str, new: str) -> None:
    file = root / "sagemaker_typed" / path
    text = file.read_text(encoding="utf-8")
    assert old in text, path
    file.write_text(text.replace(old, new), encoding="utf-8")


@dataclass(frozen=True)
class Case:
    path: str
    old: str
    new: str
    message: str = ""


BREAKING = {
    "method removed": Case(
        "client.pyi",
        "    def delete_endpoint(self, *, endpoint_name: str) -> None: ...\n",
        "",
        "sagemaker_typed.Client.delete_endpoint: is gone",
    ),
    "parameter renamed": Case(
        "client.pyi",
        "tags: Sequence",
        "labels: Sequence",
        "sagemaker_typed.Client.create_endpoint(tags): is gone",
    ),
    "parameter required": Case(
        "models/endpoint.pyi",
        "retry: bool | None = None",
        "retry: bool | None",
        "sagemaker_typed.models.CreateEndpointRequest.__init__(retry): is required now",
    ),
    "parameter new and required": Case(
        "client.pyi",
        "*, endpoint_name: str) -> None",
        "*, endpoint_name: str, sure: bool) -> None",
        "sagemaker_typed.Client.delete_endpoint(sure): is new and required",
    ),
    "parameter takes less": Case(
        "client.pyi",
        "size: int | str = 1",
        "size: int = 1",
        "sagemaker_typed.Client.create_endpoint(size): takes int, no longer str",
    ),
    "sequence takes a list alone": Case(
        "client.pyi",
        "Sequence[_Tag] | None",
        "list[_Tag] | None",
        "create_endpoint(tags): takes list[Tag] | None, no longer Sequence[Tag]",
    ),
    "default changed": Case(
        "client.pyi",
        "size: int | str = 1",
        "size: int | str = 2",
        "sagemaker_typed.Client.create_endpoint(size): default was 1, is 2",
    ),
    "returns something else": Case(
        "client.pyi",
        "-> CreateEndpointResponse",
        "-> None",
        "create_endpoint: returns None, where it was CreateEndpointResponse",
    ),
    "field removed": Case(
        "models/tag.pyi",
        "    value: str | None\n",
        "",
        "sagemaker_typed.models.Tag.value: is gone",
    ),
    "field may be missing": Case(
        "models/endpoint.pyi",
        "    arn: str",
        "    arn: str | None",
        "sagemaker_typed.models.CreateEndpointResponse.arn: is str | None, where it was str",
    ),
    "items of another type": Case(
        "models/endpoint.pyi",
        "tuple[Tag, ...]",
        "tuple[str, ...]",
        "CreateEndpointResponse.tags: is tuple[str, ...], where it was tuple[Tag, ...]",
    ),
    "enum member removed": Case(
        "enums/endpoint.py",
        '    FAILED = "Failed"\n',
        "",
        "sagemaker_typed.enums.Status.FAILED: is gone",
    ),
    "enum value changed": Case(
        "enums/endpoint.py",
        '"Failed"',
        '"Broken"',
        "sagemaker_typed.enums.Status.FAILED: was 'Failed', is 'Broken'",
    ),
    "ancestor lost": Case(
        "core/base.py",
        "OpenEnum(str, Enum)",
        "OpenEnum(Enum)",
        "sagemaker_typed.enums.Status: is no str any more",
    ),
    "name no longer shown": Case(
        "models/__init__.pyi",
        "from .tag import Tag as Tag\n",
        "from .tag import Tag\n",
        "sagemaker_typed.models.Tag: is gone",
    ),
    "lazy name removed": Case(
        "__init__.py",
        "    from sagemaker_typed.core.base import Policy as Policy\n",
        "",
        "sagemaker_typed.Policy: is gone",
    ),
    "inherited from core": Case(
        "core/base.py",
        "    def to_boto(self) -> dict[str, object]: ...\n",
        "",
        "sagemaker_typed.Shape.to_boto: is gone",
    ),
    "by place before, by name now": Case(
        "rules/_checker.py",
        "check(request: object)",
        "check(*, request: object)",
        "sagemaker_typed.rules.check(request): was given by place or name, is given by name alone",
    ),
    "dataclass's field": Case(
        "core/base.py",
        "    attempts: int = 12",
        "    attempts: int",
        "sagemaker_typed.Policy.__init__(attempts): is required now",
    ),
    "property gives more": Case(
        "core/base.py",
        "def region(self) -> str: ...",
        "def region(self) -> str | None: ...",
        "sagemaker_typed.Client.region: is str | None, where it was str",
    ),
    "key required": Case(
        "dicts.pyi",
        "    Value: str",
        "    Value: Required[str]",
        "sagemaker_typed.dicts.TagDict.Value: is required now",
    ),
    "key of another type": Case(
        "dicts.pyi",
        "Key: Required[str]",
        "Key: Required[int]",
        "sagemaker_typed.dicts.TagDict.Key: takes int, no longer str",
    ),
}

HARMLESS = {
    "runs otherwise": Case("client.py", "    def delete_endpoint", "    def drop_endpoint"),
    "not public": Case("core/base.py", "def helper(number: int)", "def helper(word: str)"),
    "private": Case("core/base.py", "    def _hidden(self) -> None: ...\n", ""),
    "parameter takes more": Case("client.pyi", "size: int | str", "size: int | str | None"),
    "sequence of more": Case("client.pyi", "Sequence[_Tag]", "Sequence[_Tag | str]"),
    "any iterable": Case("client.pyi", "Sequence[_Tag] | None", "Sequence[_Tag] | str | None"),
    "new and optional": Case(
        "client.pyi", "endpoint_name: str)", "endpoint_name: str, x: int = 0)"
    ),
    "field is there always": Case("models/tag.pyi", "    value: str | None\n", "    value: str\n"),
    "listed value where a string was": Case(
        "models/endpoint.pyi",
        "    arn: str\n",
        "    arn: Status\n",
    ),
    "required no longer": Case("dicts.pyi", "Required[str]", "NotRequired[str]"),
    "another name inside": Case("client.pyi", "_Tag", "Label"),
    "new enum member": Case(
        "enums/endpoint.py", '"Failed"\n', '"Failed"\n    UPDATING = "Updating"\n'
    ),
}


@pytest.mark.parametrize("case", BREAKING.values(), ids=BREAKING)
def test_a_break_is_named_once(project: Path, case: Case) -> None:
    replace(project, case.path, case.old, case.new)
    code, lines = compared(project)
    errors = [line for line in lines if line.startswith("error: ")]
    assert code == 1
    assert len(errors) == 1, errors
    assert case.message in errors[0]


@pytest.mark.parametrize("case", BREAKING.values(), ids=BREAKING)
def test_a_break_is_named_without_the_tag_of_the_release(project: Path, case: Case) -> None:
    record(project)
    git(project, "tag", "-d", "v0.1.0")
    assert compared(project) == (0, ["nothing breaks since 0.1.0"])
    replace(project, case.path, case.old, case.new)
    code, lines = compared(project)
    assert code == 1
    assert [case.message in line for line in lines if line.startswith("error: ")] == [True]


def test_the_same_interface_is_the_same_file(project: Path) -> None:
    first = record(project).read_bytes()
    replace(project, "core/base.py", "def helper", "# a comment\ndef helper")
    assert record(project).read_bytes() == first


@pytest.mark.parametrize("case", HARMLESS.values(), ids=HARMLESS)
def test_what_breaks_nobody_passes(project: Path, case: Case) -> None:
    replace(project, case.path, case.old, case.new)
    assert compared(project) == (0, ["nothing breaks since v0.1.0"])


def test_a_class_may_move_to_another_module(project: Path) -> None:
    models = project / "sagemaker_typed" / "models"
    for suffix in (".py", ".pyi"):
        (models / f"tag{suffix}").rename(models / f"label{suffix}")
    replace(project, "models/__init__.pyi", "from .tag", "from .label")
    replace(project, "models/endpoint.pyi", "models.tag", "models.label")
    replace(project, "client.pyi", "models.tag", "models.label")
    assert compared(project)[0] == 0


ENTRIES = {
    "method": "`Client.delete_endpoint`: use another",
    "class": "`Client` is rewritten",
    "whole name": "`sagemaker_typed.Client.delete_endpoint` goes",
    "request": "`DeleteEndpointRequest` goes with its operation",
}


def announce(root: Path, entry: str, heading: str = "## [Unreleased]\n") -> None:
    file = root / "CHANGELOG.md"
    text = file.read_text(encoding="utf-8")
    entry = f"{heading}\n### Removed\n\n- {entry}.\n"
    file.write_text(text.replace(heading, entry, 1), encoding="utf-8")


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
def test_a_break_may_be_announced(project: Path, entry: str) -> None:
    case = BREAKING["method removed"]
    replace(project, case.path, case.old, case.new)
    announce(project, f"**Breaking:** {entry}")
    code, lines = compared(project)
    assert (code, lines) == (0, ["changes that break a caller since v0.1.0: 1 change, 1 announced"])


def test_values_are_announced_as_the_generator_writes_them(project: Path) -> None:
    case = BREAKING["enum member removed"]
    replace(project, case.path, case.old, case.new)
    announce(project, "**Breaking:** `Status`: `Failed`")
    assert compared(project)[0] == 0


@pytest.mark.parametrize(
    ("entry", "heading"),
    [
        ("`Client.delete_endpoint` goes", "## [Unreleased]\n"),
        ("**Breaking:** `Client.create_endpoint` is another", "## [Unreleased]\n"),
        ("**Breaking:** `Client.delete_endpoint` goes", "## [0.1.0]\n"),
    ],
    ids=["not as breaking", "another method", "of the last release"],
)
def test_what_announces_something_else_does_not_help(
    project: Path, entry: str, heading: str
) -> None:
    case = BREAKING["method removed"]
    replace(project, case.path, case.old, case.new)
    announce(project, entry, heading)
    code, lines = compared(project)
    assert code == 1
    assert "- **Breaking:** `Client.delete_endpoint` is gone." in lines


@pytest.mark.parametrize(
    ("version", "passes"), [("0.1.0", True), ("0.2.0", True), ("1.0.0", True), ("0.1.1", False)]
)
def test_the_version_takes_the_step(project: Path, version: str, passes: bool) -> None:
    case = BREAKING["method removed"]
    replace(project, case.path, case.old, case.new)
    replace(project, "__init__.py", '"0.1.0"', f'"{version}"')
    announce(project, "**Breaking:** `Client.delete_endpoint` goes")
    code, lines = compared(project)
    assert (code == 0) == passes
    wrong = "error: version 0.1.1 follows 0.1.0, and the changes that break require 0.2.0"
    assert (wrong in lines) == (not passes)


def test_without_a_release_there_is_nothing_to_compare(project: Path) -> None:
    git(project, "tag", "-d", "v0.1.0")
    git(project, "tag", "before-the-holidays")
    code, [line] = compared(project)
    assert code == 0
    assert "no tag of an earlier release" in line
    assert "nothing to compare" in line


def test_a_shallow_clone_says_how_to_get_the_tags(project: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--depth=1", "--no-tags", project.as_uri(), str(clone))
    code, [line] = compared(clone)
    assert code == 0
    assert "git fetch --tags --unshallow" in line


def test_an_unpacked_archive_is_no_clone(tmp_path: Path) -> None:
    assert compared(tmp_path)[0] == 0


def test_the_latest_release_is_the_one_compared_with(project: Path) -> None:
    case = BREAKING["method removed"]
    replace(project, case.path, case.old, case.new)
    replace(project, "__init__.py", '"0.1.0"', '"0.10.0"')
    commit(project)
    git(project, "tag", "v0.10.0")
    assert "since v0.1.0" in compared(project)[1][0]  # a release, with the one before it
    (project / "notes").write_text("more", encoding="utf-8")
    commit(project)
    git(project, "tag", "v0.9.0", "v0.1.0")
    assert compared(project) == (0, ["nothing breaks since v0.10.0"])


def test_the_real_package_shows_what_botocore_documents() -> None:
    import botocore.session
    from botocore import xform_name

    package = ROOT / "sagemaker_typed"
    files = {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for path in package.rglob("*")
        if path.suffix in (".py", ".pyi")
    }
    shown = interface("sagemaker_typed", files)
    model: Any = botocore.session.get_session().get_service_model("sagemaker")
    client = cast("Class", shown["sagemaker_typed.SageMakerClient"])
    assert {xform_name(name) for name in model.operation_names} <= client.members.keys()
    assert {"send", "wait", "boto3", "from_boto3", "deploy"} <= client.members.keys()
    for name in model.shape_names:
        shape = model.shape_for(name)
        module = "enums" if getattr(shape, "enum", None) else "models"
        if shape.type_name == "structure" or module == "enums":
            assert f"sagemaker_typed.{module}.{name}" in shown, name
    assert not [name for name in shown if ".core." in name or "._" in name]
