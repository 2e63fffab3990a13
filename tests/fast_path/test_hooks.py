"""The places of botocore that the fast path rests on: a version that moves one fails here.

Each test takes away what the fast path must not need, so that a silent fall to the plain path is
seen; `docs/architecture.md` lists the hooks in the same order.
"""

from __future__ import annotations

import re
from typing import Any

import boto3
import botocore.auth
import botocore.awsrequest
import botocore.credentials
import botocore.endpoint_provider
import botocore.parsers
import botocore.useragent
import botocore.validate
import pytest

from sagemaker_typed import SageMakerClient
from tests.fast_path.spy import count
from tests.fast_path.wire import Http

REGION = "eu-west-1"
ENDPOINT = b'{"EndpointName": "churn", "CreationTime": 1795168923.456}'


@pytest.fixture
def client() -> SageMakerClient:
    return SageMakerClient(region_name=REGION, consistency=None)


@pytest.fixture
def http(client: SageMakerClient) -> Http:
    http = Http(client.boto3)
    http.body = ENDPOINT
    return http


def test_botocore_checks_no_parameters(
    client: SageMakerClient, http: Http, monkeypatch: pytest.MonkeyPatch
) -> None:
    checks = count(monkeypatch, botocore.validate.ParamValidator, "validate")
    client.describe_endpoint(endpoint_name="churn")
    assert not checks
    assert http.sent[-1].body == b'{"EndpointName": "churn"}'


@pytest.mark.usefixtures("http")
def test_botocore_parses_no_answer(
    client: SageMakerClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    parses = count(monkeypatch, botocore.parsers.BaseJSONParser, "_handle_structure")
    answer = client.describe_endpoint(endpoint_name="churn")
    assert not parses
    assert answer.endpoint_name == "churn"
    assert answer.response_metadata.request_id == "r-1"


def test_the_endpoint_of_an_operation_is_found_once(
    client: SageMakerClient, http: Http, monkeypatch: pytest.MonkeyPatch
) -> None:
    searches = count(monkeypatch, botocore.endpoint_provider.EndpointProvider, "resolve_endpoint")
    for _ in range(3):
        client.describe_endpoint(endpoint_name="churn")
    assert len(searches) == 1
    assert {request.url for request in http.sent} == {
        f"https://api.sagemaker.{REGION}.amazonaws.com/"
    }


def test_the_user_agent_is_built_once(monkeypatch: pytest.MonkeyPatch) -> None:
    builder: Any = botocore.useragent.UserAgentString
    raw = boto3.client("sagemaker", region_name=REGION)
    plain = Http(raw)
    raw.describe_endpoint(EndpointName="churn")
    client = SageMakerClient(region_name=REGION, consistency=None)
    http = Http(client.boto3)
    client.describe_endpoint(endpoint_name="churn")
    # patched on the class before the next client is made, for ours keeps what it has found
    builds = count(monkeypatch, builder, "_build_os_metadata")
    client.describe_endpoint(endpoint_name="churn")
    assert not builds
    assert agent(http) == agent(plain)


def agent(http: Http) -> list[set[str]]:
    """The header's words; the features in one of them come in any order."""
    words = http.sent[-1].headers["User-Agent"].decode().split()
    return [set(word.removeprefix("m/").split(",")) for word in words]


def test_a_changed_user_agent_is_sent(client: SageMakerClient, http: Http) -> None:
    client.describe_endpoint(endpoint_name="churn")
    config: Any = client.boto3.meta.config
    config.user_agent_extra = "our-tool/1"
    client.describe_endpoint(endpoint_name="churn")
    assert "our-tool/1" not in http.sent[0].headers["User-Agent"].decode()
    assert "our-tool/1" in http.sent[1].headers["User-Agent"].decode()


def test_a_request_is_prepared_once_and_signed_as_botocore_signs(
    client: SageMakerClient, http: Http, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared = count(monkeypatch, botocore.awsrequest.AWSRequest, "prepare")
    client.describe_endpoint(endpoint_name="churn")
    assert len(prepared) == 1
    sent = http.sent[-1]
    headers = {name: _text(value) for name, value in sent.headers.items()}
    signed = re.search(r"SignedHeaders=([^,]+), Signature=(\w+)", headers["Authorization"])
    assert signed
    names = {name: headers[name] for name in headers if name.lower() in signed[1].split(";")}
    again = botocore.awsrequest.AWSRequest(sent.method, sent.url, names, sent.body)
    again.context["timestamp"] = headers["X-Amz-Date"]
    credentials = botocore.credentials.Credentials("testing", "testing")
    signer: Any = botocore.auth.SigV4Auth(credentials, "sagemaker", REGION)
    to_sign = signer.string_to_sign(again, signer.canonical_request(again))
    assert signer.signature(to_sign, again) == signed[2]


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else value


@pytest.mark.parametrize("hook", ["_serializer", "_endpoint"])
def test_without_a_hook_calls_go_the_plain_way(hook: str) -> None:
    from sagemaker_typed.core.transport.fast_path import attach

    client = boto3.client("sagemaker", region_name=REGION)

    class Other:
        """A client of a botocore that keeps this elsewhere."""

        meta = client.meta

        def __getattr__(self, name: str) -> Any:
            if name == hook:
                raise AttributeError(name)
            return getattr(client, name)

    http = Http(client)
    http.body = ENDPOINT
    other: Any = Other()
    from sagemaker_typed.models import DescribeEndpointRequest

    answer = attach(other)(DescribeEndpointRequest(endpoint_name="churn"))
    assert answer.body is None
    assert answer.parsed["EndpointName"] == "churn"


@pytest.mark.pinned
def test_the_kept_service_model_is_boto3s_without_its_prose() -> None:
    ours: Any = SageMakerClient(region_name=REGION).boto3.meta.service_model
    boto3s: Any = boto3.client("sagemaker", region_name=REGION).meta.service_model
    assert not ours.documentation
    assert boto3s.documentation
    assert ours.operation_names == boto3s.operation_names
    assert ours.shape_names == list(boto3s.shape_names) or set(ours.shape_names) == set(
        boto3s.shape_names
    )
    assert ours.metadata == boto3s.metadata


def test_a_model_of_the_programs_own_is_respected(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = "2017-07-24"
    folder = tmp_path / "sagemaker" / version
    folder.mkdir(parents=True)
    (folder / "service-2.json").write_text(
        '{"version": "2.0", "metadata": {"apiVersion": "2017-07-24", "endpointPrefix":'
        ' "api.sagemaker", "jsonVersion": "1.1", "protocol": "json", "serviceFullName": "Mine",'
        ' "serviceId": "SageMaker", "signatureVersion": "v4", "signingName": "sagemaker",'
        ' "targetPrefix": "SageMaker", "uid": "x"}, "operations": {"Mine": {"name": "Mine",'
        ' "http": {"method": "POST", "requestUri": "/"}}}, "shapes": {}}'
    )
    monkeypatch.setenv("AWS_DATA_PATH", str(tmp_path))
    session = boto3.Session(region_name=REGION)
    client: Any = SageMakerClient(session=session).boto3
    assert client.meta.service_model.operation_names == ["Mine"]


def test_the_session_of_a_program_stays_as_it_is() -> None:
    session: Any = boto3.Session(region_name=REGION)
    loader = session._session.get_component("data_loader")
    SageMakerClient(session=session)
    assert session._session.get_component("data_loader") is loader
    model: Any = session.client("sagemaker").meta.service_model
    assert model.documentation
    assert session.get_credentials() is session._session._credentials
