"""Connections of our own clients: kept for every thread, one piece a request, heads read alike."""

from __future__ import annotations

import contextlib
import email.feedparser
import http.client
import io
import re
import socket
import threading
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import boto3
import botocore.awsrequest
import botocore.exceptions
import botocore.signers
import pytest
import urllib3.poolmanager
from botocore.config import Config
from hypothesis import given
from hypothesis import strategies as st

from sagemaker_typed import SageMakerClient
from sagemaker_typed.core.transport import connections
from sagemaker_typed.core.transport.fast_path import attach
from sagemaker_typed.models import DescribeEndpointRequest
from tests.fast_path.spy import count

REGION = "eu-west-1"
THREADS = 32
HEAD = b"HTTP/1.1 200 OK\r\nx-amzn-RequestId: r-1\r\nContent-Type: application/x-amz-json-1.1\r\n"
BODY = b'{"EndpointName": "churn"}'
ANSWER = HEAD + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY


class Port:
    """Counts connections, and keeps each request as its bytes came."""

    def __init__(self, before_answer: Callable[[], object] = lambda: None) -> None:
        self.requests: list[bytes] = []
        self.accepted = 0
        self.answer = ANSWER
        self._before_answer = before_answer
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=THREADS)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # closed
            while True:
                connection, _ = self._listener.accept()
                self.accepted += 1
                threading.Thread(target=self._serve, args=[connection], daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(ConnectionError):
            while head := _until(connection, b"\r\n\r\n"):
                if b"100-continue" in head:
                    connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
                length = re.search(rb"\r\nContent-Length: (\d+)", head)
                body = b""
                while length and len(body) < int(length[1]):
                    body += connection.recv(65_536)
                self.requests.append(head + body)
                self._before_answer()
                connection.sendall(self.answer)

    def close(self) -> None:
        self._listener.close()


def _until(connection: socket.socket, end: bytes) -> bytes:
    came = b""
    while not came.endswith(end):
        byte = connection.recv(1)
        if not byte:
            return b""
        came += byte
    return came


@pytest.fixture
def port() -> Iterator[Port]:
    port = Port()
    yield port
    port.close()


def typed(url: str, **options: Any) -> SageMakerClient:
    return SageMakerClient(
        region_name=REGION, endpoint_url=url, consistency=None, rules=None, **options
    )


def describe(client: SageMakerClient) -> object:
    return client.describe_endpoint(endpoint_name="churn").endpoint_name


@contextlib.contextmanager
def all_at_once() -> Generator[tuple[Port, Callable[[Callable[[], object], int], None]]]:
    """A port that answers nobody before all threads have asked, and those threads."""
    together = threading.Barrier(THREADS)
    port = Port(lambda: together.wait(30))
    with ThreadPoolExecutor(THREADS) as pool:

        def rounds(call: Callable[[], object], number: int) -> None:
            for _ in range(number):
                for done in [pool.submit(call) for _ in range(THREADS)]:
                    done.result()

        yield port, rounds
    port.close()


def session_with(config: Config) -> boto3.Session:
    session = boto3.Session(region_name=REGION)
    inner: Any = session._session
    inner.set_default_client_config(config)
    return session


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"config": Config(read_timeout=20)},
        {"session": session_with(Config(read_timeout=20))},
    ],
    ids=["nothing said", "config", "session"],
)
def test_every_thread_keeps_its_connection(options: dict[str, Any]) -> None:
    with all_at_once() as (port, rounds):
        client = typed(port.url, **options)
        rounds(lambda: describe(client), 3)
    assert port.accepted == THREADS
    assert len(port.requests) == 3 * THREADS
    if options:
        config: Any = client.boto3.meta.config
        assert config.read_timeout == 20


FOUR = Config(max_pool_connections=4)


@pytest.mark.parametrize(
    ("options", "kept"),
    [
        ({"config": FOUR}, 4),
        ({"session": session_with(FOUR)}, 4),
        ({"session": session_with(FOUR), "config": Config(read_timeout=20)}, 4),
        ({"session": session_with(FOUR), "config": Config(max_pool_connections=10)}, 10),
    ],
    ids=["config", "session", "session, other config", "config over session"],
)
def test_a_number_that_somebody_has_chosen_stands(options: dict[str, Any], kept: int) -> None:
    with all_at_once() as (port, rounds):
        client = typed(port.url, **options)
        rounds(lambda: describe(client), 3)
    assert port.accepted == THREADS + 2 * (THREADS - kept)
    config: Any = client.boto3.meta.config
    assert config.max_pool_connections == kept


