"""Reads the CloudWatch log lines of a resource, in order and as typed values."""

from __future__ import annotations

import heapq
import json
import math
import sys
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from botocore.exceptions import BotoCoreError, ClientError
from typing_extensions import Self

from sagemaker_typed.core import logs
from sagemaker_typed.core.errors import AccessDeniedException, ServiceError, ThrottlingException
from sagemaker_typed.core.operations.waiting import WaitFailed, WaitPolicy

if TYPE_CHECKING:
    from sagemaker_typed.core.operations.log_places import LogPlace

_PAGE = 10_000  # the most events that CloudWatch Logs returns at once
_MISSING = "ResourceNotFoundException"
_KEPT = 20  # lines for the error of a wait
_PAUSE = 5.0  # seconds between two looks at the log during a wait
_QUIET = 10.0  # seconds without a line, after the end: the last lines arrive late


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of a CloudWatch log stream."""

    timestamp: datetime
    """The time of the event, in UTC."""

    stream: str
    """The log stream, such as ``churn/algo-1-1763712000``."""

    message: str

    group: str
    """The log group, such as ``/aws/sagemaker/TrainingJobs``."""

    @property
    def instance(self) -> str:
        """The last part of the stream's name, which names the instance."""
        return self.stream.rpartition("/")[2]

    def __str__(self) -> str:
        return f"{self.instance}  {self.message}"


class LogsClient(Protocol):
    """The two methods of boto3's ``logs`` client that reading needs."""

    def describe_log_streams(self, **parameters: Any) -> Mapping[str, Any]:
        """Return a page of the streams of a log group."""
        ...

    def get_log_events(self, **parameters: Any) -> Mapping[str, Any]:
        """Return a page of the events of a log stream."""
        ...


_Stream: TypeAlias = "tuple[str, str]"  # group and stream
_Position: TypeAlias = "tuple[int, int]"  # the last timestamp, and the lines read that have it


