"""sagemaker-core, in a separate environment; boto3 reads the address from it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from importlib import import_module
from typing import Any

from benchmarks import stub


def namespace(url: str | None, names: Collection[str]) -> Mapping[str, Any]:
    """Return the names that the lines of this side use. Without an address, HTTP is stubbed."""
    resources, shapes, utils = (
        import_module(f"sagemaker.core.{name}")
        for name in ("resources", "shapes.shapes", "utils.utils")
    )
    if url is None:
        stub.attach(utils.SageMakerClient().get_client("sagemaker"))
    return {
        name: getattr(resources, name) if hasattr(resources, name) else getattr(shapes, name)
        for name in names
    }
