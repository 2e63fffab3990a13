"""Requests as values."""

from collections.abc import Iterator
from typing import Any, TypeVar

from typing_extensions import assert_type

from sagemaker_typed import (
    PaginatedRequest,
    Request,
    SageMakerClient,
    Shape,
    StatusChange,
    WaitPolicy,
)
from sagemaker_typed.models import (
    CreateDomainRequest,
    CreateDomainResponse,
    CreateEndpointConfigInput,
    CreateEndpointConfigRequest,
    CreateEndpointConfigResponse,
    DeleteEndpointRequest,
    DescribeEndpointRequest,
    DescribeEndpointResponse,
    DescribeTrainingJobRequest,
    EndpointSummary,
    ListEndpointsRequest,
    ListTrainingJobsRequest,
    ProductionVariant,
    UserSettings,
)

client = SageMakerClient(region_name="eu-west-1")
ResponseT = TypeVar("ResponseT")
ItemT = TypeVar("ItemT")

# a request knows its response
variant = ProductionVariant(variant_name="main")
config = CreateEndpointConfigRequest(endpoint_config_name="a", production_variants=[variant])
assert_type(client.send(config), CreateEndpointConfigResponse)
reveal_type(client.send(DescribeEndpointRequest(endpoint_name="churn")))
reveal_type(client.send(DescribeTrainingJobRequest(training_job_name="a")).training_job_status)
team = CreateDomainRequest(
    domain_name="team", auth_mode="IAM", default_user_settings=UserSettings()
)
domain: CreateDomainResponse = client.send(team)

# its fields are the arguments, as the shape keeps them
reveal_type(config.production_variants)
reveal_type(team.auth_mode)

# a documented name, and ours
same: CreateEndpointConfigInput = config

# a request without a response
client.send(DeleteEndpointRequest(endpoint_name="churn"))
nothing: Request[None] = DeleteEndpointRequest(endpoint_name="churn")


# a function of any request
def patiently(request: Request[ResponseT]) -> ResponseT:
    for _ in range(3):
        try:
            return client.send(request)
        except TimeoutError:
            continue
    return client.send(request)


reveal_type(patiently(DescribeEndpointRequest(endpoint_name="churn")))


# a function of any listing
def names(request: PaginatedRequest[Any, EndpointSummary]) -> Iterator[str]:
    for item in client.items(request, limit=10):
        yield item.endpoint_name


def first(request: PaginatedRequest[Any, ItemT]) -> ItemT | None:
    return next(client.items(request), None)


reveal_type(names(ListEndpointsRequest(max_results=50)))
reveal_type(first(ListTrainingJobsRequest()))
for page in client.pages(ListEndpointsRequest()):
    reveal_type(page.endpoints)


# waiting
def show(change: StatusChange[DescribeEndpointResponse]) -> None:
    print(change)


reveal_type(client.wait(DescribeEndpointRequest(endpoint_name="a"), on_status=show))
reveal_type(client.wait_gone(DescribeEndpointRequest(endpoint_name="a"), policy=WaitPolicy()))

# in and out of other forms
assert_type(CreateEndpointConfigRequest.from_boto({}), CreateEndpointConfigRequest)
assert_type(CreateEndpointConfigRequest.from_json("{}"), CreateEndpointConfigRequest)
assert_type(DescribeEndpointResponse.from_service(b"{}"), DescribeEndpointResponse)
reveal_type(config.to_boto())
reveal_type(config.to_json(indent=2))
kept: list[Shape] = [config, variant]

# Pydantic's own
reveal_type(config.model_copy(update={"tags": None}))
reveal_type(config.model_dump())
reveal_type(config.model_dump_json())
assert_type(ProductionVariant.model_validate({}), ProductionVariant)
assert_type(ProductionVariant.model_validate_json("{}"), ProductionVariant)
reveal_type(ProductionVariant.model_json_schema())
reveal_type(sorted(ProductionVariant.model_fields))
