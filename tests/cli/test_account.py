"""The commands that call the service: ``logs`` and ``ls``."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from typing import Any

import boto3
import pytest

from sagemaker_typed.cli.terminal import ago
from tests.cli.conftest import Command
from tests.conftest import REGION
from tests.service import Body, Fault, ScriptedService

GROUP = "/aws/sagemaker/TrainingJobs"
NOW = datetime(2026, 11, 21, 12, tzinfo=timezone.utc)


@pytest.fixture
def logs(moto_url: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("AWS_ENDPOINT_URL", moto_url)
    client = boto3.client("logs", region_name=REGION)
    client.create_log_group(logGroupName=GROUP)
    now = int(datetime.now(timezone.utc).timestamp() * 1000)
    for number, age in ((1, 7_200_000), (2, 60_000)):
        stream = f"churn/algo-{number}-1"
        client.create_log_stream(logGroupName=GROUP, logStreamName=stream)
        events = [{"timestamp": now - age, "message": f"\x1b[31mline {number}"}]
        client.put_log_events(logGroupName=GROUP, logStreamName=stream, logEvents=events)
    yield client
    client.close()


@pytest.mark.usefixtures("logs")
def test_the_lines_of_a_job(command: Command) -> None:
    ended = command("logs", "training-job", "churn")
    assert ended.status == 0
    first, second = ended.lines
    assert first.endswith(" algo-1-1  \x1b[31mline 1")  # as it is, since no terminal reads it
    assert second.endswith(" algo-2-1  \x1b[31mline 2")
    assert command("logs", "training-jobs", "churn", "--tail", "1").lines == [second]
    assert command("logs", "TrainingJob", "churn", "--since", "1h").lines == [second]
    (row,) = map(json.loads, command("logs", "training-job", "churn", "--tail=1", "--json").lines)
    assert (row["stream"], row["message"]) == ("churn/algo-2-1", "\x1b[31mline 2")
    assert datetime.fromisoformat(row["timestamp"]).tzinfo is not None


@pytest.mark.usefixtures("logs")
def test_a_terminal_gets_a_colour_for_each_instance_and_no_control_characters(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    first, second = command("logs", "training-job", "churn").lines
    assert "\x1b[36malgo-1-1\x1b[0m  \\x1b[31mline 1" in first
    assert "\x1b[32malgo-2-1\x1b[0m  \\x1b[31mline 2" in second


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("logs", "traning-job", "a"), "did you mean 'training-job'"),
        (("logs", "training-job", "a b"), "TrainingJobName"),
        (("logs", "app", "a"), "DomainId/AppType/AppName"),
        (("logs", "endpoint", "a", "--since", "soon"), "--since is 'soon'"),
        (("ls", "endpints"), "did you mean 'Endpoints'"),
        (("ls", "endpoints", "NameContain=a"), "did you mean 'NameContains'"),
        (("ls", "endpoints", "StatusEquals=InServce"), "'InService'"),
    ],
)
def test_wrong_arguments_are_named(
    command: Command, arguments: tuple[str, ...], message: str
) -> None:
    ended = command(*arguments)
    assert ended.status == 2
    assert message in ended.err
    assert ended.out == ""
    assert len(ended.err.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments", [("logs", "endpoint", "a", "--tail", "-1"), ("ls", "endpoints", "--limit=ten")]
)
def test_a_count_is_a_number(command: Command, arguments: tuple[str, ...]) -> None:
    ended = command(*arguments)
    assert (ended.status, ended.out) == (2, "")
    assert arguments[-1].rpartition("=")[2] in ended.err


@pytest.fixture
def scripted(service: ScriptedService, monkeypatch: pytest.MonkeyPatch) -> ScriptedService:
    monkeypatch.setenv("AWS_ENDPOINT_URL", service.url)
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    monkeypatch.setenv("COLUMNS", "120")
    return service


def test_an_error_of_the_service_is_one_line(command: Command, scripted: ScriptedService) -> None:
    denied = Fault("AccessDeniedException", "not authorized to perform: logs:DescribeLogStreams")
    scripted.script("DescribeLogStreams", denied)
    ended = command("logs", "endpoint", "churn")
    assert (ended.status, ended.out, len(ended.err.splitlines())) == (1, "", 1)
    assert "logs:DescribeLogStreams" in ended.err


def endpoint(name: str, status: str, created: datetime) -> dict[str, object]:
    return {
        "EndpointName": name,
        "EndpointArn": f"arn:aws:sagemaker:eu-west-1:123456789012:endpoint/{name}",
        "CreationTime": created.timestamp(),
        "LastModifiedTime": created.timestamp(),
        "EndpointStatus": status,
    }


def test_a_table_of_resources(command: Command, scripted: ScriptedService) -> None:
    now = datetime.now(timezone.utc)
    endpoints = [
        endpoint("churn", "InService", now - timedelta(hours=3, minutes=5)),
        endpoint("\x1b[31mred", "Failed", now - timedelta(days=400)),
        endpoint("third", "Creating", now),
    ]
    scripted.script("ListEndpoints", Body({"Endpoints": endpoints}))
    ended = command("ls", "endpoints", "NameContains=r", "--limit", "2")
    header, first, second = ended.lines
    assert header.split() == [
        *("endpoint_name", "endpoint_status"),
        *("creation_time", "last_modified_time"),
    ]
    assert first.split("  ")[0] == "churn"
    assert "InService" in first
    assert "3 hours ago" in first
    assert "\\x1b[31mred" in second
    assert f"{now - timedelta(days=400):%Y-%m-%d}" in second
    assert "only the first 2" in ended.err
    assert scripted.asked("ListEndpoints")[0].body == {"NameContains": "r"}


def test_a_terminal_gets_colours_for_statuses(
    command: Command, scripted: ScriptedService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    endpoints = [endpoint("a", "InService", NOW), endpoint("b", "UpdateRollbackFailed", NOW)]
    scripted.script("ListEndpoints", Body({"Endpoints": endpoints}))
    _, first, second = command("ls", "endpoint").lines
    assert "\x1b[32mInService" in first
    assert "\x1b[1;31mUpdateRollbackFailed" in second


def test_json_needs_no_table(command: Command, scripted: ScriptedService) -> None:
    scripted.script("ListEndpoints", Body({"Endpoints": [endpoint("churn", "InService", NOW)]}))
    (row,) = json.loads(command("ls", "endpoints", "--json").out)
    assert row["EndpointName"] == "churn"
    assert row["EndpointArn"].endswith("/churn")
    scripted.script("ListEndpoints", Body({"Endpoints": []}))
    assert json.loads(command("ls", "endpoints", "--json").out) == []
    assert "no items" in command("ls", "endpoints").err


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (5, "just now"),
        (60, "1 minute ago"),
        (7_199, "1 hour ago"),
        (86_400 * 3, "3 days ago"),
        (86_400 * 30, "2026-10-22"),
        (-60, "2026-11-21"),
    ],
)
def test_times_in_words(seconds: int, words: str) -> None:
    assert ago(NOW - timedelta(seconds=seconds), NOW) == words
