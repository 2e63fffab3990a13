"""The error that the input causes, not the generator."""

from __future__ import annotations


class InputError(Exception):
    """The input cannot be used; the message is a line that states the reason and the remedy."""
