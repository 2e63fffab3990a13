"""Every failure of the table, met by boto3 and by both kinds of our client.

Outcome, requests sent, connections opened and what is left behind are the same, except where a row
says that this package reports an error that boto3 does not notice.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.faults import sides
from tests.faults.rows import ROWS, Row
from tests.service import ScriptedService
from tests.transport.wire import OLD_PARSER

CALLS: dict[str, tuple[str, dict[str, Any]]] = {
    "DescribeModel": ("describe_model", {"ModelName": "churn"}),
    "CreateModel": ("create_model", {"ModelName": "churn"}),
}


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _: None)


def meet(row: Row, operation: str, side: str) -> tuple[sides.Outcome, list[bytes], int]:
    """Let one client meet a failure; return the outcome, the bodies sent and the connections."""
    method, parameters = CALLS[operation]
    with ScriptedService() as service:
        service.script(operation, *row.script)
        if side == "boto3":
            client = sides.boto3_client(service)
            outcome = sides.call_boto3(client, method, parameters)
        else:
            wrapper = sides.ours(service) if side == "ours" else sides.from_boto3(service)
            client = wrapper.boto3
            outcome = sides.call_ours(wrapper, method, parameters)
        client.close()
        return outcome, [request.content for request in service.asked()], service.connections


@pytest.mark.parametrize("operation", CALLS)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_outcome_and_requests_are_those_of_boto3(row: Row, operation: str) -> None:
    if OLD_PARSER and row.name in ("a list", "null", "cut after the head", "cut in the body"):
        pytest.skip("an old boto3 raises another error of its own here")
    outcome, bodies, connections = meet(row, operation, "boto3")
    if operation == "CreateModel":  # its response has one member of the two
        outcome.response.pop("ModelName", None)
    for side, code in (("ours", row.ours), ("from_boto3", row.from_boto3)):
        met, sent, opened = meet(row, operation, side)
        if code:
            assert outcome.error in ("", "AttributeError"), "the row is wrong"
            assert (met.error, met.code) == ("ClientError", code), side
        else:
            assert met == outcome, side
        assert (sent, opened) == (bodies, connections), side


@pytest.mark.parametrize("side", ["ours", "from_boto3"])
def test_nothing_is_left_behind(side: str) -> None:
    def meet_all() -> sides.Left:
        for row in ROWS:
            meet(row, "DescribeModel", side)
        return sides.Left.now()

    assert meet_all() == meet_all()  # the first round loads what first calls load
