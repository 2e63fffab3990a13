"""The demo, run as a user runs it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.service import Body, Fault, RecordedRequest, ScriptedService, stale_configuration
from tests.service.scenes import ARN

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "deploy_endpoint.py"
OWN_ACCOUNT = (
    "--role-arn=arn:aws:iam::123456789012:role/sagemaker",
    "--image=churn:1",
    "--model-data=s3://bucket/model.tar.gz",
    "--capture-to=s3://bucket/captured",
)


def demo(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(EXAMPLE), *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.saga
def test_the_local_demo() -> None:
    pytest.importorskip("moto", reason="the extra `local` has moto")
    run = demo("--local")
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""
    steps = re.findall(r"^  ok     (\S+)", run.stdout, re.MULTILINE)
    assert [step for step in steps if step != "wait"] == [
        "CreateModel",
        "CreateEndpointConfig",
        "CreateEndpointConfig",
        "CreateEndpoint",
        "CreateEndpoint",
        "UpdateEndpointWeightsAndCapacities",
        "ListEndpoints",
        "DeleteEndpoint",
        "DeleteEndpoint",
        "DeleteEndpointConfig",
        "DeleteEndpointConfig",
        "DeleteModel",
    ]
    assert "main: weight 0.5, 1 instances" in run.stdout
    assert "created 5, deleted 5" in run.stdout


def test_without_local_it_says_what_it_needs() -> None:
    run = demo("--image=churn:1")
    assert run.returncode == 2
    assert "without --local, --role-arn, --model-data, --capture-to must be given" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_failure_leaves_nothing_behind(service: ScriptedService) -> None:
    def named(request: RecordedRequest) -> Body:
        return Body({"ModelArn": ARN, "EndpointConfigArn": ARN} if request.body else {})

    stale_configuration(service)
    service.script("CreateModel", named)
    service.script("CreateEndpointConfig", named)
    service.script("CreateEndpoint", Fault("ResourceLimitExceeded", "no instance is left for you"))
    service.script("DeleteEndpointConfig", Body())
    service.script("DeleteModel", Body())
    run = demo(*OWN_ACCOUNT, AWS_ENDPOINT_URL=service.url)
    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    assert "ResourceLimitExceeded" in run.stderr
    assert "no instance is left for you" in run.stderr
    created = [r.body for r in service.asked("CreateEndpointConfig")]
    deleted = [r.body["EndpointConfigName"] for r in service.asked("DeleteEndpointConfig")]
    assert deleted == [body["EndpointConfigName"] for body in reversed(created)]
    assert len(service.asked("DeleteModel")) == 1
    assert "created 3, deleted 3" in run.stdout
    assert created[1]["ProductionVariants"][0]["ServerlessConfig"] == {
        "MemorySizeInMB": 2048,
        "MaxConcurrency": 5,
        "ProvisionedConcurrency": 1,
    }


def test_no_region_is_said_without_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    run = demo(*OWN_ACCOUNT)
    assert run.returncode == 1
    assert run.stderr.strip() == "NoRegionError: You must specify a region."
