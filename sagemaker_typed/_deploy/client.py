"""The client that can deploy an endpoint in one call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from sagemaker_typed.core.client.base import ServiceClient

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sagemaker_typed._deploy.deployment import Deployment
    from sagemaker_typed._deploy.removal import Removal
    from sagemaker_typed.core.operations.waiting import OnStatus, WaitPolicy
    from sagemaker_typed.dicts import ProductionVariantServerlessConfigDict, TagDict
    from sagemaker_typed.enums.common import (
        ProductionVariantInstanceType,
        ProductionVariantInstanceTypeLiteral,
    )
    from sagemaker_typed.models import (
        CreateEndpointConfigRequest,
        CreateInferenceComponentRequest,
        CreateModelRequest,
        DeploymentConfig,
        DescribeEndpointResponse,
        ProductionVariantServerlessConfig,
        Tag,
    )
    from sagemaker_typed.rules.policy import RulePolicy


class DeployingClient(ServiceClient):
    """A client of the service with models, endpoint configurations and endpoints."""

    @override
    def _default_rules(self) -> RulePolicy:
        from sagemaker_typed.rules.policy import RulePolicy

        return RulePolicy()

    def deploy(
        self,
        *,
        endpoint_name: str,
        model: CreateModelRequest | Sequence[CreateModelRequest],
        config: CreateEndpointConfigRequest | None = None,
        instance_type: (
            ProductionVariantInstanceType | ProductionVariantInstanceTypeLiteral | None
        ) = None,
        initial_instance_count: int = 1,
        serverless_config: (
            ProductionVariantServerlessConfig | ProductionVariantServerlessConfigDict | None
        ) = None,
        tags: Sequence[Tag | TagDict] | None = None,
        inference_components: Sequence[CreateInferenceComponentRequest] = (),
        keep: bool = False,
        replace: bool = False,
        deployment_config: DeploymentConfig | None = None,
        remove_old: bool = False,
        timeout: float | None = None,
        poll: float | None = None,
        policy: WaitPolicy | None = None,
        on_status: OnStatus[DescribeEndpointResponse] | None = None,
        progress: bool = False,
    ) -> Deployment:
        """Create models, configuration and endpoint, and wait until the endpoint is in service.

        ``config`` is the configuration. A single model needs none: ``instance_type`` or
        ``serverless_config`` makes a configuration with one variant and the endpoint's name.

        ``inference_components`` are created on the endpoint after it is in service, and waited for.

        The call can be repeated: it takes over resources that exist with the requested settings. If
        a step fails, the resources that this call certainly created are deleted again in reverse
        order, unless ``keep`` is true. An interrupted wait leaves everything in place, and a
        repeated call takes it over.

        With ``replace``, an existing endpoint gets the configuration, an existing inference
        component is updated, and no setting is a conflict:
        a configuration is created beside the old one, under its name and a digest of its content,
        and so is a model whose name is taken. ``deployment_config`` shifts the traffic: blue/green,
        canary, linear or rolling, with alarms. A rollback raises ``DeployFailed``. The old
        configuration and its models are kept, or with ``remove_old`` deleted, unless others use
        them. Repeating the call changes nothing.

        Raises ``ValueError`` or ``TypeError`` for wrong arguments and ``DeployConflict`` if a
        resource exists with other settings, both before anything is created. Raises
        ``DeployFailed`` if a step fails; it lists the resources that were deleted, that are left,
        and that may exist.
        """
        from sagemaker_typed._deploy import deployment
        from sagemaker_typed.core.operations.waiting import WaitPolicy

        if not replace and (deployment_config is not None or remove_old):
            raise ValueError("deployment_config and remove_old need replace=True")
        deployment.check_components(inference_components, endpoint_name)
        planned = deployment.plan(
            endpoint_name=endpoint_name,
            models=model,
            config=config,
            instance_type=instance_type,
            initial_instance_count=initial_instance_count,
            serverless_config=serverless_config,
            tags=tags,
        )
        deployed: Deployment = self._drive(
            deployment.deploy(
                planned,
                send=self._request,
                create=self._create,
                call=self._call,
                keep=keep,
                timeout=timeout,
                poll=poll,
                policy=self._paced(policy or WaitPolicy()),
                on_status=on_status,
                progress=progress,
                replace=replace,
                deployment_config=deployment_config,
                remove_old=remove_old,
                components=inference_components,
            )
        )
        return deployed

    def delete_deployment(
        self,
        endpoint_name: str,
        *,
        dry_run: bool = False,
        timeout: float | None = None,
        poll: float | None = None,
        policy: WaitPolicy | None = None,
    ) -> Removal:
        """Delete an endpoint, its inference components, its configuration and its unused models.

        Users are deleted before what they use, and the call waits where deletion takes time. A
        change in progress is waited for. A configuration that another endpoint uses is left, and so
        is a model that another configuration or inference component uses. To find the users, the
        call describes all endpoints, configurations and components.

        With ``dry_run``, nothing is deleted, and the result tells what would be. The call can be
        repeated after an interruption. Raises ``ResourceNotFound`` if there is neither an endpoint
        nor a configuration of this name.
        """
        from sagemaker_typed._deploy import removal
        from sagemaker_typed.core.operations.waiting import WaitPolicy

        removed: Removal = self._drive(
            removal.remove(
                endpoint_name,
                send=self._request,
                call=self._call,
                policy=self._paced(policy or WaitPolicy()).replace(timeout=timeout, poll=poll),
                dry_run=dry_run,
            )
        )
        return removed
