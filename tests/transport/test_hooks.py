"""The short path of the adapter: the steps that botocore skips, and the private names it reads."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import botocore.parsers
import botocore.validate
import pytest

import sagemaker_typed
from sagemaker_typed import SageMakerClient
from sagemaker_typed.core.transport.adapter import Adapter
from sagemaker_typed.models import DescribeEndpointRequest
from tests.transport.spy import count
from tests.transport.wire import Http

REGION = "eu-west-1"
ENDPOINT = b'{"EndpointName": "churn", "CreationTime": 1795168923.456}'
RUNTIME = Path(sagemaker_typed.__file__).parent


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


@pytest.mark.pinned
def test_botocore_parses_no_response(
    client: SageMakerClient, http: Http, monkeypatch: pytest.MonkeyPatch
) -> None:
    parses = count(monkeypatch, botocore.parsers.BaseJSONParser, "_handle_timestamp")
    response = client.describe_endpoint(endpoint_name="churn")
    assert not parses
    assert len(http.sent) == 1
    assert response.endpoint_name == "churn"
    assert response.response_metadata.request_id == "r-1"


@pytest.mark.parametrize("missing", ["_make_api_call", "_emitter", "_lookup_cache", "_handlers"])
def test_without_a_private_name_calls_take_the_long_path(missing: str) -> None:
    raw: Any = boto3.client("sagemaker", region_name=REGION)
    http = Http(raw)
    http.body = ENDPOINT

    class Without:
        """An object of a botocore that does not have this name."""

        def __init__(self, of: Any) -> None:
            self.of = of

        def __getattr__(self, name: str) -> Any:
            if name == missing:
                raise AttributeError(name)
            value = getattr(self.of, name)
            return Without(value) if name in ("meta", "events", "_emitter") else value

    adapter = Adapter(Without(raw), checks_parameters=False)
    response = adapter.send(DescribeEndpointRequest(endpoint_name="churn"))
    if missing == "_emitter":  # an emitter that is no wrapper of another: the short path
        assert response.parsed.keys() == {"ResponseMetadata"} or response.body is None
    else:
        assert response.body is None
        assert response.parsed["EndpointName"] == "churn"


# --- private names of other libraries ---------------------------------------------------------

READ = {
    "core/transport/adapter.py": {"_emitter", "_lookup_cache", "_handlers", "_make_api_call"},
    "core/transport/sessions.py": {"_session"},
    "core/streams.py": {"_raw_stream", "_parser", "_output_shape"},
}
"""Each is in the table of ``docs/architecture.md``, with what happens without it."""

OWN = ("self", "cls", "mcs", "metacls", "super", "wrapped", "type")


def private_names(tree: ast.AST) -> Iterator[tuple[str, bool]]:
    """Yield private names read from or written to objects that are not our own."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and re.match("_[a-z]", node.attr):
            root: ast.AST = node.value
            while isinstance(root, (ast.Attribute, ast.Call)):
                root = root.value if isinstance(root, ast.Attribute) else root.func
            if not (isinstance(root, ast.Name) and root.id in OWN):
                yield node.attr, isinstance(node.ctx, ast.Store)
        elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
            if re.match("_[a-z]", str(node.slice.value)):
                yield str(node.slice.value), isinstance(node.ctx, ast.Store)
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in ("getattr", "setattr", "hasattr")
            and isinstance(name := node.args[1], ast.Constant)
            and re.match("_[a-z]", str(name.value))
        ):
            yield str(name.value), node.func.id == "setattr"


def test_the_private_names_that_are_read_are_few_and_listed() -> None:
    read: dict[str, set[str]] = {}
    for room in ("transport", "streams"):
        for path in [*RUNTIME.glob(f"core/{room}/*.py"), *RUNTIME.glob(f"core/{room}.py")]:
            names = list(private_names(ast.parse(path.read_text("utf-8"))))
            assert not [name for name, is_written in names if is_written], path
            if names:
                read[path.relative_to(RUNTIME).as_posix()] = {name for name, _ in names}
    assert read == READ
    assert len(set().union(*READ.values())) <= 8
    architecture = (RUNTIME.parent / "docs" / "architecture.md").read_text("utf-8")
    for name in set().union(*READ.values()):
        assert f"`{name}`" in architecture, name


@pytest.mark.parametrize(
    "pattern",
    [r"\.__class__ = ", r"\bFunctionType\(", r"\bgc\.", r"\bexec\(", r"\bimport gc\b"],
)
def test_the_runtime_reaches_into_nothing(pattern: str) -> None:
    offenders = [
        path for path in RUNTIME.rglob("*.py") if re.search(pattern, path.read_text("utf-8"))
    ]
    assert not offenders


@pytest.mark.parametrize(
    "pattern", [r"\b(R?Lock|Semaphore|Condition)\(", r"@(functools\.)?cached_property"]
)
def test_no_call_takes_a_lock(pattern: str) -> None:
    """A lock that another thread holds at a fork is never released in the child."""
    offenders = [
        path
        for room in ("core", "_deploy", "rules")
        for path in (RUNTIME / room).rglob("*.py")
        if re.search(pattern, path.read_text("utf-8"))
    ]
    assert not offenders