def test_a_config_that_is_given_stays_as_it_is() -> None:
    config: Any = Config(read_timeout=20)
    config.user_agent_extra = "our-tool/1"  # as if given, to boto3
    client: Any = SageMakerClient(region_name=REGION, config=config).boto3
    assert config.max_pool_connections == 10
    assert client.meta.config.max_pool_connections > THREADS
    assert client.meta.config.user_agent_extra.startswith("our-tool/1")


def test_others_clients_are_left_alone(port: Port) -> None:
    raw: Any = boto3.client("sagemaker", region_name=REGION, endpoint_url=port.url)
    describe(typed(port.url))
    assert describe(SageMakerClient.from_boto3(raw)) == "churn"
    session = raw._endpoint.http_session
    assert session._pool_classes_by_scheme == {
        "http": botocore.awsrequest.AWSHTTPConnectionPool,
        "https": botocore.awsrequest.AWSHTTPSConnectionPool,
    }
    assert type(session._manager) is urllib3.poolmanager.PoolManager
    assert type(raw._request_signer) is botocore.signers.RequestSigner
    assert raw.meta.config.max_pool_connections == 10


@pytest.mark.parametrize("moved", ["_pool_classes_by_scheme", "_manager"])
def test_without_a_hook_connections_are_botocores(moved: str, port: Port) -> None:
    raw: Any = boto3.client("sagemaker", region_name=REGION, endpoint_url=port.url)
    session = raw._endpoint.http_session
    own = type("Own", (urllib3.poolmanager.PoolManager,), {})
    session._manager.__class__ = own
    if moved == "_pool_classes_by_scheme":
        del session._pool_classes_by_scheme
    before = {**vars(session)}
    request = DescribeEndpointRequest(endpoint_name="churn")
    assert attach(raw)(request).body == BODY
    assert {**vars(session)} == before
    assert type(session._manager) is own
    assert port.requests[0].endswith(b'{"EndpointName": "churn"}')


def test_without_a_hook_as_many_are_kept_as_botocore_keeps() -> None:
    class Other(Config):
        """The configuration of a botocore that keeps elsewhere what it was given."""

        def __getattribute__(self, name: str) -> Any:
            if name == "_user_provided_options":
                raise AttributeError(name)
            return super().__getattribute__(name)

    other: Any = object.__new__(Other)
    other.__dict__.update(vars(Config(read_timeout=20)))
    assert connections.keeping_more(other, None) is other
    assert connections.keeping_more(None, other) is None
    assert other.max_pool_connections == 10


def test_head_and_body_go_out_at_once(port: Port, monkeypatch: pytest.MonkeyPatch) -> None:
    sends = count(monkeypatch, http.client.HTTPConnection, "send")
    client = typed(port.url)
    assert [describe(client) for _ in range(3)] == ["churn"] * 3
    assert [sent for _, sent in sends] == port.requests
    assert len(port.requests) == 3


_OWN_TO_EACH = re.compile(
    rb"(?<=invocation-id: )[\w-]+|(?<=X-Amz-Date: )\w+|(?<=Credential=testing/)\d+"
    rb"|(?<=Signature=)\w+|(?<= m/)[\w,]+"
)


def test_what_is_sent_is_what_boto3_sends(port: Port) -> None:
    raw: Any = boto3.client("sagemaker", region_name=REGION, endpoint_url=port.url)
    raw.describe_endpoint(EndpointName="churn")
    describe(typed(port.url))
    boto3s, ours = (_OWN_TO_EACH.sub(b"*", request) for request in port.requests)
    assert ours == boto3s
    assert ours.endswith(b'\r\n\r\n{"EndpointName": "churn"}')


