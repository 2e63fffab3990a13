"""The example application, behind a real HTTP server and asked by a real HTTP client."""

from __future__ import annotations

import socket
import sys
import threading
from pathlib import Path

import httpx
import pytest
import uvicorn

from tests.runtime.wire import EVENT_STREAM, part
from tests.service import Raw, ScriptedService

EXAMPLES = Path(__file__).parents[2] / "examples"
STREAM = "POST /endpoints/llm/invocations-response-stream"


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_browser_reads_the_words(
    service: ScriptedService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", service.url)
    monkeypatch.syspath_prepend(str(EXAMPLES))
    content = "data: größer\n\ndata: 🎉\n\n".encode()
    service.script(
        STREAM, Raw(part(content[:9]) + part(content[9:]), content_type=EVENT_STREAM, drip=7)
    )
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()  # a request waits until the server accepts it
        port = listening.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config("stream_to_browser:app", log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            response = httpx.get(
                f"http://127.0.0.1:{port}/ask",
                params={"question": "why?"},
                timeout=30,
                trust_env=False,
            )
        finally:
            server.should_exit = True
            thread.join(30)
    assert response.text == content.decode()
    assert response.headers["content-type"].startswith("text/event-stream")
    assert service.asked(STREAM)[0].body == {"inputs": "why?", "stream": True}
    sys.modules.pop("stream_to_browser", None)
