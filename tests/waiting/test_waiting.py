"""Promises of every wait."""

from __future__ import annotations

import io
import pickle
from typing import Any

import pytest

from sagemaker_typed import (
    SageMakerClient,
    StatusChange,
    WaitFailed,
    WaitInterrupted,
    WaitPolicy,
    WaitTimeout,
)
from sagemaker_typed.enums import EndpointStatus, SecondaryStatus, TrainingJobStatus
from sagemaker_typed.errors import ResourceNotFound, ServiceError, ValidationException
from sagemaker_typed.models import (
    DescribeEndpointRequest,
    DescribeModelRequest,
    DescribeNotebookInstanceRequest,
    DescribeTrainingJobRequest,
    DescribeTrainingJobResponse,
)
from sagemaker_typed.testing import Clock
from tests.service import Body, Cut, Fault, Reply, ScriptedService, endpoint_not_found

JOB = DescribeTrainingJobRequest(training_job_name="churn")
ENDPOINT = DescribeEndpointRequest(endpoint_name="churn")


def job(status: str, step: str | None = None, **others: str) -> Body:
    secondary = {"SecondaryStatus": step} if step else {}
    return Body({"TrainingJobName": "churn", "TrainingJobStatus": status} | secondary | others)


def endpoint(status: str, **others: str) -> Body:
    return Body({"EndpointName": "churn", "EndpointStatus": status} | others)


def policy(clock: Clock, **settings: Any) -> WaitPolicy:
    return WaitPolicy(sleep=clock.sleep, clock=clock.time, **settings)


def test_a_job_that_completes(service: ScriptedService, client: SageMakerClient) -> None:
    service.script(
        "DescribeTrainingJob",
        job("InProgress", "Starting"),
        job("InProgress", "Starting"),
        job("InProgress", "Training"),
        job("Completed", "Completed", TrainingJobArn="arn:churn"),
    )
    seen: list[StatusChange[DescribeTrainingJobResponse]] = []
    clock = Clock()
    done = client.wait(JOB, policy=policy(clock), on_status=seen.append)
    assert done.training_job_arn == "arn:churn"
    assert done.training_job_status is TrainingJobStatus.COMPLETED
    assert [(change.status, change.step) for change in seen] == [
        ("InProgress", "Starting"),
        ("InProgress", "Training"),
        ("Completed", "Completed"),
    ]
    assert seen[1].step is SecondaryStatus.TRAINING
    elapsed = [change.elapsed for change in seen]
    assert elapsed[0] == 0
    assert elapsed[2] == pytest.approx(sum(clock.naps))


def test_a_failure_says_why(service: ScriptedService, client: SageMakerClient) -> None:
    reason = "AlgorithmError: out of memory"
    service.script(
        "DescribeTrainingJob",
        job("InProgress", "Training"),
        job("Failed", "Failed", FailureReason=reason),
    )
    with pytest.raises(WaitFailed) as failed:
        client.wait(JOB, policy=policy(Clock()))
    error = failed.value
    assert error.failure_reason == reason
    assert error.status is TrainingJobStatus.FAILED
    assert isinstance(error.description, DescribeTrainingJobResponse)
    assert error.description.failure_reason == reason
    for part in ("churn", "Failed", reason, "InProgress (Training) -> Failed"):
        assert part in str(error)


def test_a_timeout_says_what_was_last_seen(
    service: ScriptedService, client: SageMakerClient
) -> None:
    service.script("DescribeTrainingJob", job("InProgress", "Training"))
    clock = Clock()
    with pytest.raises(TimeoutError) as late:
        client.wait(JOB, timeout=90, poll=20, policy=policy(clock))
    error = late.value
    assert isinstance(error, WaitTimeout)
    assert sum(clock.naps) == pytest.approx(90)
    assert error.status == "InProgress"
    assert error.description.secondary_status == "Training"
    assert "InProgress (Training)" in str(error)
    assert "90 s" in str(error)


def test_no_time_at_all_is_one_look(service: ScriptedService, client: SageMakerClient) -> None:
    service.script("DescribeTrainingJob", job("InProgress"))
    with pytest.raises(WaitTimeout):
        client.wait(JOB, timeout=0)
    assert len(service.asked()) == 1


@pytest.mark.parametrize("kind", [WaitFailed, WaitTimeout, WaitInterrupted])
def test_the_errors_travel_between_processes(
    service: ScriptedService, client: SageMakerClient, kind: Any
) -> None:
    status = "Failed" if kind is WaitFailed else "InProgress"
    service.script("DescribeTrainingJob", job(status, FailureReason="so it is"))

    def sleep(_: float) -> None:
        raise KeyboardInterrupt if kind is WaitInterrupted else AssertionError

    timeout = 0 if kind is WaitTimeout else 60
    with pytest.raises(kind) as ended:
        client.wait(JOB, policy=WaitPolicy(sleep=sleep, timeout=timeout))
    copy: Any = pickle.loads(pickle.dumps(ended.value))
    assert type(copy) is kind
    assert str(copy) == str(ended.value)
    assert copy.description == DescribeTrainingJobResponse.from_service(
        {"TrainingJobName": "churn", "TrainingJobStatus": status, "FailureReason": "so it is"}
    )


