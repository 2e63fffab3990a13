"""A client of a language server, as in an editor."""

from __future__ import annotations

import itertools
import json
import os
import queue
import subprocess
import threading
import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final

from benchmarks.typing.processes import Command, surroundings

TIMEOUT: Final = 300.0
MARK: Final = "‸"

_QUESTIONS: Final = {
    "completion": "textDocument/completion",
    "hover": "textDocument/hover",
    "signature": "textDocument/signatureHelp",
}
_DOCUMENTATION: Final = ["markdown", "plaintext"]
# The abilities of an editor; a server leaves out all that it cannot show.
_CAPABILITIES: Final = {
    "workspace": {"configuration": True, "workspaceFolders": True},
    "textDocument": {
        "publishDiagnostics": {"versionSupport": True},
        "completion": {
            "completionItem": {"documentationFormat": _DOCUMENTATION, "labelDetailsSupport": True},
            "contextSupport": True,
        },
        "hover": {"contentFormat": _DOCUMENTATION},
        "signatureHelp": {
            "signatureInformation": {
                "documentationFormat": _DOCUMENTATION,
                "parameterInformation": {"labelOffsetSupport": True},
                "activeParameterSupport": True,
            }
        },
    },
}


@dataclass
class Document:
    """An open file in the editor."""

    uri: str
    lines: list[str]
    version: int = 1


@dataclass(frozen=True)
class LanguageServer:
    """A running server; ``start`` starts section."""

    process: subprocess.Popen[bytes]
    python: Path
    numbers: Iterator[int] = field(default_factory=itertools.count)
    responses: dict[int, queue.Queue[Mapping[str, Any]]] = field(default_factory=dict)
    published: dict[tuple[str, int], tuple[float, list[Any]]] = field(default_factory=dict)
    publishing: threading.Condition = field(default_factory=threading.Condition)
    writing: threading.Lock = field(default_factory=threading.Lock)

    def open(self, path: Path, text: str) -> Document:
        """Open a file."""
        document = Document(path.as_uri(), text.split("\n"))
        self.tell(
            "textDocument/didOpen",
            textDocument={
                "uri": document.uri,
                "languageId": "python",
                "version": document.version,
                "text": text,
            },
        )
        return document

    def retype(self, document: Document, number: int, line: str) -> None:
        """Replace a line."""
        document.version += 1
        old, document.lines[number] = document.lines[number], line
        change = {
            "range": {
                "start": {"line": number, "character": 0},
                "end": {"line": number, "character": len(old)},
            },
            "text": line,
        }
        self.tell(
            "textDocument/didChange",
            textDocument={"uri": document.uri, "version": document.version},
            contentChanges=[change],
        )

    def ask(self, kind: str, document: Document, line: int, column: int) -> Any:
        """Ask for completion, hover or signature at a position, counted from 0."""
        return self.call(
            _QUESTIONS[kind],
            textDocument={"uri": document.uri},
            position={"line": line, "character": column},
        )

    def diagnostics(self, document: Document) -> tuple[float, list[Any]]:
        """Return the time and the result of the check of this version of a document."""
        key = (document.uri, document.version)
        with self.publishing:
            if not self.publishing.wait_for(lambda: key in self.published, TIMEOUT):
                raise TimeoutError(f"nothing published for {key} in {TIMEOUT} s")
            return self.published[key]

    def call(self, method: str, **params: object) -> Any:
        """Send a request, and wait for the response."""
        number = next(self.numbers)
        response = self.responses[number] = queue.Queue()
        self.send({"id": number, "method": method, "params": params})
        message = response.get(timeout=TIMEOUT)
        if "error" in message:
            raise RuntimeError(f"{method}: {message['error']}")
        return message.get("result")

    def tell(self, method: str, **params: object) -> None:
        """Send a notification."""
        self.send({"method": method, "params": params})

    def send(self, message: Mapping[str, object]) -> None:
        """Write a message to the server."""
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        pipe = _open(self.process.stdin)
        with self.writing:
            pipe.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
            pipe.flush()

    def listen(self) -> None:
        """Read messages until there are no more."""
        pipe = _open(self.process.stdout)
        while header := pipe.readline():
            name, _, value = header.partition(b":")
            if name.lower() == b"content-length":
                while pipe.readline().strip():
                    pass
                self.receive(time.perf_counter(), json.loads(pipe.read(int(value))))

    def receive(self, at: float, message: Mapping[str, Any]) -> None:
        """Handle a response, a request or a notification."""
        if "method" not in message:
            self.responses.pop(message["id"]).put(message)
        elif "id" in message:
            self.send({"id": message["id"], "result": self.settings(message)})
        elif message["method"] == "textDocument/publishDiagnostics":
            news = message["params"]
            with self.publishing:
                self.published[news["uri"], news.get("version", 0)] = (at, news["diagnostics"])
                self.publishing.notify_all()

    def settings(self, message: Mapping[str, Any]) -> object:
        """Return the settings of the editor: the path of Python, and no others."""
        if message["method"] != "workspace/configuration":
            return None
        sections = [item.get("section") for item in message["params"]["items"]]
        return [
            {"pythonPath": str(self.python)} if section == "python" else {} for section in sections
        ]

    def processor(self) -> float:
        """Return the CPU time of the main threads, in seconds (Linux only)."""
        return sum(_nanoseconds(pid) for pid in _family(self.process.pid)) / 1e9

    def megabytes(self) -> float:
        """Return the peak memory of the server's processes, in megabytes (Linux only)."""
        return sum(_high_water(pid) for pid in _family(self.process.pid)) / 1024


@contextmanager
def start(command: Command, folder: Path, python: Path) -> Generator[LanguageServer]:
    """Start a server for the files of a folder, with this Python."""
    process = subprocess.Popen(
        [*command, "--stdio"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=surroundings(),
    )
    server = LanguageServer(process, python)
    listener = threading.Thread(target=server.listen, daemon=True)
    listener.start()
    try:
        root = {"uri": folder.as_uri(), "name": folder.name}
        server.call(
            "initialize",
            processId=os.getpid(),
            rootUri=root["uri"],
            workspaceFolders=[root],
            capabilities=_CAPABILITIES,
        )
        server.tell("initialized")
        yield server
        server.call("shutdown")
        server.tell("exit")
        process.wait(20)
    finally:
        process.kill()
        process.wait()
        listener.join()
        _open(process.stdin).close()
        _open(process.stdout).close()


def _open(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise RuntimeError("the server has no pipe")
    return pipe


def _family(pid: int) -> list[int]:
    children = (
        int(child)
        for task in Path(f"/proc/{pid}/task").glob("*/children")
        for child in task.read_text().split()
    )
    return [pid, *itertools.chain.from_iterable(_family(child) for child in children)]


def _nanoseconds(pid: int) -> int:
    """Return the CPU time of the main thread, which responds. Others check in the background."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0])


def _high_water(pid: int) -> int:
    """Return the peak memory in kB."""
    status = Path(f"/proc/{pid}/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)
