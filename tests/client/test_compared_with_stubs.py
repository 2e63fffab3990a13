"""Tests the README's statement on boto3-stubs: a checker finds the same mistakes with either."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.checkers
ROOT = Path(__file__).parents[2]

WITH_STUBS = """
import boto3
client = boto3.client("sagemaker")
client.describe_endpoint(EndpointNam="churn")
client.create_endpoint_config(
    EndpointConfigName="churn",
    ProductionVariants=[{"VariantName": "main", "InstanceType": "ml.m5.larg"}],
)
client.describe_endpoint(EndpointName="not a name")
"""
WITH_THIS = """
from sagemaker_typed import SageMakerClient
from sagemaker_typed.models import ProductionVariant
client = SageMakerClient()
client.describe_endpoint(endpoint_nam="churn")
client.create_endpoint_config(
    endpoint_config_name="churn",
    production_variants=[ProductionVariant(variant_name="main", instance_type="ml.m5.larg")],
)
client.describe_endpoint(endpoint_name="not a name")
"""


@pytest.mark.parametrize(
    ("program", "lines"), [(WITH_STUBS, {4, 7}), (WITH_THIS, {5, 8})], ids=["stubs", "this"]
)
def test_a_checker_finds_misspelt_arguments_and_values(
    program: str, lines: set[int], tmp_path: Path
) -> None:
    user = tmp_path / "user.py"
    user.write_text(program, encoding="utf-8")
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", user],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    reported = {int(line) for line in re.findall(r"user\.py:(\d+): error:", checked.stdout)}
    assert reported == lines, checked.stdout + checked.stderr
