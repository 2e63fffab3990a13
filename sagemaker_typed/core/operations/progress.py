"""A live line on the terminal during a wait; needs the extra ``progress``."""

from __future__ import annotations

import time
from collections.abc import Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Any, cast

from typing_extensions import Self

try:
    from rich.console import Group
    from rich.live import Live
    from rich.spinner import Spinner
    from rich.text import Text
except ImportError as error:
    raise ImportError(
        "progress=True needs rich: pip install 'sagemaker-typed[progress]'", name="rich"
    ) from error

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from sagemaker_typed.core.operations.waiting import StatusChange
    from sagemaker_typed.core.shapes.jmespath import Query
    from sagemaker_typed.core.shapes.shape import Request


class Display:
    """Shows the status, the elapsed time and the steps so far."""

    def __init__(self, request: Request[Any], console: Console | None = None) -> None:
        names = [str(value) for value in request.to_boto().values()]
        self._title = f"{request.__operation__.name.removeprefix('Describe')} {' '.join(names)}"
        self.metrics: Query | None = None
        """Finds the final metrics in a description."""
        self._changes: list[StatusChange[Any]] = []
        self._started = time.monotonic()
        self._spinner = Spinner("dots")
        self._live = Live(
            get_renderable=self._draw, console=console, refresh_per_second=4, transient=False
        )

    def show(self, change: StatusChange[Any]) -> None:
        """Show a change of the status."""
        self._changes.append(change)
        self._live.refresh()

    def _draw(self) -> RenderableType:
        elapsed = time.monotonic() - self._started
        last = self._changes[-1] if self._changes else None
        self._spinner.update(
            text=Text.assemble(
                (self._title, "bold"),
                "  ",
                str(last or "no status yet"),
                f"  {_clock(elapsed)}",
            )
        )
        passed = [
            Text(f"  {_clock(change.elapsed):>8}  {change}", style="dim")
            for change in self._changes[:-1]
        ]
        return Group(*passed, self._spinner, *self._metrics())

    def _metrics(self) -> Iterator[Text]:
        """Yield a line for each final metric of the last description."""
        if self.metrics is None or not self._changes:
            return
        for metric in cast("Any", self.metrics(self._changes[-1].description)) or ():
            yield Text(f"  {metric.metric_name}  {metric.value:g}", style="cyan")

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._live.stop()


def _clock(seconds: float) -> str:
    minutes, seconds = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
