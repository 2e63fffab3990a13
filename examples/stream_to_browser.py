"""Stream the response of a language model to a browser, as server-sent events.

pip install 'sagemaker-typed[async]' fastapi uvicorn
uvicorn stream_to_browser:app
"""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.responses import StreamingResponse

from sagemaker_typed.aio.runtime import AsyncSageMakerRuntimeClient

ENDPOINT = os.environ.get("ENDPOINT", "llm")


@asynccontextmanager
async def lifespan(application: FastAPI) -> AsyncGenerator[None, None]:
    """Keep one client, and with it its connections, for all requests."""
    async with AsyncSageMakerRuntimeClient() as runtime:
        application.state.runtime = runtime
        yield


app = FastAPI(lifespan=lifespan)


@app.get("/ask")
async def ask(question: str, request: Request) -> StreamingResponse:
    """Stream the response to a question."""
    runtime: AsyncSageMakerRuntimeClient = request.app.state.runtime
    stream = await runtime.invoke_endpoint_with_response_stream(
        endpoint_name=ENDPOINT, body={"inputs": question, "stream": True}
    )

    async def words() -> AsyncGenerator[str, None]:
        async with stream.body as parts:  # a browser that leaves cancels this and closes it
            async for event in parts.sse():
                yield f"data: {event.data}\n\n"

    return StreamingResponse(words(), media_type="text/event-stream")
