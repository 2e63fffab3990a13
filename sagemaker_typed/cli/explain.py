"""``sagemaker-typed explain``."""

from __future__ import annotations

import json
import re
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sagemaker_typed import enums, models, rules
from sagemaker_typed.cli.names import (
    PACKAGE,
    find_request,
    fold,
    operation_names,
    quoted,
    request_of,
)
from sagemaker_typed.cli.problems import UsageError
from sagemaker_typed.cli.terminal import Paint, painter, printable, width
from sagemaker_typed.core.schema import descriptions, facts
from sagemaker_typed.core.schema.lookup import find_enum, find_shape
from sagemaker_typed.core.schema.paths import member_names
from sagemaker_typed.core.schema.walk import innermost
from sagemaker_typed.core.shapes.shape import Request
from sagemaker_typed.core.suggest import did_you_mean, listed_or_near
from sagemaker_typed.core.validation import messages
from sagemaker_typed.enums._index import INDEX as ENUMS
from sagemaker_typed.models._index import ALIASES, INDEX

if TYPE_CHECKING:
    import argparse

    from sagemaker_typed.cli.aws_docs import Documentation
    from sagemaker_typed.core.defaults.defaults import Defaults
    from sagemaker_typed.core.schema.enums import OpenEnum
    from sagemaker_typed.core.schema.protocols import AnyShape


@dataclass(frozen=True, slots=True)
class _Member:
    """A member, and the shape that has it."""

    owner: type[AnyShape]
    name: str
    fact: facts.Member


@dataclass(frozen=True, slots=True)
class _Value:
    """One value of an enum."""

    enum: type[OpenEnum]
    member: OpenEnum


_Operation = type[Request[object]]


def run(arguments: argparse.Namespace) -> int:
    """Find the name and write its facts."""
    writer = _Writer(painter(sys.stdout), width(), documented=not arguments.no_documentation)
    name: str = arguments.name
    if arguments.defaults is not None:
        writer.defaults(request_of(name), _defaults(arguments.defaults))
    elif "/" in name:
        writer.rule(_rule(name))
    else:
        first, _, rest = name.partition(".")
        _write(writer, first, rest)
    sys.stdout.write(writer.text())
    return 0


def _defaults(file: str) -> Defaults:
    """Read a file of defaults, or those that the environment names, or those that are found."""
    from sagemaker_typed.core.defaults import sources
    from sagemaker_typed.core.defaults.defaults import Defaults

    try:
        return Defaults(*([file] if file else sources.of_environment() or sources.find()))
    except OSError as error:
        raise UsageError(
            f"{quoted(str(error.filename))} cannot be read: {error.strerror}"
        ) from None
    except (ModuleNotFoundError, ValueError) as error:
        raise UsageError(str(error)) from None


def _rule(id: str) -> rules.Rule:
    try:
        return rules.get(id)
    except ValueError as error:
        raise UsageError(str(error)) from None


def _write(writer: _Writer, first: str, rest: str) -> None:
    operation = find_request(first)
    if operation is not None and not rest:
        writer.operation(operation)
        return
    shapes = _shapes(first) if operation is None else _both_ends(operation)
    if shapes:
        if rest:
            _write_inside(writer, shapes, rest)
        else:
            writer.shape(shapes[0])
        return
    enum = _enum(first)
    if enum is None:
        raise UsageError(_unknown(first))
    if rest:
        writer.value(_value(enum, rest))
    else:
        writer.enum(enum)


def _both_ends(operation: _Operation) -> list[type[AnyShape]]:
    response = operation.__operation__.response
    return [operation, *([find_shape(PACKAGE, response)] if response else [])]


def _shapes(name: str) -> list[type[AnyShape]]:
    shape = next((known for known in (*INDEX, *ALIASES) if fold(known) == fold(name)), None)
    return [] if shape is None else [getattr(models, shape)]


def _enum(name: str) -> type[OpenEnum] | None:
    enum = next((known for known in ENUMS if fold(known) == fold(name)), None)
    return None if enum is None else getattr(enums, enum)


def _unknown(name: str) -> str:
    hint = did_you_mean(name, [*operation_names(), *INDEX, *ENUMS])
    return f"no operation, shape or enum is called {quoted(name)}{hint}"


