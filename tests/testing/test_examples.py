"""``example``: every shape's, against strict validation, botocore and the rules."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest
from botocore.parsers import ResponseParserFactory
from botocore.serialize import create_serializer
from botocore.validate import ParamValidator
from pydantic import ValidationError

from sagemaker_typed import Response, Shape, enums, models, rules
from sagemaker_typed.core.schema import facts
from sagemaker_typed.geospatial import models as geospatial
from sagemaker_typed.runtime import models as runtime
from sagemaker_typed.testing import example
from tests.testing.packages import PACKAGES, documented, enums_of, shapes_of

every_package = pytest.mark.parametrize("package", PACKAGES)
TOKEN = "0" * 36


def streams(shape: type[Shape]) -> set[str]:
    """Return the members that botocore reads from the connection, not from a value."""
    return {
        member.documented
        for member in shape.__members__.values()
        if isinstance(member.kind, facts.EventStream)
        or (isinstance(member.kind, facts.Blob) and member.kind.streaming)
    }


@every_package
@pytest.mark.pinned
def test_every_shape_has_one_that_strict_validation_and_botocore_accept(package: str) -> None:
    for shape in shapes_of(package):
        value = example(shape)

        assert type(value) is shape
        assert shape.from_boto(value.to_boto()) == value
        assert shape.from_json(value.to_json()) == value
        assert example(shape) == value
        model = documented(shape)
        if model is None:
            assert not shape.__members__
            continue
        sent = value.to_boto()
        tokens = {
            name: TOKEN for name, m in model.members.items() if m.metadata.get("idempotencyToken")
        }
        events = {
            name: {} for name in streams(shape) if getattr(model.members[name], "members", ())
        }
        report = ParamValidator().validate({**tokens, **sent, **events}, model)
        assert not report.has_errors(), (shape, report.generate_report())
        assert sent.keys() >= set(model.required_members) - tokens.keys()


@every_package
@pytest.mark.pinned
def test_every_response_is_what_botocore_parses_from_its_json(package: str) -> None:
    parser: Any = ResponseParserFactory().create_parser("json")
    serializer: Any = create_serializer("json", include_validation=False)
    for shape in shapes_of(package):
        model = documented(shape)
        if not issubclass(shape, Response) or model is None or streams(shape):
            continue
        value = example(shape)
        serialized: dict[str, Any] = {}
        serializer._serialize(serialized, value.to_boto(), model)
        body = json.dumps(serialized).encode()

        assert shape.from_service(body) == value
        answer = {"body": body, "headers": {}, "status_code": 200}
        assert shape.from_service(parser.parse(answer, model)) == value


@every_package
def test_every_shape_keeps_its_rules(package: str) -> None:
    broken = {shape: rules.check(example(shape)) for shape in shapes_of(package)}
    assert {shape: findings for shape, findings in broken.items() if findings} == {}


@every_package
def test_every_enum_has_a_listed_value(package: str) -> None:
    for kind in enums_of(package):
        value = example(kind)
        assert type(value) is kind
        assert value.is_listed


def test_it_is_small() -> None:
    assert example(models.ListEndpointsRequest).to_boto() == {}
    assert example(models.ListEndpointsResponse).to_boto() == {"Endpoints": []}
    assert example(models.ProductionVariant).to_boto().keys() == {"VariantName"}
    tags = example(models.AddTagsRequest).to_boto()
    assert tags.keys() == {"ResourceArn", "Tags"}


def test_it_has_what_the_caller_gives() -> None:
    variant = example(models.ProductionVariant, initial_instance_count=2, VariantName="blue")
    assert (variant.initial_instance_count, variant.variant_name) == (2, "blue")
    tags = [models.Tag(key="team", value="risk")]
    request = example(models.CreateModelRequest, model_name="churn", tags=tags)
    assert (request.model_name, request.tags) == ("churn", tuple(tags))


def test_a_partial_mapping_is_completed_and_a_shape_is_kept() -> None:
    variant = example(models.ProductionVariant, variant_name="green")
    request = example(
        models.CreateEndpointConfigRequest,
        production_variants=[{"VariantName": "blue"}, {"variant_name": "red"}, variant],
        data_capture_config={"destination_s3_uri": "s3://captured/here"},
    )
    names = [each.variant_name for each in request.production_variants]
    assert names == ["blue", "red", "green"]
    assert request.production_variants[2] == variant
    assert request.data_capture_config is not None
    assert request.data_capture_config.destination_s3_uri == "s3://captured/here"
    assert rules.check(request) == ()


def test_a_member_of_a_union_replaces_the_first() -> None:
    first = example(models.MetricSpecification)
    (chosen,) = first.to_boto()
    other = next(
        m for m in models.MetricSpecification.__members__.values() if m.documented != chosen
    )
    value = example(models.MetricSpecification, **{other.documented: {}})
    assert list(value.to_boto()) == [other.documented]


def test_exactly_one_of_several_members() -> None:
    assert example(runtime.InvokeEndpointAsyncRequest).body is not None
    value = example(runtime.InvokeEndpointAsyncRequest, input_location="s3://in/put")
    assert (value.body, value.input_location) == (None, "s3://in/put")


def test_a_rule_adds_a_member_but_drops_none_that_the_caller_gives() -> None:
    feature = example(models.CreateFeatureGroupRequest)
    (definition,) = feature.feature_definitions
    assert definition.feature_name == feature.record_identifier_feature_name
    assert example(models.CreateAppRequest).user_profile_name is not None
    serverless = {"MemorySizeInMB": 1024, "MaxConcurrency": 1}
    variant = example(
        models.ProductionVariant, serverless_config=serverless, instance_type="ml.m5.large"
    )
    assert variant.serverless_config is not None
    assert variant.instance_type == "ml.m5.large"


def test_none_leaves_a_member_out() -> None:
    assert example(models.CreateAppRequest, user_profile_name=None).user_profile_name is None


def test_a_response_of_another_service() -> None:
    job = example(geospatial.GetEarthObservationJobResponse, status="IN_PROGRESS")
    assert job.status == "IN_PROGRESS"
    assert isinstance(job.creation_time, datetime)


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"variant_nam": "a"}, "variant_name"),
        ({"variant_name": ""}, "VariantName"),
        ({"initial_instance_count": "two"}, "InitialInstanceCount"),
        ({"instance_type": "ml.m5.larg"}, "ml.m5.large"),
        ({"variant_name": None}, "VariantName"),
        ({"serverless_config": {"MemorySizeInMB": 1}}, r"ServerlessConfig\.MemorySizeInMB"),
    ],
)
def test_what_cannot_be_valid_is_named(members: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message) as refused:
        example(models.ProductionVariant, **members)
    assert refused.value.error_count() == 1


@pytest.mark.parametrize("kind", [int, Shape, "ProductionVariant", Response])
def test_only_shapes_and_enums_of_the_package_have_one(kind: Any) -> None:
    with pytest.raises(TypeError, match=r"models\.ProductionVariant"):
        example(kind)


def test_an_enum_has_no_members() -> None:
    with pytest.raises(TypeError, match="EndpointStatus is an enum"):
        example(enums.EndpointStatus, value="InService")


def test_every_documented_string_has_a_sample_value() -> None:
    """Optional members too: ``skeleton --all`` and rules need them."""
    from sagemaker_typed.testing import sample_values

    for package in PACKAGES:
        for shape in shapes_of(package):
            for member in shape.__members__.values():
                for kind in strings_in(member.kind):
                    assert sample_values.fits(sample_values.string(member.documented, kind), kind)


def strings_in(kind: Any) -> list[facts.String]:
    inner = [getattr(kind, part) for part in ("item", "key", "value") if hasattr(kind, part)]
    own = [kind] if isinstance(kind, facts.String) else []
    return own + [string for each in inner for string in strings_in(each)]
