"""Checks the rules of a request: which apply is worked out once a class."""

from __future__ import annotations

from ast import literal_eval
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from sagemaker_typed.core.schema.facts import Kind, List, Map, Structure
from sagemaker_typed.core.schema.suggest import nearest
from sagemaker_typed.rules import _index
from sagemaker_typed.rules._aws import compiled
from sagemaker_typed.rules._rule import Check, Rule, Severity

if TYPE_CHECKING:
    from sagemaker_typed.core.shapes.shape import Shape
    from sagemaker_typed.rules._rule import Violation

MODELS = "sagemaker_typed.models."
DEFAULT: tuple[Severity, ...] = ("error", "warning")


class Finding(NamedTuple):
    """A rule that a request breaks, and where."""

    id: str
    severity: Severity
    message: str
    expected: str
    paths: tuple[str, ...]
    """Documented, from the request: ``ProductionVariants[0].InstanceType``."""
    python_paths: tuple[str, ...]
    """The same places as a program writes them: ``production_variants[0].instance_type``."""
    values: tuple[str, ...]
    """What is there, one for each path, as it may be shown."""

    def __str__(self) -> str:
        places = "; ".join(
            f"{path} = {value}" for path, value in zip(self.paths, self.values, strict=True)
        )
        expected = f" Expected: {self.expected}." if self.expected else ""
        return f"{places}: {self.message}{expected} [{self.id}]"


Step: TypeAlias = "tuple[Path | None, str, str, int | str | None]"
"""Where we are, from the inside out: outer path, documented and Python name, index or key."""
Path: TypeAlias = Step


Checks: TypeAlias = tuple[tuple[Rule, Check], ...]


class _Plan:
    """What is to be done with an object of one class."""

    __slots__ = ("always", "inner", "when")

    def __init__(
        self,
        always: Checks,
        when: tuple[tuple[str, Checks], ...],
        inner: tuple[tuple[str, str, _Inner], ...],
    ) -> None:
        self.always = always
        self.when = when
        self.inner = inner


class _Inner:
    """What a member holds: shapes with rules, or what leads to them."""

    __slots__ = ("of_list", "shapes")

    def __init__(self, of_list: Checks, *, shapes: bool) -> None:
        self.of_list = of_list
        self.shapes = shapes


_EMPTY = _Plan((), (), ())