def _write_inside(writer: _Writer, shapes: list[type[AnyShape]], rest: str) -> None:
    """Follow the members of ``rest`` through lists and maps, from the first shape that has one."""
    name, _, deeper = rest.partition(".")
    member = next(filter(None, (_member(shape, name) for shape in shapes)), None)
    if member is None:
        raise UsageError(_no_member(shapes, name))
    while deeper:
        inner = innermost(member.fact.kind)
        if isinstance(inner, facts.Enum):
            writer.value(_value(find_enum(PACKAGE, inner.name), deeper))
            return
        if not isinstance(inner, facts.Structure):
            raise UsageError(f"{member.owner.__name__}.{member.fact.documented} has no members")
        shape = find_shape(PACKAGE, inner.name)
        name, _, deeper = deeper.partition(".")
        below = _member(shape, name)
        if below is None:
            raise UsageError(_no_member([shape], name))
        member = below
    writer.member(member)


def _member(shape: type[AnyShape], written: str) -> _Member | None:
    wanted = fold(written.partition("[")[0])
    for name, fact in shape.__members__.items():
        if wanted in {fold(name), fold(fact.documented)}:
            return _Member(shape, name, fact)
    return None


def _no_member(shapes: list[type[AnyShape]], name: str) -> str:
    members = [member.documented for shape in shapes for member in shape.__members__.values()]
    hint = did_you_mean(name, members)
    return f"{' or '.join(shape.__name__ for shape in shapes)} has no member {quoted(name)}{hint}"


def _value(enum: type[OpenEnum], written: str) -> _Value:
    for member in enum:
        if written in {member.value, member.name}:
            return _Value(enum, member)
    hint = listed_or_near(written, enum)
    raise UsageError(f"{enum.__name__} does not list {quoted(written)}{hint}")


