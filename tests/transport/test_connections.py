"""Connections of our own clients: kept for every thread, one piece a request, heads read alike."""

from __future__ import annotations

import contextlib
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
from botocore.config import Config

from sagemaker_typed import SageMakerClient

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
    """A port that responds only after all threads have sent requests, and those threads."""
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


def test_a_client_that_was_closed_opens_anew(port: Port) -> None:
    client = typed(port.url)
    describe(client)
    client.boto3.close()
    assert describe(client) == "churn"
    assert port.accepted == 2


def test_a_recorder_in_the_place_of_botocores_connections(
    port: Port, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    class Recorder(botocore.awsrequest.AWSHTTPConnection):
        def request(self, method: str, url: str, *arguments: Any, **named: Any) -> Any:
            asked.append(method)
            return super().request(method, url, *arguments, **named)

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
    messages = []
    for call in (lambda: raw.describe_endpoint(EndpointName="a"), lambda: describe(client)):
        with pytest.raises(botocore.exceptions.EndpointConnectionError) as refused:
            call()
        error: Any = refused.value
        messages.append(re.sub(r"0x[0-9a-f]+", "*", f"{error} {error.kwargs['error']}"))
    assert messages[0] == messages[1]
    assert "AWSHTTPConnection" in messages[0]
