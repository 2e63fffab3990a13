"""Asynchronous clients, over aiobotocore; need the extra ``async``.

``AsyncSageMakerClient`` is the client of SageMaker. Each other package has a module here, such as
``sagemaker_typed.aio.runtime`` with ``AsyncSageMakerRuntimeClient``.
"""

from typing import TYPE_CHECKING

from sagemaker_typed.core.lazy import lazy_getattr

try:
    import aiobotocore  # noqa: F401  # pyright: ignore[reportMissingImports, reportUnusedImport]
except ImportError as error:
    raise ImportError(
        "sagemaker_typed.aio needs aiobotocore: pip install 'sagemaker-typed[async]'",
        name="aiobotocore",
    ) from error

if TYPE_CHECKING:
    from sagemaker_typed.aio.client import AsyncSageMakerClient as AsyncSageMakerClient
else:  # a checker would accept any name of a module with `__getattr__`
    __getattr__, __dir__ = lazy_getattr(__name__, {"AsyncSageMakerClient": "client"})
