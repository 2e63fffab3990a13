"""Registers the strategies of shapes, called when hypothesis is imported.

It imports no model: a shape is registered when its class is created.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from sagemaker_typed.core.shapes.created import observers

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def register() -> None:
    """Register the strategies of every shape, so that ``st.from_type`` has them."""
    if _register in observers:
        return
    observers.append(_register)
    loaded = sys.modules.get("sagemaker_typed.core.shapes.shape")
    waiting: list[type] = loaded.Shape.__subclasses__() if loaded else []
    while waiting:
        shape = waiting.pop()
        waiting += shape.__subclasses__()
        _register(shape)


def _register(shape: type) -> None:
    from hypothesis import strategies as st

    st.register_type_strategy(shape, _strategy)


def _strategy(shape: type) -> SearchStrategy[object]:
    from sagemaker_typed.testing.strategies import shapes

    return shapes(shape)
