"""The examples of a resource's life, run as a user runs them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.runtime.wire import EVENT_STREAM, part
from tests.service import Body, Fault, Raw, ScriptedService, endpoint_not_found

ROOT = Path(__file__).parents[2]
IMAGE = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn:1"
ROLE = "--role-arn=arn:aws:iam::123456789012:role/sagemaker"
OWN_MODEL = (ROLE, f"--image={IMAGE}", "--model-data=s3://bucket/model.tar.gz")
OWN_JOB = (ROLE, f"--image={IMAGE}", "--data=s3://bucket/train/", "--output=s3://bucket/out/")


def example(
    name: str, *arguments: str, service: ScriptedService | None = None
) -> subprocess.CompletedProcess[str]:
    url = {"AWS_ENDPOINT_URL": service.url} if service else {}
    return subprocess.run(
        [sys.executable, str(ROOT / "examples" / f"{name}.py"), *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT), **url},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.saga
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("list_and_clean_up", "9 found and deleted, 0 left"),
        ("train_and_watch", "output/model.tar.gz"),
        ("deploy_and_invoke", "deleted endpoint, configuration and model churn"),
    ],
)
def test_it_runs_locally(name: str, expected: str) -> None:
    pytest.importorskip("moto", reason="the extra `local` has moto")
    run = example(name, "--local")
    assert (run.returncode, run.stderr) == (0, "")
    assert expected in run.stdout


@pytest.mark.parametrize("name", ["train_and_watch", "deploy_and_invoke"])
def test_without_local_it_says_what_it_needs(name: str) -> None:
    run = example(name, ROLE)
    assert run.returncode == 2
    assert "without --local, --image" in run.stderr
    assert "Traceback" not in run.stderr


def test_nothing_is_deleted_unless_told_to(service: ScriptedService) -> None:
    old = {"CreationTime": 1_500_000_000}
    service.script("ListEndpoints", Body({"Endpoints": [{"EndpointName": "churn"} | old]}))
    service.script("ListEndpointConfigs", Body())
    service.script("ListModels", Body({"Models": [{"ModelName": "churn"} | old]}))
    run = example("list_and_clean_up", "churn", service=service)
    assert run.returncode == 0, run.stderr
    assert "2 found; nothing was deleted" in run.stdout
    assert [o for o in service.operations() if not o.startswith("List")] == []
    assert service.asked("ListModels")[0].body["NameContains"] == "churn"


def test_a_training_job_that_fails_says_why(service: ScriptedService) -> None:
    service.script("CreateTrainingJob", Body({"TrainingJobArn": "arn:churn"}))
    reason = "AlgorithmError: out of memory"
    service.script(
        "DescribeTrainingJob",
        Body({"TrainingJobStatus": "InProgress", "SecondaryStatus": "Training"}),
        Body({"TrainingJobStatus": "Failed", "SecondaryStatus": "Failed", "FailureReason": reason}),
    )
    run = example("train_and_watch", *OWN_JOB, "--name=churn", service=service)
    assert run.returncode == 1
    assert "InProgress (Training)" in run.stdout
    assert run.stderr == f"churn failed: {reason}\n"


def test_a_model_that_answers_piece_by_piece(service: ScriptedService) -> None:
    serving = Body({"EndpointStatus": "InService"})
    service.script("DescribeModel", Fault("ValidationException", 'Could not find model "churn".'))
    unseen = Fault("ValidationException", 'Could not find endpoint configuration "churn".')
    service.script("DescribeEndpointConfig", unseen, Body({"EndpointConfigName": "churn"}))
    service.script("DescribeEndpoint", endpoint_not_found, serving, endpoint_not_found)
    for kind in ("Model", "EndpointConfig", "Endpoint"):
        service.script(f"Create{kind}", Body({f"{kind}Arn": "arn:churn"}))
        service.script(f"Delete{kind}", Body())
    parts = [part(b"It was "), part(b"the best")]
    service.script(
        "POST /endpoints/churn/invocations-response-stream", Raw(b"".join(parts), 200, EVENT_STREAM)
    )
    run = example("deploy_and_invoke", *OWN_MODEL, "--stream", service=service)
    assert (run.returncode, run.stderr) == (0, "")
    assert "It was the best\n" in run.stdout
    assert [o for o in service.operations() if o.startswith("Delete")] == [
        "DeleteEndpoint",
        "DeleteEndpointConfig",
        "DeleteModel",
    ]


def test_what_differs_is_left_alone(service: ScriptedService) -> None:
    service.script("DescribeModel", Body({"PrimaryContainer": {"Image": "another"}}))
    service.script("DescribeEndpointConfig", Fault("ValidationException", "Could not find it"))
    service.script("DescribeEndpoint", Fault("ValidationException", "Could not find it"))
    run = example("deploy_and_invoke", *OWN_MODEL, service=service)
    assert run.returncode == 1
    assert "Model churn exists and differs in: ModelName, PrimaryContainer.Image," in run.stderr
    assert IMAGE not in run.stderr, "messages name members and show no values"
    assert "Traceback" not in run.stderr
    assert [o for o in service.operations() if not o.startswith("Describe")] == []
