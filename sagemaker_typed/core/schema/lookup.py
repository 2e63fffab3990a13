"""Where the shapes and enums of a generated package are found by their name.

A package ``p`` keeps its shapes in ``p.models.<resource>`` and its enums in ``p.enums.<resource>``.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sagemaker_typed.core.schema.enums import OpenEnum
    from sagemaker_typed.core.shapes.shape import Shape


def find_shape(package: str, name: str) -> type[Shape]:
    """The shape of this name, its module loaded if it was not."""
    module = f"{package}.models"
    __import__(module)  # asked for on every call: quicker than import_module, and waits as well
    found: type[Shape] = getattr(sys.modules[module], name)
    return found


def loaded_shape(package: str, name: str) -> type[Shape] | None:
    """The shape of this name, if the program has used it."""
    found: type[Shape] | None = vars(sys.modules[f"{package}.models"]).get(name)
    return found


def find_enum(package: str, name: str) -> type[OpenEnum]:
    """The enum of this name, its module loaded if it was not."""
    found: type[OpenEnum] = getattr(import_module(f"{package}.enums"), name)
    return found
