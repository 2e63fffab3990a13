"""The modules and names of the runtime that generated code may import: the only list of them.

If a module of the runtime moves, the change here is the only one that the generator needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

_CORE: Final = "sagemaker_typed.core"


class Symbol(NamedTuple):
    """A name of the runtime and its module."""

    module: str
    name: str


def _symbols(module: str, *names: str) -> Mapping[str, Symbol]:
    return {name: Symbol(f"{_CORE}.{module}", name) for name in names}


API_MODEL: Final = Symbol(f"{_CORE}.api_model", "ApiModel")
ORIGIN: Final = Symbol("sagemaker_typed._api_model", "API_MODEL")
"""States the release of botocore that all packages of this repository come from."""

LAZY_GETATTR: Final = Symbol(f"{_CORE}.lazy", "lazy_getattr")
TYPED_DICTS_GETATTR: Final = Symbol(f"{_CORE}.shapes.typed_dicts", "lazy_getattr")
OPEN_ENUM: Final = Symbol(f"{_CORE}.schema.enums", "OpenEnum")

SERVICE_CLIENT: Final = Symbol(f"{_CORE}.client.base", "ServiceClient")
OPERATION: Final = Symbol(f"{_CORE}.client.methods", "operation")
LISTING: Final = Symbol(f"{_CORE}.client.methods", "listing")
WAITER: Final = Symbol(f"{_CORE}.client.methods", "waiter")
DEPLOYING_CLIENT: Final = Symbol("sagemaker_typed._deploy.client", "DeployingClient")

ASYNC_SERVICE_CLIENT: Final = Symbol(f"{_CORE}.client.async_base", "AsyncServiceClient")
AWAITED: Final = Symbol(f"{_CORE}.client.async_base", "awaited")
LISTED: Final = Symbol(f"{_CORE}.client.async_base", "listed")
STREAMED: Final = Symbol(f"{_CORE}.client.async_base", "streamed")
RESPONSE_TYPE: Final = Symbol(f"{_CORE}.client.async_base", "ResponseT")
ASYNC_DEPLOYING_CLIENT: Final = Symbol(
    "sagemaker_typed._deploy.async_client", "AsyncDeployingClient"
)

ITEMS: Final = Symbol(f"{_CORE}.operations.paging", "Items")
ON_STATUS: Final = Symbol(f"{_CORE}.operations.waiting", "OnStatus")
WAIT_POLICY: Final = Symbol(f"{_CORE}.operations.waiting", "WaitPolicy")

BYTES_INPUT: Final = Symbol(f"{_CORE}.schema.inputs", "BytesInput")
PAYLOAD: Final = Symbol(f"{_CORE}.schema.inputs", "Payload")
TIMESTAMP_INPUT: Final = Symbol(f"{_CORE}.schema.inputs", "TimestampInput")
JSON_VALUE: Final = Symbol(f"{_CORE}.shapes.shape", "JsonValue")
BODY: Final = Symbol(f"{_CORE}.streams", "Body")
EVENT_STREAM: Final = Symbol(f"{_CORE}.streams", "EventStream")
ASYNC_BODY: Final = Symbol(f"{_CORE}.streams", "AsyncBody")
ASYNC_EVENT_STREAM: Final = Symbol(f"{_CORE}.streams", "AsyncEventStream")

FACTS: Final = _symbols(
    "schema.facts",
    *("Blob", "Boolean", "Document", "Enum", "EventStream", "Float", "Integer", "List", "Map"),
    *("String", "Structure", "Timestamp"),
    *("Pagination", "Prerequisite", "optional", "required"),
)
SHAPES: Final = _symbols("shapes.shape", "PaginatedRequest", "Request", "Response", "Shape")
ERRORS: Final = _symbols(
    "errors",
    *("AccessDeniedException", "ServiceError", "ThrottlingException", "UnreadableResponse"),
    "ValidationException",
)

ALL: Final = frozenset(
    (
        *(API_MODEL, ORIGIN, LAZY_GETATTR, TYPED_DICTS_GETATTR, OPEN_ENUM),
        *(SERVICE_CLIENT, OPERATION, LISTING, WAITER, DEPLOYING_CLIENT),
        *(ASYNC_SERVICE_CLIENT, AWAITED, LISTED, STREAMED, RESPONSE_TYPE, ASYNC_DEPLOYING_CLIENT),
        *(ASYNC_BODY, ASYNC_EVENT_STREAM),
        *(BYTES_INPUT, PAYLOAD, TIMESTAMP_INPUT),
        *(ITEMS, ON_STATUS, WAIT_POLICY, JSON_VALUE, BODY, EVENT_STREAM),
        *FACTS.values(),
        *SHAPES.values(),
        *ERRORS.values(),
    )
)
"""Every name that generated code may import from the runtime."""
