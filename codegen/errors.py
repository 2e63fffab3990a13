"""What goes wrong because of the input, not because of the generator."""

from __future__ import annotations


class InputError(Exception):
    """The input cannot be used; the message is one line that says why and what would do."""
