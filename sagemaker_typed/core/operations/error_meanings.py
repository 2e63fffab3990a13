"""The meaning of errors that SageMaker reports under many codes and in many words."""

from __future__ import annotations

import re

from sagemaker_typed.core.errors import ServiceError, combined, error_class

# The code alone is enough.
_NOT_FOUND = frozenset({"ResourceNotFound", "ResourceNotFoundException"})
_EXISTS = frozenset({"ResourceAlreadyExists", "ResourceAlreadyExistsException", "ResourceInUse"})

# These codes have many meanings; the message decides.
_VAGUE = frozenset({"ConflictException", "ValidationError", "ValidationException"})
_WORDS_FOR_NOT_FOUND = re.compile(
    r"could not find|(?:cannot|can't|unable to) find|not ?found|do(?:es not|esn't) exist"
    r"|^no \S+(?: \S+)? (?:with|exists)|^no workforce|^the work team \S+ (?:is|was|could)",
    re.IGNORECASE,
)
_WORDS_FOR_EXISTS = re.compile(r"already[ -]exist|already in use|duplicate", re.IGNORECASE)
_WORDS_FOR_IN_PROGRESS = re.compile(
    r"in[- ]progress|rolling ?back"
    r"|(?<!transition to \()\b(?:creating|updating|deleting|starting|stopping|pending)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"(?<!\w)(?:\"[^\"]*\"|'[^']*')(?!\w)")  # mostly names that the caller chose


def says_not_found(error: ServiceError) -> bool:
    """Return True if the resource does not exist, or is not visible yet."""
    return error.code in _NOT_FOUND or _says(error, _WORDS_FOR_NOT_FOUND)


def says_already_exists(error: ServiceError) -> bool:
    """Return True if a create request failed because its name is taken."""
    return error.code in _EXISTS or _says(error, _WORDS_FOR_EXISTS)


def says_in_progress(error: ServiceError) -> bool:
    """Return True if a request failed because another change of the resource is under way."""
    if error.operation.startswith("Create") or error.code not in _VAGUE | {"ResourceInUse"}:
        return False
    return bool(_WORDS_FOR_IN_PROGRESS.search(_QUOTED.sub('""', error.message)))


def _says(error: ServiceError, words: re.Pattern[str]) -> bool:
    return error.code in _VAGUE and bool(words.search(_QUOTED.sub('""', error.message)))


def as_not_found(error: ServiceError, package: str) -> ServiceError:
    """Return an error that ``except ResourceNotFound`` catches if it means "not found".

    ``except`` of its own class catches it too, and ``code`` stays the service's.
    """
    if not says_not_found(error):
        return error
    for code in ("ResourceNotFound", "ResourceNotFoundException"):
        kind = error_class(package, code)
        if kind is not ServiceError and not isinstance(error, kind):
            return combined(kind, type(error))(error.response, error.operation)
    return error
