"""What the signer keeps between calls is never the wrong thing: botocore's own signs the same."""

from __future__ import annotations

import datetime
import re
from typing import Any

import boto3
import botocore.auth
import pytest
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from sagemaker_typed import SageMakerClient
from tests.fast_path.spy import count
from tests.fast_path.wire import Http

REGION = "eu-west-1"
FIRST = Credentials("first", "a secret")
SECOND = Credentials("second", "another secret", "a token")


class Signed:
    """A client whose requests are kept."""

    def __init__(self, credentials: Credentials, region: str = REGION) -> None:
        session = boto3.Session(
            credentials.access_key, credentials.secret_key, credentials.token, region
        )
        self._client = SageMakerClient(session=session, consistency=None, rules=None)
        raw: Any = self._client.boto3
        self.signer: Any = raw._request_signer
        self._http = Http(self._client.boto3)

    def send(self) -> Any:
        self._client.describe_endpoint(endpoint_name="churn")
        return self._http.sent[-1]


def is_signed_by(sent: Any, credentials: Credentials, region: str = REGION) -> bool:
    """Whether the signature is the one that botocore's signer makes."""
    headers = {
        name: value.decode() if isinstance(value, bytes) else value
        for name, value in sent.headers.items()
    }
    signed = re.search(r"SignedHeaders=([^,]+), Signature=(\w+)", headers["Authorization"])
    assert signed
    names = {name: headers[name] for name in headers if name.lower() in signed[1].split(";")}
    again = AWSRequest(sent.method, sent.url, names, sent.body)
    again.context["timestamp"] = headers["X-Amz-Date"]
    signer: Any = botocore.auth.SigV4Auth(credentials, "sagemaker", region)
    to_sign = signer.string_to_sign(again, signer.canonical_request(again))
    same = signer.signature(to_sign, again) == signed[2]
    return same and f"Credential={credentials.access_key}/" in headers["Authorization"]


def test_a_key_is_derived_once(monkeypatch: pytest.MonkeyPatch) -> None:
    signed = Signed(FIRST)
    derivations = count(monkeypatch, botocore.auth.SigV4Auth, "_sign")
    sent = [signed.send() for _ in range(3)]
    assert len(derivations) == 4 + 3
    monkeypatch.undo()
    assert all(is_signed_by(each, FIRST) for each in sent)


@pytest.mark.parametrize("name", ["headers_to_sign", "signed_headers"])
def test_headers_are_chosen_once_a_call(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    signed = Signed(FIRST)
    choices = count(monkeypatch, botocore.auth.SigV4Auth, name)
    for _ in range(3):
        signed.send()
    assert len(choices) == 3


def test_new_credentials_sign_and_the_old_are_forgotten() -> None:
    signed = Signed(FIRST)
    assert is_signed_by(signed.send(), FIRST)
    signed.signer._credentials = SECOND
    sent = signed.send()
    assert is_signed_by(sent, SECOND)
    assert sent.headers["X-Amz-Security-Token"] in (SECOND.token, b"a token")
    kept = {key for key, _ in signed.signer._derived}
    assert b"AWS4another secret" in kept
    assert b"AWS4a secret" not in kept
    signed.signer._credentials = FIRST
    assert is_signed_by(signed.send(), FIRST)


@pytest.mark.pinned  # where botocore asks for the time depends on its version
def test_a_new_day_has_a_key_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    signed = Signed(FIRST)
    for day in (20, 21):
        at = datetime.datetime(2026, 11, day, 23, 59, 59, tzinfo=datetime.timezone.utc)
        monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda at=at: at)
        sent = signed.send()
        assert f"/202611{day}/".encode() in sent.headers["Authorization"]
        assert is_signed_by(sent, FIRST)


def test_clients_of_two_regions_sign_for_their_own() -> None:
    regions = (REGION, "us-east-1")
    clients = [Signed(FIRST, region) for region in regions]
    for signed, region in [*zip(clients, regions, strict=True)] * 2:
        assert is_signed_by(signed.send(), FIRST, region)


def test_a_header_that_comes_while_signing_is_signed(monkeypatch: pytest.MonkeyPatch) -> None:
    owner: Any = botocore.auth.SigV4Auth
    original = owner.canonical_request

    def with_one_more(self: Any, request: Any) -> Any:
        self.signed_headers(self.headers_to_sign(request))
        request.headers["X-Amz-Late"] = "1"
        return original(self, request)

    signed = Signed(FIRST)
    monkeypatch.setattr(owner, "canonical_request", with_one_more)
    sent = signed.send()
    monkeypatch.undo()
    assert "x-amz-late" in str(sent.headers["Authorization"])
    assert is_signed_by(sent, FIRST)


def test_a_signer_of_somebodys_own_is_left_alone() -> None:
    from botocore.signers import RequestSigner

    from sagemaker_typed.core.transport.fast_path import attach
    from sagemaker_typed.models import DescribeEndpointRequest

    class Own(RequestSigner):
        pass

    raw: Any = boto3.client("sagemaker", region_name=REGION)
    raw._request_signer.__class__ = Own
    http = Http(raw)
    attach(raw)(DescribeEndpointRequest(endpoint_name="churn"))
    assert type(raw._request_signer) is Own
    assert is_signed_by(http.sent[-1], Credentials("testing", "testing"))
