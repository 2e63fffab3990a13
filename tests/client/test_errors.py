"""Error responses of the service, and responses that cannot be read."""

from __future__ import annotations

import pickle

import pytest
from botocore.exceptions import ClientError
from pydantic import ValidationError

from sagemaker_typed import SageMakerClient, errors
from sagemaker_typed.models import DeleteModelRequest
from tests.service import Body, Fault, Raw, ScriptedService, throttled
from tests.transport.wire import OLD_PARSER

REQUEST_ID = "00000000-0000-0000-0000-000000000001"


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("ResourceNotFound", errors.ResourceNotFound),
        ("ResourceInUse", errors.ResourceInUse),
        ("ResourceLimitExceeded", errors.ResourceLimitExceeded),
        ("ConflictException", errors.ConflictException),
        ("ValidationException", errors.ValidationException),
        ("ThrottlingException", errors.ThrottlingException),
        ("AccessDeniedException", errors.AccessDeniedException),
        ("SomethingNewException", errors.ServiceError),
    ],
)
def test_a_refusal_is_an_error_of_its_kind(
    service: ScriptedService, client: SageMakerClient, code: str, kind: type[errors.ServiceError]
) -> None:
    service.script("DescribeModel", Fault(code, "so it is"))
    with pytest.raises(errors.ServiceError) as refused:
        client.describe_model(model_name="churn")
    error = refused.value
    assert type(error) is kind
    assert issubclass(kind, ClientError)
    assert (error.code, error.message) == (code, "so it is")
    assert error.operation == "DescribeModel"
    assert error.request_id == REQUEST_ID
    assert error.http_status == 400


def test_a_handler_written_for_boto3_keeps_working(
    service: ScriptedService, client: SageMakerClient
) -> None:
    service.script("DescribeModel", Fault("ResourceNotFound", "no such model", 404))
    with pytest.raises(ClientError) as refused:
        client.describe_model(model_name="churn")
    response = refused.value.response
    assert response["Error"]["Code"] == "ResourceNotFound"
    assert response["Error"]["Message"] == "no such model"
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 404
    assert response["ResponseMetadata"]["RequestId"] == REQUEST_ID
    assert refused.value.operation_name == "DescribeModel"


def test_the_exceptions_of_the_boto3_client_catch_ours(
    service: ScriptedService, client: SageMakerClient
) -> None:
    service.script("DescribeModel", Fault("ResourceNotFound", "no such model"))
    with pytest.raises(client.boto3.exceptions.ClientError):
        client.describe_model(model_name="churn")


def test_an_error_says_what_happened(service: ScriptedService, client: SageMakerClient) -> None:
    service.script("DescribeModel", Fault("ResourceNotFound", "no such model"))
    with pytest.raises(errors.ResourceNotFound) as refused:
        client.describe_model(model_name="churn")
    for part in ("ResourceNotFound", "DescribeModel", "no such model"):
        assert part in str(refused.value)


def test_errors_travel_between_processes(service: ScriptedService, client: SageMakerClient) -> None:
    service.script("DescribeModel", throttled())
    with pytest.raises(errors.ThrottlingException) as refused:
        client.describe_model(model_name="churn")
    copy = pickle.loads(pickle.dumps(refused.value))
    assert type(copy) is errors.ThrottlingException
    assert (copy.code, copy.message, copy.operation, copy.request_id, copy.http_status) == (
        "ThrottlingException",
        "Rate exceeded",
        "DescribeModel",
        REQUEST_ID,
        400,
    )


def test_a_mistake_is_found_before_anything_is_sent(
    service: ScriptedService, client: SageMakerClient
) -> None:
    with pytest.raises(ValidationError):
        client.describe_model(model_name="not a name!")
    assert service.operations() == []


