# pyright: standard
"""Tests that use the kit, with some mistakes."""

from sagemaker_typed.models import (
    CreateEndpointRequest,
    DeleteEndpointRequest,
    DescribeEndpointRequest,
    DescribeEndpointResponse,
    ListModelsRequest,
    ListModelsResponse,
    ProductionVariant,
)
from sagemaker_typed.runtime import SageMakerRuntimeClient
from sagemaker_typed.runtime.models import InvokeEndpointRequest
from sagemaker_typed.testing import (
    Broken,
    Failure,
    Raw,
    Recorded,
    StubbedSageMaker,
    example,
    local_sagemaker,
)

variant: ProductionVariant = example(ProductionVariant, initial_instance_count=2)
described: DescribeEndpointResponse = example(DescribeEndpointResponse)


def listed(request: ListModelsRequest) -> ListModelsResponse:
    return example(ListModelsResponse, next_token=request.next_token)


def failing(request: InvokeEndpointRequest) -> Failure:
    return Failure("ModelError", request.endpoint_name)


def test_right(stubbed_sagemaker: StubbedSageMaker) -> None:
    stubbed_sagemaker.respond("describe_endpoint", endpoint_status="Creating").times(2)
    stubbed_sagemaker.respond("describe_endpoint", described).when(endpoint_name="churn")
    stubbed_sagemaker.respond("describe_endpoint", {"EndpointStatus": "Newer"}).optional()
    stubbed_sagemaker.respond(DescribeEndpointRequest, described).always()
    stubbed_sagemaker.respond(DeleteEndpointRequest)
    stubbed_sagemaker.respond("invoke_endpoint", body=Broken([b"a"]))
    stubbed_sagemaker.respond("list_models", Raw(b"<html>", http_status=502))
    stubbed_sagemaker.fail("create_endpoint", "ResourceLimitExceeded", "no more")
    stubbed_sagemaker.fail(CreateEndpointRequest, TimeoutError())
    stubbed_sagemaker.fail("invoke_endpoint", "ModelError", "x", OriginalStatusCode=500)
    stubbed_sagemaker.on("list_models", lambda request: {"Models": []})
    stubbed_sagemaker.on(ListModelsRequest, listed)
    stubbed_sagemaker.on(InvokeEndpointRequest, failing)
    runtime: SageMakerRuntimeClient = stubbed_sagemaker.client_of(SageMakerRuntimeClient)
    runtime.invoke_endpoint(endpoint_name="churn", body=b"")
    stubbed_sagemaker.client.describe_endpoint(endpoint_name="churn")
    assert stubbed_sagemaker.requests == [DescribeEndpointRequest(endpoint_name="churn")]


with Recorded("calls.yaml", mode="replay", ignore=["EndpointName"]) as recorded:
    recorded.client.list_models()
    print(recorded.calls[0].response)

with local_sagemaker(polls=2) as local:
    local.statuses("describe_endpoint", "Creating", "Failed", reason="no disk")
    local.client_of(SageMakerRuntimeClient).invoke_endpoint(endpoint_name="churn", body=b"")


def test_wrong(stubbed: StubbedSageMaker) -> None:
    # no such operation; no reply; no such method; no error
    stubbed.respond("describe_endpont")  # wrong
    stubbed.respond("describe_endpoint", 3)  # wrong
    stubbed.respond("describe_endpoint").time(2)  # wrong
    stubbed.fail("create_endpoint")  # wrong
    # a handler of another request
    stubbed.on(DescribeEndpointRequest, listed)  # wrong
    stubbed.client_of(ProductionVariant)  # wrong
    stubbed.client.describe_endpont(endpoint_name="churn")  # wrong
    example(StubbedSageMaker)  # wrong


Recorded("calls.yaml", mode="repaly")  # wrong
with local_sagemaker() as service:
    service.statuses("describe_endpoint", 3)  # wrong
