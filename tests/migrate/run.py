"""Runs programs one after another, each against a recording service of its own.

``python -m tests.migrate.run FOLDER`` writes, as JSON, the output and the requests of each program.
Nothing sleeps: ``time.sleep`` returns at once, before anything else is imported.
"""

from __future__ import annotations

# ruff: noqa: E402
import time

time.sleep = lambda _: None

import contextlib
import io
import json
import os
import sys
import traceback
from pathlib import Path
from typing import Any

import boto3

from tests.service.replies import Body, Fault, RecordedRequest, Reply
from tests.service.server import ScriptedService

ARN = "arn:aws:sagemaker:eu-west-1:123456789012"
MOMENT = 1_700_000_000


def endpoint(request: RecordedRequest) -> Reply:
    name = request.body["EndpointName"]
    broken = name == "broken"
    return Body(
        {
            "EndpointName": name,
            "EndpointArn": f"{ARN}:endpoint/{name}",
            "EndpointConfigName": f"{name}-1",
            "EndpointStatus": "Failed" if broken else "InService",
            "CreationTime": MOMENT,
            "LastModifiedTime": MOMENT,
            "ProductionVariants": [
                {"VariantName": "main", "CurrentInstanceCount": 2, "CurrentWeight": 1.0},
                {"VariantName": "shadow"},
            ],
        }
    )


def creating(request: RecordedRequest) -> Reply:
    body = endpoint(request)
    assert isinstance(body, Body)
    return Body({**body.body, "EndpointStatus": "Creating"})


def models(request: RecordedRequest) -> Reply:
    first = request.body.get("NextToken") is None
    names = ("churn-1", "churn-2") if first else ("churn-3",)
    listed = [
        {"ModelName": name, "ModelArn": f"{ARN}:model/{name}", "CreationTime": MOMENT}
        for name in names
    ]
    return Body({"Models": listed, **({"NextToken": "second"} if first else {})})


def endpoints(request: RecordedRequest) -> Reply:
    first = request.body.get("NextToken") is None
    names = {"churn": "InService", "old": "Failed"} if first else {"third": "InService"}
    times = {"CreationTime": MOMENT, "LastModifiedTime": MOMENT}
    listed = [
        {"EndpointName": n, "EndpointArn": f"{ARN}:endpoint/{n}", "EndpointStatus": s, **times}
        for n, s in names.items()
    ]
    return Body({"Endpoints": listed, **({"NextToken": "second"} if first else {})})


def training_jobs(_: RecordedRequest) -> Reply:
    times = {"CreationTime": MOMENT, "TrainingJobArn": f"{ARN}:training-job/x"}
    statuses = {"churn-1": "Completed", "churn-2": "Stopped"}
    return Body(
        {
            "TrainingJobSummaries": [
                {"TrainingJobName": name, "TrainingJobStatus": status, **times}
                for name, status in statuses.items()
            ]
        }
    )


def training_job(request: RecordedRequest) -> Reply:
    name = request.body["TrainingJobName"]
    return Body(
        {
            "TrainingJobName": name,
            "TrainingJobArn": f"{ARN}:training-job/{name}",
            "TrainingJobStatus": "Completed",
            "SecondaryStatus": "Completed",
            "ModelArtifacts": {"S3ModelArtifacts": "s3://bucket/model.tar.gz"},
            "CreationTime": MOMENT,
            "FinalMetricDataList": [{"MetricName": "auc", "Value": 0.5, "Timestamp": MOMENT}],
        }
    )


def described_model(request: RecordedRequest) -> Reply:
    name = request.body["ModelName"]
    arn = f"{ARN}:model/{name}"
    return Body({"ModelName": name, "ModelArn": arn, "CreationTime": MOMENT})


PACKAGE = {
    "ModelPackageArn": f"{ARN}:model-package/churn/1",
    "ModelPackageName": "churn",
    "ModelPackageStatus": "Completed",
    "ModelPackageStatusDetails": {"ValidationStatuses": []},
    "CreationTime": MOMENT,
}
GONE = Fault("ResourceNotFound", "it does not exist")
SCRIPTS: dict[str, tuple[Reply, ...]] = {
    "AddTags": (Body({"Tags": []}),),
    "CreateEndpoint": (Body({"EndpointArn": f"{ARN}:endpoint/churn"}),),
    "CreateEndpointConfig": (Body({"EndpointConfigArn": f"{ARN}:endpoint-config/churn-1"}),),
    "CreateModel": (Body({"ModelArn": f"{ARN}:model/churn"}),),
    "CreateProcessingJob": (Body({"ProcessingJobArn": f"{ARN}:processing-job/clean"}),),
    "CreateTrainingJob": (Body({"TrainingJobArn": f"{ARN}:training-job/churn-1"}),),
    "DeleteEndpoint": (Body(),),
    "DescribeEndpoint": (creating, endpoint),
    "DescribeExperiment": (GONE,),
    "DescribeModel": (described_model,),
    "DescribeModelPackage": (Body(PACKAGE),),
    "DescribeModelPackageGroup": (Fault("ValidationException", "no such group"),),
    "DescribeTrainingJob": (training_job,),
    "DescribeTrial": (GONE,),
    "ListEndpoints": (endpoints,),
    "ListModels": (models,),
    "ListTags": (Body({"Tags": [{"Key": "a", "Value": "b"}, {"Key": "c", "Value": "d"}]}),),
    "ListTrainingJobs": (training_jobs,),
    "POST /endpoints/churn/invocations": (Body({"predictions": [1]}),),
    "UpdateEndpoint": (Body({"EndpointArn": f"{ARN}:endpoint/churn"}),),
    "UpdateModelPackage": (Body({"ModelPackageArn": f"{ARN}:model-package/churn/1"}),),
}


def run(program: Path) -> dict[str, Any]:
    """Run one program, and return its output and its requests."""
    printed = io.StringIO()
    boto3.DEFAULT_SESSION = None
    with ScriptedService() as service:
        for operation, replies in SCRIPTS.items():
            service.script(operation, *replies)
        if not program.stem.startswith("waiter_simple"):
            service.script("DescribeEndpoint", endpoint)
        os.environ["AWS_ENDPOINT_URL"] = service.url
        code = compile(program.read_text(encoding="utf-8"), str(program), "exec")
        with contextlib.redirect_stdout(printed):
            try:
                exec(code, {"__name__": "__main__"})
            except Exception:  # noqa: BLE001  # a program may raise anything
                printed.write(traceback.format_exc())
        requests = [[each.operation, each.body] for each in service.asked()]
    return {"output": printed.getvalue(), "requests": requests}


def main() -> None:
    settings = {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "TZ": "UTC",
    }
    os.environ.update(settings)
    time.tzset()
    programs = sorted(Path(sys.argv[1]).glob("*.py"))
    json.dump({program.stem: run(program) for program in programs}, sys.stdout)


if __name__ == "__main__":
    main()
