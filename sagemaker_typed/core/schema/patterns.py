"""Patterns that match whole strings, compiled when they are first needed."""

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
    """Return a validator of whole strings, shared by every member with this pattern.

    The first string to be checked compiles the pattern. Compiling costs more than importing the
    models, and most programs need few of the patterns.
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
        # The time is linear in the length of the string.
        return SchemaValidator(cs.str_schema(pattern=whole(text))).isinstance_python
    fullmatch = re.compile(text).fullmatch
    return lambda value: fullmatch(value) is not None


def whole(text: str) -> str:
    """Anchor a pattern: pydantic-core searches, but the service matches the whole string."""
    return f"^(?:{text})$"


_COUNT = re.compile(r"\{(?:\d+,)?(\d+)\}")


def is_quickly_compiled(text: str, engine: Engine) -> bool:
    """Return whether a pattern compiles in 0.05 ms; large counts take 5 to 40 ms."""
    return engine == "rust" and all(int(count) < 128 for count in _COUNT.findall(text))
