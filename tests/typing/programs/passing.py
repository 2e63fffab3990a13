"""Arguments that a program may pass."""

from collections import deque
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Literal

from sagemaker_typed import SageMakerClient
from sagemaker_typed.enums import (
    AuthMode,
    DirectInternetAccess,
    EndpointStatus,
    OrderKey,
    ProductionVariantInstanceType,
    TrainingInputMode,
)
from sagemaker_typed.models import (
    AlgorithmSpecification,
    Channel,
    ContainerDefinition,
    DataSource,
    DesiredWeightAndCapacity,
    FeatureDefinition,
    Filter,
    OutputDataConfig,
    ProductionVariant,
    ProductionVariantServerlessConfig,
    ResourceConfig,
    S3DataSource,
    SearchExpression,
    StoppingCondition,
    Tag,
    UserSettings,
)

ROLE = "arn:aws:iam::123456789012:role/sagemaker"
client = SageMakerClient(region_name="eu-west-1")
variant = ProductionVariant(variant_name="main", model_name="churn", initial_instance_count=1)

# a list for a sequence, and a tuple
client.create_endpoint_config(endpoint_config_name="churn", production_variants=[variant])
client.create_endpoint_config(endpoint_config_name="churn", production_variants=(variant,))

# any other sequence, and an empty one
client.add_tags(resource_arn=ROLE, tags=deque([Tag(key="stage", value="test")]))
client.add_tags(resource_arn=ROLE, tags=[])


# a sequence that is a parameter
def tag(arn: str, tags: Sequence[Tag]) -> None:
    client.add_tags(resource_arn=arn, tags=tags)


# an enum's member, and its string
ProductionVariant(variant_name="main", instance_type=ProductionVariantInstanceType.ML_M5_LARGE)
ProductionVariant(variant_name="main", instance_type="ml.m5.large")
client.list_endpoints(status_equals=EndpointStatus.IN_SERVICE, sort_order=OrderKey.ASCENDING)
client.list_endpoints(status_equals="InService", sort_order="Ascending")

# a string of a literal type, and one that is chosen between two
size: Literal["ml.m5.large", "ml.m5.xlarge"] = "ml.m5.large"
ProductionVariant(variant_name="main", instance_type=size)
ProductionVariant(variant_name="main", instance_type="ml.g5.xlarge" if client else "ml.m5.large")

# a string from outside, checked at run time
ProductionVariant(variant_name="main", instance_type=ProductionVariantInstanceType(input()))

# a value newer than the package
newer = ProductionVariantInstanceType.unlisted("ml.p9.48xlarge")
ProductionVariant(variant_name="main", instance_type=newer)

# a datetime, and an ISO 8601 string
yesterday = datetime.now(timezone.utc) - timedelta(days=1)
client.list_training_jobs(creation_time_after=yesterday)
client.list_training_jobs(creation_time_after="2026-11-01T00:00:00Z")
client.list_training_jobs(creation_time_after=1793491200)
client.list_training_jobs(creation_time_after=yesterday.date())

# None is "not sent"
client.list_training_jobs(name_contains=None, sort_by=None)

# nested shapes
client.create_training_job(
    training_job_name="churn",
    role_arn=ROLE,
    algorithm_specification=AlgorithmSpecification(
        training_image="churn:1", training_input_mode=TrainingInputMode.FILE
    ),
    input_data_config=[
        Channel(
            channel_name="train",
            data_source=DataSource(
                s3_data_source=S3DataSource(s3_data_type="S3Prefix", s3_uri="s3://bucket/in")
            ),
        )
    ],
    output_data_config=OutputDataConfig(s3_output_path="s3://bucket/out"),
    resource_config=ResourceConfig(
        instance_type="ml.m5.xlarge", instance_count=1, volume_size_in_gb=30
    ),
    stopping_condition=StoppingCondition(max_runtime_in_seconds=3600),
    hyper_parameters={"epochs": "3"},
)


# a mapping that is a parameter
def train(name: str, environment: Mapping[str, str]) -> None:
    client.create_training_job(
        training_job_name=name,
        role_arn=ROLE,
        output_data_config=OutputDataConfig(s3_output_path="s3://bucket/out"),
        environment=environment,
    )


# an int for a float
client.update_endpoint_weights_and_capacities(
    endpoint_name="churn",
    desired_weights_and_capacities=[
        DesiredWeightAndCapacity(variant_name="main", desired_weight=1),
        DesiredWeightAndCapacity(variant_name="next", desired_weight=0.5),
    ],
)

# a domain
client.create_domain(
    domain_name="team",
    auth_mode=AuthMode.IAM,
    default_user_settings=UserSettings(execution_role=ROLE, security_groups=("sg-1",)),
    subnet_ids=["subnet-1", "subnet-2"],
    vpc_id="vpc-1",
)

# lists of shapes with listed values in them
client.create_feature_group(
    feature_group_name="customers",
    record_identifier_feature_name="id",
    event_time_feature_name="at",
    feature_definitions=[
        FeatureDefinition(feature_name="id", feature_type="String"),
        FeatureDefinition(feature_name="at", feature_type="Fractional"),
    ],
)
client.search(
    resource="TrainingJob",
    search_expression=SearchExpression(
        filters=[Filter(name="TrainingJobStatus", operator="Equals", value="Failed")]
    ),
)

# operations of a notebook, a model, an endpoint, a pipeline
client.create_notebook_instance(
    notebook_instance_name="lab",
    instance_type="ml.t3.medium",
    role_arn=ROLE,
    direct_internet_access=DirectInternetAccess.DISABLED,
)
client.create_model(
    model_name="churn",
    execution_role_arn=ROLE,
    containers=[ContainerDefinition(image="churn:1"), ContainerDefinition(image="after:1")],
)
client.create_endpoint(endpoint_name="churn", endpoint_config_name="churn")
client.update_endpoint(
    endpoint_name="churn", endpoint_config_name="churn-2", retain_all_variant_properties=True
)
client.create_pipeline(pipeline_name="nightly", role_arn=ROLE, pipeline_definition="{}")
serverless = ProductionVariantServerlessConfig(memory_size_in_mb=2048, max_concurrency=5)
ProductionVariant(variant_name="main", model_name="churn", serverless_config=serverless)
