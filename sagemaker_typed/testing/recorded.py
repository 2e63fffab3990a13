"""Records the calls of a program once, and replays them."""

from __future__ import annotations

import io
import threading
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeAlias, get_args

from botocore.eventstream import EventStream
from botocore.exceptions import EventStreamError
from botocore.response import StreamingBody
from typing_extensions import Self

from sagemaker_typed.client import SageMakerClient
from sagemaker_typed.core.client.base import ServiceClient
from sagemaker_typed.core.schema.paths import Step, member_names, write
from sagemaker_typed.core.suggest import did_you_mean
from sagemaker_typed.testing import cassette
from sagemaker_typed.testing._operations import PACKAGES
from sagemaker_typed.testing.cassette import Entry
from sagemaker_typed.testing.clients import (
    SERVICES,
    Clients,
    ClientT,
    StubbedClients,
    current,
    note_call,
)
from sagemaker_typed.testing.operations import request_named, response_class
from sagemaker_typed.testing.redaction import BASE64, ERROR, TEXT, Redaction, boto, failure, plain
from sagemaker_typed.testing.session import REGION

if TYPE_CHECKING:
    from sagemaker_typed.core.shapes.shape import Request, Response
    from sagemaker_typed.testing.replies import Failure

Mode: TypeAlias = Literal["once", "record", "replay"]


class RequestChanged(AssertionError):
    """The program sent a request that differs from the recorded one, or that was not recorded."""


class UnusedRecording(AssertionError):
    """The program did not send all recorded requests."""


class RecordedCall(NamedTuple):
    """A recorded call, typed."""

    request: Request[Any]
    response: Response | None
    error: Failure | None


