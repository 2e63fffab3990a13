"""Promises of every listing."""

from __future__ import annotations

import gc
import itertools
import tracemalloc
from typing import Any

import pytest
from botocore.exceptions import ConnectionClosedError
from pydantic import ValidationError

from sagemaker_typed import RepeatedToken, SageMakerClient
from sagemaker_typed.errors import ThrottlingException
from sagemaker_typed.models import DescribeModelRequest, EndpointSummary, ListEndpointsRequest
from tests.service import Body, Cut, RecordedRequest, ScriptedService, throttled


def listed(names: str, token: str | None = None) -> Body:
    endpoints = [{"EndpointName": name} for name in names]
    return Body({"Endpoints": endpoints} | ({"NextToken": token} if token else {}))


def names_of(items: Any) -> str:
    return "".join(item.endpoint_name for item in items)


def test_nothing_is_asked_for_before_its_turn(
    service: ScriptedService, client: SageMakerClient
) -> None:
    service.script("ListEndpoints", listed("ab", "two"), listed("c"))
    items = client.iter_endpoints(name_contains="x")
    assert service.operations() == []
    first = next(items)
    assert isinstance(first, EndpointSummary)
    next(items)
    assert len(service.asked()) == 1
    assert names_of(items) == "c"
    assert [request.body for request in service.asked()] == [
        {"NameContains": "x"},
        {"NameContains": "x", "NextToken": "two"},
    ]


def test_the_items_say_which_listing_they_are(
    service: ScriptedService, client: SageMakerClient
) -> None:
    service.script("ListEndpoints", listed("a"))
    items = client.iter_endpoints()
    assert repr(items) == "<Items of ListEndpoints>"
    assert service.operations() == []
    assert names_of(items) == "a"
    assert repr(items) == "<Items of ListEndpoints, exhausted>"


def test_a_mistake_is_found_before_the_first_page(
    service: ScriptedService, client: SageMakerClient
) -> None:
    with pytest.raises(ValidationError, match="max_results"):
        client.iter_endpoints(max_results=1000)
    assert service.operations() == []


def test_pages_are_answers(service: ScriptedService, client: SageMakerClient) -> None:
    service.script("ListEndpoints", listed("ab", "two"), listed("c"))
    first, second = client.pages(ListEndpointsRequest())
    assert names_of(first.endpoints) == "ab"
    assert first.next_token == "two"
    assert first.response_metadata.http_status_code == 200
    assert names_of(second.endpoints) == "c"


def test_a_limit_of_items_asks_for_no_page_too_many(
    service: ScriptedService, client: SageMakerClient
) -> None:
    service.script("ListEndpoints", listed("ab", "two"), listed("cd", "three"), listed("ef"))
    assert names_of(client.iter_endpoints(limit=4)) == "abcd"
    assert len(service.asked()) == 2
    assert names_of(client.iter_endpoints(limit=0)) == ""
    assert len(service.asked()) == 2


def test_a_limit_of_pages(service: ScriptedService, client: SageMakerClient) -> None:
    service.script("ListEndpoints", listed("ab", "two"), listed("cd", "three"), listed("ef"))
    pages = client.pages(ListEndpointsRequest(), limit=2)
    assert [names_of(page.endpoints) for page in pages] == ["ab", "cd"]
    assert (pages.token, pages.exhausted) == ("three", False)


@pytest.mark.parametrize("limit", range(8))
def test_every_item_comes_once_however_often_it_is_resumed(
    service: ScriptedService, client: SageMakerClient, limit: int
) -> None:
    def answer(request: RecordedRequest) -> Body:
        by_token = {None: listed("abc", "2"), "2": listed("", "3"), "3": listed("defg")}
        return by_token[request.body.get("NextToken")]

    service.script("ListEndpoints", answer)
    begun = client.iter_endpoints(limit=limit)
    first = names_of(begun)
    assert first == "abcdefg"[:limit]
    rest = client.iter_endpoints(start_token=begun.token, skip=begun.skip)
    assert first + ("" if begun.exhausted else names_of(rest)) == "abcdefg"
    # the same object, asked again, stays at its limit
    assert list(begun) == []


