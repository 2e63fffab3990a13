"""The wheel has the package and nothing else, and works in an empty environment."""

from __future__ import annotations

import email
import os
import re
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from tests.packaging import sizes

pytestmark = [pytest.mark.packaging, pytest.mark.xdist_group("packaging")]
ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "sagemaker_typed"

# The distributions that an installation adds, with dependencies of dependencies.
DISTRIBUTIONS = {
    "annotated-types",
    "boto3",
    "botocore",
    "jmespath",
    "pydantic",
    "pydantic-core",
    "python-dateutil",
    "s3transfer",
    "sagemaker-typed",
    "six",
    "tenacity",
    "typing-extensions",
    "typing-inspection",
    "urllib3",
}


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command outside this source tree and return its output."""
    ours = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={name: value for name, value in os.environ.items() if name not in ours},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from the source distribution, as a release does."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of an environment with the wheel and its dependencies."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=True, symlinks=os.name != "nt")
    python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    run(python, "-m", "pip", "install", "--quiet", wheel, cwd=home)
    return python


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    stray = {
        name for name in names if not name.startswith(("sagemaker_typed/", "sagemaker_typed-"))
    }
    assert stray == {"pytest_sagemaker_typed.py"}, "pytest loads its plugin without the package"
    expected = {
        f"sagemaker_typed/{path.relative_to(SOURCE).as_posix()}"
        for path in SOURCE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert expected <= names
    assert "sagemaker_typed/py.typed" in names
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_the_source_distribution_holds_the_repository(wheel: Path) -> None:
    (path,) = wheel.parent.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    tracked = set(run("git", "ls-files", cwd=ROOT).splitlines())
    left_out = {name for name in tracked if name.startswith((".ci/", ".github/"))}
    assert tracked - names == left_out
    assert not {name for name in names if name.startswith((".venv", ".nox", "dist", "site"))}
    assert path.stat().st_size <= 4_000_000


def test_the_package_index_shows_links_that_work(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = email.message_from_bytes(archive.read(name))
    page = metadata.get_payload()
    assert isinstance(page, str)
    links = re.findall(r"\]\(([^)]+)\)", page)
    assert len(links) > 15
    assert [link for link in links if not link.startswith("https://")] == []
    assert "Repository" in {url.partition(",")[0] for url in metadata.get_all("Project-URL", [])}


def test_it_brings_little(python: Path, tmp_path: Path) -> None:
    listed = run(python, "-m", "pip", "list", "--format=freeze", cwd=tmp_path).split()
    names = {line.partition("==")[0].lower().replace("_", "-") for line in listed}
    assert names - {"pip", "setuptools", "wheel"} == DISTRIBUTIONS


def test_it_is_small(wheel: Path, python: Path, tmp_path: Path) -> None:
    assert wheel.stat().st_size <= 3_000_000
    counted = run(
        python,
        "-c",
        "import sys; before = set(sys.modules)\n"
        "import sagemaker_typed; after = set(sys.modules)\n"
        "from pathlib import Path\n"
        "folder = Path(sagemaker_typed.__file__).parent\n"
        "print(sum(path.stat().st_size for path in folder.rglob('*') if path.is_file()))\n"
        "print(*sorted(after - before))\n",
        cwd=tmp_path,
    ).splitlines()
    assert int(counted[0]) <= 12_000_000, "installed, with the bytecode that pip compiles"
    assert len(counted[1].split()) <= 12, counted[1]


def test_the_sizes_in_the_docs_are_true() -> None:
    measured, stated = sizes.sizes(), sizes.stated()
    again = "run: python -m tests.packaging.sizes"
    assert measured.keys() == stated.keys(), again
    for part, (packed, installed) in measured.items():
        # Bytecode differs between versions of Python, and a small change needs no new table.
        assert stated[part][0] * 1e6 == pytest.approx(packed, rel=0.15, abs=20_000), (part, again)
        assert stated[part][1] * 1e6 == pytest.approx(installed, rel=0.15, abs=0.1e6), (part, again)


def test_it_is_imported_from_the_wheel(python: Path, tmp_path: Path) -> None:
    output = run(
        python,
        "-c",
        "import sagemaker_typed, sys\n"
        "print(sagemaker_typed.__file__)\n"
        "print(sagemaker_typed.__version__)\n"
        "print('boto3' in sys.modules or 'pydantic' in sys.modules)\n"
        "from sagemaker_typed import models, enums, errors, SageMakerClient\n"
        "print(models.ProductionVariant(variant_name='main'))\n",
        cwd=tmp_path,
    ).splitlines()
    assert Path(output[0]).is_relative_to(python.parents[1].resolve())
    version = run(python, "-m", "pip", "show", "sagemaker-typed", cwd=tmp_path).splitlines()[1]
    assert version == f"Version: {output[1]}"
    assert output[2] == "False"
    assert "variant_name='main'" in output[3]


@pytest.mark.checkers
def test_a_checker_sees_its_types(python: Path, tmp_path: Path) -> None:
    user = tmp_path / "user.py"
    user.write_text(
        "from sagemaker_typed import SageMakerClient\n"
        "client = SageMakerClient(region_name='eu-west-1')\n"
        "reveal_type(client.describe_endpoint(endpoint_name='churn').endpoint_status)\n"
        "from sagemaker_typed import enums, models\n"
        "reveal_type(models.Tag(key='a', value='b').key)\n"
        "reveal_type(enums.EndpointStatus.IN_SERVICE)\n",
        encoding="utf-8",
    )
    output = run(
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        f"--python-executable={python}",
        f"--cache-dir={tmp_path / 'cache'}",
        user,
        cwd=tmp_path,
    )
    seen = re.findall(r'Revealed type is "([^"]+)"', output)
    assert seen[0] == "sagemaker_typed.enums.endpoint.EndpointStatus"
    assert seen[1] == "str"
    assert seen[2].startswith("Literal[sagemaker_typed.enums.endpoint.EndpointStatus.IN_SERVICE]")
    assert "Success: no issues found in 1 source file" in output


@pytest.mark.saga
def test_the_demo_runs_from_it(python: Path, tmp_path: Path) -> None:
    demo = tmp_path / "deploy_endpoint.py"
    demo.write_bytes((ROOT / "examples" / "deploy_endpoint.py").read_bytes())
    without = subprocess.run(
        [python, demo, "--local"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert without.returncode == 1
    assert (
        without.stderr.strip()
        == "local_sagemaker() needs moto's server: pip install 'sagemaker-typed[local]'"
    )

    run(python, "-m", "pip", "install", "--quiet", "moto", "flask", "flask-cors", cwd=tmp_path)
    output = run(python, demo, "--local", cwd=tmp_path)
    assert "created 5, deleted 5" in output
