"""Describes, deletes and finds the users of the resources behind an endpoint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, WaiterError

from sagemaker_typed.core import logs
from sagemaker_typed.core.errors import ServiceError
from sagemaker_typed.core.operations.conflicts import send_when_settled
from sagemaker_typed.core.operations.error_meanings import says_not_found
from sagemaker_typed.core.operations.goals import until_gone
from sagemaker_typed.core.operations.paging import AsyncItems
from sagemaker_typed.core.operations.related_requests import describing_request
from sagemaker_typed.core.operations.statuses import statuses
from sagemaker_typed.core.operations.waiting import wait
from sagemaker_typed.models import (
    DescribeEndpointConfigRequest,
    DescribeEndpointRequest,
    DescribeInferenceComponentRequest,
    ListEndpointConfigsRequest,
    ListEndpointsRequest,
    ListInferenceComponentsRequest,
)

if TYPE_CHECKING:
    from sagemaker_typed.core.operations.effects import Caller, Sender
    from sagemaker_typed.core.operations.waiting import WaitPolicy
    from sagemaker_typed.core.shapes.shape import PaginatedRequest, Request
    from sagemaker_typed.models import (
        DescribeEndpointConfigResponse,
        DescribeInferenceComponentResponse,
    )

SERVICE = "sagemaker"
_VERBS = ("Create", "Delete", "Describe", "Update")


def name_of(request: Request[Any]) -> str:
    """Return the resource of a request, such as ``Model churn``."""
    operation = request.__operation__.name
    verb = next(verb for verb in _VERBS if operation.startswith(verb))
    first = next(iter(request.__members__))  # the name of the resource comes first
    return f"{operation.removeprefix(verb)} {getattr(request, first)}"


async def describe(request: Request[Any], send: Sender) -> Any:
    """Return the description of a resource; ``None`` if it does not exist."""
    try:
        return await send(request)
    except ServiceError as error:
        if says_not_found(error):
            return None
        raise


async def delete(
    request: Request[Any], send: Sender, call: Caller, policy: WaitPolicy
) -> str | None:
    """Delete a resource, and wait until it is gone; return the reason if that failed.

    A resource that is changing is deleted after the change.
    """
    for attempt in range(policy.faults + 1):
        try:
            await send_when_settled(request, SERVICE, policy, send, call)
        except ServiceError as error:
            if says_not_found(error):
                return None
            reason, passes = f"{error.code}: {error.message}", error.retryable
        except BotoCoreError as error:
            reason, passes = str(error), True
        else:
            break
        if not passes or attempt == policy.faults:
            return reason
        await call(policy.sleep, policy.first_poll * policy.backoff**attempt)
    logs.deploying.debug("deleted %s", name_of(request))
    shown = describing_request(request)
    if shown is None or statuses(SERVICE, shown.__operation__.name) is None:
        return None
    try:
        await wait(shown, send, call, until_gone(SERVICE, shown.__operation__.name), policy)
    except (WaiterError, ServiceError, BotoCoreError) as error:
        return str(error)
    return None


def models_of(config: DescribeEndpointConfigResponse) -> Iterator[str]:
    """Yield the models that a configuration names."""
    for variant in (*config.production_variants, *(config.shadow_production_variants or ())):
        if variant.model_name is not None:
            yield variant.model_name


def models_of_component(component: DescribeInferenceComponentResponse) -> Iterator[str]:
    """Yield the models that an inference component names."""
    for specification in (component.specification, *(component.specifications or ())):
        if specification is not None and specification.model_name is not None:
            yield specification.model_name


async def components_of(
    endpoint_name: str | None, send: Sender
) -> list[DescribeInferenceComponentResponse]:
    """Return the inference components of an endpoint, or of all endpoints."""
    listing = ListInferenceComponentsRequest(endpoint_name_equals=endpoint_name)
    names = [each.inference_component_name for each in await _all(listing, send)]
    requests = [DescribeInferenceComponentRequest(inference_component_name=name) for name in names]
    described = [await describe(request, send) for request in requests]
    return [each for each in described if each is not None]


async def configs_in_use(send: Sender, *, besides: str | None = None) -> dict[str, str]:
    """Return an endpoint for each configuration in use, of all endpoints but one."""
    users: dict[str, str] = {}
    for endpoint in await _all(ListEndpointsRequest(), send):
        name = endpoint.endpoint_name
        if name == besides:
            continue
        described = await describe(DescribeEndpointRequest(endpoint_name=name), send)
        if described is not None:
            pending = described.pending_deployment_summary
            users.setdefault(described.endpoint_config_name, f"Endpoint {name}")
            if pending is not None:
                users.setdefault(pending.endpoint_config_name, f"Endpoint {name}")
    return users


async def models_in_use(
    send: Sender, *, besides_configs: Iterable[str] = (), besides_endpoint: str | None = None
) -> dict[str, str]:
    """Return a configuration or an inference component for each model in use."""
    users: dict[str, str] = {}
    for config in await _all(ListEndpointConfigsRequest(), send):
        name = config.endpoint_config_name
        if name in besides_configs:
            continue
        request = DescribeEndpointConfigRequest(endpoint_config_name=name)
        described = await describe(request, send)
        for model in models_of(described) if described is not None else ():
            users.setdefault(model, f"EndpointConfig {name}")
    for component in await components_of(None, send):
        if component.endpoint_name != besides_endpoint:
            for model in models_of_component(component):
                users.setdefault(model, f"InferenceComponent {component.inference_component_name}")
    return users


async def _all(listing: PaginatedRequest[Any, Any], send: Sender) -> list[Any]:
    """Return the items of a listing, which is read before its resources are described."""
    return [item async for item in AsyncItems(listing, send)]
