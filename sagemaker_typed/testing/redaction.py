"""Replaces secrets and account ids in recorded requests and responses.

Values are those of ``plain``: JSON values by documented names.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from sagemaker_typed.core.schema import facts
from sagemaker_typed.core.schema.lookup import find_shape
from sagemaker_typed.core.schema.walk import find_member
from sagemaker_typed.testing.replies import Failure

if TYPE_CHECKING:
    from sagemaker_typed.core.schema.protocols import AnyShape

ACCOUNT: Final = "123456789012"
"""The account in every recording; AWS's documentation uses it for examples."""

SECRET: Final = "(removed)"  # noqa: S105  # what stands for a secret
STREAM: Final = "(a stream)"
"""Stands for a body that the program sends from a file."""

TEXT: Final = "$text"
BASE64: Final = "$base64"
ERROR: Final = "$error"
"""The key of an error event in a stream."""

_SECRET_NAME = re.compile(
    r"passw|secret|token|credential|private.?key|api.?key|access.?key", re.IGNORECASE
)
_SECRETS_IN_TEXT: Final = (
    (re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"), SECRET),
    (
        re.compile(
            r"([?&](?:X-Amz-(?:Signature|Credential|Security-Token)|token|signature)=)[^&\s\"']+",
            re.IGNORECASE,
        ),
        rf"\1{SECRET}",
    ),
)
_ACCOUNTS: Final = (
    re.compile(r"\barn:[\w-]*:[\w-]*:[\w-]*:(\d{12}):"),
    re.compile(r"\b(\d{12})\.dkr\.ecr\."),
    re.compile(r"\bsagemaker-[a-z]{2}(?:-[a-z]+)+-\d-(\d{12})\b"),  # the default bucket
)


def plain(value: Any) -> Any:
    """Return a value of boto3 as JSON: bytes as text if possible, else as base64."""
    match value:
        case bytes() | bytearray():
            try:
                return {TEXT: value.decode()}
            except UnicodeDecodeError:
                return {BASE64: base64.b64encode(value).decode()}
        case datetime():
            return value.isoformat()
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
        case str():
            return str(value)
        case None | bool() | int() | float():
            return value
        case _:
            return STREAM


def boto(value: Any) -> Any:
    """Return the value that ``plain`` was made from; timestamps stay texts."""
    match value:
        case {"$text": str(text)} if len(value) == 1:
            return text.encode()
        case {"$base64": str(text)} if len(value) == 1:
            return base64.b64decode(text)
        case {"$error": dict(error)} if len(value) == 1:
            return failure(error)
        case dict():
            return {key: boto(item) for key, item in value.items()}
        case list():
            return [boto(item) for item in value]
        case _:
            return value


def failure(error: Mapping[str, Any]) -> Failure:
    """Return a recorded error."""
    known = ("Code", "Message", "HTTPStatusCode")
    code, message, status = (error.get(key) for key in known)
    members = {name: boto(value) for name, value in error.items() if name not in known}
    return Failure(str(code), message or "", http_status=status, members=members)


class Redaction:
    """The rules of a recording: the package's own, and replacements of the test by pattern."""

    def __init__(self, replacements: Mapping[str, str]) -> None:
        self._rules: Final = (
            *_SECRETS_IN_TEXT,
            *((re.compile(pattern), text) for pattern, text in replacements.items()),
        )
        self._accounts: Final = set[str]()

    def note_accounts(self, value: Any) -> None:
        """Remember the accounts that a value names, to replace them wherever they stand."""
        if isinstance(value, str):
            for pattern in _ACCOUNTS:
                self._accounts.update(pattern.findall(value))
        elif isinstance(value, (dict, list)):
            for item in value.values() if isinstance(value, dict) else value:
                self.note_accounts(item)

    def redact(self, shape: type[AnyShape] | None, value: Any) -> Any:
        """Return a structure without secrets and accounts; ``None`` stands for an unknown shape."""
        if not isinstance(value, dict):
            return self._text(value)
        redacted = {}
        for name, item in value.items():
            member = find_member(shape, name) if shape else None
            redacted[name] = self._value(shape, member and member[1].kind, item)
        # a tag, or another pair of a name and a value
        if _SECRET_NAME.search(str(value.get("Key", ""))) and "Value" in redacted:
            redacted["Value"] = SECRET
        return redacted

    def _value(self, owner: type[AnyShape] | None, kind: facts.Kind | None, value: Any) -> Any:
        package = owner.__package_name__ if owner else ""
        match kind, value:
            case (facts.Structure(name=name), _):
                return self.redact(find_shape(package, name), value)
            case (facts.EventStream(name=name), list()):
                return [self.redact(find_shape(package, name), event) for event in value]
            case (facts.List(item=item), list()):
                return [self._value(owner, item, each) for each in value]
            case (facts.Map(value=inner), dict()):
                return {
                    key: SECRET if _SECRET_NAME.search(key) else self._value(owner, inner, each)
                    for key, each in value.items()
                }
            case (facts.Blob(), _):
                return self._text(value)
            case _ if getattr(kind, "sensitive", False):
                return SECRET
            case _:
                return self._text(value)

    def _text(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self._text(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self._text(item) for item in value]
        if not isinstance(value, str):
            return value
        for account in self._accounts:
            value = re.sub(rf"(?<!\d){account}(?!\d)", ACCOUNT, value)
        for pattern, text in self._rules:
            value = pattern.sub(text, value)
        return value
