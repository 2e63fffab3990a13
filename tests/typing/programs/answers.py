"""What a person gets back."""

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

# an enum, a datetime, a tuple, a string, and what may be missing
endpoint = client.describe_endpoint(endpoint_name="churn")
reveal_type(endpoint)
reveal_type(endpoint.endpoint_status)
reveal_type(endpoint.creation_time)
reveal_type(endpoint.production_variants)
reveal_type(endpoint.endpoint_arn)
reveal_type(endpoint.failure_reason)

# what was passed as a list or a string is a tuple or an enum on the shape
variant = ProductionVariant(variant_name="main", instance_type="ml.m5.large")
assert_type(variant.instance_type, ProductionVariantInstanceType | None)
reveal_type(client.describe_endpoint_config(endpoint_config_name="churn").production_variants)

# a map
job = client.describe_training_job(training_job_name="churn")
reveal_type(job.hyper_parameters)
reveal_type(job.final_metric_data_list)

# nothing, where the service answers nothing
reveal_type(client.stop_training_job)

# what AWS said about the call
reveal_type(endpoint.response_metadata.request_id)
reveal_type(endpoint.response_metadata.http_status_code)


# an optional member after a check
def why(described: DescribeEndpointResponse) -> str:
    if described.failure_reason is not None:
        return described.failure_reason.splitlines()[0]
    return described.failure_reason or "fine"


def instances(described: DescribeEndpointResponse) -> int:
    return sum(one.current_instance_count or 0 for one in described.production_variants or ())


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
def described(one: Tag | ProductionVariant | ProductionVariantSummary) -> str:
    if isinstance(one, Tag):
        return reveal_type(one).key
    match one:
        case ProductionVariant(variant_name=name, model_name=str(model)):
            return f"{name}: {model}"
        case ProductionVariant():
            return "no model"
        case _:
            return reveal_type(one).variant_name


# every item of a listing
running = client.iter_endpoints(status_equals="InService")
assert_type(running, Items[EndpointSummary])
oldest: datetime = min(one.creation_time for one in running)
reveal_type(next(client.iter_training_jobs(limit=1)))
names: list[str] = [job.training_job_name for job in client.iter_training_jobs()]
first: TrainingJobSummary = client.list_training_jobs().training_job_summaries[0]

# what waits gives the last description, and nothing may be left of what was deleted
reveal_type(client.wait_endpoint_in_service(endpoint_name="churn", timeout=600))
reveal_type(client.wait_endpoint_deleted(endpoint_name="churn"))
reveal_type(client.wait_training_job_completed_or_stopped(training_job_name="churn"))

# shapes can be hashed and compared, and stand in sets and dictionaries
seen: set[Tag] = {Tag(key="a", value="b"), *(client.list_tags(resource_arn="a").tags or ())}
by_name: dict[EndpointStatus, list[str]] = {EndpointStatus.FAILED: []}
