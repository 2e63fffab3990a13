"""Log lines of resources, from CloudWatch Logs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from itertools import islice
from typing import Any

import boto3
import pytest

from sagemaker_typed import LogLine, SageMakerClient, Shape, WaitPolicy, models
from sagemaker_typed.errors import AccessDeniedException, ServiceError
from sagemaker_typed.testing import Clock
from tests.conftest import ONE_TRY, REGION
from tests.service import Body, Fault, RecordedRequest, Reply, ScriptedService, throttled

GROUP = "/aws/sagemaker/TrainingJobs"
JOB = models.DescribeTrainingJobRequest(training_job_name="churn")
START = 1_763_712_000_000
ARN = "arn:aws:sagemaker:eu-west-1:123456789012"


@pytest.fixture
def logs(moto_url: str) -> Any:
    client = boto3.client("logs", region_name=REGION, endpoint_url=moto_url)
    client.create_log_group(logGroupName=GROUP)
    yield client
    client.close()


@pytest.fixture
def moto(moto_url: str, logs: Any) -> Iterator[SageMakerClient]:
    with SageMakerClient(region_name=REGION, endpoint_url=moto_url, logs_client=logs) as client:
        yield client


def write(logs: Any, stream: str, *lines: tuple[int, str]) -> None:
    """Write lines with their seconds after ``START``."""
    known = logs.describe_log_streams(logGroupName=GROUP, logStreamNamePrefix=stream)["logStreams"]
    if not known:
        logs.create_log_stream(logGroupName=GROUP, logStreamName=stream)
    now = int(datetime.now(timezone.utc).timestamp() * 1000) - 3_600_000
    events = [{"timestamp": now + second * 1000, "message": text} for second, text in lines]
    logs.put_log_events(logGroupName=GROUP, logStreamName=stream, logEvents=events)


def texts(lines: Iterator[LogLine]) -> list[str]:
    return [line.message for line in lines]


# --- against moto's server ----------------------------------------------------------------------


def test_lines_of_all_instances_come_in_order(moto: SageMakerClient, logs: Any) -> None:
    write(logs, "churn/algo-1-1763712000", (0, "a"), (2, "c"), (3, "d"))
    write(logs, "churn/algo-2-1763712000", (1, "b"), (4, "e"))
    write(logs, "churn-2/algo-1-1763712000", (0, "of another job"))
    lines = list(moto.logs(JOB))
    assert [line.message for line in lines] == ["a", "b", "c", "d", "e"]
    first, second = lines[:2]
    assert (first.group, first.stream) == (GROUP, "churn/algo-1-1763712000")
    assert (first.instance, second.instance) == ("algo-1-1763712000", "algo-2-1763712000")
    assert first.timestamp.tzinfo is timezone.utc
    assert (second.timestamp - first.timestamp).total_seconds() == pytest.approx(1, abs=0.1)
    assert str(first) == "algo-1-1763712000  a"


def test_a_token_continues_where_an_iterator_stopped(moto: SageMakerClient, logs: Any) -> None:
    write(logs, "churn/algo-1-1", (0, "a"), (0, "b"), (0, "c"), (5, "e"))
    write(logs, "churn/algo-2-1", (1, "d"))
    lines = moto.logs(JOB)
    assert texts(islice(lines, 2)) == ["a", "b"]
    assert texts(moto.logs(JOB, start_token=lines.token)) == ["c", "d", "e"]
    assert texts(moto.logs(JOB, start_token=lines.token, limit=1)) == ["c"]
    assert texts(lines) == ["c", "d", "e"]
    write(logs, "churn/algo-1-1", (6, "f"))
    assert texts(lines) == ["f"]
    assert texts(moto.logs(JOB, start_token=lines.token)) == []


def test_the_last_lines_and_those_after_a_time(moto: SageMakerClient, logs: Any) -> None:
    write(logs, "churn/algo-1-1", (0, "a"), (2, "c"))
    write(logs, "churn/algo-2-1", (1, "b"), (3, "d"))
    assert texts(moto.logs(JOB, tail=3)) == ["b", "c", "d"]
    third = list(moto.logs(JOB))[2].timestamp
    assert texts(moto.logs(JOB, start_time=third)) == ["c", "d"]
    lines = moto.logs(JOB, tail=1)
    assert texts(lines) == ["d"]
    write(logs, "churn/algo-1-1", (4, "e"))
    assert texts(lines) == ["e"]


def test_a_log_group_that_does_not_exist_has_no_lines(moto: SageMakerClient) -> None:
    assert list(moto.logs(models.DescribeEndpointRequest(endpoint_name="churn"))) == []
    assert list(moto.logs(models.DescribeEndpointRequest(endpoint_name="churn"), tail=5)) == []


# --- against the scripted service ---------------------------------------------------------------


@pytest.fixture
def scripted(service: ScriptedService) -> Iterator[SageMakerClient]:
    logs = boto3.client("logs", endpoint_url=service.url, config=ONE_TRY)
    with SageMakerClient(
        endpoint_url=service.url, config=ONE_TRY, consistency=None, logs_client=logs
    ) as client:
        yield client
    logs.close()


def one_stream(service: ScriptedService, name: str = "churn/algo-1-1") -> None:
    service.script("DescribeLogStreams", Body({"logStreams": [{"logStreamName": name}]}))


class Log:
    """A stream whose lines come as the clock passes their seconds."""

    def __init__(self, clock: Clock, *lines: tuple[int, str]) -> None:
        self.clock = clock
        self.lines = lines

    def __call__(self, request: RecordedRequest) -> Reply:
        if "nextToken" in request.body:
            return Body({"events": [], "nextForwardToken": request.body["nextToken"]})
        since = request.body["startTime"]
        events = [
            {"timestamp": START + second * 1000, "message": text}
            for second, text in self.lines
            if second <= self.clock.now - 1000 and START + second * 1000 >= since
        ]
        return Body({"events": events, "nextForwardToken": "f/1"})


def job(status: str) -> Body:
    return Body({"TrainingJobName": "churn", "TrainingJobStatus": status})


def following(clock: Clock, timeout: float = 600) -> WaitPolicy:
    return WaitPolicy(
        timeout=timeout, poll=5, sleep=clock.sleep, clock=clock.time, random=lambda: 0.0
    )


def test_following_ends_after_the_last_late_line(
    service: ScriptedService, scripted: SageMakerClient
) -> None:
    clock = Clock()
    one_stream(service)
    service.script("GetLogEvents", Log(clock, (0, "a"), (3, "b"), (3, "c"), (14, "late")))
    service.script("DescribeTrainingJob", *[job("InProgress")] * 4, job("Failed"))
    lines = scripted.logs(JOB, follow=True, policy=following(clock))
    assert texts(lines) == ["a", "b", "c", "late"]
    assert len(service.asked("DescribeTrainingJob")) == 5


def test_following_survives_throttling_and_other_errors(
    service: ScriptedService, scripted: SageMakerClient
) -> None:
    clock = Clock()
    one_stream(service)
    log = Log(clock, (0, "a"), (0, "b"))
    service.script("GetLogEvents", throttled(), Fault("InternalFailure", "", 500), log)
    service.script("DescribeTrainingJob", job("InProgress"), job("Completed"))
    lines = scripted.logs(JOB, follow=True, policy=following(clock))
    with pytest.raises(ServiceError, match="InternalFailure"):
        next(lines)
    assert texts(lines) == ["a", "b"]


def test_following_a_resource_that_stays_in_service_ends_with_the_timeout(
    service: ScriptedService, scripted: SageMakerClient
) -> None:
    clock = Clock()
    one_stream(service, "main/i-1")
    service.script("GetLogEvents", Log(clock, (0, "a")))
    endpoint = models.DescribeEndpointRequest(endpoint_name="churn")
    lines = scripted.logs(endpoint, follow=True, policy=following(clock, timeout=60))
    assert next(lines).message == "a"
    with pytest.raises(TimeoutError, match="60 s"):
        next(lines)
    assert service.asked("DescribeEndpoint") == []


def test_a_line_costs_one_page_of_each_stream(
    service: ScriptedService, scripted: SageMakerClient
) -> None:
    names = [f"churn/algo-{number}-1" for number in (1, 2)]
    streams: list[object] = [{"logStreamName": name} for name in names]
    service.script(
        "DescribeLogStreams",
        Body({"logStreams": streams[:1], "nextToken": "more"}),
        Body({"logStreams": streams[1:]}),
    )

    def page(request: RecordedRequest) -> Reply:
        number = int(request.body.get("nextToken", "0"))
        is_over = number == 9 or request.body["startTime"] > 0
        count = 0 if is_over else request.body["limit"]
        event = {"timestamp": START + number, "message": "x"}
        return Body(
            {"events": [event] * count, "nextForwardToken": "9" if is_over else str(number + 1)}
        )

    service.script("GetLogEvents", page)
    lines = scripted.logs(JOB)
    next(lines)
    pages = service.asked("GetLogEvents")
    assert [page.body["logStreamName"] for page in pages] == names
    assert sum(page.body["limit"] for page in pages) <= 10_000
    assert sum(1 for _ in lines) + 1 == 2 * 9 * pages[0].body["limit"]


def test_a_denied_log_is_an_error(service: ScriptedService, scripted: SageMakerClient) -> None:
    denied = Fault("AccessDeniedException", "not authorized to perform: logs:DescribeLogStreams")
    service.script("DescribeLogStreams", denied)
    with pytest.raises(AccessDeniedException, match="logs:DescribeLogStreams"):
        list(scripted.logs(JOB))


@pytest.mark.parametrize(
    ("target", "group", "prefix"),
    [
        (models.DescribeTrainingJobRequest(training_job_name="a"), "TrainingJobs", "a/"),
        (models.StopTrainingJobRequest(training_job_name="a"), "TrainingJobs", "a/"),
        (models.DescribeProcessingJobRequest(processing_job_name="a"), "ProcessingJobs", "a/"),
        (models.DescribeTransformJobRequest(transform_job_name="a"), "TransformJobs", "a/"),
        (models.DescribeCompilationJobRequest(compilation_job_name="a"), "CompilationJobs", "a"),
        (models.DescribeAutoMLJobV2Request(auto_ml_job_name="a"), "AutoMLJobs", "a"),
        (models.DescribeEndpointRequest(endpoint_name="a"), "Endpoints/a", None),
        (
            models.DescribeInferenceComponentRequest(inference_component_name="a"),
            "InferenceComponents/a",
            None,
        ),
        (
            models.DescribeNotebookInstanceRequest(notebook_instance_name="a"),
            "NotebookInstances",
            "a/",
        ),
        (
            models.DescribeInferenceRecommendationsJobRequest(job_name="a"),
            "InferenceRecommendationsJobs",
            "a/",
        ),
        (
            models.DescribeAppRequest(
                domain_id="d-1", user_profile_name="u", app_type="JupyterLab", app_name="n"
            ),
            "studio",
            "d-1/u/JupyterLab/n",
        ),
        (
            models.TrainingJobSummary.from_service(
                {"TrainingJobName": "a", "TrainingJobArn": f"{ARN}:training-job/a"}
            ),
            "TrainingJobs",
            "a/",
        ),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Shape) else None,
)
def test_the_documented_group_and_streams(
    service: ScriptedService,
    scripted: SageMakerClient,
    target: Any,
    group: str,
    prefix: str | None,
) -> None:
    service.script("DescribeLogStreams", Body({"logStreams": []}))
    assert list(scripted.logs(target)) == []
    (request,) = service.asked()
    assert request.body["logGroupName"] == f"/aws/sagemaker/{group}"
    assert request.body.get("logStreamNamePrefix") == prefix


def test_a_stream_of_a_longer_name_is_of_another_job(
    service: ScriptedService, scripted: SageMakerClient
) -> None:
    service.script(
        "DescribeLogStreams",
        Body({"logStreams": [{"logStreamName": "a"}, {"logStreamName": "a-2"}]}),
    )
    service.script("GetLogEvents", Body({"events": []}))
    list(scripted.logs(models.DescribeCompilationJobRequest(compilation_job_name="a")))
    assert [each.body["logStreamName"] for each in service.asked("GetLogEvents")] == ["a"]


def test_an_arn_has_the_name_in_lower_case_so_the_job_is_described(
    service: ScriptedService, scripted: SageMakerClient
) -> None:
    service.script("DescribeTrainingJob", Body({"TrainingJobName": "Churn"}))
    service.script("DescribeLogStreams", Body({"logStreams": []}))
    created = models.CreateTrainingJobResponse.from_service(
        {"TrainingJobArn": f"{ARN}:training-job/churn"}
    )
    assert list(scripted.logs(created)) == []
    assert service.asked("DescribeTrainingJob")[0].body == {"TrainingJobName": "churn"}
    assert service.asked("DescribeLogStreams")[0].body["logStreamNamePrefix"] == "Churn/"


def test_a_pipeline_execution_has_the_lines_of_its_steps(
    service: ScriptedService, scripted: SageMakerClient
) -> None:
    steps = [
        {"StepName": "train", "Metadata": {"TrainingJob": {"Arn": f"{ARN}:training-job/t"}}},
        {"StepName": "model", "Metadata": {"Model": {"Arn": f"{ARN}:model/m"}}},
        {"StepName": "prepare", "Metadata": {"ProcessingJob": {"Arn": f"{ARN}:processing-job/p"}}},
    ]
    service.script("ListPipelineExecutionSteps", Body({"PipelineExecutionSteps": steps}))
    service.script("DescribeTrainingJob", Body({"TrainingJobName": "T"}))
    service.script("DescribeProcessingJob", Body({"ProcessingJobName": "P"}))
    service.script("DescribeLogStreams", Body({"logStreams": []}))
    execution = f"{ARN}:pipeline/churn/execution/abcdefghijkl"
    target = models.DescribePipelineExecutionRequest(pipeline_execution_arn=execution)
    lines = scripted.logs(target)
    assert list(lines) == list(lines) == []
    prefixes = [each.body["logStreamNamePrefix"] for each in service.asked("DescribeLogStreams")]
    assert prefixes == ["T/", "P/"] * 2
    assert len(service.asked("DescribeTrainingJob")) == 1  # the name stays the same

    step = models.PipelineExecutionStep.from_service(steps[0])
    assert list(scripted.logs(step)) == []
    assert service.asked("DescribeLogStreams")[-1].body["logStreamNamePrefix"] == "T/"


@pytest.mark.pinned
def test_a_benchmark_names_its_log_group_itself(
    service: ScriptedService, scripted: SageMakerClient
) -> None:
    log = {
        "LogGroupArn": "arn:aws:logs:eu-west-1:123456789012:log-group:/ai/benchmarks:*",
        "LogStreamName": "b/1",
    }
    described = {"AIBenchmarkJobName": "b", "OutputConfig": {"CloudWatchLogs": [log]}}
    service.script("DescribeAIBenchmarkJob", Body(described))
    service.script("DescribeLogStreams", Body({"logStreams": []}))
    list(scripted.logs(models.DescribeAIBenchmarkJobRequest(ai_benchmark_job_name="b")))
    body = service.asked("DescribeLogStreams")[0].body
    assert (body["logGroupName"], body["logStreamNamePrefix"]) == ("/ai/benchmarks", "b/1")


def test_wrong_arguments_are_named(client: SageMakerClient, scripted: SageMakerClient) -> None:
    with pytest.raises(ValueError, match=r"DescribeModelRequest: no log group .* Model"):
        scripted.logs(models.DescribeModelRequest(model_name="m"))
    with pytest.raises(ValueError, match="limit is -1"):
        scripted.logs(JOB, limit=-1)
    with pytest.raises(ValueError, match="start_token is not a token"):
        scripted.logs(JOB, start_token="next")
    wrapped = SageMakerClient.from_boto3(client.boto3)
    with pytest.raises(ValueError, match="give logs_client"):
        wrapped.logs(JOB)


def test_the_session_and_the_region_are_those_of_the_client(
    service: ScriptedService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", service.url)
    service.script("DescribeLogStreams", Body({"logStreams": []}))
    session = boto3.Session(aws_access_key_id="OFSESSION", aws_secret_access_key="s")
    with SageMakerClient(session=session, region_name="eu-north-1", config=ONE_TRY) as client:
        assert list(client.logs(JOB)) == []
    with SageMakerClient(aws_access_key_id="OWN", aws_secret_access_key="s") as client:
        assert list(client.logs(JOB)) == []
    first, second = (request.headers["authorization"] for request in service.asked())
    assert "Credential=OFSESSION/" in first
    assert "/eu-north-1/logs/" in first
    assert "Credential=OWN/" in second
    assert f"/{REGION}/logs/" in second