@pytest.mark.parametrize(
    "content",
    [
        b"<html><body>Gateway says hello</body></html>",
        b'{"ModelName": "churn", "Mod',
        b"\xff\xfe\x00",
        b"[1, 2]",
        b'"churn"',
        b"null",
    ],
)
def test_an_answer_that_is_no_json_object(
    service: ScriptedService, client: SageMakerClient, content: bytes
) -> None:
    if OLD_PARSER and content[:1] not in b"<{":
        pytest.skip("the parser of an old boto3 raises an error of its own")
    service.script("DescribeModel", Raw(content))
    with pytest.raises(errors.ServiceError) as refused:
        client.describe_model(model_name="churn")
    error = refused.value
    assert error.request_id == REQUEST_ID
    assert error.operation == "DescribeModel"
    assert error.http_status == 200
    assert REQUEST_ID in "".join(getattr(error, "__notes__", [REQUEST_ID]))  # Python 3.11
    assert "DescribeModel" in str(error)


def test_a_refusal_that_is_not_json(service: ScriptedService, client: SageMakerClient) -> None:
    page = Raw(b"<html>Bad Gateway</html>", status=502, content_type="text/html")
    service.script("DescribeModel", page)
    with pytest.raises(errors.ServiceError) as refused:
        client.describe_model(model_name="churn")
    assert refused.value.http_status == 502
    assert refused.value.request_id == REQUEST_ID


def test_an_empty_answer_is_an_answer_of_nothing(
    service: ScriptedService, client: SageMakerClient
) -> None:
    service.script("DeleteModel", Raw(b""))
    service.script("ListModels", Raw(b""), Body())
    service.script("ListTags", Raw(b""))
    answer: object = client.send(DeleteModelRequest(model_name="churn"))
    assert answer is None
    assert (
        client.list_tags(resource_arn="arn:aws:sagemaker:eu-west-1:123456789012:model/a").next_token
        is None
    )
    with pytest.raises(errors.UnreadableResponse, match="the body is empty") as unreadable:
        client.list_models()  # the service documents that Models is always present
    assert unreadable.value.request_id
    assert client.list_models().next_token is None


def test_what_a_newer_service_says_is_read(
    service: ScriptedService, client: SageMakerClient
) -> None:
    service.script(
        "DescribeEndpoint",
        Body(
            {
                "EndpointName": "x" * 500,
                "EndpointStatus": "Levitating",
                "AddedNextYear": {"a": [1]},
                "ProductionVariants": [{"VariantName": "main", "CurrentInstanceCount": -1}],
            }
        ),
    )
    endpoint = client.describe_endpoint(endpoint_name="churn")
    assert endpoint.endpoint_status == "Levitating"
    assert endpoint.endpoint_status.value == "Levitating"
    assert not endpoint.endpoint_status.is_listed
    assert endpoint.endpoint_name == "x" * 500
    assert not hasattr(endpoint, "added_next_year")
    assert endpoint.endpoint_config_name is None
    (variant,) = endpoint.production_variants or ()
    assert variant.current_instance_count == -1


@pytest.mark.parametrize(
    ("fault", "retryable", "throttling"),
    [
        (throttled(), True, True),
        (Fault("SlowDown", "", 503), True, True),
        (Fault("SomethingNew", "", 429), True, True),
        (Fault("InternalFailure", "", 500), True, False),
        (Fault("ServiceUnavailable", "", 503), True, False),
        (Fault("RequestTimeout", "", 400), True, False),
        (Fault("NotImplemented", "", 501), False, False),
        (Fault("ValidationException", "", 400), False, False),
        (Fault("ResourceLimitExceeded", "", 400), False, False),
    ],
    ids=lambda value: getattr(value, "code", None),
)
def test_an_error_says_whether_it_passes(
    service: ScriptedService,
    client: SageMakerClient,
    fault: Fault,
    retryable: bool,
    throttling: bool,
) -> None:
    service.script("DescribeModel", fault)
    with pytest.raises(errors.ServiceError) as refused:
        client.describe_model(model_name="churn")
    assert (refused.value.retryable, refused.value.throttling) == (retryable, throttling)


@pytest.mark.parametrize(
    ("stated", "seconds"),
    [("17", 17), ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("soon", None), (None, None)],
)
def test_the_hint_of_a_throttled_call(
    service: ScriptedService, client: SageMakerClient, stated: str | None, seconds: float | None
) -> None:
    headers = {"Retry-After": stated} if stated else {}
    service.script("DescribeModel", Fault("ThrottlingException", "", 400, headers))
    with pytest.raises(errors.ThrottlingException) as refused:
        client.describe_model(model_name="churn")
    assert refused.value.retry_after == seconds
