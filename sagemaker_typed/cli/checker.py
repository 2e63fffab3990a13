"""Everything that is wrong with a request file."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic_core import ErrorDetails, ValidationError

from sagemaker_typed import rules
from sagemaker_typed.cli.parsed_file import ParsedFile, Unreadable, line_and_column
from sagemaker_typed.cli.problems import Problem, Severity, printable
from sagemaker_typed.core.schema import facts
from sagemaker_typed.core.schema.paths import Location, Step, locate, location, touches, write
from sagemaker_typed.core.validation import messages
from sagemaker_typed.core.validation.build import strict_validator
from sagemaker_typed.core.validation.strict import JSON_CONTEXT, repeat

if TYPE_CHECKING:
    from sagemaker_typed.core.shapes.shape import Request, Shape

MAX_PROBLEMS = 100
"""Of one file: more of them are one mistake, or no request at all."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Which rules are checked."""

    severities: Collection[Severity]
    off: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """A problem of a document before its offset is worked out."""

    path: Location
    message: str
    code: str
    severity: Severity = "error"
    of_key: bool = False
    offset: int | None = None


def unreadable(file: str, error: Unreadable) -> Problem:
    """The one problem of a file that holds no request."""
    line, column = line_and_column(error.text, error.offset)
    return Problem(
        file=file,
        line=line,
        column=column,
        severity="error",
        path="",
        python_path="",
        message=error.problem,
        code="unreadable",
    )


def check(
    file: str, document: ParsedFile, request: type[Request[object]], wanted: Rules
) -> list[Problem]:
    """The problems of a file, in the order in which they stand there."""
    found = [
        *_repeated(document),
        *_nulls(document, request),
        *_refused(document, request, wanted),
    ]
    placed = [(_offset(document, one), one) for one in found]
    placed.sort(key=lambda pair: pair[0])
    if len(placed) > MAX_PROBLEMS:
        more = _Found(
            (), f"and more; the first {MAX_PROBLEMS} problems are shown", "too_many_problems"
        )
        placed[MAX_PROBLEMS:] = [(placed[MAX_PROBLEMS][0], more)]
    return [_problem(file, document, request, offset, one) for offset, one in placed]


def _offset(document: ParsedFile, one: _Found) -> int:
    if one.offset is not None:
        return one.offset
    return document.offset(one.path, of_key=one.of_key)


def _problem(
    file: str, document: ParsedFile, request: type[Request[object]], offset: int, one: _Found
) -> Problem:
    line, column = line_and_column(document.text, offset)
    steps = list(locate(request, one.path))
    return Problem(
        file=file,
        line=line,
        column=column,
        severity=one.severity,
        path=printable(write(Step(step.documented, step.is_member) for step in steps)),
        python_path=printable(write(Step(step.python, step.is_member) for step in steps)),
        message=printable(one.message, 1000),
        code=one.code,
    )


def _repeated(document: ParsedFile) -> Iterator[_Found]:
    for path, again, first in document.repeated:
        line, _ = line_and_column(document.text, first)
        message = f"given twice; first on line {line}"
        yield _Found(path, message, "repeated", offset=again)


def _nulls(document: ParsedFile, request: type[Request[object]]) -> Iterator[_Found]:
    """Members that are null: our models take that for "not sent", and ``aws`` refuses it."""
    for path in document.nulls:
        member = _member_at(request, path)
        if member is not None and not member.required and type(member.kind) is not facts.Document:
            yield _Found(path, "null is refused by aws; leave the member out", "null")


def _member_at(request: type[Request[object]], path: Location) -> facts.Member | None:
    """Return the member at the end of a path; ``None`` if it ends elsewhere."""
    steps = list(locate(request, path))
    return steps[-1].member if steps else None


def _refused(
    document: ParsedFile, request: type[Request[object]], wanted: Rules
) -> Iterator[_Found]:
    try:
        made: Shape = strict_validator(request).validate_python(
            document.value, context=JSON_CONTEXT, by_alias=True, by_name=False
        )
    except ValidationError as error:
        told = _explained(request, error)
        yield from told
        yield from _broken_besides(document, request, wanted, {one.path for one in told})
    else:
        yield from _broken(made, wanted)


def _explained(request: type[Request[object]], error: ValidationError) -> list[_Found]:
    if error.error_count() > MAX_PROBLEMS:
        first = error.errors(include_url=False)[: MAX_PROBLEMS + 1]
        error = ValidationError.from_exception_data(error.title, [*map(repeat, first)])
    explained = messages.explain(request, error, documented=True)
    return [_field(request, problem) for problem in explained.errors(include_url=False)]


_SAID_OF_JSON = {
    "dict_type": "Input should be an object",
    "missing": "required, and missing",
    "model_type": "Input should be an object",
    "tuple_type": "Input should be a list",
}


def _field(request: type[Request[object]], problem: ErrorDetails) -> _Found:
    context = problem.get("ctx", {})
    loc = problem["loc"]
    of_key = bool(loc) and loc[-1] == "[key]"
    steps = locate(request, loc[:-1] if of_key else loc)
    message = _SAID_OF_JSON.get(problem["type"]) or str(context.get("problem", problem["msg"]))
    return _Found(
        tuple(step.documented for step in steps),
        message + _got(problem),
        problem["type"],
        of_key=of_key or problem["type"] == "extra_forbidden",
    )


_WITHOUT_INPUT = frozenset({"extra_forbidden", "missing", "too_long", "too_short", "union"})


def _got(problem: ErrorDetails) -> str:
    if problem["type"] in _WITHOUT_INPUT:
        return ""
    given: object = problem["input"]
    if given == messages.SECRET:
        return ""
    if given is None or isinstance(given, bool):
        return f"; got {str(given).lower().replace('none', 'null')}"
    if isinstance(given, Mapping):
        return "; got an object"
    if isinstance(given, (list, tuple)):
        return "; got a list"
    shown = repr(given) if isinstance(given, (str, int, float)) else str(given)
    return f"; got {printable(shown, 80)}"


def _broken(made: Shape, wanted: Rules) -> Iterator[_Found]:
    for finding in rules.check(made, severities=wanted.severities, off=wanted.off):
        paths = [location(path) for path in finding.paths] or [()]
        yield _Found(
            paths[0],
            _says(finding),
            finding.id,
            severity=finding.severity,
            of_key=True,
        )


def _says(finding: rules.Finding) -> str:
    expected = f" Expected: {finding.expected}." if finding.expected else ""
    beside = "".join(finding.paths[0].rpartition(".")[:2]) if finding.paths else ""
    given = ", ".join(
        f"{path.removeprefix(beside)} = {value}"
        for path, value in zip(finding.paths, finding.values, strict=True)
        if path
    )
    return f"{finding.message}{expected}{f' ({given})' if given else ''}"


def _broken_besides(
    document: ParsedFile,
    request: type[Request[object]],
    wanted: Rules,
    refused: Collection[Location],
) -> Iterator[_Found]:
    """The rules that a refused request breaks with what is not refused of it."""
    try:
        readable = request.from_service(document.value)
        broken = list(_broken(readable, wanted))
    except (AttributeError, TypeError, ValueError):  # a rule met what was refused
        return
    yield from (one for one in broken if not touches(one.path, refused))
