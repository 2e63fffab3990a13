"""A process of one side, which runs the lines that it receives and reports their cost.

``python -m benchmarks.worker <side> [<address>]``; a line of JSON in, a line of JSON out.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, TextIO

from benchmarks.memory import peak_rss


def main(side: str, url: str | None) -> None:
    """Run lines until the input ends."""
    reports = _own_output()
    setup = import_module(f"benchmarks.sides.{side}")
    prepared: dict[str, Callable[[], object]] = {}
    for line in sys.stdin:
        asked = json.loads(line)
        source = asked["source"]
        try:
            call = prepared.get(source)
            if call is None:
                call = prepared[source] = _prepare(setup.namespace(url, asked["names"]), source)
            report = _run_in_threads(call, **asked["run"])
        except Exception as error:  # noqa: BLE001  # reported to the parent
            report = {"failed": f"{type(error).__name__}: {error}"[:500]}
        print(json.dumps(report), file=reports, flush=True)


def _own_output() -> TextIO:
    """Take the standard output away from libraries that write to it."""
    reports = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    return reports


def _prepare(namespace: Mapping[str, Any], source: str) -> Callable[[], object]:
    call: Callable[[], object] = eval(f"lambda: {source}", dict(namespace))  # noqa: S307  # our own
    return call


def _run_in_threads(call: Callable[[], object], *, number: int, threads: int = 1) -> dict[str, Any]:
    def run() -> None:
        for _ in range(number):
            call()

    others = [threading.Thread(target=run) for _ in range(threads - 1)]
    cpu, wall = time.process_time(), time.perf_counter()
    for other in others:
        other.start()
    run()
    for other in others:
        other.join()
    return {
        "cpu": time.process_time() - cpu,
        "wall": time.perf_counter() - wall,
        "peak": peak_rss(),
    }


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None)
