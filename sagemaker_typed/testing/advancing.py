"""Statuses that advance as a program asks, around moto's server, which shows the last at once."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from werkzeug.wrappers import Response as HttpResponse

from sagemaker_typed.core.operations.related_requests import CREATE, request_for
from sagemaker_typed.core.operations.statuses import Statuses, operations, statuses
from sagemaker_typed.core.schema import facts
from sagemaker_typed.core.schema.lookup import find_enum, find_shape
from sagemaker_typed.core.schema.walk import find_member
from sagemaker_typed.core.suggest import listed_or_near
from sagemaker_typed.testing.operations import request_named, response_class

if TYPE_CHECKING:
    from sagemaker_typed.core.schema.protocols import AnyShape
    from sagemaker_typed.core.shapes.shape import Request

_Key: TypeAlias = "tuple[str, tuple[tuple[str, Any], ...]]"
"""The operation that describes a resource, and the members that identify it."""

App: TypeAlias = "Callable[[dict[str, Any], Any], Iterable[bytes]]"

_PACKAGE: Final = "sagemaker_typed"
_SERVICE: Final = "sagemaker"
_HEADER: Final = "HTTP_X_AMZ_TARGET"
_TARGET: Final = "SageMaker."

_UNDER_WAY: Final = {
    "Create": ("creating", "pending", "starting", "inprogress", "createinprogress", "executing"),
    "Update": ("updating", "updateinprogress", "inprogress"),
    "Start": ("starting", "pending", "inprogress", "executing"),
    "Stop": ("stopping",),
    "Delete": ("deleting", "deleteinprogress"),
}
"""The statuses after an operation, by its verb, in lower case; the first that is listed counts."""

_FIRST_STEPS: Final = ("Starting", "Pending")


@dataclass
class _Advance:
    """The statuses that the next descriptions of a resource show."""

    shown: list[str]
    stays: bool = False
    """True if the last status stays."""
    reason: str = ""
    description: bytes | None = None
    """The last description of a resource that is deleted."""

    def next_status(self) -> str | None:
        if self.stays and len(self.shown) == 1:
            return self.shown[0]
        return self.shown.pop(0) if self.shown else None


class AdvancingStatuses:
    """A WSGI application in front of moto's.

    After a request that changes a resource, the next ``polls`` descriptions show that the change is
    under way. ``script`` sets other statuses.
    """

    def __init__(self, app: App, polls: int) -> None:
        self._app: Final = app
        self._polls: Final = polls
        self._resources: Final[dict[_Key, _Advance]] = {}
        self._scripts: Final[dict[str, tuple[tuple[str, ...], str]]] = {}
        self._lock: Final = threading.Lock()

    def script(self, describe: str, shown: tuple[str, ...], reason: str) -> None:
        """Set the statuses that the descriptions of every new resource show; the last one stays."""
        rows = statuses(_SERVICE, describe)
        listed = _values(_kind(describe, rows.status)) if rows else []
        if not listed:
            raise ValueError(f"{describe} shows no status that can be set")
        for status in shown:
            if status not in listed:
                raise ValueError(
                    f"{describe} shows no status {status!r}{listed_or_near(status, listed)}"
                )
        with self._lock:
            self._scripts[describe] = shown, reason

    def clear(self) -> None:
        """Forget all resources and scripts."""
        with self._lock:
            self._resources.clear()
            self._scripts.clear()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Respond to an HTTP request."""
        target: str = environ.get(_HEADER, "")
        if not target.startswith(_TARGET):
            return self._app(environ, start_response)
        operation = target.removeprefix(_TARGET)
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        return self._serve(environ, operation, body)(environ, start_response)

    def _serve(self, environ: dict[str, Any], operation: str, body: bytes) -> HttpResponse:
        members = _members(body)
        if operation.startswith("Describe"):
            return self._description(environ, operation, body)
        verb = next((verb for verb in _UNDER_WAY if operation.startswith(verb)), None)
        noun = _noun(operation, verb or "")
        before = None
        if verb == "Delete" and (describe := _describe_request(noun, members)) is not None:
            before = self._ask(environ, f"Describe{noun}", describe.to_json().encode())
        response = self._ask(environ, operation, body)
        if verb is not None and response.status_code < 300:
            members |= _members(response.get_data())
            if (describe := _describe_request(noun, members)) is not None:
                self._note_change(verb, describe, before)
        elif operation.startswith("List") and response.status_code < 300:
            self._show_in_list(response)
        return response

    def _ask(self, environ: dict[str, Any], operation: str, body: bytes) -> HttpResponse:
        """Return the response of moto to an operation."""
        inner = {
            **environ,
            _HEADER: f"{_TARGET}{operation}",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
        }
        return HttpResponse.from_app(self._app, inner, buffered=True)

    def _note_change(self, verb: str, describe: Request[Any], before: HttpResponse | None) -> None:
        """Note that a change of a resource is under way."""
        operation = describe.__operation__.name
        rows = statuses(_SERVICE, operation)
        if rows is None:
            return
        by_name = {status.casefold().replace("_", ""): status for status in rows.under_way}
        status = next((by_name[name] for name in _UNDER_WAY[verb] if name in by_name), None)
        with self._lock:
            scripted = self._scripts.get(operation)
            if verb == "Create" and scripted:
                advance = _Advance(list(scripted[0]), stays=True, reason=scripted[1])
                self._resources[_key(describe)] = advance
            elif status is not None and self._polls:
                description = before.get_data() if before and before.status_code < 300 else None
                if verb != "Delete" or description is not None:
                    shown = [status] * self._polls
                    self._resources[_key(describe)] = _Advance(shown, description=description)
            else:
                self._resources.pop(_key(describe), None)

    def _description(self, environ: dict[str, Any], operation: str, body: bytes) -> HttpResponse:
        response = self._ask(environ, operation, body)
        describe = _describe_request(operation.removeprefix("Describe"), _members(body))
        rows = statuses(_SERVICE, operation)
        with self._lock:
            key = _key(describe) if describe is not None else ("", ())
            advance = self._resources.get(key)
            if advance is None or rows is None:
                return response
            status = advance.next_status()
            if status is None:
                del self._resources[key]
                return response
        if advance.description is not None:
            response = HttpResponse(advance.description, 200, response.headers)
        if response.status_code < 300:
            description = json.loads(response.get_data())
            _show(operation, rows, description, status, advance.reason)
            response.set_data(json.dumps(description))
        return response

    def _show_in_list(self, response: HttpResponse) -> None:
        """Show the statuses of resources in a list too."""
        with self._lock:
            shown = [(*key, each.shown[0]) for key, each in self._resources.items() if each.shown]
        listed = _members(response.get_data())
        items = [item for value in listed.values() if isinstance(value, list) for item in value]
        for describe, identity, status in shown:
            rows = statuses(_SERVICE, describe)
            for item in items:
                if not (rows and isinstance(item, dict) and rows.status in item):
                    continue
                if all(item.get(name) == value for name, value in identity):
                    item[rows.status] = status
        if shown:
            response.set_data(json.dumps(listed))


