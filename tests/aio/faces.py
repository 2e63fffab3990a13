"""The asynchronous clients with the methods of the synchronous ones.

With ``FACE=async``, the tests of the synchronous client drive the asynchronous client: each call
runs an event loop until its response. ``nox -s async`` does so.
"""

from __future__ import annotations

import asyncio
import inspect
import os
from typing import Any

import pytest
from typing_extensions import Self

OPEN: list[Any] = []
"""The faces that their tests have not closed."""
IS_ASYNC = os.environ.get("FACE") == "async"


class _Transport:
    """The aiobotocore client, as far as tests use boto3's."""

    def __init__(self, face: _Face) -> None:
        self._face = face

    def close(self) -> None:
        self._face.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._face.client.aiobotocore, name)


class _Listing:
    """An asynchronous iterator, read synchronously."""

    def __init__(self, face: _Face, listing: Any) -> None:
        self._face = face
        self._listing = listing

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Any:
        try:
            return self._face.run(anext(self._listing))
        except StopAsyncIteration:
            raise StopIteration from None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._listing, name)

    def __repr__(self) -> str:
        return repr(self._listing)


class _Face:
    """A synchronous face of an asynchronous client."""

    kind: Any

    def __init__(self, **options: Any) -> None:
        self.loop = asyncio.new_event_loop()
        OPEN.append(self)
        self.client = self.kind(**options)
        self.run(self.client.__aenter__())
        self.boto3 = _Transport(self)

    def run(self, steps: Any) -> Any:
        async def awaited() -> Any:
            return await steps

        return self.loop.run_until_complete(awaited())

    def close(self) -> None:
        if self in OPEN:
            OPEN.remove(self)
            self.run(self.client.close())
            self.loop.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __getattr__(self, name: str) -> Any:
        value = getattr(self.client, name)
        if not callable(value):
            return value

        def call(*arguments: Any, **keywords: Any) -> Any:
            result = value(*arguments, **keywords)
            if inspect.isawaitable(result):
                return self.run(result)
            return _Listing(self, result) if hasattr(result, "__anext__") else result

        return call

    @classmethod
    def from_boto3(cls, _: Any, **__: Any) -> Any:
        pytest.skip("an asynchronous client wraps no boto3 client")

    def __repr__(self) -> str:
        return repr(self.client)


def use_asynchronous_clients() -> None:
    """Let ``from sagemaker_typed import SageMakerClient`` import the asynchronous client's face."""
    import sagemaker_typed.runtime
    from sagemaker_typed.aio import AsyncSageMakerClient
    from sagemaker_typed.aio.runtime import AsyncSageMakerRuntimeClient

    faces: dict[str, tuple[Any, Any]] = {
        "SageMakerClient": (sagemaker_typed, AsyncSageMakerClient),
        "SageMakerRuntimeClient": (sagemaker_typed.runtime, AsyncSageMakerRuntimeClient),
    }
    for name, (module, kind) in faces.items():
        setattr(module, name, type(name, (_Face,), {"kind": kind}))
