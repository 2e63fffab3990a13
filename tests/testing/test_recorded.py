"""Recordings: made against moto or a scripted service, and replayed without any."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from sagemaker_typed import SageMakerClient
from sagemaker_typed.errors import ServiceError
from sagemaker_typed.models import (
    ContainerDefinition,
    CreateModelRequest,
    DescribeModelResponse,
    Tag,
)
from sagemaker_typed.runtime import SageMakerRuntimeClient
from sagemaker_typed.runtime.errors import ModelStreamError
from sagemaker_typed.testing import Recorded, RequestChanged, UnusedRecording
from tests.conftest import ONE_TRY
from tests.runtime.wire import EVENT_STREAM, exception, part
from tests.service import Body, Fault, Raw, ScriptedService

ACCOUNT = "998877665544"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/sagemaker"
IMAGE = f"{ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/churn:1"
SECRET = "hunter2-do-not-keep"
LIST = '"operation": "ListModels"'
every_ending = pytest.mark.parametrize("ending", ["yaml", "json"])


def program(client: SageMakerClient, *, role: str = ROLE, image: str = IMAGE) -> list[object]:
    """Create, look at and delete a model."""
    client.create_model(
        model_name="churn",
        execution_role_arn=role,
        primary_container=ContainerDefinition(
            image=image,
            model_data_url=f"s3://sagemaker-eu-west-1-{ACCOUNT}/model.tar.gz",
            environment={"DB_PASSWORD": SECRET, "SAGEMAKER_PROGRAM": "serve.py"},
        ),
        tags=[Tag(key="api-token", value=SECRET), Tag(key="stage", value="test")],
    )
    described = client.describe_model(model_name="churn")
    client.delete_model(model_name="churn")
    refusal = ""
    try:
        client.describe_model(model_name="churn")
    except ServiceError as error:
        refusal = f"{error.code} {error.http_status} {error.message}"
    assert isinstance(described, DescribeModelResponse)
    assert isinstance(described.creation_time, datetime)
    return [
        described.model_name,
        described.primary_container and described.primary_container.image,
        refusal,
    ]


@pytest.fixture
def cassette(tmp_path: Path, ending: str, moto_url: str) -> Path:
    """Record the program against moto."""
    path = tmp_path / "recordings" / f"model.{ending}"
    with Recorded(path, region_name="eu-west-1", endpoint_url=moto_url) as recorded:
        assert not recorded.replays
        program(recorded.client)
    return path


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    send = "botocore.httpsession.URLLib3Session.send"
    monkeypatch.setattr(send, lambda *_: pytest.fail("a request is sent"))
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")


@pytest.mark.saga
@every_ending
@pytest.mark.usefixtures("cassette", "no_network")
def test_a_program_is_replayed(cassette: Path) -> None:
    with Recorded(cassette) as recorded:
        name, image, refusal = program(recorded.client)
    assert recorded.replays
    assert (name, image) == ("churn", IMAGE.replace(ACCOUNT, "123456789012"))
    assert str(refusal).startswith("ValidationException 400 Could not find model")
    assert [type(call.request).__name__ for call in recorded.calls] == [
        "CreateModelRequest",
        "DescribeModelRequest",
        "DeleteModelRequest",
        "DescribeModelRequest",
    ]
    create, describe, delete, missing = recorded.calls
    assert isinstance(create.request, CreateModelRequest)
    assert create.request.model_name == "churn"
    assert isinstance(describe.response, DescribeModelResponse)
    assert (delete.response, delete.error) == (None, None)
    assert missing.error is not None
    assert missing.error.code == "ValidationException"


@pytest.mark.saga
@every_ending
def test_secrets_and_accounts_are_not_in_the_file(cassette: Path, ending: str) -> None:
    text = cassette.read_text("utf-8")
    assert SECRET not in text
    assert ACCOUNT not in text
    content = json.loads(text) if ending == "json" else yaml.safe_load(text)
    request = content["calls"][0]["request"]
    assert request["ExecutionRoleArn"] == "arn:aws:iam::123456789012:role/sagemaker"
    container = request["PrimaryContainer"]
    assert container["ModelDataUrl"] == "s3://sagemaker-eu-west-1-123456789012/model.tar.gz"
    assert container["Environment"] == {"DB_PASSWORD": "(removed)", "SAGEMAKER_PROGRAM": "serve.py"}
    assert request["Tags"] == [
        {"Key": "api-token", "Value": "(removed)"},
        {"Key": "stage", "Value": "test"},
    ]


@pytest.mark.saga
@every_ending
@pytest.mark.usefixtures("cassette", "no_network")
def test_a_changed_request_shows_the_members(cassette: Path) -> None:
    recorded = Recorded(cassette)
    with pytest.raises(RequestChanged) as changed:
        program(recorded.client, image=IMAGE.replace(":1", ":2"))
    message = str(changed.value)
    assert f"{cassette}: calls[0]: the request of CreateModel changed:" in message
    assert (
        "  PrimaryContainer.Image:"
        " recorded '123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn:1',"
        " now '123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn:2'" in message
    )
    assert "Environment" not in message
    assert SECRET not in message
    with pytest.raises(RequestChanged, match="churn:2"), recorded:
        pass  # the program cannot hide it


@pytest.mark.saga
@every_ending
@pytest.mark.usefixtures("cassette", "no_network")
def test_members_can_be_ignored(cassette: Path) -> None:
    ignored = ["PrimaryContainer.Image", "ExecutionRoleArn"]
    with Recorded(cassette, mode="replay", ignore=ignored) as recorded:
        program(recorded.client, role="arn:aws:iam::111111111111:role/other", image=IMAGE + "2")


@pytest.mark.saga
@every_ending
@pytest.mark.usefixtures("cassette", "no_network")
def test_a_call_that_was_not_recorded_and_one_that_is_left(cassette: Path) -> None:
    recorded = Recorded(cassette)
    with pytest.raises(RequestChanged, match="no recorded ListModels is left; left: CreateModel"):
        recorded.client.list_models()
    with pytest.raises(UnusedRecording, match=r"calls\[0\] CreateModel"), Recorded(cassette):
        pass
    with Recorded(cassette, allow_unused=True):
        pass


@pytest.mark.saga
@pytest.mark.parametrize("ending", ["json"])
def test_it_is_recorded_again(cassette: Path, moto_url: str) -> None:
    with Recorded(cassette, mode="record", endpoint_url=moto_url) as recorded:
        recorded.client.list_models()
    assert [call["operation"] for call in json.loads(cassette.read_text("utf-8"))["calls"]] == [
        "ListModels"
    ]


def test_a_program_that_fails_leaves_no_file(tmp_path: Path, service: ScriptedService) -> None:
    service.script("ListModels", Fault("ThrottlingException", "slow"))
    path = tmp_path / "list.json"
    recorded = Recorded(path, endpoint_url=service.url, config=ONE_TRY)
    with pytest.raises(ServiceError, match="slow"), recorded:
        recorded.client.list_models()
    assert not path.exists()


STATUSES = ["Creating", "Creating", "InService"]


def test_a_wait_is_replayed_in_no_time(
    tmp_path: Path, service: ScriptedService, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.script("DescribeEndpoint", *[Body({"EndpointStatus": s}) for s in STATUSES])
    path = tmp_path / "wait.yaml"
    with Recorded(path, endpoint_url=service.url, config=ONE_TRY) as recorded:
        recorded.client.wait_endpoint_in_service(endpoint_name="churn", poll=0.01)
    monkeypatch.setattr("time.sleep", lambda seconds: pytest.fail(f"a pause of {seconds} s"))
    with Recorded(path) as replayed:
        end = replayed.client.wait_endpoint_in_service(endpoint_name="churn")
    assert end.endpoint_status == "InService"
    assert len(replayed.calls) == 3


def invoke(runtime: SageMakerRuntimeClient) -> list[object]:
    body = runtime.invoke_endpoint(endpoint_name="churn", body=b"\xff\x00").body.read()
    response = runtime.invoke_endpoint_with_response_stream(endpoint_name="churn", body={"a": 1})
    with response.body as parts:
        return [body, *(part.bytes for part in parts)]


@every_ending
def test_bodies_and_streams(tmp_path: Path, ending: str, service: ScriptedService) -> None:
    service.script("POST /endpoints/churn/invocations", Raw(b"\xfe\x01 text", 200, "text/plain"))
    stream = part(b"one") + part(b"\xff")
    service.script(
        "POST /endpoints/churn/invocations-response-stream", Raw(stream, 200, EVENT_STREAM)
    )
    path = tmp_path / f"invoke.{ending}"
    with Recorded(path, endpoint_url=service.url, config=ONE_TRY) as recorded:
        first = invoke(recorded.client_of(SageMakerRuntimeClient))
    with Recorded(path) as replayed:
        again = invoke(replayed.client_of(SageMakerRuntimeClient))
    assert first == again == [b"\xfe\x01 text", b"one", b"\xff"]
    changed = Recorded(path).client_of(SageMakerRuntimeClient)
    with pytest.raises(RequestChanged, match="Body: recorded 2 bytes, now 3 bytes"):
        changed.invoke_endpoint(endpoint_name="churn", body=b"abc")


def test_patterns_of_the_test_are_replaced(tmp_path: Path, service: ScriptedService) -> None:
    url = "https://x.s3.amazonaws.com/a?X-Amz-Signature=abc123&X-Amz-Expires=5"
    service.script(
        "DescribeModel",
        Body(
            {
                "ModelName": "churn",
                "ModelArn": "arn:acme-internal",
                "PrimaryContainer": {"ModelDataUrl": url},
            }
        ),
    )
    path = tmp_path / "model.json"
    options: dict[str, Any] = {"endpoint_url": service.url, "config": ONE_TRY}
    with Recorded(path, redact={"acme-[a-z]+": "example"}, **options) as recorded:
        recorded.client.describe_model(model_name="churn")
    text = path.read_text("utf-8")
    assert "acme" not in text
    assert "abc123" not in text
    assert "X-Amz-Expires=5" in text


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "line 1 column 2"),
        ("[]", "version: 1"),
        ('{"version": 1}', "calls: expected a list"),
        ('{"version": 1, "calls": [3]}', r"calls\[0\]: expected a call"),
        ('{"version": 1, "calls": [{"reqest": {}}]}', "mean 'request'"),
        ('{"version": 1, "calls": [{"service": "sagemakr"}]}', "mean 'sagemaker'"),
        (
            '{"version": 1, "calls": [{"service": "sagemaker", "operation": "ListModel"}]}',
            "ListModels",
        ),
        (
            '{"version": 1, "calls": [{"service": "sagemaker", "operation": "ListModels"}]}',
            r"calls\[0\].request: expected members",
        ),
        (
            f'{{"version": 1, "calls": [{{"service": "sagemaker", {LIST}, "request": {{}}}}]}}',
            "either 'response' or 'error'",
        ),
    ],
)
def test_a_file_that_is_wrong(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "wrong.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        Recorded(path)


def test_other_mistakes(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"ends in \.yaml, \.yml or \.json"):
        Recorded(tmp_path / "calls.txt")
    with pytest.raises(ValueError, match="mean 'replay'"):
        Recorded(tmp_path / "calls.json", mode="repaly")  # type: ignore[arg-type]
    with pytest.raises(FileNotFoundError, match="record it with mode='once'"):
        Recorded(tmp_path / "calls.json", mode="replay")
    with pytest.raises(TypeError, match="expected a list of members"):
        Recorded(tmp_path / "calls.json", ignore="EndpointName")
    with pytest.raises(TypeError, match="expected a client class"):
        Recorded(tmp_path / "calls.json").client_of(Tag)  # type: ignore[type-var]


def test_an_error_in_a_stream(tmp_path: Path, service: ScriptedService) -> None:
    stream = part(b"one") + exception("ModelStreamError", Message="gone", ErrorCode="x")
    service.script(
        "POST /endpoints/churn/invocations-response-stream", Raw(stream, 200, EVENT_STREAM)
    )
    path = tmp_path / "stream.yaml"
    for _ in range(2):
        with Recorded(path, endpoint_url=service.url, config=ONE_TRY) as recorded:
            runtime = recorded.client_of(SageMakerRuntimeClient)
            response = runtime.invoke_endpoint_with_response_stream(endpoint_name="churn", body=b"")
            with pytest.raises(ModelStreamError, match="gone") as ended:
                list(response.body)
            assert [event.bytes for event in ended.value.received] == [b"one"]
    assert recorded.replays