def test_a_body_waits_for_the_word_that_it_may_come(port: Port) -> None:
    client = typed(port.url)

    def expect(request: Any, **_: Any) -> None:
        request.headers["Expect"] = b"100-continue"

    client.boto3.meta.events.register("before-send.sagemaker", expect)
    assert describe(client) == "churn"
    assert b"Expect: 100-continue" in port.requests[0]
    assert port.requests[0].endswith(b'{"EndpointName": "churn"}')


def test_a_handler_changes_the_headers_that_are_sent(port: Port) -> None:
    client = typed(port.url)

    def change(request: Any, **_: Any) -> None:
        headers = request.headers
        for name, _value in headers.items():
            if name.lower() == "user-agent":
                headers[name.upper()] = b"changed"
        del headers["amz-sdk-request"]
        headers["X-Mine"] = b"1"
        assert "x-mine" in headers
        assert headers.get("x-MINE") == b"1"
        assert len(headers) == len(list(headers)) == len(headers.copy())

    client.boto3.meta.events.register("before-send.sagemaker", change)
    describe(client)
    sent = port.requests[0].lower()
    assert b"\r\nuser-agent: changed\r\n" in sent
    assert b"\r\nx-mine: 1\r\n" in sent
    assert b"amz-sdk-request" not in sent


def test_headers_that_are_sent_are_botocores(port: Port) -> None:
    """What a handler can do with them, it can do with those of a request of boto3."""
    seen: list[Any] = []
    raw: Any = boto3.client("sagemaker", region_name=REGION, endpoint_url=port.url)
    client = typed(port.url)
    for each in (raw, client.boto3):
        each.meta.events.register("before-send", lambda request, **_: seen.append(request.headers))
    raw.describe_endpoint(EndpointName="churn")
    describe(client)
    boto3s, ours = seen
    assert isinstance(ours, botocore.awsrequest.HeadersDict)
    assert type(ours) is not type(boto3s)  # else this shows nothing
    assert list(ours) == list(boto3s)
    assert [name for name, _ in ours.items()] == [name for name, _ in boto3s.items()]
    assert ours == botocore.awsrequest.HeadersDict(ours.items())
    copied = ours.copy()
    copied["CONTENT-TYPE"] = "other"
    assert ours["content-type"] != "other"
    assert dict(copied) == {**dict(ours), "Content-Type": "other"}


