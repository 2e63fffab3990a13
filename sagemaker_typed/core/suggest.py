"""Suggestions of a near name, in one wording, for every message about an unknown name.

Imports nothing of this package, so that ``lazy`` can use it too.
"""

from __future__ import annotations

from collections.abc import Iterable

LONGEST_NAME = 256
"""Characters. Longer strings get no suggestion: difflib is quadratic."""

MOST_LISTED = 12
"""Choices that a message lists in full."""

_LIKENESS = 0.6


def nearest(value: object, choices: Iterable[str], count: int = 3) -> list[str]:
    """Return the choices that resemble ``value``, the most similar first.

    Case and punctuation are ignored. The list is empty if no choice is similar enough.
    """
    if not isinstance(value, str) or len(value) > LONGEST_NAME:
        return []
    from difflib import get_close_matches  # only an error needs it

    folded: dict[str, str] = {}
    for choice in choices:
        folded.setdefault(_fold(choice), str(choice))
    close = get_close_matches(_fold(value), folded, n=count, cutoff=_LIKENESS)
    return [folded[key] for key in close]


def did_you_mean(value: object, choices: Iterable[str], count: int = 3) -> str:
    """Return the end of a message about an unknown name; empty if no choice is similar enough."""
    near = nearest(value, choices, count)
    return f"; did you mean {quoted(near, 'or')}?" if near else ""


def listed_or_near(value: object, choices: Iterable[str]) -> str:
    """Return the end of a message about a value that is not listed.

    A few choices are listed in full; of many, the nearest are suggested.
    """
    known = list(choices)
    if len(known) <= MOST_LISTED:
        return f"; listed: {quoted(known)}"
    return did_you_mean(value, known)


def quoted(names: Iterable[str], last: str = "") -> str:
    """Return names in quotes, separated by commas, with a word before the last one."""
    texts = [repr(str(name)) for name in names]
    if last and len(texts) > 1:
        texts[-2:] = [f"{texts[-2]} {last} {texts[-1]}"]
    return ", ".join(texts)


def _fold(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum() or char == ".")
