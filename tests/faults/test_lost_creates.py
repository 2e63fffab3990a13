"""Create requests that fail: nothing is reported as created that another program created."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from botocore.exceptions import BotoCoreError, ClientError

from sagemaker_typed import SageMakerClient
from sagemaker_typed.errors import ServiceError
from tests.faults import sides
from tests.service import (
    Body,
    Cut,
    Fault,
    Lost,
    Raw,
    RecordedRequest,
    Reply,
    Reset,
    ScriptedService,
    throttled,
)

ARN = "arn:aws:sagemaker:eu-west-1:123456789012:model/churn"
ROLE = "arn:aws:iam::123456789012:role/sagemaker"
CREATED = Body({"ModelArn": ARN})
TAKEN = Fault("ValidationException", "Cannot create already existing model")
DENIED = Fault("AccessDeniedException", "no")
PAGE = Raw(b"<html>", 200, "text/html")


def model(age: float = 0.0, role: str = ROLE) -> Callable[[RecordedRequest], Body]:
    """Describe a model that was created ``age`` seconds before the description."""

    def describe(_: RecordedRequest) -> Body:
        members = {"ModelName": "churn", "ModelArn": ARN, "ExecutionRoleArn": role}
        return Body(members | {"CreationTime": time.time() - age})

    return describe


OURS, OLD, OTHER = model(), model(age=3600), model(role=ROLE + "-2")


@dataclass(frozen=True)
class Row:
    """The responses to create requests, the description, and the result of each call."""

    name: str
    creates: tuple[Reply, ...]
    describe: Reply
    results: tuple[str, ...]
    """``created``, or the code or class of the error, one for each call of the program."""

    describes: int = 0


def row(
    name: str, *creates: Reply, describe: Reply = OURS, results: str, describes: int = 0
) -> Row:
    return Row(name, creates, describe, tuple(results.split()), describes)


OK, EXISTS, CUT = "created", "ValidationException", "ConnectionClosedError"
# Each call makes up to three attempts.
ROWS = (
    row("lost once", Lost(CREATED), TAKEN, results=OK, describes=1),
    row("reset once", Reset(), TAKEN, results=OK, describes=1),
    row("500 once", Fault("InternalFailure", "", 500), TAKEN, results=OK, describes=1),
    row("504 once", Raw(b"", 504, "text/html"), TAKEN, results=OK, describes=1),
    row("a clock two minutes slow", Cut(), TAKEN, describe=model(-120), results=OK, describes=1),
    row("a clock two minutes fast", Cut(), TAKEN, describe=model(120), results=OK, describes=1),
    row("taken all along", TAKEN, results=EXISTS),
    row("throttled once", throttled(), TAKEN, describe=OLD, results=EXISTS),
    row("throttled once, new", throttled(), TAKEN, results=EXISTS),
    row("throttled with status 500", throttled(500), TAKEN, results=EXISTS),
    row("429 once", throttled(429), TAKEN, results=EXISTS),
    row("503 once", Fault("ServiceUnavailable", "", 503), TAKEN, results=EXISTS),
    row("503 twice", *[Fault("SlowDown", "", 503)] * 2, TAKEN, results=EXISTS),
    row("lost, but old", Lost(TAKEN), TAKEN, describe=OLD, results=EXISTS, describes=1),
    row("lost, but newer", Cut(), TAKEN, describe=model(-3600), results=EXISTS, describes=1),
    row("lost, but another's", Cut(), TAKEN, describe=OTHER, results=EXISTS, describes=1),
    row("throttled, then lost", throttled(), Cut(), TAKEN, results=OK, describes=1),
    row("lost, then throttled", Cut(), throttled(), TAKEN, results=OK, describes=1),
    row(
        "lost and made by hand, then made again",
        *[Cut()] * 3,
        CREATED,
        TAKEN,
        results=f"{CUT} {OK} {EXISTS}",
    ),
    row(
        "settled, then made again",
        *[Cut()] * 3,
        TAKEN,
        TAKEN,
        results=f"{CUT} {OK} {EXISTS}",
        describes=1,
    ),
    row(
        "lost, then throttled to the end",
        Lost(CREATED),
        *[throttled()] * 2,
        TAKEN,
        results=f"ThrottlingException {OK}",
        describes=1,
    ),
    row(
        "an unreadable success, then taken",
        PAGE,
        TAKEN,
        results=f"UnreadableResponse {OK}",
        describes=1,
    ),
    row(
        "lost, and the description is denied",
        Lost(CREATED),
        TAKEN,
        describe=DENIED,
        results=EXISTS,
        describes=1,
    ),
    row(
        "lost, and the description is unreadable",
        Lost(CREATED),
        TAKEN,
        describe=PAGE,
        results=EXISTS,
        describes=1,
    ),
    row(
        "lost, and the description is cut",
        Lost(CREATED),
        TAKEN,
        describe=Cut(),
        results=EXISTS,
        describes=3,
    ),
)


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _: None)


def create(client: SageMakerClient) -> str:
    try:
        response = client.create_model(model_name="churn", execution_role_arn=ROLE)
    except ServiceError as error:
        return error.code
    except BotoCoreError as error:
        return type(error).__name__
    assert response.model_arn == ARN
    return "created"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_only_a_request_that_may_have_arrived_is_reconciled(
    row: Row, service: ScriptedService
) -> None:
    service.script("CreateModel", *row.creates)
    service.script("DescribeModel", row.describe)
    client = sides.ours(service)
    assert tuple(create(client) for _ in row.results) == row.results
    assert len(service.asked("DescribeModel")) == row.describes
    client.boto3.close()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_wrapped_client_never_reports_an_old_resource_as_created(
    row: Row, service: ScriptedService
) -> None:
    service.script("CreateModel", *row.creates)
    service.script("DescribeModel", row.describe)
    client = sides.from_boto3(service)
    results = [create(client) for _ in row.results]
    if row.describe in (OLD, OTHER) or row.describe is DENIED:
        assert "created" not in results
    client.boto3.close()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_boto3_sends_the_same_create_requests(row: Row, service: ScriptedService) -> None:
    client = sides.boto3_client(service)
    sent: list[int] = []
    for side in ("boto3", "ours"):
        service.script("CreateModel", *row.creates)
        service.script("DescribeModel", row.describe)
        ours = sides.ours(service)
        for _ in row.results:
            try:
                if side == "ours":
                    create(ours)
                else:
                    client.create_model(ModelName="churn", ExecutionRoleArn=ROLE)
            except (BotoCoreError, ClientError):
                pass
        sent.append(len(service.asked("CreateModel")))
        ours.boto3.close()
    client.close()
    assert sent[1] == 2 * sent[0]


def test_a_refused_connection_does_not_count(service: ScriptedService) -> None:
    service.script("CreateModel", TAKEN)
    client = sides.ours(service)
    calls: list[str] = []

    def refuse(**_: Any) -> None:
        from botocore.exceptions import EndpointConnectionError

        if not calls:
            calls.append("refused")
            raise EndpointConnectionError(endpoint_url=service.url)

    client.boto3.meta.events.register("before-send.sagemaker.CreateModel", refuse)
    assert create(client) == EXISTS
    assert (len(calls), service.operations()) == (1, ["CreateModel"])
    client.boto3.close()


def test_a_lost_response_is_remembered_although_the_credentials_expire(
    service: ScriptedService,
) -> None:
    service.script("CreateModel", Lost(CREATED), TAKEN)
    service.script("DescribeModel", OURS)
    client = sides.ours(service)
    attempts: list[int] = []

    def expire(**_: Any) -> None:
        from botocore.exceptions import CredentialRetrievalError

        attempts.append(1)
        if len(attempts) == 2:
            raise CredentialRetrievalError(provider="test", error_msg="expired")

    client.boto3.meta.events.register("request-created.sagemaker.CreateModel", expire)
    assert create(client) == "CredentialRetrievalError"
    assert create(client) == "created"
    client.boto3.close()


def test_the_error_of_the_create_call_stays_and_has_a_note(service: ScriptedService) -> None:
    service.script("CreateModel", Lost(CREATED), TAKEN)
    service.script("DescribeModel", DENIED)
    client = sides.ours(service)
    with pytest.raises(ServiceError) as refused:
        client.create_model(model_name="churn", execution_role_arn=ROLE)
    error = refused.value
    assert (error.operation, error.message) == ("CreateModel", TAKEN.message)
    assert "DescribeModel failed with AccessDeniedException" in error.retry_summary
    assert ROLE not in error.retry_summary
    client.boto3.close()


def test_the_time_of_creation_is_compared_in_any_time_zone(service: ScriptedService) -> None:
    zoned = datetime.now().astimezone().isoformat()
    service.script("CreateModel", Cut(), TAKEN)
    service.script(
        "DescribeModel",
        Body(
            {"ModelName": "churn", "ModelArn": ARN, "ExecutionRoleArn": ROLE, "CreationTime": zoned}
        ),
    )
    client = sides.ours(service)
    assert create(client) == "created"
    client.boto3.close()
