"""Thirty-two threads at once, in a process where nothing has been used before."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.service import Body, ScriptedService

THREADS = 32
ROOT = Path(__file__).parents[2]

# One client, every thread the same first use of it and of its models.
SHARED_CLIENT = """
import json, sys, threading
from concurrent.futures import ThreadPoolExecutor
import sagemaker_typed

sys.setswitchinterval(1e-6)
barrier = threading.Barrier({threads})
client = sagemaker_typed.SageMakerClient(region_name="eu-west-1", endpoint_url={url!r})

def use(number):
    barrier.wait(30)
    from sagemaker_typed import models
    variant = models.ProductionVariant(
        variant_name=f"v{{number}}", model_name="churn", instance_type="ml.m5.large",
        initial_instance_count=1 + number,
    )
    client.create_endpoint_config(
        endpoint_config_name=f"c{{number}}", production_variants=[variant],
        tags=[models.Tag(key="number", value=str(number))],
    )
    job = client.describe_training_job(training_job_name=f"t{{number}}")
    instance = job.resource_config.instance_type
    return [job.training_job_name, instance, id(type(variant)), id(type(job))]

with ThreadPoolExecutor({threads}) as pool:
    print(json.dumps(list(pool.map(use, range({threads})))))
"""

# Every thread makes a client of its own, as web servers do.
OWN_CLIENTS = """
import json, threading
from concurrent.futures import ThreadPoolExecutor
import sagemaker_typed

barrier = threading.Barrier({threads})

def use(number):
    barrier.wait(30)
    client = sagemaker_typed.SageMakerClient(region_name="eu-west-1", endpoint_url={url!r})
    job = client.describe_training_job(training_job_name=f"t{{number}}")
    return [job.training_job_name, job.resource_config.instance_type, 0, id(type(job))]

with ThreadPoolExecutor({threads}) as pool:
    print(json.dumps(list(pool.map(use, range({threads})))))
"""


@pytest.mark.parametrize("program", [SHARED_CLIENT, OWN_CLIENTS], ids=["shared", "own"])
def test_first_use_by_many_threads(service: ScriptedService, program: str) -> None:
    service.script(
        "CreateEndpointConfig", lambda r: Body({"EndpointConfigArn": r.body["EndpointConfigName"]})
    )
    service.script(
        "DescribeTrainingJob",
        lambda r: Body(
            {
                "TrainingJobName": r.body["TrainingJobName"],
                "ResourceConfig": {"InstanceType": "ml.m5.large", "VolumeSizeInGB": 1},
            }
        ),
    )
    run = subprocess.run(
        [sys.executable, "-c", program.format(threads=THREADS, url=service.url)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    used = json.loads(run.stdout)
    assert [row[:2] for row in used] == [[f"t{n}", "ml.m5.large"] for n in range(THREADS)]
    assert len({tuple(row[2:]) for row in used}) == 1  # one class, however many asked for it first
    sent = {r.body["EndpointConfigName"]: r.body for r in service.asked("CreateEndpointConfig")}
    for name, body in sent.items():
        number = name[1:]
        assert body["ProductionVariants"][0]["InitialInstanceCount"] == 1 + int(number)
        assert body["Tags"] == [{"Key": "number", "Value": number}]
