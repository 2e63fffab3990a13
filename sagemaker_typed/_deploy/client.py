"""The client that can deploy an endpoint in one call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from sagemaker_typed.core.client.base import ServiceClient

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sagemaker_typed._deploy.deployment import Deployment
    from sagemaker_typed.core.operations.waiting import OnStatus, WaitPolicy
    from sagemaker_typed.enums.common import (
        ProductionVariantInstanceType,
        ProductionVariantInstanceTypeLiteral,
    )
    from sagemaker_typed.models import (
        CreateEndpointConfigRequest,
        CreateModelRequest,
        DescribeEndpointResponse,
        ProductionVariantServerlessConfig,
        Tag,
    )
    from sagemaker_typed.rules.policy import RulePolicy


class DeployingClient(ServiceClient):
    """A client of the service that has models, endpoint configurations and endpoints."""

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
        serverless_config: ProductionVariantServerlessConfig | None = None,
        tags: Sequence[Tag] | None = None,
        keep: bool = False,
        timeout: float | None = None,
        poll: float | None = None,
        policy: WaitPolicy | None = None,
        on_status: OnStatus[DescribeEndpointResponse] | None = None,
        progress: bool = False,
    ) -> Deployment:
        """Create models, configuration and endpoint, and wait until the endpoint serves.

        The configuration is ``config``; or, for a single model, one of a single variant on
        ``instance_type`` or with ``serverless_config``, called like the endpoint.

        Safe to run again: what exists as asked for is taken over. Where a step fails, what this
        call has created is deleted again in reverse, unless ``keep`` is true. An interrupted wait
        leaves everything as it is; running it again takes it over.

        Raises ``DeployConflict`` where something exists that differs, before anything is created,
        and ``DeployFailed`` where a step fails, with what was undone and what was left.
        """
        from sagemaker_typed._deploy import deployment

        planned = deployment.plan(
            endpoint_name=endpoint_name,
            models=model,
            config=config,
            instance_type=instance_type,
            initial_instance_count=initial_instance_count,
            serverless_config=serverless_config,
            tags=tags,
        )
        return deployment.deploy(
            self,
            planned,
            keep=keep,
            timeout=timeout,
            poll=poll,
            policy=policy,
            on_status=on_status,
            progress=progress,
        )
