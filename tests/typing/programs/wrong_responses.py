# pyright: standard
"""Responses that are misread: one mistake for each line."""

from botocore.stub import Stubber
from sagemaker_typed import SageMakerClient, StatusChange
from sagemaker_typed.errors import ResourceNotFound
from sagemaker_typed.models import (
    CreateEndpointConfigRequest,
    DeleteEndpointRequest,
    DescribeEndpointRequest,
    DescribeEndpointResponse,
    DescribeTrainingJobResponse,
    ListEndpointsRequest,
    ProductionVariant,
    TrainingJobSummary,
)

client = SageMakerClient(region_name="eu-west-1")
describe = DescribeEndpointRequest(endpoint_name="churn")
endpoint = client.describe_endpoint(endpoint_name="churn")
job = client.describe_training_job(training_job_name="churn")

# no such member of a response; a documented name; a key
print(endpoint.status)  # wrong
print(endpoint.EndpointStatus)  # wrong
print(endpoint["EndpointStatus"])  # wrong
print(client.create_endpoint(endpoint_name="a", endpoint_config_name="a").endpoint_name)  # wrong
print(client.describe_domain(domain_id="d-1").domain_nam)  # wrong
print(endpoint.response_metadata.request)  # wrong

# an optional member without a check
print(endpoint.failure_reason.splitlines())  # wrong
for summary in endpoint.production_variants:  # wrong
    print(summary)
print(len(job.final_metric_data_list))  # wrong
print(job.hyper_parameters["epochs"])  # wrong
reason: str = endpoint.failure_reason  # wrong

# an optional shape in between
print(endpoint.data_capture_config.enable_capture)  # wrong

# another type
count: int = endpoint.endpoint_status  # wrong
day: str = endpoint.creation_time  # wrong
old: bool = endpoint.creation_time < "2026-11-01"  # wrong

# another response
other: DescribeTrainingJobResponse = client.send(describe)  # wrong
client.send(describe).training_job_status  # wrong
client.send(ProductionVariant(variant_name="main"))  # wrong
client.send(CreateEndpointConfigRequest)  # wrong
client.send(DeleteEndpointRequest(endpoint_name="churn")).endpoint_arn  # wrong
client.delete_endpoint(endpoint_name="churn").endpoint_arn  # wrong

# not a listing, and items of another kind
client.items(describe)  # wrong
client.pages(describe)  # wrong
item: TrainingJobSummary = next(client.iter_endpoints())  # wrong
arns: list[str] = list(client.iter_endpoints())  # wrong
for page in client.pages(ListEndpointsRequest()):
    print(page.training_job_summaries)  # wrong


# a listener of another resource
def show(change: StatusChange[DescribeTrainingJobResponse]) -> None:
    print(change)


client.wait_endpoint_in_service(endpoint_name="churn", on_status=show)  # wrong

# a deleted resource may never have been described
client.wait_endpoint_deleted(endpoint_name="churn").endpoint_status  # wrong

# errors
try:
    client.describe_endpoint(endpoint_name="churn")
except ResourceNotFound as error:
    print(error.status)  # wrong
    status: str = error.http_status  # wrong

# clients
SageMakerClient("eu-west-1")  # wrong
SageMakerClient(region="eu-west-1")  # wrong
SageMakerClient(consistency=3)  # wrong
Stubber(client)  # wrong
client.boto3 = client.boto3  # wrong


# a method that does not match the one it overrides
class OurClient(SageMakerClient):
    def describe_endpoint(self, name: str) -> DescribeEndpointResponse:  # wrong
        return super().describe_endpoint(endpoint_name=name)

