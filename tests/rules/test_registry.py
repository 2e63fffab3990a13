"""Rules are listed by id and by operation, and checked only for operations that have some."""

from __future__ import annotations

import subprocess
import sys

import pytest

from sagemaker_typed import RulePolicy, models, rules
from sagemaker_typed.enums import ProductionVariantInstanceType, TrainingInstanceType
from sagemaker_typed.rules import _index
from tests.rules.cases import IMAGE, ROLE, of


def test_ids_are_of_one_form_and_differ() -> None:
    ids = [rule.id for rule in rules.ALL]
    assert len(ids) == len(set(ids))
    for each in ids:
        resource, _, name = each.partition("/")
        assert resource.replace("-", "").isalnum(), each
        assert name.replace("-", "").isalnum(), each
        assert each == each.lower()


@pytest.mark.parametrize("rule", rules.ALL, ids=lambda rule: rule.id)
def test_a_rule_is_about_members_that_there_are(rule: rules.Rule) -> None:
    for name in rule.shapes:
        documented = {m.documented for m in getattr(models, name).__members__.values()}
        assert rule.when is None or rule.when in documented
    assert rule.message.endswith(".")
    assert all(source.line or source.member for source in rule.sources)


@pytest.mark.parametrize("rule", rules.ALL, ids=lambda rule: rule.id)
def test_a_rule_is_found_by_its_id(rule: rules.Rule) -> None:
    assert rules.get(rule.id) is rule


def test_an_unknown_id_suggests_the_nearest() -> None:
    with pytest.raises(ValueError, match="'endpoint-config/one-shadow-variant'"):
        rules.get("endpoint-config/one-shadow-variants")
    with pytest.raises(ValueError, match="no rule has the id 'nonsense'"):
        rules.check(models.DescribeEndpointRequest(endpoint_name="e"), off=["nonsense"])


def test_a_rule_that_is_new_since_the_index_can_be_turned_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stale = {rule: name for rule, name in _index.RULES.items() if rule != "tags/unique-keys"}
    monkeypatch.setattr(_index, "RULES", stale)
    request = models.AddTagsRequest.from_boto(
        of(
            ResourceArn="arn:aws:sagemaker:us-west-2:111122223333:endpoint/e",
            Tags=[of(Key="k", Value="1"), of(Key="k", Value="2")],
        )
    )
    assert [finding.id for finding in rules.check(request)] == ["tags/unique-keys"]
    assert rules.check(request, off=["tags/unique-keys"]) == ()
    assert RulePolicy(off=["tags/unique-keys"]).off == ["tags/unique-keys"]
    assert rules.get("tags/unique-keys").severity == "warning"


def test_a_superseded_rule_says_what_holds_now_and_is_not_checked() -> None:
    gone = [rule for rule in rules.ALL if not rule.active]
    assert {"endpoint-config/kms-key-excludes-nitro", "auto-ml-job/output-path-of-128"} <= {
        rule.id for rule in gone
    }
    assert all(rule.superseded_by for rule in gone)
    with_a_key = models.CreateEndpointConfigRequest.from_boto(
        of(
            EndpointConfigName="c",
            KmsKeyId="alias/key",
            ProductionVariants=[of(VariantName="v", InstanceType="ml.g5.xlarge")],
        )
    )
    assert rules.check(with_a_key) == ()


def test_an_operation_lists_the_rules_of_everything_in_its_request() -> None:
    ids = {rule.id for rule in rules.for_operation("CreateEndpointConfig")}
    assert "endpoint-config/one-shadow-variant" in ids  # of the request
    assert "endpoint-config/serverless-memory-size" in ids  # of a structure within a list
    assert "tags/unique-keys" in ids  # of a list
    assert "endpoint-config/kms-key-excludes-nitro" in ids  # superseded
    assert not any(each.startswith("training-job/") for each in ids)


def test_an_operation_without_rules_lists_none() -> None:
    assert rules.for_operation("DescribeEndpoint") == ()


def test_an_unknown_operation_is_answered_with_the_nearest() -> None:
    with pytest.raises(ValueError, match="'CreateEndpointConfig'"):
        rules.for_operation("CreateEndpointConfigs")


