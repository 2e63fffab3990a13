"""A mistake in a pipeline definition is found at its place, and a correct definition has none."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sagemaker_typed import rules
from sagemaker_typed.core.schema.paths import location
from sagemaker_typed.models import CreatePipelineRequest
from tests.cli.conftest import Command
from tests.rules.cases import IMAGE, ROLE
from tests.rules.cases.pipeline import pipeline

RESOURCES = {"InstanceCount": 1, "InstanceType": "ml.m5.large", "VolumeSizeInGB": 30}
PROCESSING = {
    "AppSpecification": {"ImageUri": IMAGE, "ContainerArguments": [{"Std:Join": {
        "On": " ", "Values": ["--rate", {"Get": "Parameters.Rate"}]}}]},
    "ProcessingResources": {"ClusterConfig": RESOURCES},
    "ProcessingOutputConfig": {"Outputs": [{"OutputName": "report", "S3Output": {
        "S3Uri": {"Std:Join": {"On": "/", "Values": [
            "s3:/", {"Get": "Parameters.Bucket"}, {"Get": "Execution.PipelineExecutionId"}]}},
        "LocalPath": "/opt/ml/processing/report", "S3UploadMode": "EndOfJob"}}]},
    "RoleArn": ROLE,
}  # fmt: skip
TRAINING = {
    "AlgorithmSpecification": {"TrainingImage": IMAGE, "TrainingInputMode": "File"},
    "HyperParameters": {"rate": {"Get": "Parameters.Rate"}, "depth": "3"},
    "InputDataConfig": [{"ChannelName": "train", "DataSource": {"S3DataSource": {
        "S3DataType": "S3Prefix",
        "S3Uri": {"Get": "Steps.Check.ProcessingOutputConfig.Outputs['report'].S3Output.S3Uri"}}}}],
    "OutputDataConfig": {"S3OutputPath": "s3://bucket/models"},
    "ResourceConfig": {**RESOURCES, "InstanceType": {"Get": "Parameters.Type"}},
    "RoleArn": ROLE,
    "StoppingCondition": {"MaxRuntimeInSeconds": 3600},
}  # fmt: skip
DEFINITION: dict[str, Any] = {
    "Version": "2020-12-01",
    "Metadata": {},
    "Parameters": [
        {"Name": "Bucket", "Type": "String"},
        {"Name": "Rate", "Type": "Float", "DefaultValue": 0.1},
        {"Name": "Type", "Type": "String", "DefaultValue": "ml.m5.large",
         "EnumValues": ["ml.m5.large", "ml.m5.xlarge"]},
        {"Name": "Skip", "Type": "Boolean", "DefaultValue": False},
    ],
    "PipelineExperimentConfig": {"ExperimentName": {"Get": "Execution.PipelineName"},
                                 "TrialName": {"Get": "Execution.PipelineExecutionId"}},
    "Steps": [
        {"Name": "Check", "Type": "Processing", "Arguments": PROCESSING,
         "CacheConfig": {"Enabled": True, "ExpireAfter": "P30d"},
         "PropertyFiles": [{"PropertyFileName": "Report", "OutputName": "report",
                            "FilePath": "report.json"}]},
        {"Name": "Train", "Type": "Training", "Arguments": TRAINING, "DependsOn": ["Check"],
         "RetryPolicies": [{"ExceptionType": ["Step.SERVICE_FAULT"], "MaxAttempts": 3}]},
        {"Name": "Tune", "Type": "Tuning", "Arguments": {
            "HyperParameterTuningJobConfig": {
                "Strategy": "Bayesian",
                "HyperParameterTuningJobObjective": {"Type": "Minimize", "MetricName": "rmse"},
                "ResourceLimits": {"MaxNumberOfTrainingJobs": 4, "MaxParallelTrainingJobs": 2},
            }}},
        {"Name": "Create", "Type": "Model", "Arguments": {
            "ExecutionRoleArn": ROLE, "PrimaryContainer": {
                "Image": IMAGE,
                "ModelDataUrl": {"Get": "Steps.Train.ModelArtifacts.S3ModelArtifacts"}}}},
        {"Name": "Score", "Type": "Transform", "Arguments": {
            "ModelName": {"Get": "Steps.Create.ModelName"},
            "TransformInput": {"DataSource": {"S3DataSource": {
                "S3DataType": "S3Prefix", "S3Uri": "s3://bucket/data"}}},
            "TransformOutput": {"S3OutputPath": "s3://bucket/scores"},
            "TransformResources": {"InstanceCount": 1, "InstanceType": "ml.m5.large"}}},
        {"Name": "Auto", "Type": "AutoML", "Arguments": {
            "InputDataConfig": [{"TargetAttributeName": "y", "DataSource": {"S3DataSource": {
                "S3DataType": "S3Prefix", "S3Uri": "s3://bucket/data"}}}],
            "OutputDataConfig": {"S3OutputPath": "s3://bucket/auto"}, "RoleArn": ROLE}},
        {"Name": "Quality", "Type": "QualityCheck", "Arguments": PROCESSING,
         "CheckType": "DATA_QUALITY", "SkipCheck": {"Get": "Parameters.Skip"},
         "SuppliedBaselineStatistics": None},
        {"Name": "Bias", "Type": "ClarifyCheck", "Arguments": PROCESSING,
         "CheckType": "DATA_BIAS"},
        {"Name": "Tell", "Type": "Lambda",
         "Arguments": {"any": {"Get": "Steps.Train.ModelArtifacts"}},
         "FunctionArn": "arn:aws:lambda:us-west-2:111122223333:function:tell",
         "OutputParameters": [{"OutputName": "said", "OutputType": "String"}]},
        {"Name": "Ask", "Type": "Callback", "SqsQueueUrl": "https://sqs.us-west-2.amazonaws.com/1/q",
         "Arguments": {"text": {"Get": "Steps.Tell.OutputParameters['said']"}},
         "OutputParameters": [{"OutputName": "ok", "OutputType": "Boolean"}]},
        {"Name": "Spark", "Type": "EMR", "ClusterId": "j-1", "Arguments": {
            "StepConfig": {"HadoopJarStep": {"Jar": "s3://bucket/a.jar"}}}},
        {"Name": "Good", "Type": "Condition", "Arguments": {
            "Conditions": [
                {"Type": "LessThanOrEqualTo", "RightValue": {"Get": "Parameters.Rate"},
                 "LeftValue": {"Std:JsonGet": {
                     "PropertyFile": {"Get": "Steps.Check.PropertyFiles.Report"}, "Path": "a.b"}}},
                {"Type": "Or", "Conditions": [
                    {"Type": "In", "QueryValue": {"Get": "Parameters.Type"}, "Values": ["a"]},
                    {"Type": "Not", "Condition": {
                        "Type": "Equals", "LeftValue": 1, "RightValue": 2}}]}],
            "IfSteps": [{"Name": "Register", "Type": "RegisterModel", "Arguments": {
                "ModelPackageGroupName": "group", "ModelApprovalStatus": "Approved"}}],
            "ElseSteps": [{"Name": "Failed", "Type": "Fail", "Arguments": {
                "ErrorMessage": {"Std:Join": {"On": " ", "Values": ["bad"]}}}}]}},
        {"Name": "New", "Type": "BrandNewKindOfWork", "Arguments": {"anything": 1}},
    ],
}  # fmt: skip
LAST = 11
"""The index of the condition step."""

Change = Callable[[Any], None]


def put(path: str, value: object) -> Change:
    """Set the value at a path of the definition."""

    def change(definition: Any) -> None:
        *around, last = location(path)
        for part in around:
            definition = definition[part]
        definition[last] = value

    return change


def rename(path: str, name: str) -> Change:
    """Rename the key at a path."""

    def change(definition: Any) -> None:
        *around, last = location(path)
        for part in around:
            definition = definition[part]
        definition[name] = definition.pop(last)

    return change


ARGUMENTS = "step-arguments"
STRUCTURE = "definition-structure"
REFERENCES = "definition-references"
MISTAKES: list[tuple[Change, str, str]] = [
    (put("Version", "2020-12-1"), STRUCTURE, "Version"),
    (put("Steps", {}), STRUCTURE, "Steps"),
    (rename("Parameters", "Parameter"), STRUCTURE, "Parameter"),
    (put("Parameters[1].DefaultValue", "0.1"), STRUCTURE, "Parameters[1].DefaultValue"),
    (put("Parameters[3].DefaultValue", 1), STRUCTURE, "Parameters[3].DefaultValue"),
    (put("Parameters[2].DefaultValue", "ml.c5.large"), STRUCTURE, "Parameters[2].DefaultValue"),
    (put("Parameters[0].Type", "Strng"), STRUCTURE, "Parameters[0].Type"),
    (put("Parameters[0].Name", "Rate"), "definition-names-differ", "Parameters[1].Name"),
    (put("PipelineExperimentConfig.TrialName.Get", "Parameters.Trial"), REFERENCES,
     "PipelineExperimentConfig.TrialName.Get"),
    (put("Steps[0].Type", "Procesing"), STRUCTURE, "Steps[0].Type"),
    (rename("Steps[0].Arguments", "Argument"), STRUCTURE, "Steps[0].Argument"),
    (put("Steps[0].CacheConfig.Enabled", "yes"), STRUCTURE, "Steps[0].CacheConfig.Enabled"),
    (put("Steps[0].Arguments.ProcessingResources.ClusterConfig.InstanceType", "ml.m5.lrage"),
     ARGUMENTS, "Steps[0].Arguments.ProcessingResources.ClusterConfig.InstanceType"),
    (put("Steps[0].Arguments.AppSpecification.ContainerArguments[0]['Std:Join'].Values", "a"),
     STRUCTURE,
     "Steps[0].Arguments.AppSpecification.ContainerArguments[0].Std:Join.Values"),
    (put("Steps[1].RetryPolicies[0].MaxAttempts", "3"), STRUCTURE,
     "Steps[1].RetryPolicies[0].MaxAttempts"),
    (put("Steps[7].Name", "Is it fair?"), STRUCTURE, "Steps[7].Name"),
    (put("Steps[1].DependsOn[0]", "Chekc"), REFERENCES, "Steps[1].DependsOn[0]"),
    (rename("Steps[1].Arguments.AlgorithmSpecification", "AlgorithmSpec"), ARGUMENTS,
     "Steps[1].Arguments.AlgorithmSpec"),
    (put("Steps[1].Arguments.HyperParameters.rate.Get", "Parameters.Rat"), REFERENCES,
     "Steps[1].Arguments.HyperParameters.rate.Get"),
    (put("Steps[1].Arguments.ResourceConfig.InstanceCount", {"Get": "Parameters.Bucket"}),
     ARGUMENTS, "Steps[1].Arguments.ResourceConfig.InstanceCount"),
    (put("Steps[1].Arguments.OutputDataConfig.S3OutputPath", {"Get": "Execution.PipelineNam"}),
     REFERENCES, "Steps[1].Arguments.OutputDataConfig.S3OutputPath.Get"),
    (put("Steps[2].Arguments.HyperParameterTuningJobConfig.Strategy", "Bayes"), ARGUMENTS,
     "Steps[2].Arguments.HyperParameterTuningJobConfig.Strategy"),
    (put("Steps[3].Arguments.PrimaryContainer.ModelDataUrl.Get",
         "Steps.Train.ModelArtifacts.S3ModelArtifact"), REFERENCES,
     "Steps[3].Arguments.PrimaryContainer.ModelDataUrl.Get"),
    (put("Steps[4].Arguments.TransformResources.InstanceCount", 0), ARGUMENTS,
     "Steps[4].Arguments.TransformResources.InstanceCount"),
    (put("Steps[5].Arguments.RoleArn", "role"), ARGUMENTS, "Steps[5].Arguments.RoleArn"),
    (put("Steps[6].CheckType", "DATA_BIAS"), STRUCTURE, "Steps[6].CheckType"),
    (put("Steps[7].Arguments.RoleArn", 7), ARGUMENTS, "Steps[7].Arguments.RoleArn"),
    (rename("Steps[8].FunctionArn", "FunctionArm"), STRUCTURE, "Steps[8].FunctionArm"),
    (put("Steps[9].Arguments.text.Get", "Steps.Tell.OutputParameters['sad']"), REFERENCES,
     "Steps[9].Arguments.text.Get"),
    (rename("Steps[9].SqsQueueUrl", "SqsQueueURL"), STRUCTURE, "Steps[9].SqsQueueURL"),
    (rename("Steps[10].Arguments", "Arguements"), STRUCTURE, "Steps[10].Arguements"),
    (put(f"Steps[{LAST}].Arguments.Conditions[0].Type", "LessThen"), STRUCTURE,
     f"Steps[{LAST}].Arguments.Conditions[0].Type"),
    (put(f"Steps[{LAST}].Arguments.Conditions[1].Conditions[1].Condition.Type", "Equal"),
     STRUCTURE, f"Steps[{LAST}].Arguments.Conditions[1].Conditions[1].Condition.Type"),
    (put(f"Steps[{LAST}].Arguments.Conditions[0].LeftValue['Std:JsonGet'].PropertyFile.Get",
         "Steps.Check.PropertyFiles.Reprot"), REFERENCES,
     f"Steps[{LAST}].Arguments.Conditions[0].LeftValue.Std:JsonGet.PropertyFile.Get"),
    (put(f"Steps[{LAST}].Arguments.IfSteps[0].Arguments.ModelApprovalStatus", "Aproved"),
     ARGUMENTS, f"Steps[{LAST}].Arguments.IfSteps[0].Arguments.ModelApprovalStatus"),
    (put(f"Steps[{LAST}].Arguments.ElseSteps[0].Name", "Train"), "definition-names-differ",
     f"Steps[{LAST}].Arguments.ElseSteps[0].Name"),
    (put(f"Steps[{LAST}].Arguments.ElseSteps[0].Arguments.ErrorMessage", {"Std:Jion": {}}),
     STRUCTURE, f"Steps[{LAST}].Arguments.ElseSteps[0].Arguments.ErrorMessage.Std:Jion"),
    (put("Steps[0].DependsOn", ["Create"]), "definition-without-cycles", "Steps[0].Name"),
]  # fmt: skip


def broken(definition: object) -> list[tuple[str, str]]:
    request = CreatePipelineRequest.from_boto(
        pipeline(json.dumps(definition), "CreatePipelineRequest")
    )
    findings = rules.check(request, severities=("error", "warning", "advice"))
    return [(each.id.partition("/")[2], each.paths[0]) for each in findings]


def test_a_correct_definition() -> None:
    assert broken(DEFINITION) == []


@pytest.mark.parametrize(
    ("change", "rule", "path"), MISTAKES, ids=[path for _, _, path in MISTAKES]
)
def test_a_mistake_before_the_call(change: Change, rule: str, path: str) -> None:
    definition = copy.deepcopy(DEFINITION)
    change(definition)
    assert (rule, f"PipelineDefinition.{path}") in broken(definition)


@pytest.mark.parametrize(
    ("change", "rule", "path"), MISTAKES, ids=[path for _, _, path in MISTAKES]
)
def test_a_mistake_in_a_file(
    command: Command, tmp_path: Path, change: Change, rule: str, path: str
) -> None:
    definition = copy.deepcopy(DEFINITION)
    change(definition)
    if not isinstance(definition["Steps"], list):
        pytest.skip("it has not the form of a definition")
    file = tmp_path / "nightly.json"
    file.write_text(json.dumps(definition, indent=1))
    ended = command("validate", "auto", file, "--format", "json")
    problems = json.loads(ended.out)
    (problem,) = [each for each in problems if each["path"] == path][:1]
    assert problem["code"] == f"pipeline/{rule}"
    line = file.read_text().splitlines()[problem["line"] - 1][problem["column"] - 1 :]
    last = location(path)[-1]
    value: Any = definition
    for part in location(path):
        value = value[part]
    assert line.startswith((json.dumps(last), json.dumps(value)[:1]))
    assert ended.status == 1


def test_the_least_definition() -> None:
    step = {"Name": "a", "Type": "Endpoint", "Arguments": {"EndpointConfigName": "b"}}
    condition = {"Type": "NotIn", "Value": {"Get": "Parameters.b"}, "In": ["c"]}
    both = {"Name": "d", "Type": "Condition", "Arguments": {"Conditions": [condition]}}
    assert broken({"Parameters": [{"Name": "b"}], "Steps": [step, both]}) == []


def test_a_correct_file(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "nightly.json"
    file.write_text(json.dumps(DEFINITION, indent=1))
    ended = command("validate", "auto", file, "--advice", "--strict")
    assert (ended.status, ended.out) == (0, "")


def test_advice(command: Command, tmp_path: Path) -> None:
    definition = copy.deepcopy(DEFINITION)
    definition["Parameters"].append({"Name": "Rest", "Type": "String"})
    assert broken(definition) == [("parameters-are-used", "PipelineDefinition.Parameters[4]")]
    file = tmp_path / "nightly.json"
    file.write_text(json.dumps(definition))
    assert command("validate", "auto", file).out == ""
    assert "'Rest'" in command("validate", "auto", file, "--advice").out


@pytest.mark.parametrize(
    "definition",
    [[], "", None, 7, {"Steps": 1}, {"Steps": [1, None, {}]}, {"Parameters": [1, {}], "Steps": []},
     {"Version": [], "Steps": [{"Name": [], "Type": {}, "Arguments": []}]},
     {"Version": "2020-12-01", "Steps": [{"Name": "a", "Type": "Condition", "Arguments": {
         "Conditions": [{"Type": "Or", "Conditions": 7}, {"Type": "Not", "Condition": []}, 1],
         "IfSteps": {}}}]},
     {"Version": "2020-12-01", "Steps": [{"a.b": 1, "x[": {"Get": 7}, "Typ e": {"Std:Jion": 1}}],
      "Parameters": [{"Name": "x]", "Type": "Strin"}]},
     {"Version": "2020-12-01", "Steps": [{"Name": "a", "Type": "Training", "DependsOn": ["a"],
         "Arguments": {"Get": "Steps.a..b[0"}, "PropertyFiles": [{"PropertyFileName": []}]}]}],
)  # fmt: skip
def test_no_value_ends_it(definition: object) -> None:
    broken(definition)
