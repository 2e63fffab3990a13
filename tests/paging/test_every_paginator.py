"""Every paginator of botocore, over HTTP, held against botocore's own pages."""

from __future__ import annotations

import inspect
from collections.abc import Generator
from typing import Any

import boto3
import pytest
from botocore import xform_name
from botocore.paginate import Paginator

from sagemaker_typed import RepeatedToken, SageMakerClient, models
from tests.conftest import ONE_TRY
from tests.paging.listings import arguments, page, pages, paginators
from tests.service import Fault, ScriptedService
from tests.shapes.service_values import service_model

pytestmark = pytest.mark.pinned
every_listing = pytest.mark.parametrize("operation", sorted(paginators()))


@pytest.fixture(scope="module")
def scripted() -> Generator[ScriptedService]:
    with ScriptedService() as service:
        yield service


@pytest.fixture(scope="module")
def typed(scripted: ScriptedService) -> Generator[SageMakerClient]:
    client = SageMakerClient(endpoint_url=scripted.url, config=ONE_TRY, consistency=None)
    yield client
    client.boto3.close()


@pytest.fixture(scope="module")
def raw(scripted: ScriptedService) -> Generator[Any]:
    client = boto3.client("sagemaker", endpoint_url=scripted.url, config=ONE_TRY)
    yield client
    client.close()


def request_of(operation: str) -> Any:
    return getattr(models, f"{operation}Request").from_boto(arguments(operation))


def iterate(client: SageMakerClient, operation: str, **controls: Any) -> Any:
    members = {k: v for k, v in vars(request_of(operation)).items() if v is not None}
    name = xform_name(operation).removeprefix("list_")
    return getattr(client, f"iter_{name}")(**members, **controls)


def asked_since(service: ScriptedService, start: int) -> list[dict[str, Any]]:
    return [request.body for request in service.asked()[start:]]


def test_there_is_a_method_for_each_of_the_104() -> None:
    methods = {name for name in dir(SageMakerClient) if name.startswith("iter_")}
    assert methods == {f"iter_{xform_name(op).removeprefix('list_')}" for op in paginators()}
    assert len(methods) == 104


def test_every_token_of_the_service_model_has_a_listing() -> None:
    model: Any = service_model()
    shapes = {
        name: (model.operation_model(name).input_shape, model.operation_model(name).output_shape)
        for name in model.operation_names
    }
    tokens = {
        name
        for name, sides in shapes.items()
        if all(shape is not None and "NextToken" in shape.members for shape in sides)
    }
    assert tokens <= set(paginators())


@every_listing
def test_items_are_those_that_boto3_would_page_through(
    operation: str, scripted: ScriptedService, typed: SageMakerClient, raw: Any
) -> None:
    script = pages(operation, [2, 0, 1])
    about = paginators()[operation]

    scripted.script(operation, *script)
    start = len(scripted.asked())
    method = getattr(raw, xform_name(operation))
    model = raw.meta.service_model.operation_model(operation)
    theirs = Paginator(method, about, model).paginate(**arguments(operation))
    expected = theirs.build_full_result()[about["result_key"]]
    asked_by_boto3 = asked_since(scripted, start)

    scripted.script(operation, *script)
    start = len(scripted.asked())
    items = list(iterate(typed, operation))
    assert asked_since(scripted, start) == asked_by_boto3
    assert [body.get(about["input_token"]) for body in asked_by_boto3] == [None, "to-1", "to-2"]

    plain = [item.to_boto() if hasattr(item, "to_boto") else item for item in items]
    assert plain == expected
    assert len(plain) == 3


@every_listing
def test_a_repeated_token_is_an_error(
    operation: str, scripted: ScriptedService, typed: SageMakerClient
) -> None:
    scripted.script(operation, page(operation, 1, "again"), page(operation, 1, "again"))
    items = iterate(typed, operation)
    assert [next(items), next(items)]
    with pytest.raises(RepeatedToken, match="'again' again") as repeated:
        next(items)
    assert repeated.value.operation == operation
    assert (repeated.value.token, repeated.value.pages) == ("again", 2)


@every_listing
def test_it_goes_on_where_it_failed(
    operation: str, scripted: ScriptedService, typed: SageMakerClient
) -> None:
    first, second, third = pages(operation, [2, 1, 1])
    broken = Fault("InternalFailure", "the page is missing", 500)
    scripted.script(operation, first, broken, second, third)
    listing = typed.pages(request_of(operation))
    seen = [next(listing)]
    with pytest.raises(Exception, match="the page is missing"):
        next(listing)
    assert listing.token == "to-1"
    seen += listing
    assert len(seen) == 3
    assert listing.exhausted

    scripted.script(operation, second, third)
    start = len(scripted.asked())
    resumed = list(typed.pages(request_of(operation), start_token="to-1"))
    assert resumed == seen[1:]
    tokens = [body[paginators()[operation]["input_token"]] for body in asked_since(scripted, start)]
    assert tokens == ["to-1", "to-2"]


@every_listing
def test_the_method_takes_what_the_listing_takes(operation: str) -> None:
    name = xform_name(operation)
    listing = inspect.signature(getattr(SageMakerClient, name)).parameters
    iterating = inspect.signature(
        getattr(SageMakerClient, f"iter_{name.removeprefix('list_')}")
    ).parameters
    assert set(iterating) == {*listing, "start_token", "skip", "limit"} - {
        xform_name(paginators()[operation]["input_token"])
    }
