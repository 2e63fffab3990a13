"""Responses, as a program reads them."""

from datetime import datetime

from typing_extensions import assert_type

from sagemaker_typed import Items, SageMakerClient
from sagemaker_typed.enums import EndpointStatus, ProductionVariantInstanceType, TrainingJobStatus
from sagemaker_typed.models import (
    DescribeEndpointResponse,
    DescribeTrainingJobResponse,
    EndpointSummary,
    ProductionVariant,
    ProductionVariantSummary,
    Tag,
    TrainingJobSummary,
)

client = SageMakerClient(region_name="eu-west-1")

# an enum, a datetime, a tuple, a string, and an optional member
endpoint = client.describe_endpoint(endpoint_name="churn")
reveal_type(endpoint)
reveal_type(endpoint.endpoint_status)
reveal_type(endpoint.creation_time)
reveal_type(endpoint.production_variants)
reveal_type(endpoint.endpoint_arn)
reveal_type(endpoint.failure_reason)

# on the shape, a list is a tuple and a string is an enum
variant = ProductionVariant(variant_name="main", instance_type="ml.m5.large")
assert_type(variant.instance_type, ProductionVariantInstanceType | None)
reveal_type(client.describe_endpoint_config(endpoint_config_name="churn").production_variants)

# a map
job = client.describe_training_job(training_job_name="churn")
reveal_type(job.hyper_parameters)
reveal_type(job.final_metric_data_list)

# None, if the service returns nothing
reveal_type(client.stop_training_job)

# the metadata of the call
reveal_type(endpoint.response_metadata.request_id)
reveal_type(endpoint.response_metadata.http_status_code)


# an optional member after a check
def why(described: DescribeEndpointResponse) -> str:
    if described.failure_reason is not None:
        return described.failure_reason.splitlines()[0]
    return described.failure_reason or "fine"


def instances(described: DescribeEndpointResponse) -> int:
    return sum(item.current_instance_count or 0 for item in described.production_variants or ())


# an enum compared with a member and with a string
def serves(described: DescribeEndpointResponse) -> bool:
    status = described.endpoint_status
    return status is EndpointStatus.IN_SERVICE or status.startswith("Updating")


def fails(described: DescribeEndpointResponse) -> bool:
    return described.endpoint_status == "Failed" or not described.endpoint_status.is_listed


# its string
word: str = endpoint.endpoint_status
reveal_type(endpoint.endpoint_status.value)


# every status in its own case
def shown(job: DescribeTrainingJobResponse) -> str:
    match job.training_job_status:
        case TrainingJobStatus.COMPLETED:
            return "done"
        case TrainingJobStatus.FAILED | TrainingJobStatus.STOPPED:
            return job.failure_reason or "stopped"
        case other:
            return other.value


# shapes in patterns and behind isinstance
def described(item: Tag | ProductionVariant | ProductionVariantSummary) -> str:
    if isinstance(item, Tag):
        return reveal_type(item).key
    match item:
        case ProductionVariant(variant_name=name, model_name=str(model)):
            return f"{name}: {model}"
        case ProductionVariant():
            return "no model"
        case _:
            return reveal_type(item).variant_name


# every item of a listing
running = client.iter_endpoints(status_equals="InService")
assert_type(running, Items[EndpointSummary])
oldest: datetime = min(item.creation_time for item in running)
reveal_type(next(client.iter_training_jobs(limit=1)))
names: list[str] = [job.training_job_name for job in client.iter_training_jobs()]
first: TrainingJobSummary = client.list_training_jobs().training_job_summaries[0]

# a wait returns the last description, or None for a deleted resource
reveal_type(client.wait_endpoint_in_service(endpoint_name="churn", timeout=600))
reveal_type(client.wait_endpoint_deleted(endpoint_name="churn"))
reveal_type(client.wait_training_job_completed_or_stopped(training_job_name="churn"))

# shapes can be hashed and compared, and put into sets and dictionaries
seen: set[Tag] = {Tag(key="a", value="b"), *(client.list_tags(resource_arn="a").tags or ())}
by_name: dict[EndpointStatus, list[str]] = {EndpointStatus.FAILED: []}
