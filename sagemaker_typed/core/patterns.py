"""Whole-string matching, compiled when it is first needed."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from pydantic_core import PydanticKnownError, SchemaValidator
from pydantic_core import core_schema as cs

if TYPE_CHECKING:
    from sagemaker_typed.core.facts import Engine


class Pattern:
    """A check that a string matches as a whole.

    Compiling costs more than importing the models does, and most patterns of a program's models
    are never needed by it.
    """

    __slots__ = ("_matches", "engine", "pattern")

    def __init__(self, pattern: str, engine: Engine) -> None:
        self.pattern = pattern
        self.engine: Engine = engine
        self._matches: Callable[[str], bool] | None = None

    def matches(self, text: str) -> bool:
        """Whether the whole of ``text`` matches."""
        if self._matches is None:
            self._matches = _compile(self.pattern, self.engine)
        return self._matches(text)

    def __call__(self, text: str) -> str:
        """The text, as a validator returns it."""
        if self.matches(text):
            return text
        raise PydanticKnownError("string_pattern_mismatch", {"pattern": self.pattern})


@functools.cache
def pattern(text: str, engine: Engine) -> Pattern:
    """The one check for this pattern, shared by every member that documents it."""
    return Pattern(text, engine)


def _compile(text: str, engine: Engine) -> Callable[[str], bool]:
    if engine == "rust":
        # linear in the length of the string, whatever the pattern
        return SchemaValidator(cs.str_schema(pattern=f"^(?:{text})$")).isinstance_python
    fullmatch = re.compile(text).fullmatch
    return lambda value: fullmatch(value) is not None
