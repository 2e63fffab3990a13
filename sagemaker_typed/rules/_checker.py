"""Checks requests against the rules. The rules of a class are collected once for each checker."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from sagemaker_typed.core.schema import paths
from sagemaker_typed.core.schema.facts import Kind, List, Structure
from sagemaker_typed.core.schema.paths import Step
from sagemaker_typed.core.schema.secrets import may_hold_secrets
from sagemaker_typed.core.schema.walk import field_of, structure_in
from sagemaker_typed.rules import _index
from sagemaker_typed.rules._registry import about, require
from sagemaker_typed.rules._rule import Check, Rule, Severity

if TYPE_CHECKING:
    from sagemaker_typed.core.shapes.shape import Shape
    from sagemaker_typed.rules._rule import Violation

MODELS = "sagemaker_typed.models."
DEFAULT: tuple[Severity, ...] = ("error", "warning")


class Finding(NamedTuple):
    """A broken rule and the members that break it."""

    id: str
    severity: Severity
    message: str
    expected: str
    paths: tuple[str, ...]
    """Documented paths from the request, such as ``ProductionVariants[0].InstanceType``."""
    python_paths: tuple[str, ...]
    """The same paths in Python names: ``production_variants[0].instance_type``."""
    values: tuple[str, ...]
    """The value at each path, shortened; ``hidden`` if it may be a secret."""

    def __str__(self) -> str:
        places = "; ".join(
            f"{path} = {value}" for path, value in zip(self.paths, self.values, strict=True)
        )
        expected = f" Expected: {self.expected}." if self.expected else ""
        return f"{places}: {self.message}{expected} [{self.id}]"


Trail: TypeAlias = "tuple[Trail | None, str, str, int | str | None]"
"""The way to a value: the way to the shape around it, the member by its documented name and by its
field, and the index or key of an item."""

Checks: TypeAlias = tuple[tuple[Rule, Check], ...]


class _Plan(NamedTuple):
    """The checks of one class."""

    always: Checks
    when: tuple[tuple[str, Checks], ...]
    """Checks by the field without which they do not apply."""
    inner: tuple[tuple[str, str, _Inner], ...]
    """Fields with checks inside, with their documented names."""


class _Inner(NamedTuple):
    """The checks inside of a member."""

    of_list: Checks
    shapes: bool
    """True if a shape inside may have checks of its own."""


_EMPTY = _Plan((), (), ())


class Checker:
    """Checks requests for rules of the given severities, except those turned off by id.

    ``of_refused`` is for a request that strict validation has refused and lenient validation has
    read. A rule finds nothing there if a member that it needs is missing.
    """

    __slots__ = ("_of_refused", "_off", "_plans", "_severities")

    def __init__(
        self,
        severities: Iterable[Severity] = DEFAULT,
        off: Iterable[str] = (),
        *,
        of_refused: bool = False,
    ) -> None:
        self._of_refused = of_refused
        self._severities = frozenset(severities)
        self._off = frozenset(off)
        for rule in self._off:
            require(rule)
        self._plans: dict[type[Shape], _Plan] = {}

    def check(self, request: Shape) -> tuple[Finding, ...]:
        """Return every rule that ``request``, or a shape inside of it, breaks."""
        plan = self._plan(type(request))
        if plan is _EMPTY:
            return ()
        findings: list[Finding] = []
        self._walk(request, plan, None, findings)
        return tuple(findings)

    def _walk(self, shape: Shape, plan: _Plan, trail: Trail | None, into: list[Finding]) -> None:
        values = shape.__dict__
        for rule, check in plan.always:
            for violation in check(shape):
                into.append(_finding(rule, violation, trail, shape))
        for field, checks in plan.when:
            if values.get(field) is not None:
                for rule, check in checks:
                    for violation in check(shape):
                        into.append(_finding(rule, violation, trail, shape))
        plans = self._plans
        for field, documented, inner in plan.inner:
            value = values.get(field)
            if value is not None:
                inner_plan = plans.get(type(value))
                if inner_plan is None:
                    self._within(value, inner, (trail, documented, field, None), into)
                elif inner_plan is not _EMPTY:  # nearly always a shape that was seen before
                    self._walk(value, inner_plan, (trail, documented, field, None), into)

    def _within(self, value: Any, inner: _Inner, trail: Trail, into: list[Finding]) -> None:
        outer, documented, field, _ = trail
        if isinstance(value, tuple):
            for rule, check in inner.of_list:
                for violation in check(value):
                    into.append(_finding(rule, violation, trail, value))
            if inner.shapes:
                plans = self._plans
                for index, item in enumerate(value):
                    item_plan = plans.get(type(item))
                    if item_plan is None:
                        self._within(item, inner, (outer, documented, field, index), into)
                    elif item_plan is not _EMPTY:
                        self._walk(item, item_plan, (outer, documented, field, index), into)
        elif isinstance(value, dict):  # every map is a dict; isinstance of Mapping is far slower
            for key, item in value.items():
                self._within(item, inner, (outer, documented, field, str(key)), into)
        else:
            plan = self._plan(type(value))
            if plan is not _EMPTY:
                self._walk(value, plan, trail, into)

    def _plan(self, shape: type[Shape]) -> _Plan:
        plan = self._plans.get(shape)
        if plan is None:
            plan = self._plans[shape] = self._make_plan(shape)
        return plan

    def _make_plan(self, shape: type[Shape]) -> _Plan:
        if shape.__name__ not in _index.LEADING or not shape.__module__.startswith(MODELS):
            return _EMPTY
        members = shape.__members__
        fields = {member.documented: name for name, member in members.items()}
        always: list[tuple[Rule, Check]] = []
        when: dict[str, list[tuple[Rule, Check]]] = {}
        for rule, check in self._checks(shape.__name__, of_list=False):
            into = always if rule.when is None else when.setdefault(fields[rule.when], [])
            into.append((rule, check))
        inner: list[tuple[str, str, _Inner]] = []
        for name, member in members.items():
            structure = structure_in(member.kind)
            if structure is None:
                continue
            of_list = self._checks(structure, of_list=True) if _lists(member.kind) else ()
            shapes = structure in _index.LEADING
            if shapes or of_list:
                inner.append((name, member.documented, _Inner(of_list, shapes)))
        if not (always or when or inner):
            return _EMPTY
        return _Plan(
            tuple(always),
            tuple((name, tuple(checks)) for name, checks in when.items()),
            tuple(inner),
        )

    def _checks(self, shape: str, *, of_list: bool) -> Checks:
        return tuple(
            (rule, _forgiving(rule.check) if self._of_refused else rule.check)
            for rule in about(shape, of_list=of_list)
            if rule.check and rule.severity in self._severities and rule.id not in self._off
        )


def _forgiving(check: Check) -> Check:
    def violations(shape: Any) -> Iterator[Violation]:
        with suppress(AttributeError, TypeError):
            for violation in check(shape):
                for path in violation.paths:  # a member that is not there has no value to show
                    _follow(shape, paths.parse(path))
                yield violation

    return violations


@lru_cache(maxsize=64)
def checker(
    severities: frozenset[Severity], off: frozenset[str], *, of_refused: bool = False
) -> Checker:
    """Return the checker for these severities and ids; the same object for the same arguments."""
    return Checker(severities, off, of_refused=of_refused)


def check(
    request: Shape,
    *,
    severities: Collection[Severity] = DEFAULT,
    off: Collection[str] = (),
    of_refused: bool = False,
) -> tuple[Finding, ...]:
    """Return every rule of these severities that ``request``, or a shape inside of it, breaks.

    ``off`` has the ids of rules that are not checked. Raises ``ValueError`` for an unknown id.
    ``of_refused`` as in ``Checker``.
    """
    return checker(frozenset(severities), frozenset(off), of_refused=of_refused).check(request)


def _lists(kind: Kind) -> bool:
    return isinstance(kind, List) and isinstance(kind.item, Structure)


def _finding(rule: Rule, violation: Violation, trail: Trail | None, about: Any) -> Finding:
    outer, python_outer = _steps(trail)
    documented_paths: list[str] = []
    python_paths: list[str] = []
    values: list[str] = []
    for relative in violation.paths or ("",):
        steps = paths.parse(relative)
        python, value, hidden = _follow(about, steps)
        documented_paths.append(paths.write((*outer, *steps)))
        python_paths.append(paths.write((*python_outer, *python)))
        values.append("hidden" if violation.secret or hidden else _shown(value))
    return Finding(
        id=rule.id,
        severity=rule.severity,
        message=rule.message,
        expected=violation.expected,
        paths=tuple(documented_paths),
        python_paths=tuple(python_paths),
        values=tuple(values),
    )


def _steps(trail: Trail | None) -> tuple[list[Step], list[Step]]:
    """Return the steps of a trail from the request, in documented and in Python names."""
    documented: list[Step] = []
    python: list[Step] = []
    while trail is not None:
        trail, name, field, item = trail
        items = () if item is None else (Step(item, False),)
        documented[:0] = (Step(name, True), *items)
        python[:0] = (Step(field, True), *items)
    return documented, python


def _follow(about: Any, steps: Iterable[Step]) -> tuple[list[Step], Any, bool]:
    """Return the Python names of documented steps, the value there, and whether to hide it.

    Stops at a value that is not set.
    """
    python: list[Step] = []
    value, hidden = about, False
    for part, is_member in steps:
        if isinstance(value, str):  # JSON in a string
            value = json.loads(value)
        if isinstance(value, dict) and is_member:
            python.append(Step(part, True))
            value = value.get(part)
        elif is_member:
            shape: Any = type(value)
            field = field_of(shape, str(part)) or str(part)
            hidden = hidden or may_hold_secrets(shape.__members__[field])
            python.append(Step(field, True))
            value = getattr(value, field)
        else:
            python.append(Step(part, False))
            value = value[part]
        if value is None:
            break
    return python, value, hidden


def _shown(value: Any) -> str:
    if value is None:
        return "not given"
    if isinstance(value, bool | int | float):
        return repr(value)
    if isinstance(value, str):
        text = repr(str(value))
    elif isinstance(value, (list, tuple)):
        text = f"[{', '.join(map(_shown, value))}]"
    elif isinstance(value, Mapping):
        text = f"{{{', '.join(f'{_shown(k)}: {_shown(v)}' for k, v in value.items())}}}"
    else:
        text = "given"
    return text if len(text) <= 80 else f"{text[:77]}..."
