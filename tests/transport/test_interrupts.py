"""An exception raised between any two steps of a call leaves nothing for the next call."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

from sagemaker_typed import SageMakerClient
from tests.transport.wire import Http


class Interrupt(BaseException):
    """Stands for an exception that a signal handler raises."""


class InterruptAt:
    """Raises at one of the byte codes that this package's transport and client execute."""

    def __init__(self, step: int) -> None:
        self.left = step
        self.tracer = sys.gettrace()  # of coverage, perhaps

    def __enter__(self) -> None:
        sys.settrace(self._trace)

    def __exit__(self, *_: object) -> None:
        sys.settrace(self.tracer)

    def _trace(self, frame: FrameType, event: str, _: object) -> Any:
        if "sagemaker_typed/core/" not in frame.f_code.co_filename:
            return None
        frame.f_trace_opcodes = True
        if event == "opcode":
            self.left -= 1
            if not self.left:
                raise Interrupt
        return self._trace


def test_an_interrupted_call_leaves_nothing_for_the_next() -> None:
    client = SageMakerClient(region_name="eu-west-1", consistency=None)
    http = Http(client.boto3)
    raw: Any = client.boto3
    with InterruptAt(sys.maxsize):  # Python 3.12.1 traces byte codes from a function's second call
        client.describe_endpoint(endpoint_name="first")
    interrupted = 0
    for step in range(1, 5_000):
        http.body = b'{"EndpointName": "interrupted"}'
        try:
            with InterruptAt(step):
                client.describe_endpoint(endpoint_name="interrupted")
        except Interrupt:
            interrupted += 1
        else:
            break
        http.body = b'{"EndpointName": "direct", "EndpointStatus": "InService"}'
        response = raw.describe_endpoint(EndpointName="direct")
        assert http.sent[-1].body == b'{"EndpointName": "direct"}', step
        assert response["EndpointStatus"] == "InService", step
    assert interrupted > 100
    http.body = b'{"EndpointName": "last"}'
    assert client.describe_endpoint(endpoint_name="last").endpoint_name == "last"