def _noun(operation: str, verb: str) -> str:
    """Return the resource that an operation changes, such as ``Endpoint``."""
    noun = operation.removeprefix(verb)
    if verb in {"Create", "Delete"}:
        return noun
    # such as UpdateEndpointWeightsAndCapacities
    known = (each.removeprefix("Describe") for each in operations(_SERVICE))
    return max((each for each in known if noun.startswith(each)), key=len, default=noun)


def _members(body: bytes) -> dict[str, Any]:
    try:
        members = json.loads(body or b"{}")
    except ValueError:
        return {}
    return members if isinstance(members, dict) else {}


def _describe_request(noun: str, members: dict[str, Any]) -> Request[Any] | None:
    """Return the request that describes a resource, as a key."""
    try:
        return request_for(_PACKAGE, f"{CREATE}{noun}", "Describe", members)
    except ValueError:  # a name that moto takes and the service would not
        return None


def _key(describe: Request[Any]) -> _Key:
    identity = (
        (member.documented, getattr(describe, field))
        for field, member in describe.__members__.items()
        if member.required
    )
    return describe.__operation__.name, tuple(identity)


def _show(operation: str, rows: Statuses, description: Any, status: str, reason: str) -> None:
    """Set the status of a description, and its step and failure reason if it has them."""
    _set(description, rows.status, status)
    if rows.step:
        listed = _values(_kind(operation, rows.step))
        steps = _FIRST_STEPS if status in rows.under_way else (status,)
        step = next((step for step in steps if step in listed), None)
        if step is not None:
            _set(description, rows.step, step)
    if rows.reason and reason and status in rows.failure:
        _set(description, rows.reason, reason)


def _set(description: Any, path: str, value: str) -> None:
    *outer, last = path.split(".")
    for name in outer:
        description = description.get(name, {})
    if isinstance(description, dict):
        description[last] = value


def _kind(operation: str, path: str) -> facts.Kind | None:
    """Return the kind of the member at a path in the response of an operation."""
    shape: type[AnyShape] | None = response_class(request_named(_PACKAGE, operation))
    kind: facts.Kind | None = None
    for name in path.split("."):
        known = find_member(shape, name) if shape else None
        kind = known[1].kind if known else None
        shape = find_shape(_PACKAGE, kind.name) if isinstance(kind, facts.Structure) else None
    return kind


def _values(kind: facts.Kind | None) -> list[str]:
    """Return the listed values of an enum; empty for another kind."""
    if not isinstance(kind, facts.Enum):
        return []
    return [str(member.value) for member in find_enum(_PACKAGE, kind.name)]