class Checker:
    """Checks requests for the rules of some severities, without those turned off by their id.

    ``of_refused`` is for what the strict door has refused and the tolerant door has read: a rule
    that needs a member which is not there finds nothing.
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
        for each in self._off:
            known(each)
        self._plans: dict[type[Shape], _Plan] = {}

    def check(self, request: Shape) -> tuple[Finding, ...]:
        """Every rule that ``request``, or a shape within it, breaks."""
        plan = self._plan(type(request))
        if plan is _EMPTY:
            return ()
        findings: list[Finding] = []
        self._walk(request, plan, None, findings)
        return tuple(findings)

    def _walk(self, shape: Shape, plan: _Plan, path: Path | None, findings: list[Finding]) -> None:
        values = shape.__dict__
        for rule, broken in plan.always:
            for violation in broken(shape):
                findings.append(_finding(rule, violation, path, shape))
        for attribute, rules in plan.when:
            if values.get(attribute) is not None:
                for rule, broken in rules:
                    for violation in broken(shape):
                        findings.append(_finding(rule, violation, path, shape))
        plans = self._plans
        for attribute, documented, inner in plan.inner:
            value = values.get(attribute)
            if value is not None:
                held = plans.get(type(value))
                if held is None:
                    there = (path, documented, attribute, None)
                    self._within(value, inner, there, findings)
                elif held is not _EMPTY:  # nearly always a shape that was seen before
                    self._walk(value, held, (path, documented, attribute, None), findings)

    def _within(self, value: Any, inner: _Inner, path: Path, findings: list[Finding]) -> None:
        if isinstance(value, tuple):
            for rule, broken in inner.of_list:
                for violation in broken(value):
                    findings.append(_finding(rule, violation, path, value))
            if inner.shapes:
                outer, documented, attribute, _ = path
                for index, item in enumerate(value):
                    held = self._plans.get(type(item))
                    if held is not _EMPTY:
                        there = (outer, documented, attribute, index)
                        if held is None:
                            self._within(item, inner, there, findings)
                        else:
                            self._walk(item, held, there, findings)
        elif isinstance(value, dict):  # every map is one; asking for a Mapping takes far longer
            outer, documented, attribute, _ = path
            for key, item in value.items():
                self._within(item, inner, (outer, documented, attribute, str(key)), findings)
        else:
            plan = self._plan(type(value))
            if plan is not _EMPTY:
                self._walk(value, plan, path, findings)

    def _plan(self, shape: type[Shape]) -> _Plan:
        found = self._plans.get(shape)
        if found is None:
            found = self._plans[shape] = self._made(shape)
        return found

    def _made(self, shape: type[Shape]) -> _Plan:
        if shape.__name__ not in _index.LEADING or not shape.__module__.startswith(MODELS):
            return _EMPTY
        members = shape.__members__
        attributes = {member.documented: name for name, member in members.items()}
        always: list[tuple[Rule, Check]] = []
        when: dict[str, list[tuple[Rule, Check]]] = {}
        for rule, broken in self._wanted(shape.__name__, of_list=False):
            if rule.when is None:
                always.append((rule, broken))
            else:
                when.setdefault(attributes[rule.when], []).append((rule, broken))
        inner: list[tuple[str, str, _Inner]] = []
        for name, member in members.items():
            held = innermost(member.kind)
            if held is None:
                continue
            of_list = tuple(self._wanted(held, of_list=True)) if _lists(member.kind) else ()
            shapes = held in _index.LEADING
            if shapes or of_list:
                inner.append((name, member.documented, _Inner(of_list, shapes=shapes)))
        if not (always or when or inner):
            return _EMPTY
        return _Plan(
            tuple(always),
            tuple((name, tuple(rules)) for name, rules in when.items()),
            tuple(inner),
        )

    def _wanted(self, shape: str, *, of_list: bool) -> Iterator[tuple[Rule, Check]]:
        for rule in about(shape, of_list=of_list):
            if rule.check and rule.severity in self._severities and rule.id not in self._off:
                yield rule, _forgiving(rule.check) if self._of_refused else rule.check


def _forgiving(check: Check) -> Check:
    def broken(shape: Any) -> Iterator[Violation]:
        with suppress(AttributeError, TypeError):
            yield from check(shape)

    return broken


@lru_cache(maxsize=64)
def checker(
    severities: frozenset[Severity], off: frozenset[str], *, of_refused: bool = False
) -> Checker:
    """The checker for these severities and these rules turned off; the same one each time."""
    return Checker(severities, off, of_refused=of_refused)


def check(
    request: Shape, *, severities: Collection[Severity] = DEFAULT, off: Collection[str] = ()
) -> tuple[Finding, ...]:
    """Every rule of these severities that ``request``, or a shape within it, breaks."""
    return checker(frozenset(severities), frozenset(off)).check(request)


def innermost(kind: Kind) -> str | None:
    """The structure that a member holds, itself or in lists and maps."""
    while True:
        if isinstance(kind, Structure):
            return kind.name
        if isinstance(kind, List):
            kind = kind.item
        elif isinstance(kind, Map):
            kind = kind.value
        else:
            return None


def _lists(kind: Kind) -> bool:
    return isinstance(kind, List) and isinstance(kind.item, Structure)


def about(shape: str, *, of_list: bool = False) -> tuple[Rule, ...]:
    """The rules about a shape, or about a list of it; their modules loaded if they were not."""
    modules = (_index.LISTS if of_list else _index.SHAPES).get(shape, ())
    return tuple(
        rule
        for module in modules
        for rule in of_module(module)
        if rule.of_list == of_list and shape in rule.shapes
    )


def of_module(name: str) -> tuple[Rule, ...]:
    """The rules of one module of this package, as they stand there."""
    module = import_module(f"sagemaker_typed.rules.{name}")
    return tuple(value for value in vars(module).values() if isinstance(value, Rule))


def known(id: str) -> str:
    """The module of a rule; a ``ValueError`` names the nearest where there is none of that id."""
    if id not in _index.RULES:
        near = ", ".join(map(repr, nearest(id, _index.RULES)))
        raise ValueError(f"no rule has the id {id!r}; the nearest: {near}")
    return _index.RULES[id]


def _finding(rule: Rule, violation: Violation, path: Path | None, about: Any) -> Finding:
    documented, python = _written(path)
    secret = violation.secret
    paths: list[str] = []
    python_paths: list[str] = []
    values: list[str] = []
    for relative in violation.paths or ("",):
        there, value, hidden = _follow(about, relative)
        paths.append(_joined(documented, relative))
        python_paths.append(_joined(python, there))
        values.append("hidden" if secret or hidden else _shown(value))
    return Finding(
        id=rule.id,
        severity=rule.severity,
        message=rule.message,
        expected=violation.expected,
        paths=tuple(paths),
        python_paths=tuple(python_paths),
        values=tuple(values),
    )


def _written(path: Path | None) -> tuple[str, str]:
    if path is None:
        return "", ""
    outer, documented, python, index = path
    at = "" if index is None else f"[{index!r}]"
    before = _written(outer)
    return _joined(before[0], documented + at), _joined(before[1], python + at)


def _joined(before: str, after: str) -> str:
    return f"{before}.{after}" if before and after and not after.startswith("[") else before + after


_STEP = r"([A-Za-z0-9]+)|\[(\d+)\]|\[('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")\]"


def _follow(about: Any, relative: str) -> tuple[str, Any, bool]:
    """The Python path of a documented one, the value there, and whether that is a secret."""
    python, value, hidden = "", about, False
    for name, index, key in compiled(_STEP).findall(relative):
        if name:
            members = type(value).__members__
            attribute = next(a for a, m in members.items() if m.documented == name)
            hidden = hidden or members[attribute].sensitive
            python = _joined(python, attribute)
            value = getattr(value, attribute)
        elif index:
            python += f"[{index}]"
            value = value[int(index)]
        else:
            python += f"[{key}]"
            value = value[literal_eval(key)]
        if value is None:
            return _joined(python, ""), None, hidden
    return python, value, hidden


def _shown(value: Any) -> str:
    if value is None:
        return "not given"
    if isinstance(value, bool | int | float):
        return repr(value)
    if isinstance(value, str):
        text = repr(str(value))
    elif isinstance(value, tuple):
        text = f"[{', '.join(map(_shown, value))}]"
    elif isinstance(value, Mapping):
        text = f"{{{', '.join(f'{_shown(k)}: {_shown(v)}' for k, v in value.items())}}}"
    else:
        text = "given"
    return text if len(text) <= 80 else f"{text[:77]}..."
