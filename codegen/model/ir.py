"""The intermediate representation: the facts of a document about a service, as frozen data.

Every reader in ``codegen.sources`` produces a ``Service``; everything downstream (layout,
emission, drift, diff) consumes one and never looks at the document again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

ScalarKind: TypeAlias = Literal[
    "string", "integer", "long", "float", "double", "boolean", "timestamp", "blob", "document"
]
Location: TypeAlias = Literal["header", "headers", "uri", "querystring", "statusCode"]
AcceptorState: TypeAlias = Literal["success", "failure", "retry"]
Matcher: TypeAlias = Literal["path", "pathAll", "pathAny", "status", "error"]
Number: TypeAlias = int | float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
    """A string, number, boolean, timestamp, blob or free document, with its documented limits."""

    name: str
    kind: ScalarKind
    min: Number | None = None  # length for strings and blobs, value for numbers
    max: Number | None = None
    pattern: str | None = None  # as documented, unanchored and unrepaired
    sensitive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Enum:
    """A string with listed values, in documented order."""

    name: str
    values: tuple[str, ...]
    sensitive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class List:
    name: str
    member: str  # the name of another shape
    min: int | None = None
    max: int | None = None
    sensitive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    name: str
    key: str
    value: str
    min: int | None = None
    max: int | None = None
    sensitive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A named member of a structure; ``shape`` names another shape of the service."""

    name: str
    shape: str
    required: bool = False
    idempotency_token: bool = False  # boto3 fills it in, so a caller may leave it out
    deprecated: bool = False
    json_value: bool = False  # a string on the wire that holds JSON
    location: Location | None = None
    streaming: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    name: str
    members: tuple[Member, ...] = ()
    union: bool = False
    exception: bool = False
    error_code: str | None = None  # the wire code, if it differs from the name
    http_status: int | None = None
    sensitive: bool = False
    event_stream: bool = False
    payload: str | None = None  # the member that is the whole body


Shape: TypeAlias = Scalar | Enum | List | Map | Structure


@dataclass(frozen=True, slots=True, kw_only=True)
class Paginator:
    """Tokens and result keys are JMESPath expressions over documented names."""

    input_tokens: tuple[str, ...]
    output_tokens: tuple[str, ...]
    result_keys: tuple[str, ...]
    more_results: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    name: str
    input: str | None = None  # the name of a structure
    output: str | None = None
    errors: tuple[str, ...] = ()
    deprecated: bool = False
    paginator: Paginator | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptor:
    state: AcceptorState
    matcher: Matcher
    expected: str | int | bool
    argument: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiter:
    name: str
    operation: str
    delay: int  # seconds
    max_attempts: int
    acceptors: tuple[Acceptor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The origin of the facts, so that a reader of generated code can find them again."""

    kind: Literal["botocore", "service-model", "api-changes", "r-reference"]
    version: str  # botocore's version, or the document's date; empty if neither is known
    sha256: str  # of the bytes that were read


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    name: str  # its name in boto3.client(): "sagemaker", "sagemaker-runtime"
    service_id: str  # "SageMaker Runtime"
    full_name: str
    api_version: str
    protocol: str
    source: Source
    uid: str = ""  # "sagemaker-2017-07-24", as AWS's documentation names it; empty if unknown
    operations: Mapping[str, Operation] = field(
        default_factory=dict
    )  # all mappings: sorted by name
    shapes: Mapping[str, Shape] = field(default_factory=dict)
    waiters: Mapping[str, Waiter] = field(default_factory=dict)
