"""Log lines during a wait, and in the error of a wait."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from typing import Any

import boto3
import pytest

from sagemaker_typed import LogLine, SageMakerClient, WaitFailed, WaitPolicy
from tests.clock import Clock
from tests.conftest import ONE_TRY
from tests.logs.test_log_lines import JOB, Log, job, one_stream
from tests.service import Body, Fault, ScriptedService, throttled


@pytest.fixture
def scripted(service: ScriptedService) -> Iterator[SageMakerClient]:
    logs = boto3.client("logs", endpoint_url=service.url, config=ONE_TRY)
    with SageMakerClient(
        endpoint_url=service.url, config=ONE_TRY, consistency=None, logs_client=logs
    ) as client:
        yield client
    logs.close()


def policy(clock: Clock) -> WaitPolicy:
    return WaitPolicy(poll=30, sleep=clock.sleep, clock=clock.time, jitter=0)


def test_lines_come_while_waiting(service: ScriptedService, scripted: SageMakerClient) -> None:
    clock = Clock()
    one_stream(service)
    late = (44, "late")
    service.script("GetLogEvents", Log(clock, (0, "a"), (2, "b"), (20, "c"), late))
    service.script("DescribeTrainingJob", *[job("InProgress")] * 7, job("Completed"))
    seen: list[tuple[str, float]] = []

    def note(line: LogLine) -> None:
        seen.append((line.message, clock.now - 1000))

    last = scripted.wait(JOB, policy=policy(clock), on_log=note)
    assert last.training_job_status == "Completed"
    assert [message for message, _ in seen] == ["a", "b", "c", "late"]
    assert all(abs(when - time) <= 6 for (_, when), time in zip(seen, (0, 2, 20, 44), strict=True))


def test_a_failure_has_the_last_lines(
    service: ScriptedService, scripted: SageMakerClient, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = Clock()
    one_stream(service)
    lines = [(0, f"line {number}") for number in range(50)]
    service.script("GetLogEvents", Log(clock, *lines, (4, "KeyError: 'label'")))
    failed_job = Body(
        {
            "TrainingJobName": "churn",
            "TrainingJobStatus": "Failed",
            "FailureReason": "AlgorithmError",
        }
    )
    service.script("DescribeTrainingJob", job("InProgress"), failed_job)
    with pytest.raises(WaitFailed) as failed:
        scripted.wait(JOB, policy=policy(clock), logs=True)
    error = failed.value
    assert len(error.log_lines) == 20
    assert error.log_lines[-1].message == "KeyError: 'label'"
    assert str(error).splitlines()[0].count("AlgorithmError") == 1
    assert str(error).splitlines()[-1].strip() == "algo-1-1  KeyError: 'label'"
    written = capsys.readouterr().out.splitlines()
    assert (len(written), written[0]) == (51, "algo-1-1  line 0")
    copy: Any = pickle.loads(pickle.dumps(error))
    assert copy.log_lines == error.log_lines


def test_a_denied_log_is_told_once_and_the_wait_goes_on(
    service: ScriptedService, scripted: SageMakerClient
) -> None:
    denied = Fault("AccessDeniedException", "no logs:DescribeLogStreams")
    service.script("DescribeLogStreams", denied)
    service.script("DescribeTrainingJob", *[job("InProgress")] * 3, job("Completed"))
    with pytest.warns(UserWarning, match="no logs:DescribeLogStreams") as warned:
        scripted.wait(JOB, policy=policy(Clock()), logs=True)
    assert len(warned) == 1
    assert len(service.asked("DescribeLogStreams")) == 1


def test_trouble_with_the_log_is_no_trouble_of_the_wait(
    service: ScriptedService, scripted: SageMakerClient
) -> None:
    clock = Clock()
    one_stream(service)
    log = Log(clock, (0, "a"))
    service.script("GetLogEvents", throttled(), Fault("InternalFailure", "", 500), log)
    service.script("DescribeTrainingJob", *[job("InProgress")] * 3, job("Completed"))
    seen: list[LogLine] = []
    scripted.wait(JOB, policy=policy(clock), on_log=seen.append)
    assert [line.message for line in seen] == ["a"]


def test_an_error_of_the_callback_ends_the_wait(
    service: ScriptedService, scripted: SageMakerClient
) -> None:
    clock = Clock()
    one_stream(service)
    service.script("GetLogEvents", Log(clock, (0, "a")))
    service.script("DescribeTrainingJob", job("InProgress"))

    def fail(line: LogLine) -> None:
        raise ZeroDivisionError(line.message)

    with pytest.raises(ZeroDivisionError, match="a"):
        scripted.wait(JOB, policy=policy(clock), on_log=fail)


def test_a_wait_without_logs_reads_none(
    service: ScriptedService, scripted: SageMakerClient
) -> None:
    service.script("DescribeTrainingJob", job("Failed"))
    with pytest.raises(WaitFailed) as failed:
        scripted.wait(JOB, policy=policy(Clock()))
    assert failed.value.log_lines == ()
    assert service.operations() == ["DescribeTrainingJob"]
