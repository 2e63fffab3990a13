"""Pipelines, and the JSON of their definitions."""

from __future__ import annotations

import json

from tests.rules.cases import IMAGE, ROLE, Case, Given, of

STEPS = [
    {
        "Name": "Train",
        "Type": "Training",
        "Arguments": {
            "AlgorithmSpecification": {"TrainingImage": IMAGE, "TrainingInputMode": "File"},
            "OutputDataConfig": {"S3OutputPath": {"Get": "Parameters.Output"}},
            "ResourceConfig": {
                "InstanceCount": {"Get": "Parameters.Count"},
                "InstanceType": "ml.m5.large",
                "VolumeSizeInGB": 30,
            },
            "RoleArn": ROLE,
            "StoppingCondition": {"MaxRuntimeInSeconds": 3600},
        },
    },
    {
        "Name": "Create",
        "Type": "Model",
        "Arguments": {
            "ExecutionRoleArn": ROLE,
            "PrimaryContainer": {
                "Image": IMAGE,
                "ModelDataUrl": {"Get": "Steps.Train.ModelArtifacts.S3ModelArtifacts"},
            },
        },
    },
]
DEFINITION = {
    "Version": "2020-12-01",
    "Parameters": [
        {"Name": "Count", "Type": "Integer", "DefaultValue": 1},
        {"Name": "Output", "Type": "String"},
    ],
    "Steps": STEPS,
}


def changed(old: object, new: object) -> str:
    text = json.dumps(DEFINITION)
    before, after = json.dumps(old)[1:-1], json.dumps(new)[1:-1]
    assert before in text
    return text.replace(before, after)


BROKEN = {
    "definition-is-json": "{",
    "definition-structure": changed({"Version": "2020-12-01"}, {"Version": "1"}),
    "step-arguments": changed({"TrainingInputMode": "File"}, {"TrainingInputMode": "Fiel"}),
    "definition-names-differ": json.dumps({**DEFINITION, "Steps": [*STEPS, {**STEPS[1]}]}),
    "definition-references": changed({"Get": "Steps.Train.ModelArtifacts.S3ModelArtifacts"},
                                     {"Get": "Steps.Train.ModelArtefacts.S3ModelArtifacts"}),
    "definition-without-cycles": changed({"Name": "Train"},
                                         {"Name": "Train", "DependsOn": ["Create"]}),
    "parameters-are-used": changed({"Get": "Parameters.Output"}, {"Std:Join": {
        "On": "/", "Values": ["s3:/", "bucket"]}}),
}  # fmt: skip


def pipeline(definition: str, shape: str) -> Given:
    more = of(RoleArn=ROLE, ClientRequestToken="x" * 32) if shape.startswith("Create") else {}
    return of(PipelineName="pipeline", PipelineDefinition=definition) | more


CASES = tuple(
    Case(
        f"pipeline/{rule}",
        shape,
        pipeline(json.dumps(DEFINITION), shape),
        pipeline(broken, shape),
    )
    for rule, broken in BROKEN.items()
    for shape in ("CreatePipelineRequest", "UpdatePipelineRequest")
)
