"""Deploying in one call: creating in order, taking over what exists, undoing in reverse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from botocore.exceptions import BotoCoreError

from sagemaker_typed.core import logs
from sagemaker_typed.core.errors import ServiceError
from sagemaker_typed.core.operations.difference import Difference
from sagemaker_typed.core.operations.error_meanings import says_already_exists, says_not_found
from sagemaker_typed.core.operations.related_requests import counterpart, differences
from sagemaker_typed.core.operations.waiting import WaitPolicy
from sagemaker_typed.models import (
    CreateEndpointConfigRequest,
    CreateEndpointRequest,
    CreateModelRequest,
    DescribeEndpointRequest,
    DescribeEndpointResponse,
    ProductionVariant,
)

if TYPE_CHECKING:
    from sagemaker_typed.core.client.base import ServiceClient
    from sagemaker_typed.core.operations.waiting import OnStatus
    from sagemaker_typed.core.shapes.shape import Request, Shape
    from sagemaker_typed.enums.common import (
        ProductionVariantInstanceType,
        ProductionVariantInstanceTypeLiteral,
    )
    from sagemaker_typed.models import ProductionVariantServerlessConfig, Tag

VARIANT_NAME = "AllTraffic"
"""What the variant of a configuration is called that has only one."""


@dataclass(frozen=True, kw_only=True)
class Deployment:
    """An endpoint that serves, and what it took."""

    endpoint: DescribeEndpointResponse
    created: tuple[str, ...]
    """What this call created, such as ``Model churn``, in order."""

    taken_over: tuple[str, ...]
    """What existed as it was asked for."""


class DeployConflict(Exception):
    """Something of that name exists, and it is not what was asked for. Nothing was changed."""

    def __init__(self, differences: Mapping[str, tuple[Difference, ...]]) -> None:
        super().__init__(differences)
        self.differences = differences
        """Where they differ, by what exists, such as ``Model churn``."""

    def __str__(self) -> str:
        return "\n".join(
            f"{name} exists and differs: {'; '.join(map(str, found))}"
            for name, found in self.differences.items()
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
    ) -> None:
        super().__init__(step, created, undone, left)
        self.step = step
        """What could not be done, such as ``create Model churn``."""
        self.created = created
        """What this call had created, in order."""
        self.undone = undone
        """What of it was deleted again."""
        self.left = left
        """What of it is still there, and why."""

    def __str__(self) -> str:
        parts = [f"could not {self.step}"]
        if self.__cause__ is not None:
            parts.append(f": {self.__cause__}")
        if self.undone:
            parts.append(f"; deleted again: {', '.join(self.undone)}")
        if self.left:
            left = ", ".join(f"{name} ({reason})" for name, reason in self.left.items())
            parts.append(f"; still there: {left}")
        return "".join(parts)

    def __reduce__(self) -> tuple[Any, ...]:
        return _failed, (self.step, self.created, self.undone, dict(self.left))


def _failed(
    step: str, created: tuple[str, ...], undone: tuple[str, ...], left: Mapping[str, str]
) -> DeployFailed:
    return DeployFailed(step, created=created, undone=undone, left=left)


def plan(
    *,
    endpoint_name: str,
    models: CreateModelRequest | Sequence[CreateModelRequest],
    config: CreateEndpointConfigRequest | None,
    instance_type: ProductionVariantInstanceType | ProductionVariantInstanceTypeLiteral | None,
    initial_instance_count: int,
    serverless_config: ProductionVariantServerlessConfig | None,
    tags: Sequence[Tag] | None,
) -> list[Request[Any]]:
    """What to create, in order. Raises ``ValueError`` where that is not clear."""
    wanted = [models] if isinstance(models, CreateModelRequest) else list(models)
    said = {
        "config": config,
        "instance_type": instance_type,
        "serverless_config": serverless_config,
    }
    given = [name for name, value in said.items() if value is not None]
    if len(given) != 1:
        found = " and ".join(given) or "none of them"
        raise ValueError(f"one of {', '.join(said)} says how to serve; given: {found}")
    if config is None:
        if len(wanted) != 1:
            raise ValueError(f"{given[0]} serves a single model, not {len(wanted)}; give a config")
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
    endpoint = CreateEndpointRequest(
        endpoint_name=endpoint_name, endpoint_config_name=config.endpoint_config_name, tags=tags
    )
    return [*wanted, config, endpoint]


def deploy(
    client: ServiceClient,
    steps: Sequence[Request[Any]],
    *,
    keep: bool,
    timeout: float | None,
    poll: float | None,
    policy: WaitPolicy | None,
    on_status: OnStatus[DescribeEndpointResponse] | None,
    progress: bool,
) -> Deployment:
    """Create what does not exist, then wait for the endpoint, which is the last step."""
    work = _Work(client, policy or WaitPolicy())
    exist = work.look(steps)
    doing = ""
    try:
        for step in steps:
            doing = f"create {_name(step)}"
            if step not in exist:
                work.create(step)
        endpoint = cast("CreateEndpointRequest", steps[-1])
        doing = f"wait for {_name(endpoint)}"
        serving = client.wait(
            DescribeEndpointRequest(endpoint_name=endpoint.endpoint_name),
            timeout=timeout,
            poll=poll,
            policy=policy,
            on_status=on_status,
            progress=progress,
        )
    except DeployConflict:
        if not keep:
            work.undo()
        raise
    except Exception as error:
        created = tuple(map(_name, work.created))
        left = dict.fromkeys(created, "kept") if keep else work.undo()
        undone = tuple(name for name in reversed(created) if name not in left)
        raise DeployFailed(doing, created=created, undone=undone, left=left) from error
    taken_over = (_name(step) for step in steps if step not in work.created)
    return Deployment(
        endpoint=serving,
        created=tuple(map(_name, work.created)),
        taken_over=tuple(taken_over),
    )


@dataclass
class _Work:
    """What one call has done so far."""

    client: ServiceClient
    policy: WaitPolicy
    created: list[Request[Any]] = field(default_factory=list["Request[Any]"])

    def look(self, steps: Sequence[Request[Any]]) -> list[Request[Any]]:
        """The steps that are done already; an error where what exists is not what they make."""
        described = [(step, self._describe(step)) for step in steps]
        conflicts = {
            _name(step): found
            for step, there in described
            if there is not None and (found := differences(step, there))
        }
        if conflicts:
            raise DeployConflict(conflicts)
        return [step for step, there in described if there is not None]

    def create(self, step: Request[Any]) -> None:
        """Create; where somebody was faster, take over what is the same."""
        try:
            self.client.send(step)
        except ServiceError as error:
            if not says_already_exists(error):
                raise
            there = self._describe(step)
            if there is None:
                raise
            found = differences(step, there)
            if found:
                raise DeployConflict({_name(step): found}) from error
            return
        self.created.append(step)
        logs.deploying.debug("created %s", _name(step))

    def undo(self) -> dict[str, str]:
        """Delete what was created, the latest first; what could not be, and why.

        What is below something that could not be deleted is in use, and is left too.
        """
        left: dict[str, str] = {}
        for step in reversed(self.created):
            if left:
                left[_name(step)] = f"in use by {next(iter(left))}"
            elif reason := self._delete(step):
                left[_name(step)] = reason
        return left

    def _delete(self, step: Request[Any]) -> str | None:
        """Why it could not be deleted."""
        delete = counterpart(step, "Delete")
        if delete is None:
            return "nothing deletes it"
        for attempt in range(self.policy.faults + 1):
            try:
                self.client.send(delete)
            except ServiceError as error:
                if says_not_found(error):
                    break
                reason, passes = f"{error.code}: {error.message}", error.retryable
            except BotoCoreError as error:
                reason, passes = str(error), True
            else:
                logs.deploying.debug("deleted %s", _name(step))
                break
            if not passes or attempt == self.policy.faults:
                return reason
            self.policy.sleep(self.policy.first_poll * self.policy.backoff**attempt)
        return None

    def _describe(self, step: Request[Any]) -> Shape | None:
        describe = counterpart(step, "Describe")
        if describe is None:
            return None
        try:
            return cast("Shape", self.client.send(describe))
        except ServiceError as error:
            if says_not_found(error):
                return None
            raise


def _name(step: Request[Any]) -> str:
    """``Model churn``."""
    kind = step.__operation__.name.removeprefix("Create")
    named = next(iter(step.__members__))  # what names it comes first
    return f"{kind} {getattr(step, named)}"