def test_an_interrupted_wait_leaves_the_resource_alone_and_says_so(
    service: ScriptedService, client: SageMakerClient
) -> None:
    service.script("DescribeTrainingJob", job("InProgress", "Training"))

    def interrupt(_: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as interrupted:
        client.wait(JOB, policy=WaitPolicy(sleep=interrupt))
    assert isinstance(interrupted.value, WaitInterrupted)
    assert interrupted.value.status == "InProgress"
    assert "left alone" in str(interrupted.value)
    assert "churn" in str(interrupted.value)
    assert service.operations() == ["DescribeTrainingJob"]


def test_a_stale_first_read_is_tolerated(service: ScriptedService, client: SageMakerClient) -> None:
    service.script(
        "DescribeEndpoint",
        endpoint_not_found,
        endpoint_not_found,
        endpoint("Creating"),
        endpoint_not_found,  # another replica, still behind
        endpoint("InService"),
    )
    done = client.wait(ENDPOINT, policy=policy(Clock()))
    assert done.endpoint_status is EndpointStatus.IN_SERVICE


@pytest.mark.parametrize("window", [0, 5, 60])
def test_what_does_not_exist_ends_after_the_window(
    service: ScriptedService, client: SageMakerClient, window: float
) -> None:
    service.script("DescribeEndpoint", endpoint_not_found)
    clock = Clock()
    with pytest.raises(ResourceNotFound) as missing:
        client.wait(ENDPOINT, policy=policy(clock, window=window, jitter=0))
    assert window <= sum(clock.naps) <= window * 2
    # SageMaker uses this code for endpoints, and a handler for it still works
    assert isinstance(missing.value, ValidationException)
    assert missing.value.code == "ValidationException"
    assert "missing for" in missing.value.retry_summary
    copy = pickle.loads(pickle.dumps(missing.value))
    assert isinstance(copy, ResourceNotFound)
    assert isinstance(copy, ValidationException)


def test_what_is_deleted_meanwhile_ends_the_wait(
    service: ScriptedService, client: SageMakerClient
) -> None:
    service.script("DescribeEndpoint", *[endpoint("Creating")] * 8, endpoint_not_found)
    clock = Clock()
    with pytest.raises(ResourceNotFound):
        client.wait(ENDPOINT, policy=policy(clock, jitter=0))
    assert len(service.asked()) == 9


def test_throttling_is_tolerated_and_its_hint_heeded(
    service: ScriptedService, client: SageMakerClient
) -> None:
    hint = Fault("ThrottlingException", "Rate exceeded", 400, {"Retry-After": "17"})
    service.script("DescribeEndpoint", hint, endpoint("InService"))
    clock = Clock()
    client.wait(ENDPOINT, policy=policy(clock))
    assert clock.naps == [17]


def test_passing_faults_are_tolerated(service: ScriptedService, client: SageMakerClient) -> None:
    faults: list[Reply] = [Cut(), Fault("InternalFailure", "", 500)] * 2
    service.script("DescribeEndpoint", *faults, endpoint("Creating"), Cut(), endpoint("InService"))
    client.wait(ENDPOINT, policy=policy(Clock(), faults=4))


def test_faults_that_do_not_pass_come_up(service: ScriptedService, client: SageMakerClient) -> None:
    service.script("DescribeEndpoint", Fault("InternalFailure", "broken", 500))
    with pytest.raises(ServiceError, match="broken"):
        client.wait(ENDPOINT, policy=policy(Clock(), faults=3))
    assert len(service.asked()) == 4


def test_pauses_grow_up_to_poll_and_vary(service: ScriptedService, client: SageMakerClient) -> None:
    service.script("DescribeEndpoint", *[endpoint("Creating")] * 12, endpoint("InService"))
    clock = Clock()
    client.wait(ENDPOINT, policy=policy(clock, first_poll=1, backoff=2, poll=20, jitter=0))
    assert clock.naps == [1, 2, 4, 8, 16, *[20] * 7]

    service.script("DescribeEndpoint", *[endpoint("Creating")] * 12, endpoint("InService"))
    clock = Clock()
    chances = iter([0.0, 0.5, 1.0] * 4)
    varied = policy(
        clock, first_poll=10, backoff=1, poll=10, jitter=0.5, random=lambda: next(chances)
    )
    client.wait(ENDPOINT, policy=varied)
    assert clock.naps[:3] == [10, 7.5, 5]


def test_other_statuses_can_be_waited_for(
    service: ScriptedService, client: SageMakerClient
) -> None:
    notebook = DescribeNotebookInstanceRequest(notebook_instance_name="churn")
    statuses = [{"NotebookInstanceStatus": s} for s in ("InService", "Stopping", "Stopped")]
    service.script("DescribeNotebookInstance", *map(Body, statuses))
    # the first poll is before the expected stop
    stopped = client.wait(notebook, until="Stopped", policy=policy(Clock()))
    assert stopped.notebook_instance_status == "Stopped"
    service.script("DescribeNotebookInstance", *map(Body, statuses))
    assert client.wait(notebook).notebook_instance_status == "InService"


def test_another_settled_status_is_a_failure_then(
    service: ScriptedService, client: SageMakerClient
) -> None:
    service.script("DescribeTrainingJob", job("InProgress"), job("Stopped"))
    with pytest.raises(WaitFailed) as failed:
        client.wait(JOB, until=["Completed"], policy=policy(Clock()))
    assert failed.value.status == "Stopped"
    clock = Clock()
    with pytest.raises(WaitFailed):  # it stays as it was from the first look on
        client.wait(JOB, until=["Completed"], policy=policy(clock, window=20))
    assert 20 <= sum(clock.naps) < 60


def test_a_misspelt_status_is_refused(service: ScriptedService, client: SageMakerClient) -> None:
    with pytest.raises(ValueError, match=r"'Complete'.*Completed"):
        client.wait(JOB, until="Complete")
    assert service.operations() == []


def test_a_status_newer_than_the_package_on_purpose(
    service: ScriptedService, client: SageMakerClient
) -> None:
    service.script("DescribeTrainingJob", job("InProgress"), job("Levitating"))
    newer = TrainingJobStatus.unlisted("Levitating")
    assert client.wait(JOB, until=newer, policy=policy(Clock())).training_job_status == newer


def test_what_shows_no_status_cannot_be_waited_for(
    service: ScriptedService, client: SageMakerClient
) -> None:
    with pytest.raises(ValueError, match="DescribeModel shows no status"):
        client.wait(DescribeModelRequest(model_name="churn"))
    assert service.operations() == []


def test_a_deletion_from_a_failed_state_begins_with_that_state(
    service: ScriptedService, client: SageMakerClient
) -> None:
    failed = endpoint("Failed")
    script: list[Reply] = [failed, failed, endpoint("Deleting"), endpoint_not_found]
    service.script("DescribeEndpoint", *script)
    last = client.wait_gone(ENDPOINT, policy=policy(Clock()))
    assert last is not None
    assert last.endpoint_status is EndpointStatus.DELETING
    service.script("DescribeEndpoint", *script)
    assert client.wait_endpoint_deleted(endpoint_name="churn", policy=policy(Clock()))


def test_a_deletion_that_fails(service: ScriptedService, client: SageMakerClient) -> None:
    service.script("DescribeEndpoint", endpoint("Deleting"), endpoint("Failed", FailureReason="x"))
    with pytest.raises(WaitFailed, match="Failed: x"):
        client.wait_gone(ENDPOINT, policy=policy(Clock()))


@pytest.mark.parametrize(
    "wrong",
    [
        {"timeout": -1},
        {"poll": -0.5},
        {"first_poll": float("nan")},
        {"window": -1},
        {"faults": -1},
        {"backoff": 0.9},
        {"jitter": 1.5},
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(wrong: dict[str, Any]) -> None:
    (name,) = wrong
    with pytest.raises(ValueError, match=f"{name} is"):
        WaitPolicy(**wrong)


def test_progress_shows_status_time_and_steps(
    service: ScriptedService, client: SageMakerClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    rich_console = pytest.importorskip("rich.console", reason="the extra `progress` has rich")
    from sagemaker_typed.core.operations import progress

    screen = io.StringIO()
    console = rich_console.Console(file=screen, force_terminal=True, width=100)
    display = progress.Display
    monkeypatch.setattr(progress, "Display", lambda request: display(request, console))
    service.script(
        "DescribeTrainingJob",
        job("InProgress", "Starting"),
        job("InProgress", "Training"),
        job("Completed", "Completed"),
    )
    seen: list[Any] = []
    client.wait(JOB, progress=True, policy=policy(Clock()), on_status=seen.append)
    shown = screen.getvalue()
    for part in (
        "TrainingJob churn",
        "InProgress (Starting)",
        "InProgress (Training)",
        "Completed",
    ):
        assert part in shown
    assert "0:00" in shown
    assert len(seen) == 3


def test_progress_ends_with_the_final_metrics(
    service: ScriptedService, client: SageMakerClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    rich_console = pytest.importorskip("rich.console", reason="the extra `progress` has rich")
    from sagemaker_typed.core.operations import progress

    screen = io.StringIO()
    console = rich_console.Console(file=screen, force_terminal=True, width=100)
    display = progress.Display
    monkeypatch.setattr(progress, "Display", lambda request: display(request, console))
    metrics = [{"MetricName": "validation:auc", "Value": 0.9321, "Timestamp": 1_763_712_000}]
    done = {
        "TrainingJobStatus": "Completed",
        "SecondaryStatus": "Completed",
        "FinalMetricDataList": metrics,
    }
    service.script("DescribeTrainingJob", job("InProgress", "Training"), Body(done))
    client.wait(JOB, progress=True, policy=policy(Clock()))
    assert "validation:auc  0.9321" in screen.getvalue()
