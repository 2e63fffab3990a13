"""Deletes a deployment: inference components, endpoint, configuration and unused models."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sagemaker_typed._deploy import resources
from sagemaker_typed._deploy.resources import name_of
from sagemaker_typed.core.errors import AccessDeniedException
from sagemaker_typed.models import (
    DeleteEndpointConfigRequest,
    DeleteEndpointRequest,
    DeleteInferenceComponentRequest,
    DeleteModelRequest,
    DescribeEndpointConfigRequest,
    DescribeEndpointRequest,
)

if TYPE_CHECKING:
    from sagemaker_typed.core.operations.effects import Caller, Sender
    from sagemaker_typed.core.operations.waiting import WaitPolicy
    from sagemaker_typed.core.shapes.shape import Request


@dataclass(frozen=True, kw_only=True)
class Removal:
    """The resources of a deployment that were deleted, and those that are left."""

    deleted: tuple[str, ...]
    """The deleted resources in order, such as ``Endpoint churn``; with ``dry_run``, the planned."""

    left: Mapping[str, str]
    """The resources that still exist, and the reasons."""

    dry_run: bool = False


async def remove(
    endpoint_name: str, *, send: Sender, call: Caller, policy: WaitPolicy, dry_run: bool
) -> Removal:
    """Delete what belongs to an endpoint, users first."""
    work = _Removing(endpoint_name, send, call, policy)
    await work.plan()
    if not dry_run:
        await work.carry_out()
    planned = [name_of(step) for step in work.steps]
    deleted = tuple(name for name in planned if name not in work.left)
    return Removal(deleted=deleted, left=work.left, dry_run=dry_run)


@dataclass
class _Removing:
    endpoint_name: str
    send: Sender
    call: Caller
    policy: WaitPolicy
    steps: list[Request[Any]] = field(default_factory=list["Request[Any]"])
    """The delete requests, in order."""

    left: dict[str, str] = field(default_factory=dict[str, str])

    async def plan(self) -> None:
        """Find the resources. Raises the service's error if there is neither endpoint nor config.

        An interrupted call may have deleted the endpoint: then the configuration of its name is
        taken, which ``deploy`` creates by default.
        """
        describe = DescribeEndpointRequest(endpoint_name=self.endpoint_name)
        endpoint = await resources.describe(describe, self.send)
        config_name = self.endpoint_name
        models: list[str] = []
        if endpoint is not None:
            config_name = endpoint.endpoint_config_name or config_name
            for component in await resources.components_of(self.endpoint_name, self.send):
                models += resources.models_of_component(component)
                name = component.inference_component_name
                self.steps.append(DeleteInferenceComponentRequest(inference_component_name=name))
            self.steps.append(DeleteEndpointRequest(endpoint_name=self.endpoint_name))
        config = await resources.describe(
            DescribeEndpointConfigRequest(endpoint_config_name=config_name), self.send
        )
        if config is not None:
            models = [*resources.models_of(config), *models]
            self.steps.append(DeleteEndpointConfigRequest(endpoint_config_name=config_name))
        elif endpoint is None:
            await self.send(describe)  # raises the error of the service
        self.steps += [DeleteModelRequest(model_name=name) for name in dict.fromkeys(models)]
        await self._keep_used(config_name)

    async def _keep_used(self, config_name: str) -> None:
        """Note the configuration and the models that other resources use."""
        try:
            configs = await resources.configs_in_use(self.send, besides=self.endpoint_name)
            models = await resources.models_in_use(
                self.send,
                besides_configs=() if config_name in configs else (config_name,),
                besides_endpoint=self.endpoint_name,
            )
        except AccessDeniedException as error:
            for step in self.steps:
                if isinstance(step, (DeleteEndpointConfigRequest, DeleteModelRequest)):
                    self.left[name_of(step)] = f"its users are unknown: {error.message}"
            return
        for step in self.steps:
            user = None
            if isinstance(step, DeleteEndpointConfigRequest):
                user = configs.get(config_name)
            elif isinstance(step, DeleteModelRequest):
                user = models.get(step.model_name)
            if user is not None:
                self.left[name_of(step)] = f"in use by {user}"

    async def carry_out(self) -> None:
        """Delete; what a resource that could not be deleted uses is left too."""
        user = ""
        for step in self.steps:
            name = name_of(step)
            if name in self.left:
                continue
            if user:
                self.left[name] = f"in use by {user}"
            elif reason := await resources.delete(step, self.send, self.call, self.policy):
                self.left[name] = reason
                user = "" if isinstance(step, DeleteModelRequest) else name
