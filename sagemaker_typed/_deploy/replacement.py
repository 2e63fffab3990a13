"""Puts a new configuration, and new models, behind an endpoint that may exist already.

Every step can be repeated, and the state of a deployment is read from the service alone: names are
made from content, so a second call finds what the first created before it was killed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError

from sagemaker_typed._deploy import resources
from sagemaker_typed._deploy.resources import SERVICE, name_of
from sagemaker_typed.core import logs
from sagemaker_typed.core.errors import ServiceError
from sagemaker_typed.core.operations.conflicts import send_when_settled
from sagemaker_typed.core.operations.difference import differences
from sagemaker_typed.core.operations.goals import until_gone, until_terminal
from sagemaker_typed.core.operations.lost_responses import may_have_arrived
from sagemaker_typed.core.operations.paging import AsyncItems
from sagemaker_typed.core.operations.related_requests import related_request
from sagemaker_typed.core.operations.waiting import WaitFailed, after_update, wait
from sagemaker_typed.models import (
    CreateEndpointConfigRequest,
    CreateEndpointRequest,
    DeleteEndpointConfigRequest,
    DeleteModelRequest,
    DescribeEndpointConfigRequest,
    DescribeEndpointRequest,
    DescribeEndpointResponse,
    ListEndpointConfigsRequest,
    UpdateEndpointRequest,
)

if TYPE_CHECKING:
    from sagemaker_typed.core.operations.effects import Caller, Sender
    from sagemaker_typed.core.operations.goals import Goal
    from sagemaker_typed.core.operations.waiting import OnStatus, WaitPolicy
    from sagemaker_typed.core.shapes.shape import Request, Shape
    from sagemaker_typed.models import CreateInferenceComponentRequest, DeploymentConfig

_DIGITS = 12
_LONGEST = 63  # characters of a name
_CHANGING = ("Creating", "Updating", "SystemUpdating", "RollingBack")
_DEFAULTS: Mapping[str, object] = {"InitialVariantWeight": 1.0}


@dataclass
class Replacement:
    """The progress of one call, for an endpoint and the requests that create what it needs."""

    models: Sequence[Request[Any]]
    config: CreateEndpointConfigRequest
    endpoint: CreateEndpointRequest
    deployment_config: DeploymentConfig | None
    send: Sender
    call: Caller
    policy: WaitPolicy
    on_status: OnStatus[DescribeEndpointResponse] | None
    progress: bool
    before: DescribeEndpointResponse | None = None
    """The endpoint before the call; ``None`` if it did not exist."""

    replaced: bool = False
    updated: bool = False
    """True once an update was sent whose end is not known."""

    is_put: bool = False
    """True once the endpoint is in service with the new configuration."""

    names: dict[str, str] = field(default_factory=dict[str, str])
    """The final names of the models."""

    old_models: list[str] = field(default_factory=list[str])

    async def plan(self) -> list[Request[Any]]:
        """Return the requests that create the models and the configuration, under final names."""
        describe = DescribeEndpointRequest(endpoint_name=self.endpoint.endpoint_name)
        self.before = await resources.describe(describe, self.send)
        if self.before is not None and self.before.endpoint_status == "Deleting":
            goal = until_gone(SERVICE, describe.__operation__.name)
            await wait(describe, self.send, self.call, goal, self.policy)
            self.before = None
        models = [await self._named_model(model) for model in self.models]
        self.names = {
            getattr(old, "model_name"): getattr(new, "model_name")  # noqa: B009
            for old, new in zip(self.models, models, strict=True)
        }
        config = _with_models(self.config, self.names)
        current = await self._config(self.before.endpoint_config_name if self.before else None)
        if current is not None and _is_same(config, current):
            name = current.endpoint_config_name
            config = type(config).from_boto({**config.to_boto(), "EndpointConfigName": name})
        else:
            config = _named_by_content(config, "EndpointConfigName")
        if current is not None:
            self.old_models = list(resources.models_of(current))
        self.config = config
        self.endpoint = CreateEndpointRequest(
            endpoint_name=self.endpoint.endpoint_name,
            endpoint_config_name=config.endpoint_config_name,
            tags=self.endpoint.tags,
        )
        return [*models, config]

    def with_names(self, component: CreateInferenceComponentRequest) -> Any:
        """Return an inference component that names the models by their final names."""
        members = component.to_boto()
        for each in (members.get("Specification", {}), *members.get("Specifications", ())):
            if each.get("ModelName") in self.names:
                each["ModelName"] = self.names[each["ModelName"]]
        return type(component).from_boto(members)

    async def _named_model(self, model: Request[Any]) -> Request[Any]:
        """Return the request under the name of the existing model, or under a free name.

        A model of an earlier call has a name made from its content.
        """
        existing = await self._described(model)
        if existing is not None and not differences(model, existing):
            return model
        renamed: Request[Any] = _named_by_content(model, "ModelName")
        if existing is None and await self._described(renamed) is None:
            return model
        return renamed

    async def _described(self, create: Request[Any]) -> Any:
        describe = related_request(create, "Describe")
        return describe and await resources.describe(describe, self.send)

    async def _config(self, name: str | None) -> Any:
        if name is None:
            return None
        request = DescribeEndpointConfigRequest(endpoint_config_name=name)
        return await resources.describe(request, self.send)

    async def put(self) -> DescribeEndpointResponse:
        """Update the endpoint, unless it has the configuration; wait until it is in service."""
        name, wanted = self.endpoint.endpoint_name, self.config.endpoint_config_name
        describe = DescribeEndpointRequest(endpoint_name=name)
        update = UpdateEndpointRequest(
            endpoint_name=name,
            endpoint_config_name=wanted,
            deployment_config=self.deployment_config,
        )
        current = await self.send(describe)
        if current.endpoint_status in _CHANGING and _coming(current) != wanted:
            await self._settled(describe)
            current = await self.send(describe)
        if _coming(current) != wanted or current.endpoint_status not in (*_CHANGING, "InService"):
            self.updated = True
            try:
                await send_when_settled(update, SERVICE, self.policy, self.send, self.call)
            except Exception as error:
                self.updated = may_have_arrived(error)
                raise
            logs.deploying.debug("updated %s", name_of(self.endpoint))
            self.replaced = True
        elif current.endpoint_status == "InService":
            self.is_put = True
            return current
        self.updated = True
        goal = until_terminal(SERVICE, describe.__operation__.name)
        # the way to the configuration, such as the deployment configuration, is not compared
        outcome = UpdateEndpointRequest(endpoint_name=name, endpoint_config_name=wanted)
        goal = after_update(goal, SERVICE, describe, outcome, must_apply=True)
        response = await self._wait(describe, goal)
        self.updated = False
        self.is_put = True
        return response

    async def _settled(self, describe: DescribeEndpointRequest) -> None:
        """Wait until a change by somebody else has ended, well or badly."""
        try:
            await self._wait(describe, until_terminal(SERVICE, describe.__operation__.name))
        except WaitFailed:
            return

    async def _wait(
        self, describe: DescribeEndpointRequest, goal: Goal
    ) -> DescribeEndpointResponse:
        response = await wait(
            describe,
            self.send,
            self.call,
            goal,
            self.policy,
            on_status=self.on_status,
            progress=self.progress,
        )
        assert response is not None  # noqa: S101  # a terminal status was described
        return response

    def uses_new(self, error: Exception) -> bool:
        """Return whether the endpoint may use the new configuration after a failure."""
        if not self.updated:
            return self.is_put
        if isinstance(error, WaitFailed) and error.status == "InService":
            name: str = error.description.endpoint_config_name
            return name == self.config.endpoint_config_name
        return True

    async def settle_old(self, *, remove: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the resources of the deployment before that were removed, and those kept.

        An error here is no failure of the deployment: then the old resources are kept.
        """
        if not remove:
            return (), tuple(self._old_names())
        try:
            removed, kept = await self._remove_old()
        except (ServiceError, BotoCoreError) as error:
            logs.deploying.debug("the old configuration is kept: %s", type(error).__name__)
            return (), tuple(self._old_names())
        return tuple(removed), tuple(kept)

    def _old_names(self) -> list[str]:
        config = self.before.endpoint_config_name if self.before else None
        if config is None or config == self.config.endpoint_config_name:
            return []
        used = {variant.model_name for variant in self.config.production_variants}
        old = [DeleteModelRequest(model_name=name) for name in dict.fromkeys(self.old_models)]
        return [
            name_of(DeleteEndpointConfigRequest(endpoint_config_name=config)),
            *(name_of(model) for model in old if model.model_name not in used),
        ]

    async def _remove_old(self) -> tuple[list[str], list[str]]:
        """Delete what only the old configuration used; return what was removed and kept."""
        removed: list[str] = []
        kept: list[str] = []
        configs = await self._old_configs()
        users = await resources.configs_in_use(self.send)
        models = list(self.old_models)
        gone: list[str] = []
        for name in configs:
            request = DeleteEndpointConfigRequest(endpoint_config_name=name)
            described = await self._config(name)
            if described is None:
                continue
            models += resources.models_of(described)
            if name in users or await self._delete(request):
                kept.append(name_of(request))
            else:
                removed.append(name_of(request))
                gone.append(name)
        models_used = await resources.models_in_use(self.send, besides_configs=gone)
        for name in dict.fromkeys(models):
            model = DeleteModelRequest(model_name=name)
            if name in models_used:
                if models_used[name] != name_of(self.config):
                    kept.append(name_of(model))
            elif await self._delete(model):
                kept.append(name_of(model))
            else:
                removed.append(name_of(model))
        return removed, kept

    async def _delete(self, request: Request[Any]) -> str | None:
        return await resources.delete(request, self.send, self.call, self.policy)

    async def _old_configs(self) -> list[str]:
        """Return the configuration before the call, and those that killed calls have left."""
        current = self.config.endpoint_config_name
        base = _without_digest(current)
        names = [self.before.endpoint_config_name] if self.before else []
        listing = ListEndpointConfigsRequest(name_contains=base)
        names += [
            each.endpoint_config_name
            async for each in AsyncItems(listing, self.send)
            if _without_digest(each.endpoint_config_name) == base != each.endpoint_config_name
        ]
        return [name for name in dict.fromkeys(names) if name is not None and name != current]


