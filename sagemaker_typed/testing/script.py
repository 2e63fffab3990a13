"""The script of a test: the replies to each operation, and the requests that arrived."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from typing_extensions import Self

from sagemaker_typed.core.schema.walk import find_member
from sagemaker_typed.core.suggest import did_you_mean, nearest

if TYPE_CHECKING:
    from sagemaker_typed.core.shapes.shape import Request

Handler: TypeAlias = "Callable[[Request[Any]], object]"


class UnexpectedCall(AssertionError):
    """The program sent a request that the script has no reply for."""


class UnusedReplies(AssertionError):
    """The test ended before the program sent the requests that the script has replies for."""


@dataclass(eq=False)
class Line:
    """A line of the script: the replies to some requests of an operation.

    ``respond``, ``fail`` and ``on`` return it. Its methods return it too.
    """

    request: type[Request[Any]]
    handler: Handler = field(repr=False)
    place: str
    """The file and the line of the test."""
    left: int | None = 1
    """The number of requests that it can still reply to; ``None`` for any number."""
    used: int = 0
    may_be_unused: bool = False
    members: Mapping[str, object] = field(default_factory=dict[str, object])
    """The members that a request must have, by field."""

    def times(self, count: int) -> Self:
        """Reply to ``count`` requests."""
        if count < 1:
            raise ValueError(f"times is {count}, expected 1 or more")
        self.left = count
        return self

    def always(self) -> Self:
        """Reply to any number of requests, when no other line is left; it may stay unused."""
        self.left, self.may_be_unused = None, True
        return self

    def optional(self) -> Self:
        """Let the test end before the program sends such a request."""
        self.may_be_unused = True
        return self

    def when(self, **members: object) -> Self:
        """Reply only to requests with these members."""
        fields = dict[str, object]()
        for name, value in members.items():
            known = find_member(self.request, name)
            if known is None:
                hint = did_you_mean(name, self.request.__members__)
                raise ValueError(f"{self.request.__name__} has no member {name!r}{hint}")
            fields[known[0]] = value
        self.members = fields
        return self

    def differing(self, request: Request[Any]) -> list[str]:
        """Return the fields in which a request differs from the expected members."""
        return [name for name, value in self.members.items() if getattr(request, name) != value]

    @property
    def operation(self) -> str:
        """The method of the operation, such as ``create_endpoint``."""
        return self.request.__operation__.method

    def __str__(self) -> str:
        expected = f" when {', '.join(self.members)} match" if self.members else ""
        return f"{self.operation}{expected} ({self.place})"


class Script:
    """The lines in order, and the requests in the order of their arrival. It is thread-safe."""

    def __init__(self) -> None:
        self._lines: Final[list[Line]] = []
        self._requests: Final[list[Request[Any]]] = []
        self._mistakes: Final[list[str]] = []
        self._lock: Final = threading.Lock()

    def add(self, line: Line) -> Line:
        """Append a line."""
        with self._lock:
            self._lines.append(line)
        return line

    @property
    def requests(self) -> list[Request[Any]]:
        """The requests that arrived."""
        with self._lock:
            return list(self._requests)

    def next_line(self, request: Request[Any]) -> Line | None:
        """Note a request, and return the line that replies to it.

        Returns ``None`` for a look-up of a resource before a call that the script expects: such
        a request is not noted. Raises ``UnexpectedCall`` without a line.
        """
        with self._lock:
            lines = [line for line in self._lines if line.request is type(request)]
            usable = [line for line in lines if line.left != 0 and not line.differing(request)]
            usable.sort(key=lambda line: line.left is None)
            if not usable and self._is_look_up(request):
                return None
            self._requests.append(request)
            if not usable:
                self._mistakes.append(_unexpected(request, lines, self._lines))
                raise UnexpectedCall(self._mistakes[-1])
            line = usable[0]
            line.used += 1
            if line.left is not None:
                line.left -= 1
            return line

    def _is_look_up(self, request: Request[Any]) -> bool:
        """Return whether a call that the script expects needs this resource to be visible."""
        prerequisites = [
            line.request.__operation__.prerequisite for line in self._lines if line.left != 0
        ]
        name = request.__operation__.name
        return any(each is not None and each.describe == name for each in prerequisites)

    def verify(self, *, allow_unused: bool) -> None:
        """Raise an error for unexpected calls, and for replies that were not used."""
        with self._lock:
            if self._mistakes:
                raise UnexpectedCall("\n".join(self._mistakes))
            unused = [
                line
                for line in self._lines
                if line.left and not (allow_unused or line.may_be_unused)
            ]
        if unused:
            lines = "\n".join(
                f"  {line}" + (f", after {line.used} requests" if line.used else "")
                for line in unused
            )
            raise UnusedReplies(
                f"the program did not send the requests for these replies:\n{lines}\n"
                f"Remove them, mark a line with .optional(), or set allow_unused=True."
            )


def _unexpected(request: Request[Any], lines: list[Line], script: list[Line]) -> str:
    """Return the message about a request without a reply."""
    method = request.__operation__.method
    message = [f"no reply is left for {method}: {request!r}"]
    for line in lines:
        if line.left == 0:
            message.append(f"  used already: {line}")
        else:
            differing = ", ".join(
                f"{name} is {getattr(request, name)!r}, expected {line.members[name]!r}"
                for name in line.differing(request)
            )
            message.append(f"  nearest line: {line}: {differing}")
    waiting = [line for line in script if line.left != 0]
    message.append(f"  expected: {', '.join(map(str, waiting)) or 'no more calls'}")
    if not lines:
        near = nearest(method, (line.operation for line in waiting), 1)
        message += [f"  nearest line: {line}" for line in waiting if line.operation in near][:1]
    message.append(f'  To reply to it, add: respond("{method}", ...)')
    return "\n".join(message)


def place_of_caller() -> str:
    """Return the file and the line of the test that calls a method of the kit."""
    own = str(Path(__file__).parent)
    for frame, line in traceback.walk_stack(None):
        if not frame.f_code.co_filename.startswith(own):
            return f"{Path(frame.f_code.co_filename).name}:{line}"
    return "unknown place"
