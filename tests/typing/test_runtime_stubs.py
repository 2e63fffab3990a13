"""The stubs of the runtime say what its modules say, and import little."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from benchmarks.typing.environments import Environment
from tests.typing.checkers import BIN

ROOT: Final = Path(__file__).parents[2]
STUBS: Final = ROOT / "stubs" / "sagemaker_typed"
# The parts of these libraries that a user of boto3 names.
NAMED: Final = {
    "boto3",
    "botocore.client",
    "botocore.config",
    "botocore.exceptions",
    "botocore.response",
    "pydantic",
    "pydantic._internal._model_construction",
}
# Differences on purpose, as regular expressions.
ALLOWED: Final = (
    r".*\.AsyncDeployingClient\.(delete_deployment|deploy)",  # ``awaited`` makes a function
    r".*\.jmespath\.query",  # ``functools.cache`` keeps no signature
    r".*\.(OpenEnum|ShapeType)\.__new__",  # of Enum and of Pydantic
    r".*\.__(class_getitem|pydantic_init_subclass|pydantic_serializer)__",  # of Pydantic
)
SMALLEST: Final = """\
from sagemaker_typed import SageMakerClient

SageMakerClient(region_name="eu-west-1")
"""


def handwritten() -> list[Path]:
    """Return the stubs of the runtime that nobody generates."""
    return sorted((ROOT / "sagemaker_typed" / "core").rglob("*.pyi"))


def quoted_aliases() -> set[str]:
    """Return the aliases of types, which are strings at run time."""
    return {
        node.target.id
        for path in [
            *STUBS.rglob("*.pyi"),
            *handwritten(),
            *ROOT.glob("sagemaker_typed/core/**/*.py"),
        ]
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.AnnAssign)
        and isinstance(node.target, ast.Name)
        and ast.unparse(node.annotation) == "TypeAlias"
    }


@pytest.mark.parametrize("stub", [*sorted(STUBS.rglob("*.pyi")), *handwritten()], ids=str)
def test_a_stub_imports_what_a_user_names(stub: Path) -> None:
    for node in ast.walk(ast.parse(stub.read_text("utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        for name in names:
            root = name.partition(".")[0]
            assert root in {*sys.stdlib_module_names, "typing_extensions", "sagemaker_typed"} or (
                name in NAMED
            ), name


@pytest.mark.checkers
@pytest.mark.xdist_group("checkers")
def test_mypy_reads_few_files_for_the_smallest_program(alone: Environment, tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(SMALLEST, encoding="utf-8")
    python = f"--python-executable={alone.python}"
    cache = f"--cache-dir={tmp_path / 'cache'}"
    command = [BIN / "mypy", "--strict", "--verbose", python, cache, "program.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    read = [line.split("Parsing ")[1] for line in done.stderr.splitlines() if "Parsing " in line]
    files = [path.partition(" ")[0].rpartition("/site-packages/")[2] for path in read]
    runtime = [
        file.removeprefix("sagemaker_typed/").removesuffix(".pyi").removesuffix(".py")
        for file in files
        if re.match(r"sagemaker_typed/(?!models/|enums/)", file)
    ]
    assert len(runtime) <= 48, runtime
    assert not [file for file in runtime if "transport" in file or "validation" in file]
    libraries = {file.partition("/")[0] for file in files if not file.startswith(("/", "mypy/"))}
    pydantic = {"annotated_types", "pydantic", "pydantic_core", "typing_inspection"}
    assert libraries - {"program.py", "sagemaker_typed", "typing_extensions.py"} == pydantic


@pytest.mark.checkers
@pytest.mark.xdist_group("checkers")
def test_the_stubs_agree_with_their_modules(environment: Environment, tmp_path: Path) -> None:
    """Let mypy's stubtest import each module of the wheel, and compare."""
    (package,) = environment.folder.glob("lib/*/site-packages/sagemaker_typed")
    (tmp_path / "path").mkdir()
    (tmp_path / "path" / "sagemaker_typed").symlink_to(package)
    modules = [
        ".".join(path.relative_to(folder).with_suffix("").parts).removesuffix(".__init__")
        for folder, paths in (
            (STUBS.parent, STUBS.rglob("*.pyi")),
            (ROOT, (ROOT / "sagemaker_typed" / "core").rglob("*.pyi")),
        )
        for path in paths
        if path.parent.name != "rules"  # stubtest would also check the modules that have no stub
    ]
    allowed = tmp_path / "allowed.txt"
    aliases = r".*\.(" + "|".join(sorted(quoted_aliases())) + ")"
    allowed.write_text("\n".join([aliases, *ALLOWED]), encoding="utf-8")
    configuration = tmp_path / "mypy.ini"
    configuration.write_text("[mypy]\ndisable_error_code = misc\n", encoding="utf-8")
    command = [sys.executable, "-P", "-m", "mypy.stubtest", *modules, "--ignore-missing-stub"]
    options = ["--concise", f"--allowlist={allowed}", f"--mypy-config-file={configuration}"]
    path = str(tmp_path / "path")
    done = subprocess.run(
        [*command, *options, "--ignore-unused-allowlist"],
        cwd=tmp_path,
        env={**os.environ, "MYPYPATH": path, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
