"""Finds the shapes and enums of a generated package by name.

A package ``p`` keeps its shapes in ``p.models.<resource>`` and its enums in ``p.enums.<resource>``.
This is the only dynamic import of generated models: the runtime knows no service.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sagemaker_typed.core.schema.enums import OpenEnum
    from sagemaker_typed.core.schema.protocols import AnyShape


def find_shape(package: str, name: str) -> type[AnyShape]:
    """Return the shape with this name; imports its module if necessary."""
    module = f"{package}.models"
    __import__(module)  # faster than import_module, and also waits for another thread's import
    shape: type[AnyShape] = getattr(sys.modules[module], name)
    return shape


def loaded_shape(package: str, name: str) -> type[AnyShape] | None:
    """Return the shape with this name if the program has used it."""
    shape: type[AnyShape] | None = vars(sys.modules[f"{package}.models"]).get(name)
    return shape


def shape_names(package: str) -> list[str]:
    """Return the names of all shapes of a package, without importing them."""
    return dir(import_module(f"{package}.models"))


def find_enum(package: str, name: str) -> type[OpenEnum]:
    """Return the enum with this name; imports its module if necessary."""
    enum: type[OpenEnum] = getattr(import_module(f"{package}.enums"), name)
    return enum


def definition_name(owner: type) -> str:
    """Return the reference of a class in a schema, as Pydantic writes it for its own models."""
    return f"{owner.__module__}.{owner.__qualname__}:{id(owner)}"
