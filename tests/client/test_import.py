"""Importing the package loads nothing that is not used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def loaded_by(statements: str) -> set[str]:
    run = subprocess.run(
        [sys.executable, "-c", f"{statements}\nimport sys\nprint(*sys.modules)"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert run.returncode == 0, run.stderr
    return set(run.stdout.split())


HEAVY = {"boto3", "botocore", "pydantic", "pydantic_core", "tenacity"}


@pytest.mark.parametrize(
    "statements",
    [
        "import sagemaker_typed",
        "import sagemaker_typed.models",
        "import sagemaker_typed.enums",
        "import sagemaker_typed\nsagemaker_typed.__version__\ndir(sagemaker_typed)",
        "from sagemaker_typed.enums import ProductionVariantInstanceType",
    ],
)
def test_imports_load_neither_boto3_nor_pydantic(statements: str) -> None:
    assert not HEAVY & loaded_by(statements)


def test_one_model_loads_its_own_module_only() -> None:
    loaded = loaded_by("from sagemaker_typed.models import ProductionVariant")
    models = {name for name in loaded if name.startswith("sagemaker_typed.models.")}
    assert len(models - {"sagemaker_typed.models._index"}) == 1
    assert not {"boto3", "botocore"} & loaded


def test_a_client_loads_no_model_before_its_first_call() -> None:
    loaded = loaded_by(
        "from sagemaker_typed import SageMakerClient\nSageMakerClient(region_name='eu-west-1')"
    )
    models = {name for name in loaded if name.startswith("sagemaker_typed.models.")}
    assert models <= {"sagemaker_typed.models._index"}


def test_a_misspelt_name_is_answered_with_the_nearest() -> None:
    import sagemaker_typed.models

    with pytest.raises(AttributeError, match="ProductionVariant"):
        getattr(sagemaker_typed.models, "ProductionVarient")  # noqa: B009 - no checker sees it
    with pytest.raises(ImportError, match="EndpointStatis"):
        exec("from sagemaker_typed.enums import EndpointStatis")


STAR = """
from sagemaker_typed import *
from sagemaker_typed.enums import *

print(SageMakerClient.__name__, ServiceError.__name__, models.__name__, EndpointStatus.FAILED)
public = {name for name in dir(enums) if name[0].isupper() and not name.isupper()}
print(public - {*globals()})
"""


def test_a_star_import_brings_every_public_name() -> None:
    done = subprocess.run(
        [sys.executable, "-c", STAR], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    names, missing = done.stdout.splitlines()
    assert names == "SageMakerClient ServiceError sagemaker_typed.models Failed"
    assert missing == "set()"
