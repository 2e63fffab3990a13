"""Sessions and settings of the boto3 client that a client of this package stands on."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config

from sagemaker_typed import SageMakerClient
from tests.transport.wire import Http

REGION = "eu-west-1"


def agents(client: Any, call: Any) -> list[set[str]]:
    """Return the words of the User-Agent; the features in one of them come in any order."""
    http = Http(client)
    call()
    words = http.sent[-1].headers["User-Agent"].decode().split()
    return [set(word.removeprefix("m/").split(",")) for word in words]


def assert_same_agent(config: Config | None, **options: Any) -> list[set[str]]:
    # The client that makes a session look for credentials names their source; later ones do not.
    boto3.client("sagemaker", region_name=REGION)
    raw: Any = boto3.client("sagemaker", region_name=REGION, config=config)
    typed = SageMakerClient(region_name=REGION, config=config, consistency=None, **options)
    boto3s = agents(raw, lambda: raw.describe_endpoint(EndpointName="churn"))
    ours = agents(typed.boto3, lambda: typed.describe_endpoint(endpoint_name="churn"))
    assert ours == boto3s
    return ours


@pytest.mark.parametrize(
    "config",
    [
        None,
        Config(user_agent_extra="our-tool/1"),
        Config(user_agent_appid="our-app"),
        Config(user_agent="own/1", user_agent_extra="more/2"),
        Config(retries={"mode": "adaptive"}),
    ],
    ids=["nothing", "extra", "app id", "own", "retries"],
)
def test_the_user_agent_is_the_one_that_boto3_sends(config: Config | None) -> None:
    assert_same_agent(config)


def test_an_app_id_of_the_environment_is_in_the_user_agent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SDK_UA_APP_ID", "from-environment")
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    assert {"app/from-environment"} in assert_same_agent(None)


def test_an_option_set_after_construction_counts() -> None:
    config: Any = Config(read_timeout=20)
    config.user_agent_extra = "our-tool/1"
    assert {"our-tool/1"} in assert_same_agent(config)
    assert config.max_pool_connections == 10  # the given object stays what it was


def test_a_changed_user_agent_is_sent() -> None:
    client = SageMakerClient(region_name=REGION, consistency=None)
    http = Http(client.boto3)
    client.describe_endpoint(endpoint_name="churn")
    config: Any = client.boto3.meta.config
    config.user_agent_extra = "our-tool/1"
    client.describe_endpoint(endpoint_name="churn")
    assert "our-tool/1" not in http.sent[0].headers["User-Agent"].decode()
    assert "our-tool/1" in http.sent[1].headers["User-Agent"].decode()


@pytest.mark.parametrize("mode", ["legacy", "standard", "mobile"])
def test_a_defaults_mode_keeps_its_timeouts(mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULTS_MODE", mode)
    for config in (None, Config(read_timeout=20)):
        raw: Any = boto3.Session().client("sagemaker", region_name=REGION, config=config)
        typed: Any = SageMakerClient(
            session=boto3.Session(), region_name=REGION, config=config
        ).boto3
        for name in ("connect_timeout", "read_timeout", "retries"):
            assert getattr(typed.meta.config, name) == getattr(raw.meta.config, name), name


def test_a_parameter_check_that_was_turned_off_stays_off() -> None:
    config = Config(parameter_validation=False)
    raw: Any = boto3.client("sagemaker", region_name=REGION, config=config)
    typed: Any = SageMakerClient(region_name=REGION, config=config).boto3
    for client in (raw, typed):
        http = Http(client)
        client.describe_endpoint()
        assert http.sent[0].body == b"{}"


def test_options_of_boto3_client_are_passed_on() -> None:
    client = SageMakerClient(
        region_name=REGION,
        use_ssl=False,
        verify=False,
        api_version="2017-07-24",
        aws_access_key_id="explicit-id",
        aws_secret_access_key="explicit-secret",
        aws_session_token="explicit-token",
    )
    http = Http(client.boto3)
    client.describe_endpoint(endpoint_name="churn")
    request = http.sent[0]
    assert request.url.startswith("http://")
    assert b"Credential=explicit-id/" in request.headers["Authorization"]
    assert request.headers["X-Amz-Security-Token"] == b"explicit-token"


def test_a_client_is_a_context_manager() -> None:
    with SageMakerClient(region_name=REGION, consistency=None) as client:
        Http(client.boto3)
        client.describe_endpoint(endpoint_name="churn")


def run(program: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_the_default_session_is_boto3s_own() -> None:
    assert run(
        """
        from sagemaker_typed import SageMakerClient
        from sagemaker_typed.runtime import SageMakerRuntimeClient
        client = SageMakerClient(region_name="eu-west-1")
        import boto3
        session = boto3.DEFAULT_SESSION
        SageMakerRuntimeClient(region_name="eu-west-1")
        SageMakerClient(region_name="eu-west-1")
        print(session is not None, boto3.DEFAULT_SESSION is session)
        print(session.get_credentials() is boto3.Session().get_credentials())
        """
    ) == ["True", "True", "False"]


def test_a_default_session_of_the_program_stands() -> None:
    assert run(
        """
        import boto3
        boto3.setup_default_session(region_name="ap-southeast-2")
        session = boto3.DEFAULT_SESSION
        from sagemaker_typed import SageMakerClient
        client = SageMakerClient()
        print(client.boto3.meta.region_name, boto3.DEFAULT_SESSION is session)
        print(bool(client.boto3.meta.service_model.documentation))
        """
    ) == ["ap-southeast-2", "True", "True"]


@pytest.mark.pinned
def test_the_service_model_is_botocores_without_its_prose() -> None:
    ours: Any = SageMakerClient(region_name=REGION, session=None)
    ours = ours.boto3.meta.service_model
    boto3s: Any = boto3.Session().client("sagemaker", region_name=REGION).meta.service_model
    assert boto3s.documentation
    assert ours.operation_names == boto3s.operation_names
    assert list(ours.shape_names) == list(boto3s.shape_names)
    assert ours.metadata == boto3s.metadata


def test_a_model_of_the_programs_own_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "sagemaker" / "2017-07-24"
    folder.mkdir(parents=True)
    (folder / "service-2.json").write_text(
        '{"version": "2.0", "metadata": {"apiVersion": "2017-07-24", "endpointPrefix":'
        ' "api.sagemaker", "jsonVersion": "1.1", "protocol": "json", "serviceFullName": "Mine",'
        ' "serviceId": "SageMaker", "signatureVersion": "v4", "signingName": "sagemaker",'
        ' "targetPrefix": "SageMaker", "uid": "x"}, "operations": {"Mine": {"name": "Mine",'
        ' "http": {"method": "POST", "requestUri": "/"}}}, "shapes": {}}'
    )
    monkeypatch.setenv("AWS_DATA_PATH", str(tmp_path))
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    for session in (None, boto3.Session(region_name=REGION)):
        client: Any = SageMakerClient(session=session, region_name=REGION).boto3
        assert client.meta.service_model.operation_names == ["Mine"]


def test_a_session_of_the_program_stays_as_it_is() -> None:
    session: Any = boto3.Session(region_name=REGION)
    loader = session._session.get_component("data_loader")
    paths = list(loader.search_paths)
    SageMakerClient(session=session)
    assert session._session.get_component("data_loader") is loader
    assert loader.search_paths == paths
    model: Any = session.client("sagemaker").meta.service_model
    assert model.documentation


def test_credentials_are_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from botocore.credentials import CredentialResolver, Credentials

    looks: list[object] = []

    def load(self: object) -> Credentials:
        looks.append(self)
        return Credentials("id", "secret")

    monkeypatch.setattr(CredentialResolver, "load_credentials", load)
    session = boto3.Session(region_name=REGION)
    for _ in range(3):
        SageMakerClient(session=session)
    assert len(looks) == 1


def test_a_client_of_a_program_is_never_changed() -> None:
    raw: Any = boto3.client("sagemaker", region_name=REGION)
    before = {**vars(raw)}
    SageMakerClient.from_boto3(raw)
    assert {**vars(raw)} == before
    assert raw.meta.config.max_pool_connections == 10


SLOW = """
    import threading, time
    from concurrent.futures import ThreadPoolExecutor
    import botocore.credentials
    from sagemaker_typed import SageMakerClient
    SageMakerClient(region_name="eu-west-1", aws_access_key_id="a", aws_secret_access_key="b")
    together = threading.Barrier(8)

    def load(self):
        together.wait(30)  # passes only while eight threads are here at once
        return botocore.credentials.Credentials("a", "b")

    botocore.credentials.CredentialResolver.load_credentials = load
    with ThreadPoolExecutor(8) as pool:
        clients = list(pool.map(lambda _: SageMakerClient(region_name="eu-west-1"), range(8)))
    print(len(clients))
