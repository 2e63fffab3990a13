"""The short path and the long path have the same results: models, errors, bytes.

The long path is a wrapped client that boto3 created: boto3 writes, checks and parses there.
"""

from __future__ import annotations

import functools
import json
import math
import pickle
from datetime import datetime, timezone
from random import Random
from typing import Any

import boto3
import pytest
from botocore.config import Config
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sagemaker_typed import SageMakerClient, errors, models
from tests.service import Body, Cut, Fault, Raw, ScriptedService
from tests.service.replies import throttled
from tests.shapes.service_values import Values, service_model
from tests.transport.wire import Http

REGION = "eu-west-1"
MODEL = service_model()
# The oldest boto3's model requires fewer members than today's.
REQUIRES_MORE = ("CreateFeatureGroup",)
WITH_RESPONSE = [
    pytest.param(name, marks=pytest.mark.pinned if name in REQUIRES_MORE else ())
    for name in sorted(MODEL.operation_names)
    if MODEL.operation_model(name).output_shape
]


class Ways:
    """The same service, asked fast and asked plainly."""

    def __init__(self) -> None:
        raw: Any = boto3.client("sagemaker", region_name=REGION)
        self.fast = SageMakerClient(region_name=REGION, consistency=None, rules=None)
        self.plain = SageMakerClient.from_boto3(raw, consistency=None, rules=None)
        self.http = (Http(self.fast.boto3), Http(raw))

    def answer(self, request: Any, body: bytes) -> tuple[Any, Any]:
        for http in self.http:
            http.body = body
        return self.fast.send(request), self.plain.send(request)


@functools.cache
def ways() -> Ways:
    return Ways()


@functools.cache
def request_for(operation: str) -> Any:
    shape: Any = MODEL.operation_model(operation).input_shape
    values = Values(Random(operation))
    members = values.structure(shape, fill=0.0)
    for name, member in shape.members.items():
        if member.metadata.get("idempotencyToken"):
            members.setdefault(name, values.scalar(member))
    # read leniently: the oldest boto3's model has fewer limits than ours
    return getattr(models, f"{operation}Request").from_service(members)


def as_text(value: Any) -> Any:
    """A model as text, in which NaN is equal to itself and 1 is not 1.0."""
    return repr(value)


EPOCHS = st.one_of(
    st.integers(-(10**9), 4 * 10**9),
    # wire timestamps have milliseconds or microseconds; no value lies exactly between two
    st.integers(-(10**15), 4 * 10**15).map(lambda microseconds: microseconds / 10**6),
)
MOMENTS = st.datetimes(
    datetime(1990, 1, 1),  # noqa: DTZ001  # as hypothesis wants it
    datetime(2100, 1, 1),  # noqa: DTZ001
)
TIMESTAMPS = st.one_of(
    EPOCHS,
    EPOCHS.map(str),
    MOMENTS.map(lambda moment: moment.isoformat(timespec="seconds") + "Z"),
    MOMENTS.map(lambda moment: moment.isoformat(timespec="milliseconds") + "+02:00"),
    MOMENTS.map(lambda moment: moment.strftime("%a, %d %b %Y %H:%M:%S GMT")),
)
TEXT = st.text(max_size=12)
INTEGERS = st.one_of(st.integers(-5, 5), st.integers(-(10**30), 10**30))
FLOATS = st.one_of(st.floats(width=32), st.integers(-(2**53), 2**53))


def wire_values(shape: Any, depth: int = 0) -> st.SearchStrategy[Any]:
    """Values of a shape in a response: of its type, without its limits, or null."""
    kind = shape.type_name
    if kind == "structure":
        return st.deferred(lambda: structures(shape, depth))
    if kind == "list":
        return st.lists(wire_values(shape.member, depth + 1), max_size=2)
    if kind == "map":
        return st.dictionaries(TEXT, wire_values(shape.value, depth + 1), max_size=2)
    if kind == "string":
        listed = st.sampled_from(shape.enum) if shape.enum else TEXT
        return st.one_of(listed, TEXT)
    return {
        "integer": INTEGERS,
        "long": INTEGERS,
        "float": FLOATS,
        "double": FLOATS,
        "boolean": st.booleans(),
        "timestamp": TIMESTAMPS,
    }[kind]


