"""The asynchronous client that can deploy an endpoint in one call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from sagemaker_typed._deploy.client import DeployingClient
from sagemaker_typed.core.client.async_base import AsyncServiceClient, awaited

if TYPE_CHECKING:
    from sagemaker_typed.rules.policy import RulePolicy


class AsyncDeployingClient(AsyncServiceClient):
    """The asynchronous form of ``DeployingClient``."""

    @override
    def _default_rules(self) -> RulePolicy:
        from sagemaker_typed.rules.policy import RulePolicy

        return RulePolicy()

    deploy = awaited(DeployingClient.deploy)
    delete_deployment = awaited(DeployingClient.delete_deployment)
