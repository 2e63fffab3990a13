"""The names that say that a value is a boto3 client of a SageMaker service."""

from __future__ import annotations

import re
from functools import cache

from sagemaker_typed.cli.boto3_code.services import SAGEMAKER, Service, find_service

SESSIONS = frozenset(
    {
        "aioboto3.Session",
        "aioboto3.session.Session",
        "aiobotocore.get_session",
        "aiobotocore.session.AioSession",
        "aiobotocore.session.get_session",
        "boto3.DEFAULT_SESSION",
        "boto3.Session",
        "boto3.session.Session",
        "botocore.session.Session",
        "botocore.session.get_session",
    }
)
"""The names of boto3's, botocore's, aioboto3's and aiobotocore's sessions and their makers."""

CLIENT_MAKERS = frozenset({"aioboto3.client", "boto3.client"})
CLIENT_METHODS = frozenset({"client", "create_client"})
"""The methods of sessions that make a client."""

HOOK_CLASS = "SageMakerHook"
"""The hook of Airflow that makes a client."""

MOCKS = frozenset({"AsyncMock", "MagicMock", "Mock", "create_autospec"})
"""The classes and functions of ``unittest.mock`` whose values are no clients."""

NO_CLIENTS = ("mock", "pytest_mock", "sagemaker_typed", "unittest")
"""The packages whose values are no boto3 clients."""

_CLIENT_CLASS = re.compile(r"SageMaker(\w*?)(?:Client)?")
_STUBS = re.compile(r"(?:mypy_boto3|types_boto3|types_aiobotocore)_(\w+)")
_WORDS = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
_SERVICE_WORDS = frozenset({"sagemaker", "sm"})
_RUNTIME_WORDS = frozenset({"runtime", "smr", "smrt"})
_CLIENT_WORDS = frozenset({"api", "boto", "boto3", "client", "conn"})
_OTHER_WORDS = frozenset({"async", "aio", "aws", "my", "the"})


@cache
def client_named(name: str) -> Service | None:
    """Return the service of a client by the name of its variable, ``sagemaker_client`` or ``sm``.

    Returns ``None`` for a name that does not say so.
    """
    words = [word.lower() for word in _WORDS.findall(name.replace("SageMaker", "Sagemaker"))]
    words = ["sagemaker" if word == "smclient" else word for word in words]
    if words[:2] == ["sage", "maker"]:
        words[:2] = ["sagemaker"]
    known = _SERVICE_WORDS | _RUNTIME_WORDS | _CLIENT_WORDS | _OTHER_WORDS
    if not words or not known.issuperset(words) or not _SERVICE_WORDS.intersection(words):
        return None
    if _RUNTIME_WORDS.intersection(words):
        return find_service("sagemaker-runtime")
    return SAGEMAKER


def client_class(dotted: str) -> Service | None:
    """Return the service of a client by its class in an annotation.

    These are the classes of ``mypy_boto3_sagemaker`` and its like, and
    ``botocore.client.SageMaker``. A name without a module counts too.
    """
    root, _, rest = dotted.partition(".")
    name = dotted.rpartition(".")[2]
    if not _CLIENT_CLASS.fullmatch(name):
        return None
    if not rest:
        return None if not name.endswith("Client") else _by_class(name)
    stubs = _STUBS.fullmatch(root)
    if stubs and name.endswith("Client"):
        return find_service(stubs.group(1).replace("_", "-"))
    if dotted.startswith(("botocore.client.", "aiobotocore.client.")):
        return _by_class(name)
    return None


def _by_class(name: str) -> Service | None:
    middle = name.removeprefix("SageMaker").removesuffix("Client")
    suffix = "".join(f"-{word.lower()}" for word in re.findall(r"[A-Z][a-z0-9]*", middle))
    return find_service(f"{SAGEMAKER.name}{suffix}")
