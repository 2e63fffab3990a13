"""The choices that a person who made a mistake most likely meant."""

from __future__ import annotations

from collections.abc import Iterable

_SLIP = 256
"""Characters; whoever wrote more meant none of the choices, and comparing takes their square."""


def nearest(value: object, choices: Iterable[str], count: int = 3) -> list[str]:
    """The choices that a person who wrote ``value`` most likely meant, the likeliest first."""
    if not isinstance(value, str) or len(value) > _SLIP:
        return []
    import difflib  # only a mistake needs it

    folded: dict[str, str] = {}
    for choice in choices:
        folded.setdefault(_fold(choice), choice)
    close = difflib.get_close_matches(_fold(value), folded, n=count, cutoff=0.6)
    close = close or difflib.get_close_matches(_fold(value), folded, n=1, cutoff=0.0)
    return [folded[key] for key in close]


def _fold(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum() or char == ".")
