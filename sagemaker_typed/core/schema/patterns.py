"""Whole-string matching, compiled when it is first needed."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from pydantic_core import PydanticKnownError, SchemaValidator
from pydantic_core import core_schema as cs

if TYPE_CHECKING:
    from sagemaker_typed.core.schema.facts import Engine


@functools.cache
def pattern(text: str, engine: Engine) -> Callable[[str], str]:
    """A validator that a string matches as a whole, shared by every member that documents it.

    Compiling costs more than importing the models does, and most patterns of a program's models
    are never needed by it: the first string to be checked compiles.
    """
    matches: Callable[[str], bool] | None = None

    def check(value: str) -> str:
        nonlocal matches
        if matches is None:
            matches = _compile(text, engine)
        if matches(value):
            return value
        raise PydanticKnownError("string_pattern_mismatch", {"pattern": text})

    return check


def _compile(text: str, engine: Engine) -> Callable[[str], bool]:
    if engine == "rust":
        # linear in the length of the string, whatever the pattern
        return SchemaValidator(cs.str_schema(pattern=whole(text))).isinstance_python
    fullmatch = re.compile(text).fullmatch
    return lambda value: fullmatch(value) is not None


def whole(text: str) -> str:
    """The pattern for pydantic-core, which searches where the service wants all of the string."""
    return f"^(?:{text})$"


_COUNT = re.compile(r"\{(?:\d+,)?(\d+)\}")


def is_quickly_compiled(text: str, engine: Engine) -> bool:
    """Whether to compile a pattern at once: most take 0.05 ms, those that count far up 5 to 40."""
    return engine == "rust" and all(int(count) < 128 for count in _COUNT.findall(text))
