"""Every shape and enum of every package, and botocore's model of the same shape."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from sagemaker_typed import OpenEnum, Shape
from sagemaker_typed.core.schema.lookup import shape_names
from tests.shapes.service_values import service_model

PACKAGES = {
    "sagemaker_typed": "sagemaker",
    "sagemaker_typed.a2i_runtime": "sagemaker-a2i-runtime",
    "sagemaker_typed.edge": "sagemaker-edge",
    "sagemaker_typed.featurestore_runtime": "sagemaker-featurestore-runtime",
    "sagemaker_typed.gateway_runtime": "sagemaker-gateway-runtime",
    "sagemaker_typed.geospatial": "sagemaker-geospatial",
    "sagemaker_typed.inference_router_runtime": "sagemaker-inference-router-runtime",
    "sagemaker_typed.job_runtime": "sagemakerjobruntime",
    "sagemaker_typed.metrics": "sagemaker-metrics",
    "sagemaker_typed.runtime": "sagemaker-runtime",
    "sagemaker_typed.training_session_runtime": "sagemakertrainingsessionruntime",
}


def shapes_of(package: str) -> list[type[Shape]]:
    """Return every structure, request and response of a package, each once."""
    models = import_module(f"{package}.models")
    values = [getattr(models, name) for name in shape_names(package)]
    shapes = {kind for kind in values if isinstance(kind, type) and issubclass(kind, Shape)}
    return sorted(shapes, key=lambda shape: shape.__name__)


def enums_of(package: str) -> Iterator[type[OpenEnum]]:
    """Yield every enum of a package."""
    enums = import_module(f"{package}.enums")
    for name in dir(enums):
        kind = getattr(enums, name)
        if isinstance(kind, type) and issubclass(kind, OpenEnum) and kind is not OpenEnum:
            yield kind


def documented(shape: type[Shape]) -> Any:
    """Return botocore's model of a shape; ``None`` if the service documents no structure."""
    model = service_model(PACKAGES[shape.__package_name__])
    name = shape.__documented_name__
    return model.shape_for(name) if name in model.shape_names else None
