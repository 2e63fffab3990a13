"""Dictionaries with documented names, as boto3 takes them."""

from datetime import datetime, timezone

from sagemaker_typed import SageMakerClient
from sagemaker_typed.dicts import ChannelDict, ProductionVariantDict, TagDict
from sagemaker_typed.enums import ProductionVariantInstanceType
from sagemaker_typed.models import (
    CreateEndpointConfigRequest,
    CreateModelRequest,
    OutputDataConfig,
    ProductionVariant,
    Tag,
)

ROLE = "arn:aws:iam::123456789012:role/sagemaker"
client = SageMakerClient(region_name="eu-west-1")

# a dictionary for a shape, and a list of them
client.create_model(model_name="churn", primary_container={"Image": "churn:1"})
client.create_endpoint_config(
    endpoint_config_name="churn",
    production_variants=[
        {
            "VariantName": "main",
            "ModelName": "churn",
            "InitialInstanceCount": 1,
            "InstanceType": "ml.m5.large",
        },
        {
            "VariantName": "next",
            "ModelName": "churn-2",
            "InstanceType": ProductionVariantInstanceType.ML_M5_LARGE,
        },
    ],
    tags=({"Key": "stage", "Value": "test"},),
)

# dictionaries and shapes next to each other
client.add_tags(resource_arn=ROLE, tags=[Tag(key="a", value="b"), {"Key": "c", "Value": "d"}])

# dictionaries in dictionaries, and in a shape
client.create_training_job(
    training_job_name="churn",
    role_arn=ROLE,
    algorithm_specification={"TrainingImage": "churn:1", "TrainingInputMode": "File"},
    input_data_config=[
        {
            "ChannelName": "train",
            "DataSource": {
                "S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": "s3://bucket/in"},
            },
        }
    ],
    output_data_config=OutputDataConfig(s3_output_path="s3://bucket/out"),
    resource_config={"InstanceType": "ml.m5.xlarge", "InstanceCount": 1, "VolumeSizeInGB": 30},
    stopping_condition={"MaxRuntimeInSeconds": 3600},
)
ProductionVariant(
    variant_name="main", serverless_config={"MemorySizeInMB": 2048, "MaxConcurrency": 5}
)
client.create_domain(
    domain_name="team",
    auth_mode="IAM",
    default_user_settings={"ExecutionRole": ROLE, "SecurityGroups": ["sg-1", "sg-2"]},
)
client.create_feature_group(
    feature_group_name="customers",
    record_identifier_feature_name="id",
    event_time_feature_name="at",
    feature_definitions=[{"FeatureName": "id", "FeatureType": "String"}],
    offline_store_config={"S3StorageConfig": {"S3Uri": "s3://bucket/store"}},
)
client.search(
    resource="TrainingJob",
    search_expression={
        "Filters": [{"Name": "TrainingJobStatus", "Operator": "Equals", "Value": "Failed"}],
        "SubExpressions": [{"Operator": "Or", "Filters": [{"Name": "Tags.stage"}]}],
    },
)
client.update_endpoint_weights_and_capacities(
    endpoint_name="churn",
    desired_weights_and_capacities=[{"VariantName": "main", "DesiredWeight": 1}],
)
client.create_pipeline(
    pipeline_name="nightly",
    role_arn=ROLE,
    pipeline_definition_s3_location={"Bucket": "bucket", "ObjectKey": "nightly.json"},
)

# a request takes them as its method does
CreateEndpointConfigRequest(endpoint_config_name="churn", production_variants=[{"VariantName": "a"}])

# in a typed variable, built in steps, and returned by a function
variant: ProductionVariantDict = {"VariantName": "main", "ModelName": "churn"}
variant["InitialInstanceCount"] = 2
client.create_endpoint_config(endpoint_config_name="churn", production_variants=[variant])
variants: list[ProductionVariantDict] = [variant, {**variant, "VariantName": "next"}]
client.create_endpoint_config(endpoint_config_name="churn", production_variants=variants)


def channel(name: str, uri: str) -> ChannelDict:
    return {
        "ChannelName": name,
        "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": uri}},
    }


def tags(**returned: str) -> list[TagDict]:
    return [{"Key": key, "Value": value} for key, value in returned.items()]


client.add_tags(resource_arn=ROLE, tags=tags(stage="test"))
reveal_type(channel("train", "s3://bucket/in")["ChannelName"])
reveal_type(variant.get("InitialInstanceCount"))

# the shape keeps shapes, also for dictionaries
reveal_type(ProductionVariant(variant_name="a", serverless_config=None).serverless_config)

# a datetime and a string inside
client.search(
    resource="Endpoint",
    search_expression={
        "Filters": [{"Name": "CreationTime", "Value": datetime.now(timezone.utc).isoformat()}]
    },
)

# deploy takes them as well
model = CreateModelRequest(model_name="churn", execution_role_arn=ROLE)
client.deploy(
    endpoint_name="churn",
    model=model,
    serverless_config={"MemorySizeInMB": 2048, "MaxConcurrency": 5},
    tags=[{"Key": "stage", "Value": "test"}, Tag(key="team", value="growth")],
)
