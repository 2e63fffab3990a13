"""Finds everything that is wrong in a request, of a file or in the code of a program."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pydantic_core import ErrorDetails, ValidationError

from sagemaker_typed import rules
from sagemaker_typed.cli import templates
from sagemaker_typed.cli.names import PACKAGE, fold
from sagemaker_typed.cli.problems import Problem, Severity
from sagemaker_typed.cli.terminal import printable
from sagemaker_typed.core.files.parsed_file import ParsedFile, Unreadable, line_and_column
from sagemaker_typed.core.schema import facts
from sagemaker_typed.core.schema.lookup import find_shape
from sagemaker_typed.core.schema.paths import (
    Location,
    Step,
    locate,
    location,
    touches,
    write,
    write_path,
)
from sagemaker_typed.core.suggest import quoted
from sagemaker_typed.core.validation import messages
from sagemaker_typed.core.validation.build import partial_validator, strict_validator
from sagemaker_typed.core.validation.partial import (
    Unknown,
    forget_unknown,
    is_certain,
    is_known,
    known,
)
from sagemaker_typed.core.validation.strict import JSON_CONTEXT, repeat
from sagemaker_typed.rules import _pipeline_definition

if TYPE_CHECKING:
    from sagemaker_typed.core.shapes.shape import Request, Shape

MAX_PROBLEMS = 100
"""The most problems that are shown of one file: more are one mistake, or the file is no request."""


@dataclass(frozen=True, slots=True)
class RuleSelection:
    """The rules that are checked."""

    severities: Collection[Severity]
    off: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class _Notation:
    """A notation of requests, and the words for its values."""

    context: Mapping[str, Any] | None
    constants: Mapping[object, str]
    mapping: str
    messages: Mapping[str, str]
    null: str


_JSON = _Notation(
    context=JSON_CONTEXT,
    constants={None: "null", True: "true", False: "false"},
    mapping="an object",
    messages={
        "dict_type": "Input should be an object",
        "missing": "required, and missing",
        "model_type": "Input should be an object",
        "list_type": "Input should be a list",
    },
    null="null is refused by aws; leave the member out",
)
_PYTHON = _Notation(
    context=None,
    constants={None: "None", True: "True", False: "False"},
    mapping="a dict",
    messages={
        "dict_type": "Input should be a dict",
        "missing": "required, and missing",
        "model_type": "Input should be a dict",
        "list_type": "Input should be a list",
    },
    null="boto3 refuses None; leave the member out",
)
_TYPE_NAMES: Mapping[type, str] = {
    str: "a string",
    int: "an integer",
    float: "a float",
    bool: "a boolean",
}


@dataclass(frozen=True, slots=True)
class _Draft:
    """A problem of a request before its position in the file is known."""

    path: Location
    message: str
    code: str
    severity: Severity = "error"
    of_key: bool = False
    offset: int | None = None
    compared: tuple[Location, ...] = ()
    """The other members that a broken rule compares."""


def unreadable(file: str, error: Unreadable) -> Problem:
    """Return the only problem of a file that cannot be read as a request."""
    return _whole(file, error.text, error.offset, error.problem, "unreadable")


def _whole(file: str, text: str, offset: int, message: str, code: str) -> Problem:
    """Return a problem of a whole file."""
    line, column = line_and_column(text, offset)
    return Problem(
        file=file,
        line=line,
        column=column,
        severity="error",
        path="",
        python_path="",
        message=message,
        code=code,
    )


def check(
    file: str, document: ParsedFile, request: type[Request[object]], selection: RuleSelection
) -> list[Problem]:
    """Return the problems of a request file, in the order of their positions."""
    response = _response_of(request, document.value)
    if response:
        start = document.place.value
        return [_whole(file, document.text, start, response, "response")]
    drafts = [
        *_repeated(document),
        *_nulls(document, request, _JSON),
        *_problems(document.value, request, selection, _JSON),
    ]
    return _positioned(file, document, request, drafts)


def check_definition(file: str, document: ParsedFile, selection: RuleSelection) -> list[Problem]:
    """Return the problems of a pipeline definition, in the order of their positions.

    All but advice are errors, as the same mistakes in a request are.
    """
    problems: list[Problem] = []
    for problem in _pipeline_definition.problems(document.value):
        severity: Severity = "advice" if problem.kind == "unused" else "error"
        if problem.rule in selection.off or severity not in (*selection.severities, "error"):
            continue
        offset = document.offset(problem.path, of_key=problem.of_key)
        line, column = line_and_column(document.text, offset)
        path = printable(write_path(problem.path))
        problems.append(
            Problem(
                file=file,
                line=line,
                column=column,
                severity=severity,
                path=path,
                python_path=path,
                message=printable(problem.text, 1000),
                code=problem.rule,
            )
        )
    return sorted(problems, key=lambda problem: (problem.line, problem.column))


def check_arguments(
    file: str, document: ParsedFile, request: type[Request[object]], selection: RuleSelection
) -> list[Problem]:
    """Return the problems of the arguments of a boto3 call, which may be known in part."""
    drafts = [
        *_nulls(document, request, _PYTHON),
        *_problems(document.value, request, selection, _PYTHON),
    ]
    return _positioned(file, document, request, drafts)


def check_value(
    file: str, document: ParsedFile, request: type[Request[object]], path: Location
) -> list[Problem]:
    """Return the errors of one of several values that may be at a path of a boto3 call."""
    drafts = [
        draft
        for draft in _problems(document.value, request, RuleSelection(()), _PYTHON)
        if draft.path[: len(path)] == path
    ]
    return _positioned(file, document, request, drafts)


def check_resources(file: str, document: ParsedFile, selection: RuleSelection) -> list[Problem]:
    """Return the problems of SageMaker's resources in a template or manifest."""
    kind = templates.kind_of(document.value)
    resources = templates.resources(document)
    if not resources:
        message = f"{kind} without SageMaker resources; expected a request"
        return [_whole(file, document.text, document.place.value, message, "no_request")]
    problems = _positioned(file, document, resources[0].request, [*_repeated(document)])
    for resource in resources:
        drafts = [
            draft
            for draft in _problems(resource.value, resource.request, selection, _JSON)
            if all(map(resource.covers, (draft.path, *draft.compared)))
        ]
        problems += _positioned(file, document, resource.request, drafts, resource.path)
    return problems


