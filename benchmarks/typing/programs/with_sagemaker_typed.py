"""Train a model, put it behind an endpoint, and see how old the endpoints are."""

from datetime import datetime, timezone

from sagemaker_typed import SageMakerClient
from sagemaker_typed.models import (
    AlgorithmSpecification,
    ContainerDefinition,
    OutputDataConfig,
    ProductionVariant,
    ResourceConfig,
    StoppingCondition,
    Tag,
)

ROLE = "arn:aws:iam::123456789012:role/sagemaker"
TAGS = [Tag(key="project", value="churn"), Tag(key="stage", value="test")]


def train(client: SageMakerClient, name: str) -> str:
    job = client.create_training_job(
        training_job_name=name,
        role_arn=ROLE,
        algorithm_specification=AlgorithmSpecification(
            training_image="churn:1", training_input_mode="File"
        ),
        output_data_config=OutputDataConfig(s3_output_path="s3://bucket/out"),
        resource_config=ResourceConfig(
            instance_type="ml.m5.xlarge", instance_count=1, volume_size_in_gb=30
        ),
        stopping_condition=StoppingCondition(max_runtime_in_seconds=3600),
        tags=TAGS,
    )
    return job.training_job_arn


def deploy(client: SageMakerClient, name: str) -> str:
    image = ContainerDefinition(image="churn:1", model_data_url="s3://bucket/model.tar.gz")
    client.create_model(model_name=name, execution_role_arn=ROLE, primary_container=image)
    variant = ProductionVariant(
        variant_name="main",
        model_name=name,
        initial_instance_count=2,
        instance_type="ml.m5.large",
    )
    client.create_endpoint_config(endpoint_config_name=name, production_variants=[variant])
    return client.create_endpoint(endpoint_name=name, endpoint_config_name=name).endpoint_arn


def ages(client: SageMakerClient) -> dict[str, float]:
    now = datetime.now(timezone.utc)
    page = client.list_endpoints(sort_by="Name", sort_order="Ascending", max_results=50)
    return {
        endpoint.endpoint_name: (now - endpoint.creation_time).total_seconds()
        for endpoint in page.endpoints
    }


if __name__ == "__main__":
    sagemaker = SageMakerClient(region_name="eu-west-1")
    print(train(sagemaker, "churn"), deploy(sagemaker, "churn"), ages(sagemaker))
    if sagemaker.describe_endpoint(endpoint_name="churn").endpoint_status == "Failed":
        sagemaker.delete_endpoint(endpoint_name="churn")