def test_a_failure_midway_leaves_the_token_at_hand(
    service: ScriptedService, client: SageMakerClient
) -> None:
    service.script("ListEndpoints", listed("ab", "two"), throttled(), listed("c"))
    items = client.iter_endpoints()
    assert names_of([next(items), next(items)]) == "ab"
    with pytest.raises(ThrottlingException) as failed:
        next(items)
    assert "start_token='two'" in failed.value.retry_summary
    assert failed.value.retryable
    assert (items.token, items.skip) == ("two", 0)
    assert names_of(items) == "c"


def test_a_cut_connection_midway_too(service: ScriptedService, client: SageMakerClient) -> None:
    service.script("ListEndpoints", listed("ab", "two"), Cut(), listed("c"))
    items = client.iter_endpoints()
    assert names_of([next(items), next(items)]) == "ab"
    with pytest.raises(ConnectionClosedError) as failed:
        next(items)
    assert items.token == "two"
    notes = getattr(failed.value, "__notes__", None)  # Python 3.11
    assert notes is None or "start_token='two'" in notes[0]
    assert names_of(items) == "c"


@pytest.mark.parametrize("circle", ["a", "ab", "abcdefg"])
def test_a_circle_of_any_length_is_found_at_once(
    service: ScriptedService, client: SageMakerClient, circle: str
) -> None:
    tokens = itertools.cycle(circle)
    service.script("ListEndpoints", lambda _: listed("x", next(tokens)))
    items = client.iter_endpoints()
    assert names_of(itertools.islice(items, len(circle) + 1)) == "x" * (len(circle) + 1)
    with pytest.raises(RepeatedToken) as repeated:
        next(items)
    assert repeated.value.token == circle[0]


def test_a_token_that_was_given_to_begin_with_is_known(
    service: ScriptedService, client: SageMakerClient
) -> None:
    service.script("ListEndpoints", listed("a", "mine"))
    with pytest.raises(RepeatedToken):
        list(client.iter_endpoints(start_token="mine"))
    assert len(service.asked()) == 1


def test_an_empty_token_ends_the_listing(service: ScriptedService, client: SageMakerClient) -> None:
    service.script("ListEndpoints", Body({"Endpoints": [], "NextToken": ""}))
    assert list(client.iter_endpoints()) == []
    assert len(service.asked()) == 1


def test_a_token_outside_its_own_documented_limits_goes_back_as_it_came(
    service: ScriptedService, client: SageMakerClient
) -> None:
    token = "x" * 10_000 + "\n"
    service.script("ListEndpoints", listed("a", token), listed("b"))
    assert names_of(client.iter_endpoints()) == "ab"
    assert service.asked()[1].body["NextToken"] == token


def test_a_page_without_its_list_has_no_items(
    service: ScriptedService, client: SageMakerClient
) -> None:
    service.script("ListEndpoints", Body({"NextToken": "two"}), Body({"Endpoints": None}))
    assert list(client.iter_endpoints()) == []


def test_what_has_no_pages_is_refused(client: SageMakerClient) -> None:
    request: Any = DescribeModelRequest(model_name="churn")
    with pytest.raises(ValueError, match="DescribeModel has no pages"):
        client.pages(request)


@pytest.mark.parametrize("wrong", [{"limit": -1}, {"skip": -1}])
def test_numbers_below_zero_are_refused(client: SageMakerClient, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="expected 0 or more"):
        client.items(ListEndpointsRequest(), **wrong)


def test_memory_stays_flat(service: ScriptedService, client: SageMakerClient) -> None:
    numbers = itertools.count()
    service.script("ListEndpoints", lambda _: listed("x" * 100, f"{next(numbers):0500}"))
    items = client.iter_endpoints()

    def used_after(count: int) -> int:
        for _ in itertools.islice(items, count):
            pass
        service.requests.clear()
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        early = used_after(1_000)
        late = used_after(6_000)
    finally:
        tracemalloc.stop()
    assert late - early < 300_000  # 6,000 items alone would take some 6 MB