class _Writer:
    """Writes facts, section by section."""

    def __init__(self, paint: Paint, width: int, *, documented: bool) -> None:
        self._paint = paint
        self._width = width
        self._documented = documented
        self._lines: list[str] = []

    def text(self) -> str:
        """Return the whole text."""
        return "\n".join([*self._lines, ""])

    def operation(self, request: _Operation) -> None:
        """Write an operation: its calls, request, response, errors and rules."""
        operation = request.__operation__
        self._title(operation.name, "operation")
        self._table(
            {
                "aws": f"aws {_service()} {operation.method.replace('_', '-')}",
                "Python": f"SageMakerClient().{operation.method}(...)",
                "request": request.__name__,
                "response": operation.response or "none",
                "errors": ", ".join(operation.errors),
                "page": _page(request),
            }
        )
        self._members(request)
        self._rules(rule for rule in rules.for_operation(operation.name) if rule.active)
        if self._documented:
            self._documentation(lambda stated: stated.of_operation(operation.name))

    def shape(self, shape: type[AnyShape]) -> None:
        """Write a structure and its members."""
        self._title(shape.__name__, "union: give exactly one member" if shape.__union__ else "")
        documented = shape.__documented_name__
        first = (shape.__doc__ or "").partition("\n\n")[0].replace("`", "")
        self._table(
            {
                "shape": " ".join(first.split()),
                "documented": documented if documented != shape.__name__ else "",
                "page": _page(shape),
            }
        )
        self._members(shape)
        self._rules(rule for rule in rules.ALL if rule.active and shape.__name__ in rule.shapes)
        if self._documented:
            self._documentation(lambda stated: stated.of_shape(documented))

    def member(self, member: _Member) -> None:
        """Write a member: its kind and limits, and the rules that compare it."""
        fact = member.fact
        self._title(f"{member.owner.__name__}.{fact.documented}", "member")
        self._table(
            {
                "Python": member.name,
                "holds": descriptions.member(PACKAGE, fact, descriptions.TERMINAL),
                "page": _page(member.owner),
            }
        )
        inner = innermost(fact.kind)
        if isinstance(inner, facts.Enum):
            self._values(find_enum(PACKAGE, inner.name))
        if isinstance(inner, facts.Structure):
            self._members(find_shape(PACKAGE, inner.name))
        self._rules(rule for rule in rules.ALL if rule.active and _compares(rule, member))
        if self._documented:
            shape = member.owner.__documented_name__
            self._documentation(lambda stated: stated.of_member(shape, fact.documented))

    def enum(self, enum: type[OpenEnum]) -> None:
        """Write an enum and its values."""
        self._title(enum.__name__, "enum")
        self._values(enum)
        if self._documented:
            self._documentation(lambda stated: stated.of_shape(enum.__name__))

    def value(self, value: _Value) -> None:
        """Write a value of an enum."""
        name = value.enum.__name__
        self._title(f"{name}.{value.member.name}", "value of an enum")
        self._table({"value": value.member.value, "Python": f"{name}.{value.member.name}"})

    def defaults(self, request: _Operation, defaults: Defaults) -> None:
        """Write the defaults of an operation, each with its place."""
        files = ", ".join(defaults.sources) or "no file"
        self._title(request.__operation__.name, f"defaults of {files}")
        for default in defaults.of(request):
            value = messages.SECRET if default.secret else json.dumps(default.value, default=str)
            self._table({default.path: f"{printable(value)}  {default.source}"})

    def rule(self, rule: rules.Rule) -> None:
        """Write a rule and its sources."""
        self._title(rule.id, rule.severity)
        self._table(
            {
                "message": rule.message,
                "about": ", ".join(rule.shapes),
                "members": ", ".join(rule.members),
                "source": "; ".join(map(str, rule.sources)),
                "note": rule.note,
                "superseded": rule.superseded_by,
            }
        )

    def _title(self, name: str, what: str) -> None:
        self._lines.append(f"{self._paint('bold', name)}  {self._paint('dim', what)}".rstrip())

    def _heading(self, text: str) -> None:
        self._lines += ["", self._paint("bold", text)]

    def _table(self, rows: Mapping[str, str]) -> None:
        stated = {name: text for name, text in rows.items() if text}
        column = max(map(len, stated), default=0) + 4
        for name, text in stated.items():
            wrapped = self._wrapped(text, column)
            self._lines.append(f"  {self._paint('dim', name)}{wrapped[len(name) + 2 :]}")

    def _members(self, shape: type[AnyShape]) -> None:
        if not shape.__members__:
            return
        self._heading(f"Members of {shape.__name__}")
        for name, fact in shape.__members__.items():
            python = self._paint("dim", name)
            self._lines.append(f"  {self._paint('cyan', fact.documented)}  {python}")
            self._lines.append(
                self._wrapped(descriptions.member(PACKAGE, fact, descriptions.TERMINAL), 6)
            )

    def _values(self, enum: type[OpenEnum]) -> None:
        self._heading(f"Values of {enum.__name__}")
        self._lines.append(self._wrapped(", ".join(member.value for member in enum), 2))

    def _rules(self, selected: Iterable[rules.Rule]) -> None:
        listed = list(selected)
        if not listed:
            return
        self._heading("Rules")
        for rule in listed:
            colour = {"error": "red", "warning": "yellow"}.get(rule.severity, "cyan")
            self._lines.append(f"  {self._paint(colour, rule.severity)}  {rule.id}")
            self._lines.append(self._wrapped(rule.message, 6))

    def _documentation(self, of: Callable[[Documentation], str]) -> None:
        from sagemaker_typed.cli.aws_docs import as_text, installed

        stated = installed()
        html = of(stated) if stated else ""
        if stated is None or not html:
            return
        self._heading(f"Documentation, from botocore {stated.botocore}")
        self._lines.append(textwrap.indent(as_text(html, self._width - 2), "  "))

    def _wrapped(self, text: str, indent: int) -> str:
        return textwrap.fill(
            text,
            self._width,
            initial_indent=" " * indent,
            subsequent_indent=" " * indent,
            break_long_words=False,
            break_on_hyphens=False,
        )


def _service() -> str:
    from sagemaker_typed import API_MODEL

    return API_MODEL.service


def _page(shape: type[AnyShape]) -> str:
    match = re.search(r"https://[^\s)]+", shape.__doc__ or "")
    return match.group() if match else ""


def _compares(rule: rules.Rule, member: _Member) -> bool:
    wanted = (member.owner.__name__, member.fact.documented)
    return any(wanted in _along(shape, path) for shape in rule.shapes for path in rule.members)


def _along(shape: str, path: str) -> Iterator[tuple[str, str]]:
    """Yield the members on a documented path, each with the shape that has it."""
    for step in member_names(path):
        member = _member(find_shape(PACKAGE, shape), step)
        if member is None:
            return
        yield shape, member.fact.documented
        inner = innermost(member.fact.kind)
        if not isinstance(inner, facts.Structure):
            return
        shape = inner.name
