"""Scripts that several tests use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.service.replies import Body, Fault, RecordedRequest, Reply

if TYPE_CHECKING:
    from tests.service.server import ScriptedService

ARN = "arn:aws:sagemaker:eu-west-1:123456789012"
CREATED = 1_763_712_000.0


def configuration_not_found(request: RecordedRequest) -> Fault:
    """Return the error of CreateEndpoint, UpdateEndpoint and DescribeEndpointConfig."""
    arn = f"{ARN}:endpoint-config/{request.body['EndpointConfigName']}"
    return Fault("ValidationException", f'Could not find endpoint configuration "{arn}".')


def endpoint_not_found(request: RecordedRequest) -> Fault:
    """Return the error of DescribeEndpoint and DeleteEndpoint, which has another text."""
    arn = f"{ARN}:endpoint/{request.body['EndpointName']}"
    return Fault("ValidationException", f'Could not find endpoint "{arn}".')


def _configuration(request: RecordedRequest) -> Body:
    name = request.body["EndpointConfigName"]
    return Body(
        {
            "EndpointConfigName": name,
            "EndpointConfigArn": f"{ARN}:endpoint-config/{name}",
            "ProductionVariants": [
                {
                    "VariantName": "main",
                    "ModelName": "churn",
                    "InitialInstanceCount": 1,
                    "InstanceType": "ml.m5.large",
                }
            ],
            "CreationTime": CREATED,
        }
    )


def _endpoint(request: RecordedRequest) -> Body:
    return Body({"EndpointArn": f"{ARN}:endpoint/{request.body['EndpointName']}"})


def stale_configuration(service: ScriptedService, *, describes: int = 0, writes: int = 0) -> None:
    """Script a configuration that the first ``describes`` and ``writes`` do not see yet.

    A write is a CreateEndpoint or an UpdateEndpoint; each is counted separately.
    """
    unseen: Reply = configuration_not_found
    service.script("DescribeEndpointConfig", *[unseen] * describes, _configuration)
    service.script("CreateEndpoint", *[unseen] * writes, _endpoint)
    service.script("UpdateEndpoint", *[unseen] * writes, _endpoint)
