"""Rules that stand only in prose, as a user meets them: before anything is sent."""

from __future__ import annotations

import warnings
from typing import Any

import pytest
from pydantic import ValidationError

from sagemaker_typed import RulePolicy, SageMakerClient
from sagemaker_typed.models import CreateEndpointConfigRequest, CreateTrainingJobRequest
from sagemaker_typed.rules import RuleWarning, Severity
from sagemaker_typed.testing import StubbedSageMaker

WARNS = "endpoint-config/serverless-excludes-instance-type"
FAILS = "training-job/algorithm-name-or-image"
ERRORS: tuple[Severity, ...] = ("error",)
IMAGE = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn:1"

SERVERLESS_ON_INSTANCES = CreateEndpointConfigRequest.from_boto(
    {
        "EndpointConfigName": "churn",
        "ProductionVariants": [
            {
                "VariantName": "main",
                "ModelName": "churn",
                "ServerlessConfig": {"MemorySizeInMB": 2048, "MaxConcurrency": 5},
                "InstanceType": "ml.m5.large",
            }
        ],
    }
)
TWO_ALGORITHMS: dict[str, Any] = {
    "training_job_name": "churn",
    "algorithm_specification": {
        "TrainingInputMode": "File",
        "AlgorithmName": "churn",
        "TrainingImage": IMAGE,
    },
    "role_arn": "arn:aws:iam::123456789012:role/sagemaker",
    "output_data_config": {"S3OutputPath": "s3://bucket/churn"},
    "stopping_condition": {"MaxRuntimeInSeconds": 3600},
    "resource_config": {
        "InstanceType": "ml.m5.large",
        "InstanceCount": 1,
        "VolumeSizeInGB": 30,
    },
}


def checked(stubbed: StubbedSageMaker, rules: RulePolicy | None) -> Any:
    return SageMakerClient(session=stubbed.session, rules=rules)


def test_a_rule_of_grade_error_refuses_and_nothing_is_sent(
    stubbed_sagemaker: StubbedSageMaker,
) -> None:
    with pytest.raises(ValidationError) as refused:
        checked(stubbed_sagemaker, RulePolicy()).create_training_job(**TWO_ALGORITHMS)
    (fault,) = refused.value.errors()
    assert (fault["type"], fault["ctx"]["rule"]) == ("rule", FAILS)
    assert fault["loc"][0] == "algorithm_specification"
    assert fault["ctx"]["documented_path"].startswith("AlgorithmSpecification.")
    assert f"RulePolicy(off=['{FAILS}'])" in fault["msg"]
    request = CreateTrainingJobRequest(**TWO_ALGORITHMS)
    with pytest.raises(ValidationError):
        checked(stubbed_sagemaker, RulePolicy()).send(request)
    assert stubbed_sagemaker.requests == []


def test_rules_and_fields_are_told_together(stubbed_sagemaker: StubbedSageMaker) -> None:
    wrong = {**TWO_ALGORITHMS, "training_job_name": "no spaces", "rolearn": "x"}
    with pytest.raises(ValidationError) as refused:
        checked(stubbed_sagemaker, RulePolicy()).create_training_job(**wrong)
    assert sorted(fault["type"] for fault in refused.value.errors()) == [
        "extra_forbidden",
        "rule",
        "string_pattern_mismatch",
    ]


def test_a_missing_member_hides_no_rule(stubbed_sagemaker: StubbedSageMaker) -> None:
    names = ("training_job_name", "algorithm_specification", "resource_config")
    with pytest.raises(ValidationError) as refused:
        checked(stubbed_sagemaker, RulePolicy()).create_training_job(
            **{name: TWO_ALGORITHMS[name] for name in names}
        )
    assert {fault["type"] for fault in refused.value.errors()} == {"missing", "rule"}


def test_a_rule_of_grade_warning_warns_where_the_call_stands(
    stubbed_sagemaker: StubbedSageMaker,
) -> None:
    stubbed_sagemaker.respond("create_endpoint_config")
    with pytest.warns(RuleWarning, match=WARNS) as caught:
        checked(stubbed_sagemaker, RulePolicy()).send(SERVERLESS_ON_INSTANCES)
    assert caught[0].filename == __file__
    assert stubbed_sagemaker.requests == [SERVERLESS_ON_INSTANCES]


@pytest.mark.parametrize(
    "policy", [None, RulePolicy(severities=ERRORS), RulePolicy(off=[WARNS, FAILS])]
)
def test_grades_and_single_rules_can_be_turned_off(
    stubbed_sagemaker: StubbedSageMaker, policy: RulePolicy | None
) -> None:
    stubbed_sagemaker.respond("create_endpoint_config")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        checked(stubbed_sagemaker, policy).send(SERVERLESS_ON_INSTANCES)
    assert stubbed_sagemaker.requests == [SERVERLESS_ON_INSTANCES]


def test_an_id_that_no_rule_has_is_refused_with_the_nearest() -> None:
    with pytest.raises(ValueError, match=WARNS):
        RulePolicy(off=[f"{WARNS}s"])