class Recorded:
    """Records the calls of a program in a file, and replays them when the file exists.

    ``path`` ends in ``.yaml`` (needs the extra ``cli``) or ``.json``. ``mode`` is ``"once"``,
    ``"record"`` to call the service each time, or ``"replay"`` to call it never. ``options`` are
    arguments of the clients that record, such as ``region_name`` or ``endpoint_url``.

    The file has requests and responses by documented names. Account ids, secrets and signatures
    are replaced; bodies are kept. ``redact`` replaces more, by regular expression. A replayed
    program gets the responses in the recorded order for each request, and waits take no time.
    ``ignore`` names members, such as ``"EndpointName"``, whose value may differ from the
    recorded one.

    The file is written when the context ends without an error. Calls without a response are not
    recorded. Leaving the context of a replay raises ``UnusedRecording`` if calls are left, unless
    ``allow_unused`` is true.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        mode: Mode = "once",
        ignore: Collection[str] = (),
        redact: Mapping[str, str] | None = None,
        allow_unused: bool = False,
        **options: Any,
    ) -> None:
        self.path: Final[Path] = Path(path)
        """The file of the recording."""
        if mode not in get_args(Mode):
            raise ValueError(f"no mode {mode!r}{did_you_mean(mode, get_args(Mode))}")
        if isinstance(ignore, str):
            raise TypeError(f"ignore is a string, expected a list of members: [{ignore!r}]")
        cassette.check_path(self.path)
        self.replays: Final[bool] = mode == "replay" or (mode == "once" and self.path.exists())
        """True if no service is called."""
        self._redaction: Final = Redaction(redact or {})
        self._log: Final[_Replay | _Recorder] = (
            _Replay(self.path, self._redaction, ignore, allow_unused=allow_unused)
            if self.replays
            else _Recorder(self.path, self._redaction, options)
        )

    @property
    def client(self) -> SageMakerClient:
        """The client of SageMaker."""
        return self.client_of(SageMakerClient)

    def client_of(self, kind: type[ClientT]) -> ClientT:
        """Return the client of a service, such as ``SageMakerRuntimeClient``."""
        return self._log.client_of(kind)

    @property
    def calls(self) -> list[RecordedCall]:
        """The recorded calls, typed, in the order of the file."""
        return [_typed(entry) for entry in self._log.entries()]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._log.close()
        if error is None:
            self._log.finish()


def _typed(entry: Entry) -> RecordedCall:
    shape = request_named(PACKAGES[entry.service], entry.operation)
    request = shape.from_service(boto(entry.request))
    if entry.error is not None:
        return RecordedCall(request, None, failure(entry.error))
    response = response_class(shape)
    typed = response.from_service(boto(entry.response)) if response else None
    return RecordedCall(request, typed, None)


# --- recording -----------------------------------------------------------------------------------


class _Recorder:
    """Clients that call the service, and the calls that they made."""

    def __init__(self, path: Path, redaction: Redaction, options: Mapping[str, Any]) -> None:
        self._path = path
        self._redaction = redaction
        self._options = options
        self._calls: list[tuple[Request[Any], dict[str, Any]]] = []
        self._recording = Clients(self._observed)
        self._lock = threading.Lock()

    def client_of(self, kind: type[ClientT]) -> ClientT:
        return self._recording.client_of(kind)

    def _observed(self, kind: type[Any]) -> ServiceClient:
        if not issubclass(kind, ServiceClient):
            raise TypeError(
                f"Recorded records the calls of synchronous clients, and {kind.__name__} is"
                f" asynchronous; it replays a recording to both"
            )
        client: ServiceClient = kind(**self._options)
        events: Any = client.boto3.meta.events
        events.register_first("provide-client-params", note_call)
        events.register_last("after-call", self._record)
        return client

    def _record(self, parsed: dict[str, Any], **_: object) -> None:
        """Handle ``after-call``: keep the request and the response."""
        call = current.get()
        if call is None or call.service not in PACKAGES:
            return
        kept = dict(parsed)
        for name, value in kept.items():
            if isinstance(value, StreamingBody):
                content = value.read()
                kept[name], parsed[name] = content, StreamingBody(io.BytesIO(content), len(content))
            elif isinstance(value, EventStream):
                events = _Events(value)
                kept[name], parsed[name] = events.recorded, events
        with self._lock:
            self._calls.append((call.request(), kept))

    def entries(self) -> list[Entry]:
        with self._lock:
            calls = [(sent, plain(sent.to_boto()), plain(parsed)) for sent, parsed in self._calls]
        for _, request, response in calls:
            self._redaction.note_accounts(request)
            self._redaction.note_accounts(response)
        return [self._entry(*call) for call in calls]

    def _entry(self, sent: Request[Any], request: dict[str, Any], parsed: dict[str, Any]) -> Entry:
        redact = self._redaction.redact
        metadata = parsed.pop("ResponseMetadata", {})
        error = parsed.pop("Error", None)
        response = None
        if error is not None:
            modelled = {name: value for name, value in parsed.items() if name.lower() != "message"}
            texts = {name: error.get(name, "") for name in ("Code", "Message")}
            status = {"HTTPStatusCode": metadata.get("HTTPStatusCode", 400)}
            error = redact(None, {**texts, **status, **modelled})
        else:
            response = redact(response_class(type(sent)), parsed)
        service, name = SERVICES[sent.__package_name__], sent.__operation__.name
        return Entry(service, name, redact(type(sent), request), response, error)

    def close(self) -> None:
        self._recording.close()

    def finish(self) -> None:
        cassette.write(self._path, self.entries())


class _Events:
    """The events of a stream that is read to its end, and the error that ended it."""

    def __init__(self, stream: EventStream[Any]) -> None:
        self.recorded: list[Any] = []
        self._error: EventStreamError | None = None
        try:
            for event in stream:
                self.recorded.append(event)
        except EventStreamError as error:
            self._error = error
            self.recorded.append({ERROR: error.response.get("Error", {})})
        self._events = self.recorded[: -1 if self._error else None]

    def __iter__(self) -> Iterator[Any]:
        yield from self._events
        if self._error is not None:
            raise self._error

    def close(self) -> None:
        """Do nothing: the stream is closed."""


# --- replaying -----------------------------------------------------------------------------------


class _Replay:
    """Clients that get the recorded responses."""

    def __init__(
        self,
        path: Path,
        redaction: Redaction,
        ignore: Collection[str],
        *,
        allow_unused: bool,
    ) -> None:
        if not path.exists():
            raise FileNotFoundError(f"{path} does not exist; record it with mode='once'")
        self._path = path
        self._redaction = redaction
        self._ignored = {member_names(name) for name in ignore}
        self._allow_unused = allow_unused
        self._entries = cassette.read(path)
        self._left = list(enumerate(self._entries))
        self._mistakes: list[str] = []
        self._lock = threading.Lock()
        self._stubbed = StubbedClients(self._replayed, region_name=REGION)

    def client_of(self, kind: type[ClientT]) -> ClientT:
        return self._stubbed.client_of(kind)

    def entries(self) -> list[Entry]:
        return self._entries

    def close(self) -> None:
        self._stubbed.close()

    def finish(self) -> None:
        if self._mistakes:
            raise RequestChanged("\n".join(self._mistakes))
        if self._left and not self._allow_unused:
            calls = ", ".join(f"calls[{index}] {entry.operation}" for index, entry in self._left)
            raise UnusedRecording(
                f"{self._path}: the program did not send {calls}; record it again, or set"
                f" allow_unused=True"
            )

    def _replayed(self, sent: Request[Any]) -> Any:
        name = sent.__operation__.name
        with self._lock:
            values = plain(sent.to_boto())
            self._redaction.note_accounts(values)
            request = self._redaction.redact(type(sent), values)
            nearest: tuple[int, list[str]] | None = None
            for number, (index, entry) in enumerate(self._left):
                if (entry.service, entry.operation) != (SERVICES[sent.__package_name__], name):
                    continue
                changes = list(self._changes(type(sent), entry.request, request))
                if not changes:
                    del self._left[number]
                    return failure(entry.error) if entry.error else boto(entry.response)
                if nearest is None or len(changes) < len(nearest[1]):
                    nearest = index, changes
            self._mistakes.append(self._unknown(name, nearest))
            raise RequestChanged(self._mistakes[-1])

    def _changes(self, shape: type[Request[Any]], recorded: object, now: object) -> Iterator[str]:
        """Yield the members that changed, with both values."""
        tokens = {m.documented for m in shape.__members__.values() if m.idempotency_token}
        for steps, before, after in _differences(recorded, now, ()):
            names = tuple(str(step.part) for step in steps if step.is_member)
            is_ignored = any(names[: len(ignored)] == ignored for ignored in self._ignored)
            if not is_ignored and not tokens.intersection(names[:1]):
                yield f"  {write(steps)}: recorded {before}, now {after}"

    def _unknown(self, operation: str, nearest: tuple[int, list[str]] | None) -> str:
        if nearest is None:
            left = ", ".join(entry.operation for _, entry in self._left) or "no call"
            return (
                f"{self._path}: no recorded {operation} is left; left: {left}. To record again,"
                f" delete the file or use mode='record'"
            )
        index, changes = nearest
        return "\n".join(
            [
                f"{self._path}: calls[{index}]: the request of {operation} changed:",
                *changes,
                "  To accept it, record again with mode='record', or ignore the members.",
            ]
        )


def _differences(
    recorded: object, now: object, steps: tuple[Step, ...]
) -> Iterator[tuple[tuple[Step, ...], str, str]]:
    if isinstance(recorded, dict) and isinstance(now, dict) and not _is_bytes(recorded):
        for key in [*recorded, *(key for key in now if key not in recorded)]:
            step = Step(key, True)
            yield from _differences(recorded.get(key), now.get(key), (*steps, step))
    elif isinstance(recorded, list) and isinstance(now, list) and len(recorded) == len(now):
        for index, (before, after) in enumerate(zip(recorded, now, strict=True)):
            yield from _differences(before, after, (*steps, Step(index, False)))
    elif recorded != now:
        yield steps, _shown(recorded), _shown(now)


def _is_bytes(value: dict[str, Any]) -> bool:
    return value.keys() in ({TEXT}, {BASE64})


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict) and _is_bytes(value):
        return f"{len(boto(value))} bytes"
    return f"{len(value)} items" if isinstance(value, list) else repr(value)
