"""Deploys an endpoint: creates in order, takes over what exists, and undoes in reverse order."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from botocore.exceptions import BotoCoreError

from sagemaker_typed._deploy import resources
from sagemaker_typed._deploy.replacement import Replacement
from sagemaker_typed._deploy.resources import name_of as _name
from sagemaker_typed.core import logs
from sagemaker_typed.core.errors import Difference, ServiceError, add_note
from sagemaker_typed.core.operations.conflicts import send_when_settled
from sagemaker_typed.core.operations.difference import differences
from sagemaker_typed.core.operations.error_meanings import says_already_exists, says_not_found
from sagemaker_typed.core.operations.goals import until_terminal
from sagemaker_typed.core.operations.lost_responses import may_have_arrived, was_retried
from sagemaker_typed.core.operations.related_requests import related_request
from sagemaker_typed.core.operations.waiting import (
    WaitFailed,
    WaitPolicy,
    WaitTimeout,
    after_update,
    check_display,
    wait,
)
from sagemaker_typed.models import (
    CreateEndpointConfigRequest,
    CreateEndpointRequest,
    CreateInferenceComponentRequest,
    CreateModelRequest,
    DescribeEndpointRequest,
    DescribeEndpointResponse,
    DescribeInferenceComponentRequest,
    ProductionVariant,
    UpdateInferenceComponentRequest,
)

if TYPE_CHECKING:
    from sagemaker_typed.core.operations.effects import Caller, Sender
    from sagemaker_typed.core.operations.goals import Goal
    from sagemaker_typed.core.operations.waiting import OnStatus
    from sagemaker_typed.core.shapes.shape import Request, Shape
    from sagemaker_typed.dicts import ProductionVariantServerlessConfigDict, TagDict
    from sagemaker_typed.enums.common import (
        ProductionVariantInstanceType,
        ProductionVariantInstanceTypeLiteral,
    )
    from sagemaker_typed.models import DeploymentConfig, ProductionVariantServerlessConfig, Tag

VARIANT_NAME = "AllTraffic"
"""The name of the variant in a configuration that has only one."""


@dataclass(frozen=True, kw_only=True)
class Deployment:
    """An endpoint in service, and the resources behind it."""

    endpoint: DescribeEndpointResponse
    created: tuple[str, ...]
    """The resources that this call created, such as ``Model churn``, in order."""

    taken_over: tuple[str, ...]
    """The resources that existed with the requested settings."""

    replaced: tuple[str, ...] = ()
    """The resources that this call updated."""

    kept: tuple[str, ...] = ()
    """The resources of the deployment before, which nothing removed."""

    removed: tuple[str, ...] = ()
    """The resources of the deployment before, which this call deleted."""


class DeployConflict(Exception):
    """A resource of that name exists with other settings. Nothing was changed."""

    def __init__(self, differences: Mapping[str, tuple[Difference, ...]]) -> None:
        super().__init__(differences)
        self.differences = differences
        """The members that differ, by resource, such as ``Model churn``."""

    def __str__(self) -> str:
        return "\n".join(
            f"{name} exists and differs in: {', '.join(map(str, members))}"
            for name, members in self.differences.items()
        )


class DeployFailed(Exception):
    """A step failed; its error is the ``__cause__``."""

    def __init__(
        self,
        step: str,
        *,
        created: tuple[str, ...],
        undone: tuple[str, ...],
        left: Mapping[str, str],
        may_exist: Mapping[str, str],
    ) -> None:
        super().__init__(step, created, undone, left, may_exist)
        self.step = step
        """The step that failed, such as ``create Model churn``."""
        self.created = created
        """The resources that this call certainly created, in order."""
        self.undone = undone
        """The resources of this call that were deleted again."""
        self.left = left
        """The resources of this call that still exist, and the reasons."""
        self.may_exist = may_exist
        """The resources that this call may have created, and the reasons for the doubt."""

    def __str__(self) -> str:
        parts = [f"could not {self.step}"]
        if self.__cause__ is not None:
            parts.append(f": {self.__cause__}")
        if self.undone:
            parts.append(f"; deleted again: {', '.join(self.undone)}")
        for title, others in (("still there", self.left), ("may exist", self.may_exist)):
            if others:
                listed = ", ".join(f"{name} ({reason})" for name, reason in others.items())
                parts.append(f"; {title}: {listed}")
        return "".join(parts)

    def __reduce__(self) -> tuple[Any, ...]:
        left, may_exist = dict(self.left), dict(self.may_exist)
        return _failed, (self.step, self.created, self.undone, left, may_exist)


def _failed(
    step: str,
    created: tuple[str, ...],
    undone: tuple[str, ...],
    left: Mapping[str, str],
    may_exist: Mapping[str, str],
) -> DeployFailed:
    return DeployFailed(step, created=created, undone=undone, left=left, may_exist=may_exist)


def plan(
    *,
    endpoint_name: str,
    models: CreateModelRequest | Sequence[CreateModelRequest],
    config: CreateEndpointConfigRequest | None,
    instance_type: ProductionVariantInstanceType | ProductionVariantInstanceTypeLiteral | None,
    initial_instance_count: int,
    serverless_config: ProductionVariantServerlessConfig
    | ProductionVariantServerlessConfigDict
    | None,
    tags: Sequence[Tag | TagDict] | None,
) -> list[Request[Any]]:
    """Return the create requests in order. Raises ``ValueError`` if the arguments contradict."""
    wanted = _models(models)
    choices = {
        "config": config,
        "instance_type": instance_type,
        "serverless_config": serverless_config,
    }
    chosen = [name for name, value in choices.items() if value is not None]
    if len(chosen) != 1:
        names = " and ".join(chosen) or "none"
        raise ValueError(f"Give exactly one of {', '.join(choices)}; got {names}")
    if not isinstance(cast("object", config), (CreateEndpointConfigRequest, type(None))):
        raise TypeError(f"config is a {_kind(config)}, expected a CreateEndpointConfigRequest")
    endpoint = CreateEndpointRequest(
        endpoint_name=endpoint_name,
        endpoint_config_name=config.endpoint_config_name if config else endpoint_name,
        tags=tags,
    )
    if config is None:
        if len(wanted) != 1:
            raise ValueError(f"{chosen[0]} serves a single model, not {len(wanted)}; give a config")
        variant = ProductionVariant(
            variant_name=VARIANT_NAME,
            model_name=wanted[0].model_name,
            instance_type=instance_type,
            initial_instance_count=initial_instance_count if instance_type else None,
            serverless_config=serverless_config,
        )
        config = CreateEndpointConfigRequest(
            endpoint_config_name=endpoint_name, production_variants=[variant], tags=tags
        )
    return [*wanted, config, endpoint]


def _models(models: object) -> list[CreateModelRequest]:
    if isinstance(models, CreateModelRequest):
        return [models]
    items: list[Any] = list(models) if isinstance(models, (list, tuple)) else [models]
    for item in items:
        if not isinstance(item, CreateModelRequest):
            raise TypeError(
                f"model has a {_kind(item)}, expected a CreateModelRequest or a list of them;"
                " CreateModelRequest.from_boto takes a dict of documented names"
            )
    return items


def _kind(value: object) -> str:
    return type(value).__name__


async def deploy(
    steps: Sequence[Request[Any]],
    *,
    send: Sender,
    create: Sender,
    call: Caller,
    keep: bool,
    timeout: float | None,
    poll: float | None,
    policy: WaitPolicy | None,
    on_status: OnStatus[DescribeEndpointResponse] | None,
    progress: bool,
    replace: bool = False,
    deployment_config: DeploymentConfig | None = None,
    remove_old: bool = False,
    components: Sequence[CreateInferenceComponentRequest] = (),
) -> Deployment:
    """Create what does not exist, then wait for the endpoint, which is the last step.

    ``create`` sends a create request, and raises an error if the resource exists.
    """
    policy = (policy or WaitPolicy()).replace(timeout=timeout, poll=poll)
    check_display(on_status, progress=progress)
    *models, config, endpoint = steps
    replacement = None
    if replace:
        replacement = Replacement(
            models=models,
            config=cast("CreateEndpointConfigRequest", config),
            endpoint=cast("CreateEndpointRequest", endpoint),
            deployment_config=deployment_config,
            send=send,
            call=call,
            policy=policy,
            on_status=on_status,
            progress=progress,
        )
        steps = await replacement.plan()
        endpoint = replacement.endpoint
        if replacement.before is None:
            steps.append(endpoint)
        components = [replacement.with_names(component) for component in components]
    work = _Work(send, create, call, policy, [*steps, *components])
    existing = await work.existing(updatable=components if replace else ())
    doing = ""
    try:
        for step in steps:
            doing = f"create {_name(step)}"
            if step not in existing:
                await work.create(step)
        if replacement is not None and replacement.before is not None:
            doing = f"replace {_name(endpoint)}"
            in_service = await replacement.put()
        else:
            doing = f"wait for {_name(endpoint)}"
            in_service = await _in_service(endpoint, send, call, policy, on_status, progress)
        for component in components:
            doing = f"put {_name(component)}"
            goal = await work.put(component)
            doing = f"wait for {_name(component)}"
            await wait(_shown(component), send, call, goal, policy)
    except DeployConflict as conflict:
        left = dict.fromkeys(map(_name, work.created), "kept") if keep else await work.undo()
        for name, reason in {**left, **work.doubtful}.items():
            add_note(conflict, f"still there: {name} ({reason})")
        raise
    except Exception as error:
        created = tuple(map(_name, work.created))
        reason = "kept" if keep else _reason_to_keep(doing, error, replacement)
        left = dict.fromkeys(created, reason) if reason else await work.undo()
        raise DeployFailed(
            doing,
            created=created,
            undone=tuple(name for name in reversed(created) if name not in left),
            left=left,
            may_exist=work.doubtful,
        ) from error
    return await _result(work, in_service, replacement, remove_old=remove_old)


def _reason_to_keep(doing: str, error: Exception, replacement: Replacement | None) -> str:
    """Return why nothing may be deleted after an error; empty if it may be."""
    if replacement is not None and replacement.uses_new(error):
        return "the endpoint may use it"
    if doing.startswith("wait") and not _is_known(error):
        return "the status of the endpoint is unknown"
    return ""


async def _result(
    work: _Work,
    endpoint: DescribeEndpointResponse,
    replacement: Replacement | None,
    *,
    remove_old: bool,
) -> Deployment:
    done = Deployment(
        endpoint=endpoint,
        created=tuple(map(_name, work.created)),
        taken_over=tuple(
            _name(step) for step in work.steps if step not in (*work.created, *work.updated)
        ),
        replaced=tuple(map(_name, work.updated)),
    )
    if replacement is None or replacement.before is None:
        return done
    name = _name(replacement.endpoint)
    removed, kept = await replacement.settle_old(remove=remove_old)
    done = dataclasses.replace(done, removed=removed, kept=kept)
    if replacement.replaced:
        return dataclasses.replace(done, replaced=(name, *done.replaced))
    return dataclasses.replace(done, taken_over=(*done.taken_over, name))


def _shown(component: CreateInferenceComponentRequest) -> DescribeInferenceComponentRequest:
    name = component.inference_component_name
    return DescribeInferenceComponentRequest(inference_component_name=name)


def _update_of(component: CreateInferenceComponentRequest) -> UpdateInferenceComponentRequest:
    """Return the request that gives an existing component the settings of a create request."""
    known = {each.documented for each in UpdateInferenceComponentRequest.__members__.values()}
    members = {key: value for key, value in component.to_boto().items() if key in known}
    return UpdateInferenceComponentRequest.from_boto(members)


def check_components(components: Sequence[Any], endpoint_name: str) -> None:
    """Raise an error if inference components are none, or name another endpoint."""
    for component in components:
        if not isinstance(component, CreateInferenceComponentRequest):
            raise TypeError(
                f"inference_components has a {_kind(component)},"
                " expected CreateInferenceComponentRequest"
            )
        if component.endpoint_name != endpoint_name:
            raise ValueError(
                f"{_name(component)} names the endpoint {component.endpoint_name!r},"
                f" expected {endpoint_name!r}"
            )


async def _in_service(
    endpoint: Request[Any],
    send: Sender,
    call: Caller,
    policy: WaitPolicy,
    on_status: OnStatus[DescribeEndpointResponse] | None,
    progress: bool,
) -> DescribeEndpointResponse:
    name = cast("CreateEndpointRequest", endpoint).endpoint_name
    describe = DescribeEndpointRequest(endpoint_name=name)
    goal = until_terminal("sagemaker", describe.__operation__.name)
    in_service = await wait(
        describe, send, call, goal, policy, on_status=on_status, progress=progress
    )
    return cast("DescribeEndpointResponse", in_service)  # a terminal status was described


def _is_known(error: Exception) -> bool:
    """Return True if a wait ended with a known status, or if its error is not the service's.

    An endpoint whose last polls failed may be in service.
    """
    if isinstance(error, WaitTimeout):
        return error.__cause__ is None
    if isinstance(error, WaitFailed):
        return True
    if isinstance(error, ServiceError):
        return says_not_found(error)
    return not isinstance(error, BotoCoreError)


@dataclass
class _Work:
    """The progress of one call."""

    send: Sender
    send_create: Sender
    call: Caller
    policy: WaitPolicy
    steps: Sequence[Request[Any]]
    created: list[Request[Any]] = field(default_factory=list["Request[Any]"])
    """The steps whose create request this call sent, and the service confirmed."""

    updated: list[Request[Any]] = field(default_factory=list["Request[Any]"])
    """The steps whose resources this call updated."""

    doubtful: dict[str, str] = field(default_factory=dict[str, str])
    """Resources that this call may have created, and the reasons for the doubt."""

    async def existing(self, *, updatable: Sequence[Request[Any]]) -> list[Request[Any]]:
        """Return the steps whose resources exist; raise an error if one has other settings."""
        described = [(step, await self._describe(step)) for step in self.steps]
        conflicts = {
            _name(step): members
            for step, resource in described
            if resource is not None
            and step not in updatable
            and (members := differences(step, resource))
        }
        if conflicts:
            raise DeployConflict(conflicts)
        return [step for step, resource in described if resource is not None]

    async def create(self, step: Request[Any]) -> None:
        """Create; take over a resource with the same settings that was created meanwhile."""
        try:
            await self.send_create(step)
        except ServiceError as error:
            if not says_already_exists(error):
                await self._look_after(step, error)
                raise
            resource = await self._describe(step)
            if resource is None:
                raise
            members = differences(step, resource)
            if members:
                raise DeployConflict({_name(step): members}) from error
            if was_retried(error):
                self.doubtful[_name(step)] = "an earlier attempt of this call may have created it"
            return
        except Exception as error:
            await self._look_after(step, error)
            raise
        self.created.append(step)
        logs.deploying.debug("created %s", _name(step))

    async def put(self, component: CreateInferenceComponentRequest) -> Goal:
        """Create or update an inference component; return the goal of the wait for it."""
        describe = _shown(component)
        goal = until_terminal("sagemaker", describe.__operation__.name)
        existing = await self._describe(component)
        if existing is None:
            await self.create(component)
        elif differences(component, existing):
            update = _update_of(component)
            await send_when_settled(update, "sagemaker", self.policy, self.send, self.call)
            self.updated.append(component)
            return after_update(goal, "sagemaker", describe, update, must_apply=True)
        return goal

    async def _look_after(self, step: Request[Any], error: Exception) -> None:
        """Find out whether a create request whose response was lost has created its resource.

        A resource that is found, or that cannot be described, stays doubtful: another program may
        have created it, or it may become visible later.
        """
        if not may_have_arrived(error):
            return
        name = _name(step)
        started = self.policy.clock()
        pause = self.policy.first_poll
        while True:
            try:
                resource = await self._describe(step)
            except (ServiceError, BotoCoreError) as failure:
                self.doubtful[name] = f"describing it failed: {type(failure).__name__}"
                return
            if resource is not None:
                self.doubtful[name] = "it exists, and the response to its create request was lost"
                return
            if self.policy.clock() - started >= self.policy.window:
                return
            await self.call(self.policy.sleep, pause)
            pause = min(self.policy.poll, pause * self.policy.backoff)

    async def undo(self) -> dict[str, str]:
        """Delete the created resources, the latest first; return what is left, and the reasons.

        Resources below one that may exist, or that could not be deleted, are in use and stay.
        """
        user = ""
        left: dict[str, str] = {}
        for step in reversed(self.steps):
            name = _name(step)
            if name in self.doubtful:
                user = user or name
            elif step not in self.created:
                continue
            elif user:
                left[name] = f"in use by {user}"
            elif reason := await self._delete(step):
                left[name], user = reason, name
        return left

    async def _delete(self, step: Request[Any]) -> str | None:
        """Delete; return the reason if that failed."""
        delete = related_request(step, "Delete")
        if delete is None:
            return "no operation deletes it"
        return await resources.delete(delete, self.send, self.call, self.policy)

    async def _describe(self, step: Request[Any]) -> Shape | None:
        describe = related_request(step, "Describe")
        if describe is None:
            return None
        return cast("Shape | None", await resources.describe(describe, self.send))