class LogLines(Iterator[LogLine]):
    """An iterator over the log lines of a resource, ordered by time.

    At most one page of each stream is in memory. After the end or an error, ``next()`` continues
    with lines that came later. A new iterator continues with the ``token`` of this one.

    With ``tail``, the first lines are the last ones that exist: at most so many.
    With ``has_ended``, ``next()`` waits for more lines, until ``has_ended`` returns true and no
    line is left.
    """

    def __init__(
        self,
        places: Iterable[LogPlace],
        client: LogsClient,
        *,
        start_token: str | None = None,
        start_time: datetime | None = None,
        tail: int | None = None,
        limit: int | None = None,
        has_ended: Callable[[], bool] | None = None,
        policy: WaitPolicy,
    ) -> None:
        self._places = places
        self._client = client
        self._left = math.inf if limit is None else _positive("limit", limit)
        self._from = 0 if start_time is None else int(start_time.timestamp() * 1000)
        self._positions = _positions(start_token)
        self._has_ended = has_ended
        self._policy = policy
        self._current: Iterator[LogLine] | None = None
        self._tail = None if tail is None else _positive("tail", tail)

    @property
    def token(self) -> str:
        """The position after the last line, for ``start_token``; it contains no log text."""
        rows = [[*stream, *position] for stream, position in self._positions.items()]
        return json.dumps(rows, separators=(",", ":"))

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> LogLine:
        if self._left <= 0:
            raise StopIteration
        current = self._current or self._begun()
        self._current = None  # after the end or an error, the next call begins again
        line = next(current)
        self._current = current
        self._left -= 1
        return line

    def _begun(self) -> Iterator[LogLine]:
        if self._tail is not None:
            count, self._tail = self._tail, None
            yield from self.last(count)
            if self._has_ended is None:
                return
        yield from self.present() if self._has_ended is None else self._followed()

    def present(self) -> Iterator[LogLine]:
        """Yield the lines that exist now and come after the position; never waits."""
        streams = list(dict.fromkeys(self._streams()))
        page = max(100, _PAGE // (len(streams) or 1))
        unread = [self._unread(stream, page) for stream in streams]
        for line in heapq.merge(*unread, key=lambda each: each.timestamp):
            stream = line.group, line.stream
            last, count = self._positions.get(stream, (0, 0))
            time = _milliseconds(line.timestamp)
            self._positions[stream] = (time, count + 1 if time == last else 1)
            yield line

    def _followed(self) -> Iterator[LogLine]:
        policy = self._policy
        started = policy.clock()
        pause = policy.first_poll
        ended = False
        news = started
        while True:
            count = 0
            try:
                for line in self.present():
                    count += 1
                    yield line
            except ThrottlingException:
                count = -1  # the next poll reads them
            now = policy.clock()
            if ended and not count and now - news >= _QUIET:
                return
            if not ended and self._has_ended is not None and self._has_ended():
                ended = True
                news = now
            news = now if count else news
            if now - started >= policy.timeout:
                raise TimeoutError(f"the log has not ended after {policy.timeout:.0f} s")
            policy.sleep(pause)
            pause = policy.first_poll if count else min(policy.poll, pause * policy.backoff)

    def _streams(self) -> Iterator[_Stream]:
        for place in self._places:
            parameters: dict[str, Any] = {"logGroupName": place.group}
            if place.prefix:
                parameters["logStreamNamePrefix"] = place.prefix
            while True:
                page = self._call("DescribeLogStreams", parameters)
                if page is None:
                    break
                for stream in page.get("logStreams", ()):
                    if place.has(stream["logStreamName"]):
                        yield place.group, stream["logStreamName"]
                if not page.get("nextToken"):
                    break
                parameters["nextToken"] = page["nextToken"]

    def _unread(self, stream: _Stream, page: int) -> Iterator[LogLine]:
        """Yield the lines of a stream after the position, a page at a time."""
        group, name = stream
        since, known = self._positions.get(stream, (self._from, 0))
        parameters: dict[str, Any] = {
            "logGroupName": group,
            "logStreamName": name,
            "startTime": since,
            "startFromHead": True,
            "limit": page,
        }
        while True:
            response = self._call("GetLogEvents", parameters)
            if response is None:
                return
            for event in response.get("events", ()):
                if known and event["timestamp"] == since:
                    known -= 1
                    continue
                yield _line(group, name, event)
            token = response.get("nextForwardToken")
            if token in (None, parameters.get("nextToken")):
                return
            parameters["nextToken"] = token

    def finish(self) -> None:
        """Let ``next()`` wait for late lines only."""
        self._has_ended = lambda: True

    def last(self, count: int) -> list[LogLine]:
        """Return the last ``count`` lines of all streams, and move the position behind them."""
        latest: list[LogLine] = []
        for group, name in dict.fromkeys(self._streams()):
            parameters = {"logGroupName": group, "logStreamName": name, "limit": max(count, 100)}
            if self._from:
                parameters["startTime"] = self._from
            response = self._call("GetLogEvents", parameters) or {}
            lines = [_line(group, name, event) for event in response.get("events", ())]
            if lines:
                times = [_milliseconds(line.timestamp) for line in lines]
                self._positions[group, name] = (times[-1], times.count(times[-1]))
            latest = sorted(latest + lines, key=lambda line: line.timestamp)[-count:]
        return latest if count else []

    def _call(self, operation: str, parameters: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Return a response; ``None`` if the log group or the stream does not exist yet."""
        try:
            if operation == "GetLogEvents":
                return self._client.get_log_events(**parameters)
            return self._client.describe_log_streams(**parameters)
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code"))
            if code == _MISSING:
                return None
            kinds = (AccessDeniedException, ThrottlingException)
            kind = next((each for each in kinds if each.documented_code == code), ServiceError)
            raise kind(error.response, error.operation_name) from error


class LogFeed:
    """Reports the log lines of a resource during a wait, and keeps the last ones for its error."""

    def __init__(self, lines: LogLines, on_log: Callable[[LogLine], object]) -> None:
        """Take lines that are followed; ``on_log`` is called with each."""
        self._lines = lines
        self._on_log = on_log
        self._last: deque[LogLine] = deque(maxlen=_KEPT)
        self._is_denied = False

    def between_polls(self, policy: WaitPolicy) -> WaitPolicy:
        """Return the policy with pauses in which lines are read."""

        def sleep(seconds: float) -> None:
            while seconds > 0:
                self._report(self._lines.present())
                pause = min(seconds, _PAUSE)
                policy.sleep(pause)
                seconds -= pause

        return replace(policy, sleep=sleep)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if error is None or isinstance(error, WaitFailed):
            self._lines.finish()
            self._report(self._lines)
        if isinstance(error, WaitFailed):
            error.log_lines = tuple(self._last)

    def _report(self, lines: Iterator[LogLine]) -> None:
        while not self._is_denied:
            try:
                line = next(lines)
            except StopIteration:
                return
            except AccessDeniedException as error:
                self._is_denied = True
                warnings.warn(f"the log cannot be read: {error}", stacklevel=2)
            except (ServiceError, BotoCoreError, TimeoutError) as error:
                logs.waiting.debug("log lines: %s", type(error).__name__)
                return  # the next pause reads them
            else:
                self._last.append(line)
                self._on_log(line)


def write_line(line: LogLine) -> None:
    """Write a line to the standard output."""
    sys.stdout.write(f"{line}\n")


def _line(group: str, stream: str, event: Mapping[str, Any]) -> LogLine:
    time = datetime.fromtimestamp(event["timestamp"] / 1000, timezone.utc)
    return LogLine(time, stream, event["message"], group)


def _milliseconds(time: datetime) -> int:
    return round(time.timestamp() * 1000)


def _positive(name: str, value: int) -> int:
    if value < 0:
        raise ValueError(f"{name} is {value}, expected 0 or more")
    return value


def _positions(token: str | None) -> dict[_Stream, _Position]:
    if token is None:
        return {}
    try:
        rows: Sequence[Any] = json.loads(token)
        return {(str(g), str(s)): (int(time), int(count)) for g, s, time, count in rows}
    except (TypeError, ValueError) as error:
        raise ValueError(f"start_token is not a token of log lines: {token[:80]!r}") from error
