"""The table of failures. A row has a name, the responses of the service, and the difference."""

from __future__ import annotations

import json
from dataclasses import dataclass

from tests.service import Body, Cut, Fault, Raw, Reply, Reset, throttled

MODEL = {"ModelName": "churn", "ModelArn": "arn:aws:sagemaker:eu-west-1:123456789012:model/churn"}
OK = Body(MODEL)
JSON = json.dumps(MODEL).encode()
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.1\r\n"
HTML = b"<html><body>Bad Gateway</body></html>"
UNREADABLE = "UnreadableResponse"


@dataclass(frozen=True)
class Row:
    """One failure, and the way in which this package differs from boto3, if it does."""

    name: str
    script: tuple[Reply, ...]
    ours: str = ""
    """The code of the error of a client of our own, where boto3 raises none that tells as much."""
    from_boto3: str = ""
    """The same for a client that wraps one of boto3's."""


def row(name: str, *script: Reply, ours: str = "", from_boto3: str = "") -> Row:
    return Row(name, script, ours, from_boto3)


def refusal(body: bytes, status: int = 400, **headers: str) -> Raw:
    return Raw(body, status, headers=headers)


def raw_json(member: bytes) -> Raw:
    """The model, with one more member."""
    return Raw(JSON[:-1] + b", " + member + b"}")


def named(name: bytes) -> Raw:
    return raw_json(b'"ModelName": "' + name + b'"')


def retry_after(value: str) -> Fault:
    return Fault("ThrottlingException", "Rate exceeded", 400, {"Retry-After": value})


ROWS = (
    row("nothing", OK),
    # connections
    row("cut", Cut()),
    row("reset", Reset()),
    row("cut, then fine", Cut(), OK),
    row("reset, then fine", Reset(), OK),
    row("cut twice, then fine", Cut(), Cut(), OK),
    row("cut, then reset, then refused", Cut(), Reset(), Fault("ValidationException", "no")),
    row("cut in the status line", Cut(b"HTTP/1.1 2")),
    row("cut in the head", Cut(HEAD + b"Content-Le"), ours=UNREADABLE),
    row("cut in the head, then fine", Cut(HEAD), OK, ours=UNREADABLE),
    row("cut after the head", Raw(JSON, cut_after=0), ours=UNREADABLE),
    row("cut in the body", Raw(JSON, cut_after=20), ours=UNREADABLE),
    row("no HTTP", Cut(b"SSH-2.0-OpenSSH_9.6\r\n")),
    row("dripping", Raw(JSON, drip=1)),
    # labels
    row("a page labelled JSON", Raw(HTML), ours=UNREADABLE),
    row("a page", Raw(HTML, content_type="text/html"), ours=UNREADABLE, from_boto3=UNREADABLE),
    row("JSON labelled as a page", Raw(JSON, content_type="text/html")),
    row("JSON without a label", Raw(JSON, content_type="")),
    row("an empty body", Raw(b""), ours=UNREADABLE, from_boto3=UNREADABLE),
    row("a list", Raw(b"[1]"), ours=UNREADABLE),
    row("null", Raw(b"null"), ours=UNREADABLE),
    row("a length too small", Raw(JSON, headers={"Content-Length": "20"}), ours=UNREADABLE),
    row("a status that HTTP does not have", Raw(JSON, status=299)),
    row("no content", Raw(b"", status=204), ours=UNREADABLE, from_boto3=UNREADABLE),
    # unusual JSON
    row("half a surrogate pair", named(rb"\ud800")),
    row("half a surrogate pair in an unknown member", raw_json(rb'"New": "\udfff"')),
    row("a whole surrogate pair", named(rb"\ud83d\ude00")),
    row("nested 300 levels", raw_json(b'"New": ' + b"[" * 300 + b"]" * 300)),
    row("nested 500 levels", raw_json(b'"New": ' + b'{"a":' * 500 + b"1" + b"}" * 500)),
    row("duplicate keys", raw_json(b'"ModelName": "second"')),
    row("a huge whole number", raw_json(b'"New": ' + b"9" * 4000)),
    row("a huge number", raw_json(b'"New": 1e999')),
    row("not a number", raw_json(b'"New": NaN')),
    row("null members", Raw(b'{"ModelName": null, "ModelArn": null}')),
    row("a byte order mark", Raw(b"\xef\xbb\xbf" + JSON), ours=UNREADABLE),
    row("white space around", Raw(b" \r\n\t" + JSON + b"\n ")),
    row("a zero byte", named(rb"a\u0000b")),
    # refusals
    row("refused", Fault("ValidationException", "no such thing")),
    row("refused without a message", refusal(b'{"__type": "ResourceInUse"}')),
    row("refused with a null message", refusal(b'{"__type": "ResourceInUse", "message": null}')),
    row("refused without a code", refusal(b'{"message": "no"}')),
    row("refused with an empty body", refusal(b"")),
    row("refused with a page", Raw(HTML, 403, content_type="text/html")),
    row("refused with a namespace", refusal(b'{"__type": "a.b#ResourceInUse", "message": "x"}')),
    row("refused in no language", refusal(b"\xff\xfe\x00")),
    row("refused with a list", refusal(b"[]")),
    row("an unknown refusal", Fault("AddedNextYear", "later")),
    row("redirected", Raw(b"", 307, headers={"Location": "http://127.0.0.1:1/"})),
    # server errors and throttling
    row("500", Fault("InternalFailure", "", 500)),
    row("500, then fine", Fault("InternalFailure", "", 500), OK),
    row("501", Fault("NotImplemented", "", 501)),
    row("502 with a page", Raw(HTML, 502, content_type="text/html")),
    row("502 with a page, then fine", Raw(HTML, 502, content_type="text/html"), OK),
    row("503", Fault("ServiceUnavailable", "", 503)),
    row("504, then fine", Raw(HTML, 504, content_type="text/html"), OK),
    row("throttled", throttled()),
    row("throttled, then fine", throttled(), OK),
    row("429, then fine", throttled(429), OK),
    row("throttled for a day", retry_after("86400")),
    row("throttled until an odd date", retry_after("Fri, 27 Nov 2026 18:00:00 +9999")),
    row("throttled until no date", retry_after("soon")),
    row("throttled for ever", retry_after("9" * 400)),
    row("throttled, then cut", throttled(), Cut()),
    row("cut, then throttled", Cut(), throttled()),
)
