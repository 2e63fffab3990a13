"""Strings that match a pattern as a whole, drawn by walking the pattern's parse tree."""

from __future__ import annotations

import re
import string
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

# Python 3.11 moved both; under either name they are untyped.
_MOVED = sys.version_info >= (3, 11)
sre: Any = import_module("re._constants" if _MOVED else "sre_constants")
parser: Any = import_module("re._parser" if _MOVED else "sre_parse")

if TYPE_CHECKING:
    from random import Random

_READABLE = string.ascii_letters + string.digits + "-_./: "
_CATEGORIES = {
    sre.CATEGORY_DIGIT: string.digits,
    sre.CATEGORY_NOT_DIGIT: string.ascii_letters,
    sre.CATEGORY_SPACE: " \t",
    sre.CATEGORY_NOT_SPACE: string.ascii_letters + string.digits,
    sre.CATEGORY_WORD: string.ascii_letters + string.digits + "_",
    sre.CATEGORY_NOT_WORD: "-. ",
}


def sample(pattern: str, random: Random, low: int = 0, high: int | None = None) -> str:
    """A string of ``low`` to ``high`` characters that ``pattern`` (Python's syntax) matches whole.

    Look-around is obeyed by drawing again until a string passes.
    """
    whole = re.compile(pattern, re.ASCII)
    tree = parser.parse(pattern, re.ASCII)
    for attempt in range(2000):
        drawn = _Walk(random, eagerness=attempt % 10, low=low).draw(tree)
        if len(drawn) >= low and (high is None or len(drawn) <= high) and whole.fullmatch(drawn):
            return drawn
    raise LookupError(f"no string of {low} to {high} characters found for {pattern!r}")


class _Walk:
    def __init__(self, random: Random, eagerness: int, low: int) -> None:
        self._random = random
        self._eagerness = eagerness  # repeats beyond the minimum
        self._low = low
        self._groups: dict[int, str] = {}

    def draw(self, tree: Any) -> str:
        return "".join(self._one(op, argument) for op, argument in tree)

    def _one(self, op: Any, argument: Any) -> str:
        if op is sre.LITERAL:
            return chr(argument)
        if op is sre.NOT_LITERAL:
            return self._random.choice([char for char in _READABLE if ord(char) != argument])
        if op is sre.ANY:
            return self._random.choice(_READABLE)
        if op is sre.IN:
            return self._in(argument)
        if op is sre.BRANCH:
            return self.draw(self._random.choice(argument[1]))
        if op is sre.SUBPATTERN:
            drawn = self.draw(argument[3])
            if argument[0] is not None:
                self._groups[argument[0]] = drawn
            return drawn
        if op is sre.GROUPREF:
            return self._groups[argument]
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            return self._repeat(*argument)
        if op in (sre.AT, sre.ASSERT, sre.ASSERT_NOT):
            return ""
        raise NotImplementedError(str(op))

    def _repeat(self, low: int, high: Any, inner: Any) -> str:
        most = low + self._eagerness + self._random.randrange(3)
        if self._eagerness > 5:
            most = max(most, self._low)
        most = min(most, int(high))
        least = min(self._low, most) if self._eagerness == 9 else low
        count = self._random.randint(max(low, least), max(low, most))
        return "".join(self.draw(inner) for _ in range(count))

    def _in(self, items: Any) -> str:
        negated = items[0][0] is sre.NEGATE
        chosen = {char for op, arg in items if op is not sre.NEGATE for char in _members(op, arg)}
        if negated:
            chosen = set(_READABLE) - chosen
        usual = sorted(chosen & set(_READABLE)) or sorted(chosen)
        return self._random.choice(usual)


def _members(op: Any, argument: Any) -> str:
    if op is sre.LITERAL:
        return chr(argument)
    if op is sre.RANGE:
        low, high = argument
        return "".join(map(chr, range(low, min(high, low + 300) + 1)))
    if op is sre.CATEGORY:
        return _CATEGORIES[argument]
    raise NotImplementedError(str(op))