@st.composite
def structures(draw: st.DrawFn, shape: Any, depth: int) -> dict[str, Any]:
    """Some members, some of them null, and one that nobody knows."""
    names = list(shape.members)
    if getattr(shape, "is_tagged_union", False):  # boto3 reads a union of one
        chosen = draw(st.lists(st.sampled_from(names), min_size=1, max_size=1))
    else:
        most = 0 if depth > 5 else 3
        chosen = draw(st.lists(st.sampled_from(names), max_size=most, unique=True)) if names else []
    members = {
        name: draw(st.one_of(wire_values(shape.members[name], depth + 1), st.none()))
        if not getattr(shape, "is_tagged_union", False)
        else draw(wire_values(shape.members[name], depth + 1))
        for name in chosen
    }
    if not getattr(shape, "is_tagged_union", False) and draw(st.booleans()):
        members["NewerThanThisPackage"] = draw(st.sampled_from([1, None, "x", [], {"a": 1}]))
    return members


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@pytest.mark.parametrize("operation", WITH_RESPONSE)
@given(data=st.data())
def test_every_answer_is_read_alike(operation: str, data: st.DataObject) -> None:
    shape: Any = MODEL.operation_model(operation).output_shape
    answer = data.draw(structures(shape, 0))
    fast, plain = ways().answer(request_for(operation), json.dumps(answer).encode())
    assert as_text(fast) == as_text(plain)


@pytest.mark.parametrize("operation", WITH_RESPONSE)
def test_a_full_answer_is_read_alike_and_survives_pickling(operation: str) -> None:
    shape: Any = MODEL.operation_model(operation).output_shape
    answer = Values(Random(operation)).structure(shape, fill=1.0)
    body = json.dumps(answer, default=datetime.timestamp).encode()
    fast, plain = ways().answer(request_for(operation), body)
    assert as_text(fast) == as_text(plain)
    assert fast == plain
    assert hash(fast) == hash(plain)
    restored = pickle.loads(pickle.dumps(fast))
    assert restored == plain
    assert restored.response_metadata == plain.response_metadata
    assert fast.model_fields_set == plain.model_fields_set


@pytest.mark.parametrize(
    "body",
    [b"{}", b'{"EndpointName": null}', b'{"Newer": 1}', b' {"EndpointName": "a"} '],
    ids=["empty", "null", "unknown", "spaced"],
)
def test_hardly_an_answer(body: bytes) -> None:
    fast, plain = ways().answer(request_for("DescribeEndpoint"), body)
    assert as_text(fast) == as_text(plain)
    assert fast.response_metadata == plain.response_metadata


def test_an_empty_body_is_an_error_if_a_member_is_required() -> None:
    for http, client in zip(ways().http, (ways().fast, ways().plain), strict=True):
        http.body = b""
        with pytest.raises(errors.UnreadableResponse):
            client.send(request_for("DescribeEndpoint"))


def test_numbers_that_json_has_not() -> None:
    body = b'{"FinalMetricDataList": [{"Value": NaN}, {"Value": Infinity}, {"Value": -Infinity}]}'
    fast, plain = ways().answer(request_for("DescribeTrainingJob"), body)
    assert as_text(fast) == as_text(plain)
    assert math.isnan(fast.final_metric_data_list[0].value)


def test_a_moment_in_a_request_is_written_as_boto3_writes_it() -> None:
    here = ways()
    moments = (
        datetime(2026, 11, 21, 12, 30, 1, 250_000, tzinfo=timezone.utc),
        datetime(2026, 11, 21, 12, 30),  # noqa: DTZ001  # boto3's own rule for it
    )
    for moment in moments:
        here.answer(models.ListEndpointsRequest(creation_time_after=moment), b"{}")
        fast, plain = (http.sent[-1].body for http in here.http)
        assert fast == plain


@pytest.mark.parametrize(
    "name",
    ["München", "日本\U0001f600", 'a"b\\c/\n\x7f\u2028'],
)
def test_text_is_written_as_boto3_writes_it(name: str) -> None:
    here = ways()
    tags = (models.Tag.model_construct(key=name, value=name),)
    here.answer(models.AddTagsRequest.model_construct(resource_arn=name, tags=tags), b"{}")
    fast, plain = (http.sent[-1].body for http in here.http)
    assert fast == plain


def test_what_boto3_draws_for_a_token_is_drawn() -> None:
    here = ways()
    with_token = [
        name
        for name in MODEL.operation_names
        if any(
            member.metadata.get("idempotencyToken")
            for member in getattr(MODEL.operation_model(name).input_shape, "members", {}).values()
        )
    ]
    assert with_token
    for operation in with_token:
        request = getattr(models, f"{operation}Request")
        shape: Any = MODEL.operation_model(operation).input_shape
        tokens = [n for n, m in shape.members.items() if m.metadata.get("idempotencyToken")]
        members = request_for(operation).to_boto()
        for token in tokens:
            members.pop(token, None)
        here.answer(request.from_service(members), b"{}")
        fast, plain = (json.loads(http.sent[-1].body) for http in here.http)
        assert list(fast) == list(plain)
        assert all(len(fast[token]) == 36 and fast[token] != plain[token] for token in tokens)


