"""``validate`` recognizes files that are no requests, and checks the requests inside of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.cli.test_validate import GOOD, OPERATION, matches_of, write

TEMPLATE = """\
AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Model: {Type: String}
Resources:
  Bucket:
    Type: AWS::S3::Bucket
  Config:
    Type: AWS::SageMaker::EndpointConfig
    Properties:
      KmsKeyId: !GetAtt Key.Arn
      Tags: [{Key: team, Value: !Sub "${AWS::StackName}"}]
      ProductionVariants:
        - VariantName: main
          ModelName: !Ref Model
          InitialVariantWeight: "1.0"
          InitialInstanceCount: "0"
          InstanceType: ml.m5.larg
          VolumeSizeInGB: {"Fn::If": [Large, 100, 10]}
"""
ACK = """\
apiVersion: v1
kind: ConfigMap
metadata: {name: unrelated}
---
apiVersion: sagemaker.services.k8s.aws/v1alpha1
kind: EndpointConfig
metadata: {name: churn}
spec:
  endpointConfigName: churn
  kmsKeyID: alias/key
  productionVariants:
    - variantName: main
      modelRef: {from: {name: churn}}
      instanceType: ml.m5.large
      initialInstanceCount: 0
"""


def test_sagemaker_resources_of_a_template_are_checked(command: Command, tmp_path: Path) -> None:
    path = write(tmp_path, "stack.yaml", TEMPLATE)
    ended = command("validate", OPERATION, path)
    count, kind = matches_of(ended)
    assert (count["line"], count["column"]) == ("16", "33")
    assert "Resources.Config.Properties.ProductionVariants[0].InitialInstanceCount" in ended.out
    assert "greater than or equal to 1; got 0" in count["message"]
    assert (kind["line"], kind["code"]) == ("17", "enum")
    assert "ml.m5.large" in kind["message"]
    assert "a CloudFormation template; checked Config (AWS::SageMaker::EndpointConfig)" in ended.err
    assert ended.status == 1


def test_a_json_template_is_checked_without_an_operation(command: Command, tmp_path: Path) -> None:
    properties = {**GOOD, "KmsKeyId": {"Ref": "Key"}, "Tags": {"Fn::Transform": {"Name": "x"}}}
    resource = {"Type": "AWS::SageMaker::EndpointConfig", "Properties": properties}
    template = {"Resources": {"Config": resource}}
    ended = command("validate", "auto", write(tmp_path, "stack.json", template))
    assert (ended.status, ended.out) == (0, "")
    properties["EndpointConfigName"] = "-"
    ended = command("validate", "auto", write(tmp_path, "stack.json", template))
    (problem,) = matches_of(ended)
    assert problem["code"] == "string_pattern_mismatch"


def test_what_a_template_computes_breaks_no_rule(command: Command, tmp_path: Path) -> None:
    notebook: dict[str, object] = {
        "InstanceType": "ml.t3.medium",
        "RoleArn": {"Fn::GetAtt": ["Role", "Arn"]},
        "DirectInternetAccess": "Disabled",
    }
    template = {
        "Resources": {"N": {"Type": "AWS::SageMaker::NotebookInstance", "Properties": notebook}}
    }
    path = write(tmp_path, "stack.json", template)
    notebook["SubnetId"] = {"Ref": "Subnet"}
    write(tmp_path, "stack.json", template)
    assert command("validate", "auto", path, "--strict").status == 0
    notebook["SubnetId"] = "subnet-1"
    notebook["SecurityGroupIds"] = ["default"]
    write(tmp_path, "stack.json", template)
    ended = command("validate", "auto", path, "--strict")
    (problem,) = matches_of(ended)
    assert (ended.status, problem["code"]) == (1, "notebook-instance/security-group-id")


def test_ack_manifests_are_checked_in_their_own_spelling(command: Command, tmp_path: Path) -> None:
    path = write(tmp_path, "ack.yaml", ACK)
    ended = command("validate", OPERATION, path)
    (problem,) = matches_of(ended)
    assert (problem["line"], problem["column"]) == ("15", "29")
    assert problem["message"].startswith("spec.productionVariants[0].initialInstanceCount: ")
    assert "a Kubernetes manifest; checked EndpointConfig as CreateEndpointConfig" in ended.err


def test_manifests_in_a_list_are_checked(command: Command, tmp_path: Path) -> None:
    manifest = {
        "apiVersion": "sagemaker.services.k8s.aws/v1alpha1",
        "kind": "Model",
        "spec": {"modelName": "-"},
    }
    content = {"apiVersion": "v1", "kind": "List", "items": [manifest]}
    path = write(tmp_path, "a.json", content)
    (problem,) = matches_of(command("validate", "auto", path))
    assert problem["message"].startswith("items[0].spec.modelName: ")
    assert problem["code"] == "string_pattern_mismatch"


def test_other_documents_beside_a_manifest_are_skipped(command: Command, tmp_path: Path) -> None:
    path = write(tmp_path, "mixed.yaml", f"{ACK}---\nvalues: 1\n")
    (problem,) = matches_of(command("validate", OPERATION, path))
    assert problem["line"] == "15"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"apiVersion": "v1", "kind": "Pod", "metadata": {}}, "a Kubernetes manifest"),
        (
            {"Resources": {"B": {"Type": "AWS::S3::Bucket"}}},
            "a CloudFormation template",
        ),
    ],
)
def test_other_templates_are_named(
    command: Command, tmp_path: Path, content: object, kind: str
) -> None:
    ended = command("validate", OPERATION, write(tmp_path, "a.json", content))
    (problem,) = matches_of(ended)
    assert problem["message"] == f"{kind} without SageMaker resources; expected a request"
    assert "did you mean" not in ended.out
    assert ended.status == 1


@pytest.mark.parametrize(
    "response",
    [
        {"EndpointConfigArn": "arn:aws:sagemaker:us-east-1:1:endpoint-config/c"},
        {**GOOD, "EndpointConfigArn": "arn", "CreationTime": "2026-01-01T00:00:00Z"},
        {**GOOD, "ResponseMetadata": {"HTTPStatusCode": 200}},
    ],
)
def test_a_saved_response_is_named(command: Command, tmp_path: Path, response: object) -> None:
    ended = command("validate", OPERATION, write(tmp_path, "a.json", response))
    (problem,) = matches_of(ended)
    assert problem["code"] == "response"
    assert "a response of " in problem["message"]
    assert "not a request of CreateEndpointConfig" in problem["message"]


def test_a_mistyped_member_is_no_response(command: Command, tmp_path: Path) -> None:
    path = write(tmp_path, "a.json", {**GOOD, "EndpointConfigArns": "x"})
    (problem,) = matches_of(command("validate", OPERATION, path))
    assert problem["code"] == "extra_forbidden"


@pytest.mark.parametrize(
    ("name", "text"), [("a.json", json.dumps([GOOD, GOOD])), ("a.yaml", "- a: 1\n- b: 2\n")]
)
def test_a_list_of_requests_is_named(
    command: Command, tmp_path: Path, name: str, text: str
) -> None:
    (problem,) = matches_of(command("validate", OPERATION, write(tmp_path, name, text)))
    assert "got a list; a file holds one request" in problem["message"]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("EndpointConfigName: !Ref Name\n", "1", "a request has no !Ref"),
        ("EndpointConfigName: a\n---\nEndpointConfigName: b\n", "2", "a second document"),
    ],
)
def test_a_request_has_neither_functions_nor_a_second_document(
    command: Command, tmp_path: Path, text: str, line: str, message: str
) -> None:
    (problem,) = matches_of(command("validate", OPERATION, write(tmp_path, "a.yaml", text)))
    assert (problem["line"], problem["code"]) == (line, "unreadable")
    assert message in problem["message"]
