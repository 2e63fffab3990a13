"""What some refusals mean: SageMaker says the same thing under many codes and in many words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sagemaker_typed.core.errors import ServiceError

# The code alone says it.
_NOT_FOUND = frozenset({"ResourceNotFound", "ResourceNotFoundException"})
_EXISTS = frozenset({"ResourceAlreadyExists", "ResourceAlreadyExistsException", "ResourceInUse"})

# These codes say many things; then it is the message that tells.
_VAGUE = frozenset({"ConflictException", "ValidationError", "ValidationException"})
_WORDS_FOR_NOT_FOUND = re.compile(
    r"could not find|(?:cannot|can't|unable to) find|not ?found|do(?:es not|esn't) exist"
    r"|^no \S+(?: \S+)? (?:with|exists)|^no workforce|^the work team \S+ (?:is|was|could)",
    re.IGNORECASE,
)
_WORDS_FOR_EXISTS = re.compile(r"already[ -]exist|already in use|duplicate", re.IGNORECASE)


def says_not_found(error: ServiceError) -> bool:
    """Whether the answer means that the resource asked for is not there (or not visible yet)."""
    if error.code in _NOT_FOUND:
        return True
    return error.code in _VAGUE and bool(_WORDS_FOR_NOT_FOUND.search(error.message))


def says_already_exists(error: ServiceError) -> bool:
    """Whether the answer to a creation means that the name is taken."""
    if error.code in _EXISTS:
        return True
    return error.code in _VAGUE and bool(_WORDS_FOR_EXISTS.search(error.message))