def test_a_path_leads_from_the_request_to_the_member() -> None:
    request = models.CreateEndpointConfigRequest.from_boto(
        of(
            EndpointConfigName="c",
            ProductionVariants=[
                of(VariantName="a", InstanceType="ml.m5.large"),
                of(VariantName="b", ServerlessConfig=of(MemorySizeInMB=1500, MaxConcurrency=2)),
            ],
        )
    )
    (finding,) = rules.check(request)
    assert finding.paths == ("ProductionVariants[1].ServerlessConfig.MemorySizeInMB",)
    assert finding.python_paths == ("production_variants[1].serverless_config.memory_size_in_mb",)
    assert finding.values == ("1500",)
    assert str(finding) == (
        "ProductionVariants[1].ServerlessConfig.MemorySizeInMB = 1500: The memory of a serverless "
        "endpoint comes in steps of 1024 MB, from 1024 to 6144. Expected: 1024, 2048, 3072, 4096, "
        "5120 or 6144. [endpoint-config/serverless-memory-size]"
    )


def test_everything_broken_is_found_at_once() -> None:
    request = models.CreateEndpointConfigRequest.from_boto(
        of(
            EndpointConfigName="c",
            KmsKeyId="key",
            ProductionVariants=[
                of(
                    VariantName="a",
                    InstanceType="ml.m5.large",
                    ServerlessConfig=of(MemorySizeInMB=1500, MaxConcurrency=2),
                )
            ],
        )
    )
    assert {finding.id for finding in rules.check(request)} == {
        "endpoint-config/kms-key-format",
        "endpoint-config/serverless-excludes-instance-type",
        "endpoint-config/serverless-memory-size",
    }


def test_severities_choose_what_is_checked() -> None:
    algorithm = models.AlgorithmSpecification.from_boto(
        of(AlgorithmName="a", TrainingImage="image", TrainingInputMode="File")
    )

    def severities_of(*severities: rules.Severity) -> set[str]:
        return {finding.severity for finding in rules.check(algorithm, severities=severities)}

    assert severities_of("error") == {"error"}
    assert severities_of("warning") == {"warning"}
    assert severities_of("error", "warning") == {"error", "warning"}
    assert severities_of("advice") == severities_of() == set()


def test_advice_is_asked_for() -> None:
    settings = models.SharingSettings(notebook_output_option="Allowed")
    assert rules.check(settings) == ()
    assert [finding.id for finding in rules.check(settings, severities=["advice"])] == [
        "domain/sharing-output-needs-path"
    ]


def test_a_secret_is_not_shown() -> None:
    secret = "AKIA" + "IOSFODNN7EXAMPLE"
    request = models.CreateTrainingJobRequest.from_boto(
        of(
            TrainingJobName="j",
            RoleArn=ROLE,
            AlgorithmSpecification=of(TrainingImage=IMAGE, TrainingInputMode="File"),
            OutputDataConfig=of(S3OutputPath="s3://b/"),
            HyperParameters={"key": secret},
            Environment={"KEY": secret},
            Tags=[of(Key="k", Value=secret)],
        )
    )
    findings = rules.check(request)
    assert len(findings) == 3
    assert not any(secret in repr(finding) + str(finding) for finding in findings)


def test_what_is_newer_than_the_package_breaks_no_rule_about_what_is_listed() -> None:
    newer = TrainingInstanceType.unlisted("ml.z9d.xlarge")
    resources = models.ResourceConfig(
        instance_type=newer,
        instance_count=1,
        volume_kms_key_id="1234abcd-12ab-34cd-56ef-1234567890ab",
    )
    variant = models.ProductionVariant(
        variant_name="v", instance_type=ProductionVariantInstanceType.unlisted("ml.z9d.xlarge")
    )
    assert rules.check(resources) == ()
    assert rules.check(variant) == ()


def test_answers_and_other_packages_have_no_rules() -> None:
    answer = models.DescribeEndpointResponse.from_service({"EndpointName": "e"})
    assert rules.check(answer, severities=["error", "warning", "advice"]) == ()


def test_a_warning_can_be_told_from_others() -> None:
    assert issubclass(rules.RuleWarning, UserWarning)


def test_rules_are_loaded_where_a_request_has_some() -> None:
    program = (
        "import sys\n"
        "from sagemaker_typed import models, rules\n"
        "rules.check(models.DescribeEndpointRequest(endpoint_name='e'))\n"
        "rules.check(models.StoppingCondition(max_runtime_in_seconds=1))\n"
        "print(*sorted(n for n in sys.modules if n.startswith('sagemaker_typed.rules.')\n"
        "    and '._' not in n))\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert answer.stdout.split() == ["sagemaker_typed.rules.training_job"]
