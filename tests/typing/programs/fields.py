"""Fields of shapes, where the type of a field matters: right and wrong uses."""

from collections.abc import Callable, Iterable
from functools import cached_property
from operator import attrgetter
from typing import Protocol, TypeVar

from typing_extensions import assert_type

from sagemaker_typed import SageMakerClient
from sagemaker_typed.enums import EndpointStatus
from sagemaker_typed.models import (
    DescribeEndpointResponse,
    EndpointSummary,
    ProductionVariant,
    Tag,
    VpcConfig,
)

T = TypeVar("T")
client = SageMakerClient(region_name="eu-west-1")
endpoint = client.describe_endpoint(endpoint_name="churn")
variant = ProductionVariant(variant_name="main")
tag = Tag(key="stage", value="test")

# read
assert_type(tag.key, str)
assert_type(variant.model_name, str | None)
assert_type(endpoint.endpoint_status, EndpointStatus)
assert_type(client.list_tags(resource_arn="a").tags, tuple[Tag, ...] | None)
number: int = tag.key  # wrong
tag.name  # wrong
tag.Key  # wrong
variant.model_name.upper()  # wrong

# narrowed by a check, of a field and of a field of a field
if variant.model_name is not None:
    assert_type(variant.model_name, str)
    variant.model_name.upper()
if variant.serverless_config and variant.serverless_config.max_concurrency:
    variant.serverless_config.max_concurrency.bit_length()
variant.serverless_config.max_concurrency  # wrong
if endpoint.production_variants:
    endpoint.production_variants[0].variant_name.upper()
endpoint.production_variants[0]  # wrong

# never assigned, deleted or added
tag.key = "other"  # wrong
tag.value += "s"  # wrong
variant.model_name = None  # wrong
tag.note = "new"  # wrong
endpoint.production_variants = ()  # wrong


# a protocol
class Named(Protocol):
    @property
    def variant_name(self) -> str: ...


class Counted(Protocol):
    @property
    def variant_name(self) -> int: ...


def shown(item: Named) -> str:
    return item.variant_name


def counted(item: Counted) -> int:
    return item.variant_name


shown(variant)
shown(tag)  # wrong
counted(variant)  # wrong

# in expressions
names = [item.endpoint_name for item in client.iter_endpoints()]
assert_type(names, list[str])
by_name = {item.key: item.value for item in (tag, tag)}
assert_type(by_name, dict[str, str])
newest = max(client.iter_endpoints(), key=lambda item: item.creation_time)
assert_type(newest, EndpointSummary)
sorted(client.iter_endpoints(), key=lambda item: item.endpoint_nam)  # wrong
label = f"{endpoint.endpoint_name}: {endpoint.endpoint_status}"
read: Callable[[Tag], str] = lambda item: item.key
wrongly_read: Callable[[Tag], int] = lambda item: item.key  # wrong
attrgetter("key")(tag)


def first(items: Iterable[T]) -> T:
    return next(iter(items))


assert_type(first(client.iter_endpoints()).endpoint_name, str)

# in patterns
stage = Tag(key="stage", value="test")
match stage:
    case Tag(key="stage", value=value):
        assert_type(value, str)
    case _:
        pass


# in a subclass
class Team(Tag):
    @cached_property
    def lead(self) -> str:
        return self.value.partition("/")[0]

    def renamed(self) -> "Team":
        return Team(key=self.key, value="new")

    def moved(self) -> None:
        self.key = "team"  # wrong


team = Team(key="team", value="growth/ada")
assert_type(team.lead, str)
assert_type(team.key, str)
team.lead.lower()
team.owner  # wrong


# read by a generic function
def pick(item: DescribeEndpointResponse, read: Callable[[DescribeEndpointResponse], T]) -> T:
    return read(item)


assert_type(pick(endpoint, lambda item: item.endpoint_status), EndpointStatus)
pick(endpoint, lambda item: item.status)  # wrong
vpc = VpcConfig(security_group_ids=["sg-1"], subnets=["subnet-1"])
assert_type(vpc.subnets, tuple[str, ...])
vpc.subnets.append("subnet-2")  # wrong
