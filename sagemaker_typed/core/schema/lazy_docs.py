"""Docstrings of classes that are built when they are read."""

from __future__ import annotations

from typing import Any, Final


class ClassDoc:
    """A descriptor that adds the facts of a class to its own docstring."""

    __slots__ = ("own",)

    def __init__(self, own: str) -> None:
        self.own: Final = own

    def __get__(self, _: object, owner: type) -> str:
        from sagemaker_typed.core.schema import docstrings

        return docstrings.of_class(owner, self.own)


OF_A_CLASS: Final[Any] = type.__dict__["__doc__"]
"""The ``__doc__`` of a metaclass, with which ``help`` calls a ``ClassDoc`` as Python does.

Without it ``help`` would find the descriptor itself.
"""