def test_an_answer_sent_back_without_what_is_required() -> None:
    from botocore.exceptions import ParamValidationError

    variant = models.ProductionVariant.from_service(b'{"ModelName": "churn"}')
    request = models.CreateEndpointConfigRequest(
        endpoint_config_name="c", production_variants=[variant]
    )
    outcomes = []
    for client in (ways().fast, ways().plain):
        with pytest.raises(ParamValidationError) as refused:
            client.send(request)
        outcomes.append(str(refused.value))
    assert outcomes[0] == outcomes[1]
    assert "VariantName" in outcomes[0]


FAST_RETRIES = Config(
    retries={"total_max_attempts": 3, "mode": "standard"}, connect_timeout=5, read_timeout=5
)
NO_SUCH = Fault("ResourceNotFound", "There is no such model.")


@pytest.mark.parametrize(
    "answers",
    [
        (NO_SUCH,),
        (Raw(b'{"__type": "ConflictException", "Message": "Taken."}', status=400),),
        (Fault("com.amazonaws#ResourceInUse:http://x", "In use."),),
        (Fault("Unheard", "", 418),),
        (Raw(b"<html>Bad Gateway</html>", status=502, content_type="text/html"),),
        (Raw(b"", status=500),),
        (Raw(b"<html>Sign in</html>", content_type="text/html"),),
    ],
    ids=["modelled", "members", "qualified", "unknown", "html", "empty", "proxy"],
)
def test_every_refusal_is_told_alike(service: ScriptedService, answers: Any) -> None:
    service.script("DescribeModel", *answers)
    outcomes = []
    for client in both(service, Config(retries={"total_max_attempts": 1})):
        with pytest.raises(errors.ServiceError) as refused:
            client.describe_model(model_name="churn")
        error = refused.value
        modelled = {k: v for k, v in error.response.items() if k != "ResponseMetadata"}
        outcomes.append((type(error), error.message, error.http_status, error.operation, modelled))
    assert outcomes[0] == outcomes[1]


def test_retries_are_botocores(service: ScriptedService) -> None:
    counts = []
    for index in range(2):
        service.script("DescribeModel", throttled(), Raw(b"", status=503), Body({"ModelName": "c"}))
        answer = both(service, FAST_RETRIES)[index].describe_model(model_name="churn")
        counts.append(answer.response_metadata.retry_attempts)
        assert answer.model_name == "c"
    assert counts == [2, 2]


def test_throttling_that_goes_on(service: ScriptedService) -> None:
    service.script("DescribeModel", throttled())
    outcomes = []
    for client in both(service, FAST_RETRIES):
        with pytest.raises(errors.ThrottlingException) as refused:
            client.describe_model(model_name="churn")
        metadata: Any = refused.value.response["ResponseMetadata"]
        outcomes.append((str(refused.value.code), metadata["RetryAttempts"]))
    assert outcomes[0] == outcomes[1] == ("ThrottlingException", 2)


def test_a_line_that_is_cut(service: ScriptedService) -> None:
    from botocore.exceptions import HTTPClientError

    service.script("DescribeModel", Cut())
    outcomes = []
    for client in both(service, Config(retries={"total_max_attempts": 1})):
        with pytest.raises(HTTPClientError) as lost:
            client.describe_model(model_name="churn")
        outcomes.append(type(lost.value))
    assert outcomes[0] is outcomes[1]


def test_an_answer_that_is_cut_off(service: ScriptedService) -> None:
    service.script("DescribeModel", Raw(b'{"ModelName": "chu'))
    with pytest.raises(errors.UnreadableResponse, match="JSON object") as refused:
        both(service, FAST_RETRIES)[0].describe_model(model_name="churn")
    assert refused.value.http_status == 200
    assert refused.value.request_id


def both(service: ScriptedService, config: Config) -> tuple[SageMakerClient, SageMakerClient]:
    raw: Any = boto3.client(
        "sagemaker", region_name=REGION, endpoint_url=service.url, config=config
    )
    fast = SageMakerClient(
        region_name=REGION, endpoint_url=service.url, config=config, consistency=None
    )
    return fast, SageMakerClient.from_boto3(raw, consistency=None)


def test_a_span_of_time_is_no_moment() -> None:
    body = b'{"CreationTime": "P1D", "LastModifiedTime": "1 day"}'
    answer = models.DescribeEndpointResponse.from_service(body)
    assert answer.creation_time is None
    assert answer.last_modified_time is None