def test_mail_has_no_part_in_an_ordinary_answer(
    port: Port, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = typed(port.url)
    parses = count(monkeypatch, email.feedparser.FeedParser, "feed")
    assert describe(client) == "churn"
    assert not parses
    folded = b"X-Folded: a\r\n b\r\n"
    port.answer = ANSWER.replace(b"Content-Length", folded + b"Content-Length")
    raw: Any = boto3.client("sagemaker", region_name=REGION, endpoint_url=port.url)
    boto3s = raw.describe_endpoint(EndpointName="churn")["ResponseMetadata"]["HTTPHeaders"]
    del parses[:]
    answer = client.describe_endpoint(endpoint_name="churn")
    assert parses
    assert answer.response_metadata.http_headers == boto3s
    assert "x-folded" in boto3s


@pytest.mark.parametrize("name", ["parse_headers", "HTTPResponse.begin"])
def test_whoever_reads_heads_in_another_way_does(
    name: str, port: Port, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner: Any = http.client
    for part in name.split(".")[:-1]:
        owner = getattr(owner, part)
    reads = count(monkeypatch, owner, name.rpartition(".")[2])
    assert describe(typed(port.url)) == "churn"
    assert len(reads) == 1


UNCOMMON = (
    "content-type: multipart/mixed; boundary=x",
    "Content-Type:Message/rfc822",
    "content-TYPE: \tMULTIPART/alternative",
    "Content-Type: MULTIPART/alternative",
    "From someone: me",
    ": no name",
    "No colon",
    " folded",
    "A b: c",
    "\xe9: a",
    "A:\tb \t",
    "A:  b ",
    "A:",
    "A: \xa0b",
    "A: caf\xe9",
    "A: b\rC: d",
    "A: b\nC: d",
    "A: \x85b\x0bc\x1cd",
    "",
)
LINES = st.one_of(
    st.sampled_from([*UNCOMMON, "Content-Type: application/json", "Content-Length: 25"]),
    st.text(st.characters(max_codepoint=255), max_size=12),
    st.from_regex(r"[A-Za-z-]{1,5}:[ \t]{0,2}[ -~]{0,6}", fullmatch=True),
)


@given(st.lists(LINES, max_size=4), st.sampled_from(["\r\n", "\n", "\r"]), st.booleans())
def test_every_head_is_read_alike(lines: list[str], end: str, has_end: bool) -> None:
    head = "".join(f"{line}{end}" for line in lines) + ("\r\n" if has_end else "")
    assert_read_alike(head.encode("iso-8859-1"))


@pytest.mark.parametrize("line", UNCOMMON)
def test_every_uncommon_line_of_a_head_is_read_alike(line: str) -> None:
    assert_read_alike(f"A: b\r\n{line}\r\nC: d\r\n\r\n".encode("iso-8859-1"))
    assert_read_alike(f"{line}\r\n\r\n".encode("iso-8859-1"))
    assert_read_alike(f"A: b\r\n{line}".encode("iso-8859-1"))


def assert_read_alike(head: bytes) -> None:
    given_twice = [io.BytesIO(head + b"{}") for _ in range(2)]
    ours = connections.parse_headers(given_twice[0])
    pythons = http.client.parse_headers(given_twice[1])
    assert ours.items() == pythons.items()
    assert ours.as_string() == pythons.as_string()
    assert [repr(each) for each in ours.defects] == [repr(each) for each in pythons.defects]
    assert given_twice[0].read() == given_twice[1].read()


def test_a_head_that_never_ends_is_refused_alike() -> None:
    for head in (b"A: %s\r\n\r\n" % (b"b" * 70_000), b"A: b\r\n" * 101 + b"\r\n"):
        told = []
        for read in (connections.parse_headers, http.client.parse_headers):
            with pytest.raises(http.client.HTTPException) as refused:
                read(io.BytesIO(head))
            told.append(repr(refused.value))
        assert told[0] == told[1]


def test_the_pool_of_an_address_is_looked_for_once(
    port: Port, monkeypatch: pytest.MonkeyPatch
) -> None:
    searches = count(monkeypatch, urllib3.poolmanager.PoolManager, "connection_from_host")
    client = typed(port.url)
    for _ in range(3):
        describe(client)
    assert len(searches) == 1
    assert port.accepted == 1


def test_a_client_that_was_closed_opens_anew(port: Port) -> None:
    client = typed(port.url)
    describe(client)
    client.boto3.close()
    assert describe(client) == "churn"
    assert port.accepted == 2


def test_a_pool_that_was_closed_is_not_used(port: Port) -> None:
    client = typed(port.url)
    describe(client)
    manager: Any = client.boto3
    manager = manager._endpoint.http_session._manager
    pool = manager.connection_from_url(f"{port.url}/")
    client.boto3.close()
    pool.close()  # as older versions of urllib3 do then
    assert describe(client) == "churn"
    assert port.accepted == 2


def test_a_recorder_in_the_place_of_botocores_connections(
    port: Port, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    class Recorder(botocore.awsrequest.AWSHTTPConnection):
        def request(self, method: str, url: str, *given: Any, **named: Any) -> Any:
            asked.append(method)
            return super().request(method, url, *given, **named)

    client = typed(port.url)
    with monkeypatch.context() as patched:
        patched.setattr(botocore.awsrequest.AWSHTTPConnectionPool, "ConnectionCls", Recorder)
        assert describe(client) == "churn"
        assert asked == ["POST"]
    port.answer = ANSWER.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    describe(client)
    assert describe(client) == "churn"


def test_errors_name_what_boto3s_name() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
    once = Config(retries={"total_max_attempts": 1})
    raw: Any = boto3.client("sagemaker", region_name=REGION, endpoint_url=url, config=once)
    client = typed(url, config=once)
    told = []
    for call in (lambda: raw.describe_endpoint(EndpointName="a"), lambda: describe(client)):
        with pytest.raises(botocore.exceptions.EndpointConnectionError) as refused:
            call()
        error: Any = refused.value
        told.append(re.sub(r"0x[0-9a-f]+", "*", f"{error} {error.kwargs['error']}"))
    assert told[0] == told[1]
    assert "AWSHTTPConnection" in told[0]