def _response_of(request: type[Request[object]], value: Mapping[str, object]) -> str:
    """Return a message if the value is a response of the service, and no request."""
    names = {member.documented for member in request.__members__.values()}
    others = [name for name in value if name not in names and name != "ResponseMetadata"]
    operation = request.__operation__
    resource = operation.name.removeprefix("Create").removeprefix("Update")
    for response in (operation.response, f"Describe{resource}Response"):
        members = _documented_members(response)
        if members and (others or "ResponseMetadata" in value) and members.issuperset(others):
            source = str(response).removesuffix("Response")
            only = f": a request has no {quoted(others[:3], 'or')}" if others else ""
            return f"a response of {source}, not a request of {operation.name}{only}"
    return ""


def _documented_members(shape: str | None) -> frozenset[str]:
    try:
        members = find_shape(PACKAGE, shape or "").__members__
    except AttributeError:  # no such shape
        return frozenset()
    return frozenset(member.documented for member in members.values())


def _positioned(
    file: str,
    document: ParsedFile,
    request: type[Request[object]],
    drafts: Collection[_Draft],
    root: Location = (),
) -> list[Problem]:
    places = {id(draft): _in_file(document.value, root, draft.path) for draft in drafts}
    offsets = [
        (
            document.offset(places[id(draft)], of_key=draft.of_key)
            if draft.offset is None
            else draft.offset,
            draft,
        )
        for draft in drafts
    ]
    offsets.sort(key=lambda pair: pair[0])
    if len(offsets) > MAX_PROBLEMS:
        offset, first_left_out = offsets[MAX_PROBLEMS]
        message = f"and more; the first {MAX_PROBLEMS} problems are shown"
        more = replace(first_left_out, path=(), message=message, code="too_many_problems")
        places[id(more)] = ()
        offsets[MAX_PROBLEMS:] = [(offset, more)]
    problems: list[Problem] = []
    for offset, draft in offsets:
        line, column = line_and_column(document.text, offset)
        steps = list(locate(request, draft.path))
        place = places[id(draft)]
        names = [Step(name, isinstance(name, str)) for name in place[: len(root)]]
        names += [
            Step(name, step.is_member)
            for name, step in zip(place[len(root) :], steps, strict=False)
        ]
        problems.append(
            Problem(
                file=file,
                line=line,
                column=column,
                severity=draft.severity,
                path=printable(write(names)),
                python_path=printable(write(Step(step.python, step.is_member) for step in steps)),
                message=printable(draft.message, 1000),
                code=draft.code,
            )
        )
    return problems


def _in_file(value: object, root: Location, path: Location) -> Location:
    """Return a path of a request in the spelling of the file."""
    place: list[str | int] = []
    for part in (*root, *path):
        name = part
        if isinstance(value, Mapping):
            if part not in value:
                folded = {fold(str(key)): key for key in value} if root else {}
                name = folded.get(fold(str(part)), part)
            value = value.get(name)
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            value = value[part]
        place.append(name)
    return tuple(place)


def _repeated(document: ParsedFile) -> Iterator[_Draft]:
    for path, again, first in document.repeated:
        line, _ = line_and_column(document.text, first)
        message = f"given twice; first on line {line}"
        yield _Draft(path, message, "repeated", offset=again)


