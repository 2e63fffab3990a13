"""A life of an endpoint over HTTP against moto's server."""

from __future__ import annotations

from datetime import datetime

import pytest

from sagemaker_typed import SageMakerClient
from sagemaker_typed.enums import EndpointStatus, ProductionVariantInstanceType
from sagemaker_typed.errors import ValidationException
from sagemaker_typed.models import (
    CaptureOption,
    ContainerDefinition,
    CreateEndpointConfigRequest,
    DataCaptureConfig,
    DesiredWeightAndCapacity,
    ProductionVariant,
    ProductionVariantServerlessConfig,
    Tag,
)

pytestmark = pytest.mark.saga
ROLE = "arn:aws:iam::123456789012:role/sagemaker"


def create_model(client: SageMakerClient) -> None:
    client.create_model(
        model_name="churn",
        execution_role_arn=ROLE,
        primary_container=ContainerDefinition(
            image="123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn:1",
            model_data_url="s3://b/m.tar.gz",
        ),
    )


VARIANTS = (
    ProductionVariant(
        variant_name="main",
        model_name="churn",
        initial_instance_count=2,
        instance_type="ml.m5.large",
        initial_variant_weight=0.75,
    ),
    ProductionVariant(
        variant_name="candidate",
        model_name="churn",
        initial_instance_count=1,
        instance_type=ProductionVariantInstanceType.ML_M5_XLARGE,
        initial_variant_weight=0.25,
    ),
)


def test_an_endpoint_on_instances(moto_client: SageMakerClient) -> None:
    client = moto_client
    create_model(client)
    created = client.create_endpoint_config(
        endpoint_config_name="churn",
        production_variants=VARIANTS,
        data_capture_config=DataCaptureConfig(
            enable_capture=True,
            initial_sampling_percentage=20,
            destination_s3_uri="s3://b/captured",
            capture_options=[CaptureOption(capture_mode="Input")],
        ),
        tags=[Tag(key="project", value="churn")],
    )
    assert created.endpoint_config_arn.endswith(":endpoint-config/churn")
    assert created.response_metadata.http_status_code == 200
    assert created.response_metadata.request_id

    config = client.describe_endpoint_config(endpoint_config_name="churn")
    assert config.production_variants == VARIANTS
    assert isinstance(config.creation_time, datetime)
    assert config.data_capture_config is not None
    assert config.data_capture_config.initial_sampling_percentage == 20
    (tag,) = client.list_tags(resource_arn=created.endpoint_config_arn).tags or ()
    assert (tag.key, tag.value) == ("project", "churn")

    client.create_endpoint(endpoint_name="churn", endpoint_config_name="churn")
    endpoint = client.describe_endpoint(endpoint_name="churn")
    assert endpoint.endpoint_status is EndpointStatus.IN_SERVICE
    client.update_endpoint_weights_and_capacities(
        endpoint_name="churn",
        desired_weights_and_capacities=[
            # moto forgets what is left out here; the service does not
            DesiredWeightAndCapacity(
                variant_name="main", desired_weight=0.0, desired_instance_count=2
            ),
            DesiredWeightAndCapacity(
                variant_name="candidate", desired_weight=0.25, desired_instance_count=3
            ),
        ],
    )
    main, candidate = client.describe_endpoint(endpoint_name="churn").production_variants or ()
    assert (main.current_weight, main.current_instance_count) == (0.0, 2)
    assert (candidate.current_weight, candidate.current_instance_count) == (0.25, 3)
    listed = client.list_endpoints(name_contains="churn").endpoints
    assert [(e.endpoint_name, e.endpoint_status) for e in listed] == [("churn", "InService")]

    client.delete_endpoint(endpoint_name="churn")
    client.delete_endpoint_config(endpoint_config_name="churn")
    client.delete_model(model_name="churn")
    assert client.list_endpoints().endpoints == ()
    assert client.list_endpoint_configs().endpoint_configs == ()
    assert client.list_models().models == ()


def test_a_serverless_endpoint(moto_client: SageMakerClient) -> None:
    client = moto_client
    create_model(client)
    serverless = ProductionVariantServerlessConfig(
        memory_size_in_mb=2048, max_concurrency=5, provisioned_concurrency=2
    )
    client.create_endpoint_config(
        endpoint_config_name="churn",
        production_variants=[
            ProductionVariant(variant_name="main", model_name="churn", serverless_config=serverless)
        ],
    )
    client.create_endpoint(endpoint_name="churn", endpoint_config_name="churn")
    (variant,) = client.describe_endpoint(endpoint_name="churn").production_variants or ()
    assert variant.current_serverless_config == serverless


def test_what_was_described_can_be_created_again(moto_client: SageMakerClient) -> None:
    client = moto_client
    create_model(client)
    client.create_endpoint_config(endpoint_config_name="one", production_variants=VARIANTS)
    described = client.describe_endpoint_config(endpoint_config_name="one")
    client.send(
        CreateEndpointConfigRequest(
            endpoint_config_name="two", production_variants=described.production_variants
        )
    )
    again = client.describe_endpoint_config(endpoint_config_name="two")
    assert again.production_variants == described.production_variants


def test_a_name_that_does_not_exist(moto_client: SageMakerClient) -> None:
    with pytest.raises(ValidationException, match="Could not find endpoint") as refused:
        moto_client.describe_endpoint(endpoint_name="never")
    assert refused.value.operation == "DescribeEndpoint"
    assert refused.value.http_status == 400