def _coming(endpoint: DescribeEndpointResponse) -> str | None:
    """Return the configuration that an endpoint has, or is going to have."""
    pending = endpoint.pending_deployment_summary
    return pending.endpoint_config_name if pending else endpoint.endpoint_config_name


def _named_by_content(create: Any, member: str) -> Any:
    """Return a create request whose name ends with a digest of its other members."""
    members = create.to_boto()
    content = {key: value for key, value in members.items() if key not in (member, "Tags")}
    text = json.dumps(content, sort_keys=True, default=str)
    digest = hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]
    base = members[member][: _LONGEST - _DIGITS - 1].rstrip("-")
    return type(create).from_boto({**members, member: f"{base}-{digest}"})


def _without_digest(name: str) -> str:
    return re.sub(rf"-[0-9a-f]{{{_DIGITS}}}$", "", name)


def _with_models(config: CreateEndpointConfigRequest, names: Mapping[str, str]) -> Any:
    """Return a configuration that names other models."""
    members = config.to_boto()
    for key in ("ProductionVariants", "ShadowProductionVariants"):
        for variant in members.get(key, ()):
            if variant.get("ModelName") in names:
                variant["ModelName"] = names[variant["ModelName"]]
    return type(config).from_boto(members)


def _is_same(config: CreateEndpointConfigRequest, current: Shape) -> bool:
    """Return whether a configuration has the wanted members, and no others."""
    names = {member.documented for member in config.__members__.values()}
    shown = {key: value for key, value in current.to_boto().items() if key in names}
    wanted = {**config.to_boto(), "EndpointConfigName": shown["EndpointConfigName"]}
    renamed = type(config).from_boto(wanted)
    return not differences(renamed, current) and not _adds(wanted, shown)


def _adds(wanted: object, shown: object, key: str = "") -> bool:
    """Return whether a description shows a value that was not asked for and is no default."""
    if isinstance(shown, Mapping):
        inner = wanted if isinstance(wanted, Mapping) else {}
        return any(_adds(inner.get(name), value, name) for name, value in shown.items())
    if isinstance(shown, list):
        items = wanted if isinstance(wanted, list) else []
        if len(items) != len(shown):
            return bool(shown)
        return any(map(_adds, items, shown))
    return wanted is None and bool(shown) and shown != _DEFAULTS.get(key)
