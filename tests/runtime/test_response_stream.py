"""Responses as streams of events."""

from __future__ import annotations

import pickle

import pytest

from sagemaker_typed import StreamBroken
from sagemaker_typed.errors import ServiceError
from sagemaker_typed.runtime import SageMakerRuntimeClient
from sagemaker_typed.runtime.errors import InternalStreamFailure, ModelStreamError
from sagemaker_typed.runtime.models import (
    InvokeEndpointWithResponseStreamResponse,
    PayloadPart,
)
from tests.runtime.wire import EVENT_STREAM, error, event, exception, part
from tests.service import Raw, ScriptedService

OPERATION = "POST /endpoints/churn/invocations-response-stream"
WORDS = [b"It ", b"was ", b"the ", b"best"]


def script(service: ScriptedService, *messages: bytes, cut_after: int | None = None) -> None:
    content = b"".join(messages)
    headers = {"X-Amzn-SageMaker-Content-Type": "text/plain"}
    service.script(OPERATION, Raw(content, 200, EVENT_STREAM, headers, cut_after))


def invoke(runtime: SageMakerRuntimeClient) -> InvokeEndpointWithResponseStreamResponse:
    return runtime.invoke_endpoint_with_response_stream(endpoint_name="churn", body="why?")


def test_events_are_typed(service: ScriptedService, runtime: SageMakerRuntimeClient) -> None:
    script(service, *map(part, WORDS))
    answer = invoke(runtime)
    assert answer.content_type == "text/plain"
    with answer.body as events:
        first = next(events)
        assert type(first) is PayloadPart
        assert first.bytes == b"It "
        assert [event_part.bytes for event_part in events] == WORDS[1:]
        assert list(events) == []
    assert [event_part.bytes for event_part in answer.body.received] == WORDS


def test_a_large_part_comes_whole(
    service: ScriptedService, runtime: SageMakerRuntimeClient
) -> None:
    large = bytes(range(256)) * 4000
    script(service, part(b"small"), part(large), part(b""))
    assert [event_part.bytes for event_part in invoke(runtime).body] == [b"small", large, b""]


def test_an_event_of_an_unknown_kind_is_left_out(
    service: ScriptedService, runtime: SageMakerRuntimeClient
) -> None:
    script(service, part(b"a"), event("AddedNextYear", b"x"), part(b"b"))
    assert [event_part.bytes for event_part in invoke(runtime).body] == [b"a", b"b"]


def test_a_model_that_fails_midway(
    service: ScriptedService, runtime: SageMakerRuntimeClient
) -> None:
    failure = exception("ModelStreamError", Message="too slow", ErrorCode="ModelTooSlow")
    script(service, part(b"a"), part(b"b"), failure)
    events = invoke(runtime).body
    assert [next(events).bytes, next(events).bytes] == [b"a", b"b"]
    with pytest.raises(ModelStreamError, match="too slow") as failed:
        next(events)
    problem = failed.value
    assert (problem.code, problem.message) == ("ModelStreamError", "too slow")
    assert problem.operation == "InvokeEndpointWithResponseStream"
    assert problem.details.error_code == "ModelTooSlow"
    assert [event_part.bytes for event_part in problem.received] == [b"a", b"b"]
    assert pickle.loads(pickle.dumps(problem)).received == problem.received


def test_a_service_that_fails_midway(
    service: ScriptedService, runtime: SageMakerRuntimeClient
) -> None:
    script(service, part(b"a"), exception("InternalStreamFailure", Message="sorry"))
    with pytest.raises(InternalStreamFailure) as failed:
        list(invoke(runtime).body)
    assert [event_part.bytes for event_part in failed.value.received] == [b"a"]


def test_an_error_of_an_unknown_kind(
    service: ScriptedService, runtime: SageMakerRuntimeClient
) -> None:
    script(service, part(b"a"), error("AddedNextYear", "sorry"))
    with pytest.raises(ServiceError, match="sorry") as failed:
        list(invoke(runtime).body)
    assert failed.value.code == "AddedNextYear"
    assert len(failed.value.received) == 1


@pytest.mark.parametrize("missing", [1, 10, len(part(b"best")), len(part(b"best")) + 1])
def test_a_connection_that_is_cut_midway(
    service: ScriptedService, runtime: SageMakerRuntimeClient, missing: int
) -> None:
    messages = [part(word) for word in WORDS]
    script(service, *messages, cut_after=sum(map(len, messages)) - missing)
    whole = 3 if missing <= len(messages[-1]) else 2
    events = invoke(runtime).body
    with pytest.raises(StreamBroken, match="InvokeEndpointWithResponseStream") as broken:
        list(events)
    assert [event_part.bytes for event_part in broken.value.received] == WORDS[:whole]
    assert broken.value.received == events.received


def test_an_answer_that_ends_within_an_event(
    service: ScriptedService, runtime: SageMakerRuntimeClient
) -> None:
    script(service, part(b"a"), part(b"b")[:-3])
    with pytest.raises(StreamBroken, match="bytes of whole events") as broken:
        list(invoke(runtime).body)
    assert [event_part.bytes for event_part in broken.value.received] == [b"a"]


def test_an_event_that_was_garbled_on_the_way(
    service: ScriptedService, runtime: SageMakerRuntimeClient
) -> None:
    garbled = bytearray(part(b"hello"))
    garbled[-6] ^= 0xFF
    script(service, part(b"a"), bytes(garbled))
    with pytest.raises(StreamBroken, match=r"(?i)checksum") as broken:
        list(invoke(runtime).body)
    assert len(broken.value.received) == 1


def test_closing_gives_up_the_rest(
    service: ScriptedService, runtime: SageMakerRuntimeClient
) -> None:
    script(service, *map(part, WORDS))
    with invoke(runtime).body as events:
        next(events)
    assert len(events.received) == 1