"""


def test_threads_look_for_slow_credentials_side_by_side() -> None:
    assert run(SLOW) == ["8"]


FORK = """
    import os, sys, threading
    from sagemaker_typed import SageMakerClient
    from sagemaker_typed.models import ProductionVariant, Tag
    from sagemaker_typed.core.validation import build
    options = {"region_name": "eu-west-1", "aws_access_key_id": "a", "aws_secret_access_key": "b"}
    SageMakerClient(**options)
    Tag(key="a", value="b")
    stop = threading.Event()

    def work():
        while not stop.is_set():
            SageMakerClient(**options)
            build.constructor_validators.pop(Tag, None)
            Tag(key="a", value="b")

    thread = threading.Thread(target=work)
    thread.start()
    for _ in range(20):
        child = os.fork()
        if not child:
            SageMakerClient(**options)
            build.constructor_validators.pop(Tag, None)
            Tag(key="a", value="b")
            os._exit(0)
        assert os.waitpid(child, 0)[1] == 0
    stop.set()
    thread.join()
    print("done")
"""


@pytest.mark.skipif(not hasattr(__import__("os"), "fork"), reason="there is no fork here")
def test_a_forked_child_makes_clients_and_validators() -> None:
    program = "import warnings; warnings.simplefilter('ignore')\n" + textwrap.dedent(FORK)
    assert run(program) == ["done"]