def _nulls(
    document: ParsedFile, request: type[Request[object]], notation: _Notation
) -> Iterator[_Draft]:
    """Yield members that are null: shapes take that for "not set", and ``aws`` refuses it."""
    for path in document.nulls:
        member = _member_at(request, path)
        if member is not None and not member.required and type(member.kind) is not facts.Document:
            yield _Draft(path, notation.null, "null")


def _member_at(request: type[Request[object]], path: Location) -> facts.Member | None:
    """Return the member at the end of a path; ``None`` if it ends elsewhere."""
    steps = list(locate(request, path))
    return steps[-1].member if steps else None


def _problems(
    value: Mapping[str, Any],
    request: type[Request[object]],
    selection: RuleSelection,
    notation: _Notation,
) -> Iterator[_Draft]:
    whole = is_known(value)
    validator = strict_validator(request) if whole else partial_validator(request)
    try:
        shape: Shape = validator.validate_python(
            value, context=notation.context, by_alias=True, by_name=False
        )
    except ValidationError as error:
        refused = _errors(request, error, notation)
        yield from refused
        yield from _broken_besides(value, request, selection, {draft.path for draft in refused})
    else:
        if whole:
            yield from _broken(shape, selection)
        else:
            yield from _broken_besides(value, request, selection, ())


def _errors(
    request: type[Request[object]], error: ValidationError, notation: _Notation
) -> list[_Draft]:
    certain = [*filter(is_certain, error.errors(include_url=False))][: MAX_PROBLEMS + 1]
    if not certain:
        return []
    if len(certain) != error.error_count():
        error = ValidationError.from_exception_data(error.title, [*map(repeat, certain)])
    explained = messages.explain(request, error, documented=True)
    return [_draft(request, details, notation) for details in explained.errors(include_url=False)]


def _draft(request: type[Request[object]], details: ErrorDetails, notation: _Notation) -> _Draft:
    context = details.get("ctx", {})
    loc = details["loc"]
    of_key = bool(loc) and loc[-1] == "[key]"
    steps = locate(request, loc[:-1] if of_key else loc)
    message = notation.messages.get(details["type"]) or str(context.get("problem", details["msg"]))
    return _Draft(
        tuple(step.documented for step in steps),
        message + _got(details, notation),
        details["type"],
        of_key=of_key or details["type"] == "extra_forbidden",
    )


_WITHOUT_INPUT = frozenset({"extra_forbidden", "missing", "too_long", "too_short", "union"})


def _got(details: ErrorDetails, notation: _Notation) -> str:
    if details["type"] in _WITHOUT_INPUT:
        return ""
    value: object = details["input"]
    if value == messages.SECRET:
        return ""
    if value is None or isinstance(value, bool):
        return f"; got {notation.constants[value]}"
    if isinstance(value, Mapping):
        return f"; got {notation.mapping}"
    if isinstance(value, (list, tuple)):
        return "; got a list"
    if isinstance(value, Unknown):
        return f"; got {_TYPE_NAMES.get(value.type or object, 'another type')}"
    shown = repr(value) if isinstance(value, (str, int, float)) else str(value)
    return f"; got {printable(shown, 80)}"


def _broken(
    shape: Shape, selection: RuleSelection, *, of_refused: bool = False
) -> Iterator[_Draft]:
    for finding in rules.check(
        shape, severities=selection.severities, off=selection.off, of_refused=of_refused
    ):
        paths = [location(path) for path in finding.paths] or [()]
        yield _Draft(
            paths[0],
            _message(finding),
            finding.id,
            severity=finding.severity,
            of_key=True,
            compared=tuple(paths[1:]),
        )


def _message(finding: rules.Finding) -> str:
    expected = f" Expected: {finding.expected}." if finding.expected else ""
    beside = "".join(finding.paths[0].rpartition(".")[:2]) if finding.paths else ""
    values = ", ".join(
        f"{path.removeprefix(beside)} = {value}"
        for path, value in zip(finding.paths, finding.values, strict=True)
        if path
    )
    return f"{finding.message}{expected}{f' ({values})' if values else ''}"


def _broken_besides(
    value: Mapping[str, Any],
    request: type[Request[object]],
    selection: RuleSelection,
    refused: Collection[Location],
) -> Iterator[_Draft]:
    """Yield the broken rules that compare no refused member, and none that is not known."""
    shape = request.from_service(known(value))
    forget_unknown(shape, value)
    try:
        drafts = list(_broken(shape, selection, of_refused=True))
    except (AttributeError, TypeError, ValueError):  # a rule met a refused value
        return
    for draft in drafts:
        if not any(touches(path, refused) for path in (draft.path, *draft.compared)):
            yield draft
